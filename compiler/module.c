/* The names of modules: what a name means in a file, and whose a definition is (module.h).
 *
 * Input: names as they are written.  Output: the Name of the global.  Meanings are entered when they are first asked for, or when
 * an import or a definition makes them; so a look-up is one search in a table, and none at all in a program without modules.
 */
#include "module_internal.h"

#include "library.h"

#include <stdlib.h>

Module *module_new(Compiler *c, const char *path, const char *name)
{
    Module *m = arena_alloc(c->lasting, sizeof *m);
    m->path = arena_text(c->lasting, path, strlen(path));
    m->name = name ? arena_text(c->lasting, name, strlen(name)) : NULL;
    m->meanings = pointer_map_new();
    m->next = c->modules;
    c->modules = m;
    return m;
}

void modules_free(Compiler *c)
{
    for (Module *m = c->modules; m; m = m->next) pointer_map_free(m->meanings);
}

Module *module_current(Compiler *c)
{
    if (c->module) return c->module;
    Module *m = c->module = module_new(c, c->root_path ? c->root_path : "", NULL);
    char *real = realpath(m->path, NULL);
    if (real) m->real_path = arena_text(c->lasting, real, strlen(real));
    free(real);
    return m;
}

const Source **module_sources(Compiler *c, int *count)
{
    const Source **sources = NULL;
    int capacity = 0;
    *count = 0;
    for (const Module *m = c->modules; m; m = m->next)
        if (m->source) ARENA_PUSH(c->lasting, sources, *count, capacity, m->source);
    return sources;
}

/* ---- a module's own globals ------------------------------------------------------------------------------------ */

/* Is the name that of a global of some module already, from a template? */
static bool is_full(const Name *name) { return name->module != NULL; }

static Name *own_name(Compiler *c, Module *m, Name *name)
{
    if (!m->name || is_full(name) || !rt_as_symbol(name->global.symbol)->interned) return name;
    const char *text = arena_format(c->lasting, "%s#%s", m->name, name->global.name);
    Name *own = compiler_name(c, rt_intern_text(text));
    own->module = m;
    own->global.name = arena_format(c->lasting, "%s/%s", m->name, name->global.name);
    if (!pointer_map_find(m->meanings, name)) ARENA_PUSH(c->lasting, m->own, m->own_count, m->own_capacity, name);
    pointer_map_set(m->meanings, name, own);
    return own;
}

Name *module_own(Compiler *c, Module *m, Name *name) { return own_name(c, m, name); }

/* ---- qualified names ------------------------------------------------------------------------------------------- */

bool module_is_exported(const Module *m, const Name *name)
{
    if (m->export_count < 0) { /* no list: all that it defines */
        const Name *own = pointer_map_find(m->meanings, name);
        return own && own->module == m && (own->is_defined || own->macro);
    }
    for (int i = 0; i < m->export_count; i++)
        if (m->exports[i].name == name) return true;
    return false;
}

/* PREFIX/REST with a prefix that an import made: NULL for other names.  The rest may have a slash of its own. */
static Name *qualified(Compiler *c, Module *m, Name *name, const RtPlace *at)
{
    const char *text = name->global.name, *slash = strchr(text, '/');
    if (!slash || slash == text || !slash[1]) return NULL;
    size_t size = (size_t)(slash - text);
    for (const Prefix *p = m->prefixes; p; p = p->next) {
        if (strlen(p->text) != size || memcmp(p->text, text, size) != 0) continue;
        Name *plain = compiler_name(c, rt_intern_text(slash + 1));
        if (module_is_exported(p->module, plain)) {
            Name *found = pointer_map_find(p->module->meanings, plain);
            pointer_map_set(m->meanings, name, found);
            return found;
        }
        if (at) diag_error(c, at, "%s: the module %s does not export %s", text, p->module->name, plain->global.name);
        return name;
    }
    return NULL;
}

/* ---- meanings -------------------------------------------------------------------------------------------------- */

static bool means_builtin(const Name *name)
{
    return name->form || name->global.primitive != PRIM_NONE || library_has(&name->global);
}

Name *module_known_meaning(Compiler *c, Name *name)
{
    Name *found = c->module ? pointer_map_find(c->module->meanings, name) : NULL;
    return found ? found : name;
}

Name *module_meaning(Compiler *c, Name *name, const RtPlace *at)
{
    Module *m = c->module;
    if (!m || is_full(name)) return name;
    Name *found = pointer_map_find(m->meanings, name);
    if (found) return found;
    if (m->prefixes && (m->name || !name->is_defined)) {
        found = qualified(c, m, name, at);
        if (found) return found;
    }
    return m->name && !means_builtin(name) ? own_name(c, m, name) : name;
}

Name *module_definition(Compiler *c, Name *name, const RtPlace *at)
{
    Module *m = c->module;
    if (!m) return name;
    Name *meaning = pointer_map_find(m->meanings, name);
    Name *found = is_full(name) ? name : meaning;
    if (found && found->module && found->module != m) {
        diag_error(c, at, "%s is defined by the module %s", found->global.name, found->module->name);
        return NULL;
    }
    return found && found->module ? found : own_name(c, m, name);
}

bool module_hides(Compiler *c, const Name *name)
{
    if (!name->module) return false;
    const char *text = strchr(symbol_name(name->global.symbol), '#') + 1;
    return !module_is_exported(name->module, compiler_name(c, rt_intern_text(text)));
}

void module_note_macro(Compiler *c)
{
    if (c->module) c->module->has_macros = true;
    else c->root_has_macros = true;
}

/* ---- templates ------------------------------------------------------------------------------------------------- */

static RtValue full_symbol(Compiler *c, RtValue v)
{
    if (!is_symbol(v)) return v;
    const Name *found = pointer_map_find(c->module->meanings, compiler_name(c, v));
    if (found) c->module->has_templates = true;
    return found ? found->global.symbol : v;
}

/* Changes the symbols in the cells, whose addresses lead to their places.  What is quoted is data; what is unquoted is code of the
 * module itself, which means the same either way. */
static void qualify(Compiler *c, RtValue v, int depth)
{
    if (depth > NESTING_LIMIT) return; /* told when the template is lowered */
    if (v.tag == RT_VECTOR && rt_as_vector(v)->kind == RT_VECTOR_VALUES) {
        RtVector *vector = rt_as_vector(v);
        for (int64_t i = 0; i < vector->length; i++) {
            RtValue item = full_symbol(c, rt_vector_value(vector, i));
            rt_vector_set_value(vector, i, item);
            qualify(c, item, depth + 1);
        }
        return;
    }
    if (v.tag == RT_CONS && same_object(list_first(v), c->symbols.quote)) return;
    for (RtCons *cell; v.tag == RT_CONS; v = rt_cdr_of(cell)) {
        cell = rt_as_cons(v);
        RtValue first = full_symbol(c, rt_car_of(cell)), rest = full_symbol(c, rt_cdr_of(cell));
        cell->car = first.data;
        cell->cdr = rest.data;
        qualify(c, first, depth + 1);
    }
}

void module_qualify_template(Compiler *c, RtValue template)
{
    if (c->module && c->module->name) qualify(c, template, 0);
}
