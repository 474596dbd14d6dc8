/* Separate compilation: of a lowered program, the part that one file is.
 *
 * Input: the program as any other is lowered, with the forms of all modules that it imports, because their macros and the names they
 * define must be known.  Output: the forms of the unit alone, which is the main program or the module compiled.  What they need of
 * other modules are globals whose storage is in another object (CoreGlobal.outside_definitions); an `import` becomes the order to run
 * the other object's forms, if nobody did before.
 *
 * Exports.  Other objects read an exported global in its storage, which has an external name.  A global that is a constant here needs
 * none, so at the end of the unit a form copies it into a twin, which nobody reads here: the passes see a function handed to strangers,
 * as with foreign-export, and know all calls inside of the unit as ever.
 * Macros may expand to names that are not exported, so a module whose templates have names of its own exports all it defines.
 *
 * Interface.  What an object was compiled against is in its description (objects.h), as a hash for each module: over the names it
 * defines, what they are, and if it has macros its text and that of all it imports, for macros may be made of anything in them.  A unit
 * with macros of its own depends on these texts as well.
 */
#define _GNU_SOURCE
#include "separate.h"

#include "foreign.h"
#include "library.h"
#include "module_internal.h"
#include "objects.h"
#include "passes.h"

#include <stdarg.h>
#include <stdlib.h>

typedef struct Outline { /* of a global: what its definitions are */
    const Module *home; /* of its definitions; NULL: the main program */
    int count;
    bool is_macro, is_constant;
    bool is_scattered; /* several files define it */
    CoreFunction *function; /* is_constant: which it is, or NULL */
    const RtPlace *place; /* of a definition */
    const RtPlace *used; /* by the unit; NULL: it is not */
    bool is_used;
} Outline;

typedef struct Separation {
    Compiler *c;
    CoreProgram *program;
    const Module *unit; /* NULL: the main program */
    PointerMap *outlines; /* CoreGlobal: Outline */
    const Module *home; /* of the form being walked */
    CoreGlobal **used; /* by the unit */
    int used_count, used_capacity;
    CoreFunction **kept;
    int kept_count, kept_capacity;
    struct ForeignFunction **foreign; /* that the unit declares */
    int foreign_count, foreign_capacity;
    RtText text; /* the description */
} Separation;

static const Module *home_of(const Module *m) { return m && m->name ? m : NULL; }

static Outline *outline_of(Separation *s, CoreGlobal *global)
{
    Outline *found = pointer_map_find(s->outlines, global);
    if (found) return found;
    found = arena_alloc(s->program->arena, sizeof *found);
    pointer_map_set(s->outlines, global, found);
    return found;
}

/* ---- what is there --------------------------------------------------------------------------------------------- */

static void note_definition(Separation *s, const CoreNode *node)
{
    Outline *o = outline_of(s, node->u.define.global);
    const CoreNode *value = node->u.define.value;
    if (o->count && o->home != s->home) o->is_scattered = true;
    o->home = s->home;
    o->count++;
    o->is_macro = value->kind == CORE_CONST && value->u.constant.tag == RT_MACRO;
    if (!o->place) o->place = node->place;
}

static void find_definitions(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_DEFINE) note_definition(data, *child);
    core_each_part(*child, find_definitions, data);
}

static void note_use(Separation *s, CoreGlobal *global, const RtPlace *at)
{
    Outline *o = outline_of(s, global);
    if (!o->used) o->used = at;
    if (!o->is_used) ARENA_PUSH(s->program->arena, s->used, s->used_count, s->used_capacity, global);
    o->is_used = true;
}

static void find_uses(CoreNode **child, void *data)
{
    Separation *s = data;
    CoreNode *node = *child;
    if (node->kind == CORE_GLOBAL) note_use(s, node->u.global, node->place);
    if (node->kind == CORE_DEFINE) note_use(s, node->u.define.global, node->place);
    if (core_is_prim(node, PRIM_foreign_call)) {
        struct ForeignFunction *f = foreign_of(node->u.call.args[0]->u.constant);
        ARENA_PUSH(s->program->arena, s->foreign, s->foreign_count, s->foreign_capacity, f);
    }
    core_each_part(node, find_uses, s);
}

static void note_constant(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_DEFINE && (*child)->u.define.global->is_constant) {
        Outline *o = outline_of(data, (*child)->u.define.global);
        o->is_constant = true;
        o->function = (*child)->u.define.global->function;
    }
    core_each_part(*child, note_constant, data);
}

/* Which globals of one file are constants, found as the object of that file alone will find them. */
static void find_constants(Separation *s, const Module *home)
{
    CoreProgram *p = s->program;
    CoreFunction **all = p->toplevel;
    int count = p->toplevel_count, own = 0;
    p->toplevel = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *all);
    for (int i = 0; i < count; i++)
        if (home_of(all[i]->home) == home) p->toplevel[own++] = all[i];
    p->toplevel_count = own;
    resolve_find_constants(s->c, p);
    for (int i = 0; i < own; i++) note_constant(&p->toplevel[i]->body, s);
    p->toplevel = all;
    p->toplevel_count = count;
}

static void look_around(Separation *s)
{
    CoreProgram *p = s->program;
    for (int i = 0; i < p->toplevel_count; i++) {
        CoreFunction *form = p->toplevel[i];
        s->home = home_of(form->home);
        find_definitions(&form->body, s);
        if (s->home != s->unit) continue;
        ARENA_PUSH(p->arena, s->kept, s->kept_count, s->kept_capacity, form);
        find_uses(&form->body, s);
    }
    find_constants(s, NULL);
    for (const Module *m = s->c->modules; m; m = m->next)
        if (m->name) find_constants(s, m);
}

/* ---- what cannot be compiled apart ----------------------------------------------------------------------------- */

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A file is known to other objects by its plain name. */
static void check_names(Separation *s)
{
    for (const Module *m = s->c->modules; m; m = m->next) {
        if (!m->name) continue;
        for (const Module *other = m->next; other; other = other->next)
            if (other->name && strcmp(base_of(m->path), base_of(other->path)) == 0)
                diag_error(s->c, m->import_place,
                           "import: %s and %s would both be the module %s: what is compiled apart "
                           "needs names of its own",
                           m->path, other->path, other->name);
    }
}

static void find_expander(CoreNode **child, void *data)
{
    Separation *s = data;
    const CoreNode *node = *child;
    int row = node->kind == CORE_GLOBAL ? node->u.global->primitive : PRIM_NONE;
    bool wants = row == PRIM_eval || row == PRIM_read || row == PRIM_macroexpand || row == PRIM_macroexpand_1;
    if (wants && s->c->error_count == 0)
        diag_error(s->c, node->place, "%s needs the whole program: it cannot be compiled apart", node->u.global->name);
    core_each_part(*child, find_expander, s);
}

/* Builtins are names of the main program, which all modules share. */
static void check_builtins(Separation *s)
{
    bool has_modules = false;
    for (const Module *m = s->c->modules; m; m = m->next) has_modules |= m->name != NULL;
    for (int i = 0; has_modules && i < s->program->global_count; i++) {
        CoreGlobal *g = s->program->globals[i];
        const Name *name = (const Name *)g;
        const Outline *o = pointer_map_find(s->outlines, g);
        if (!o || !o->count || o->home) continue;
        if (name->form || g->primitive != PRIM_NONE || library_has(g))
            diag_error(s->c, o->place,
                       "%s: a program that redefines a builtin cannot be compiled apart from its modules", g->name);
    }
}

/* Only a macro can mention a name without a spelling in two files. */
static void check_used(Separation *s)
{
    for (int i = 0; i < s->used_count; i++) {
        const CoreGlobal *g = s->used[i];
        const Outline *o = outline_of(s, s->used[i]);
        bool is_foreign = o->count && o->home != s->unit;
        if (is_foreign && !rt_as_symbol(g->symbol)->interned)
            diag_error(s->c, o->used, "%s: a name without a spelling cannot be shared by files that are compiled apart",
                       g->name);
        else if (o->is_scattered)
            diag_error(s->c, o->used, "%s is defined by several files, which cannot be compiled apart", g->name);
    }
}

static bool can_be_separated(Separation *s)
{
    int errors_before = s->c->error_count;
    check_names(s);
    if (s->program->uses_expander)
        for (int i = 0; i < s->program->toplevel_count; i++) find_expander(&s->program->toplevel[i]->body, s);
    check_builtins(s);
    check_used(s);
    separate_check_symbols(s->c, s->program);
    return s->c->error_count == errors_before;
}

/* ---- interfaces ------------------------------------------------------------------------------------------------ */

static uint64_t hash_text(uint64_t hash, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    return (hash ^ size) * UINT64_C(0x100000001b3);
}

/* Of the module's text and that of all it imports, which its macros may use. */
static uint64_t text_hash(Separation *s, Module *m)
{
    if (m->text_hash) return m->text_hash;
    uint64_t hash = hash_text(UINT64_C(0xcbf29ce484222325), m->source->text, m->source->size);
    for (int i = 0; i < s->program->toplevel_count; i++) {
        const CoreFunction *form = s->program->toplevel[i];
        if (!form->imported || form->home != m) continue;
        uint64_t imported = text_hash(s, (Module *)form->imported);
        hash = hash_text(hash, (const char *)&imported, sizeof imported);
    }
    return m->text_hash = hash | 1;
}

/* May a macro of its own, or one that it hands on, be expanded by importers? */
static bool has_macros(const Module *m)
{
    for (int i = 0; i < m->own_count; i++) {
        const Name *own = pointer_map_find(m->meanings, m->own[i]);
        if (own && own->macro) return true;
    }
    for (int i = 0; i < m->export_count; i++) {
        const Name *exported = pointer_map_find(m->meanings, m->exports[i].name);
        if (exported && exported->macro) return true;
    }
    return m->has_macros;
}

/* Do importers see the name, or may code that the module makes at compile time put it into them? */
static bool is_reachable(const Module *m, const Name *written, const Name *own)
{
    return own && own->module == m && own->is_defined && (module_is_exported(m, written) || m->has_templates);
}

/* "function 2", "function 2+", "value", "variable", "macro" */
static const char *kind_of(Separation *s, Name *name)
{
    const Outline *o = outline_of(s, &name->global);
    if (name->macro || o->is_macro) return "macro";
    if (!o->function) return o->count == 1 ? "value" : "variable";
    int fixed = o->function->param_count - o->function->has_rest;
    return arena_format(s->program->arena, "function %d%s", fixed, o->function->has_rest ? "+" : "");
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "NAME\tKIND\n" for each, sorted. */
static const char **interface_lines(Separation *s, Module *m, int *count)
{
    Arena *arena = s->program->arena;
    const char **lines = NULL;
    int capacity = 0;
    *count = 0;
    for (int i = 0; i < m->own_count; i++) {
        Name *own = pointer_map_find(m->meanings, m->own[i]);
        if (!is_reachable(m, m->own[i], own)) continue;
        const char *line = arena_format(arena, "%s\t%s", object_escape(arena, own->global.name), kind_of(s, own));
        ARENA_PUSH(arena, lines, *count, capacity, line);
    }
    for (int i = 0; i < m->export_count; i++) {
        Name *name = pointer_map_find(m->meanings, m->exports[i].name);
        if (!name || name->module == m) continue;
        const char *as = object_escape(arena, m->exports[i].name->global.name);
        ARENA_PUSH(arena, lines, *count, capacity,
                   arena_format(arena, "%s\tas %s", as, object_escape(arena, name->global.name)));
    }
    if (*count) qsort(lines, (size_t)*count, sizeof *lines, compare_lines);
    return lines;
}

static uint64_t interface_hash(Separation *s, Module *m)
{
    int count;
    const char **lines = interface_lines(s, m, &count);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int i = 0; i < count; i++) hash = hash_text(hash, lines[i], strlen(lines[i]));
    uint64_t text = has_macros(m) ? text_hash(s, m) : 0;
    return hash_text(hash, (const char *)&text, sizeof text);
}

/* ---- the description ------------------------------------------------------------------------------------------- */

static void add_line(Separation *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_line(Separation *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *line = NULL;
    if (vasprintf(&line, format, args) < 0) rt_out_of_memory();
    va_end(args);
    rt_text_add_text(&s->text, line);
    rt_text_add_text(&s->text, "\n");
    free(line);
}

static const char *place_text(Separation *s, const RtPlace *at)
{
    Arena *arena = s->program->arena;
    if (!at) return "-";
    return arena_format(arena, "%s:%u:%u", object_escape(arena, at->file), at->line, at->column);
}

/* Imported by it, or named in it: by what a macro made, or as a name that another module hands on. */
static void find_needed(Separation *s)
{
    for (int i = 0; i < s->kept_count; i++)
        if (s->kept[i]->imported) ((Module *)s->kept[i]->imported)->is_needed = true;
    for (int i = 0; i < s->used_count; i++) {
        const Name *name = (const Name *)s->used[i];
        if (name->global.outside_definitions) name->module->is_needed = true;
    }
}

/* The unit's own macros may run whatever its imports define. */
static bool unit_has_macros(const Separation *s)
{
    if (s->unit) return s->unit->has_macros;
    bool result = s->c->root_has_macros;
    for (const Module *m = s->c->modules; m; m = m->next) result |= !m->name && m->has_macros;
    return result;
}

static void describe_used(Separation *s)
{
    Arena *arena = s->program->arena;
    find_needed(s);
    for (Module *m = s->c->modules; m; m = m->next) {
        if (!m->is_needed) continue;
        CoreUnit *unit = s->program->unit;
        ARENA_PUSH(arena, unit->needed, unit->needed_count, unit->needed_capacity, m->name);
        uint64_t text = unit->needs_texts ? text_hash(s, m) : 0;
        add_line(s, "uses\t%s\t%016llx\t%016llx", object_escape(arena, m->name),
                 (unsigned long long)interface_hash(s, m), (unsigned long long)text);
    }
    for (int i = 0; i < s->used_count; i++) {
        Name *name = (Name *)s->used[i];
        if (!name->global.outside_definitions) continue;
        add_line(s, "name\t%s\t%s\t%s\t%s", object_escape(arena, name->module->name),
                 object_escape(arena, name->global.name), kind_of(s, name),
                 place_text(s, outline_of(s, s->used[i])->used));
    }
}

static void describe_foreign(Separation *s)
{
    Arena *arena = s->program->arena;
    for (int i = 0; i < s->foreign_count; i++) {
        const ForeignFunction *f = s->foreign[i];
        add_line(s, "foreign\t%s\t%s\t%s", object_escape(arena, f->c_name),
                 f->library ? object_escape(arena, f->library) : "-", place_text(s, f->place));
    }
}

static void describe(Separation *s)
{
    CoreProgram *p = s->program;
    Arena *arena = p->arena;
    Module *own = (Module *)s->unit;
    const char *path = own ? own->path : s->c->root_path;
    CoreUnit *unit = p->unit = arena_alloc(arena, sizeof *unit);
    unit->module = own ? own->name : NULL;
    unit->needs_texts = unit_has_macros(s);
    if (own) add_line(s, "module\t%s\t%s", object_escape(arena, own->name), object_escape(arena, path));
    else add_line(s, "program\t%s", object_escape(arena, path));
    if (own)
        add_line(s, "interface\t%016llx\t%016llx", (unsigned long long)interface_hash(s, own),
                 (unsigned long long)text_hash(s, own));
    int count = 0;
    const char **lines = own ? interface_lines(s, own, &count) : NULL;
    size_t begin = s->text.size;
    for (int i = 0; i < count; i++) add_line(s, "define\t%s", lines[i]);
    if (own)
        unit->interface = arena_format(arena, "module\t%s\ninterface\t%016llx\n%s", object_escape(arena, own->name),
                                       (unsigned long long)interface_hash(s, own), s->text.bytes + begin);
    for (int i = 0; i < s->kept_count; i++)
        if (s->kept[i]->imported)
            add_line(s, "import\t%s\t%s", object_escape(arena, s->kept[i]->imported->name),
                     place_text(s, s->kept[i]->place));
    describe_used(s);
    describe_foreign(s);
    unit->description = arena_text(arena, s->text.bytes, s->text.size);
}

/* ---- the unit's program ---------------------------------------------------------------------------------------- */

static void set_link_name(Separation *s, CoreGlobal *g)
{
    g->link_name = object_link_name(s->program->arena, "global", symbol_name(g->symbol));
}

static void mark_outside(Separation *s)
{
    for (int i = 0; i < s->used_count; i++) {
        CoreGlobal *g = s->used[i];
        const Outline *o = outline_of(s, g);
        if (!o->count || o->home == s->unit) continue;
        g->outside_definitions = o->count > 1 ? 2 : 1;
        g->outside_function = o->function;
        set_link_name(s, g);
    }
}

/* A form that copies the global into a twin, whose storage other objects see. */
static CoreFunction *export_form(Separation *s, CoreGlobal *g)
{
    CoreProgram *p = s->program;
    RtValue symbol = rt_make_symbol(g->name, strlen(g->name));
    rt_make_immortal(symbol);
    Name *twin = compiler_name(s->c, symbol);
    set_link_name(s, g);
    twin->global.link_name = g->link_name;
    twin->global.outside_function = outline_of(s, g)->function;
    g->link_name = NULL;
    CoreFunction *form = core_function(p, "toplevel", NULL);
    form->is_toplevel = true;
    form->home = s->unit;
    form->body = core_define(p, NULL, &twin->global, core_global(p, NULL, g));
    return form;
}

static void keep_unit(Separation *s)
{
    CoreProgram *p = s->program;
    p->toplevel = NULL;
    p->toplevel_count = p->toplevel_capacity = 0;
    for (int i = 0; i < s->kept_count; i++) {
        CoreFunction *form = s->kept[i];
        if (form->imported) form->runs_module = form->imported->name;
        ARENA_PUSH(p->arena, p->toplevel, p->toplevel_count, p->toplevel_capacity, form);
    }
    /* Last: a function must not be read before those that it calls are defined, or these would be no constants. */
    for (int i = 0; i < s->kept_count; i++) {
        const CoreNode *body = s->kept[i]->body;
        CoreGlobal *g = body->kind == CORE_DEFINE ? body->u.define.global : NULL;
        if (!g || !g->link_name || !outline_of(s, g)->is_constant) continue;
        ARENA_PUSH(p->arena, p->toplevel, p->toplevel_count, p->toplevel_capacity, export_form(s, g));
    }
}

/* The program forgets globals that only other units name. */
static void keep_globals(Separation *s)
{
    CoreProgram *p = s->program;
    for (int i = 0; i < p->global_count; i++) {
        ProgramList **link = &((Name *)p->globals[i])->programs;
        while (*link && (*link)->program != p) link = &(*link)->next;
        if (*link) *link = (*link)->next;
    }
    p->globals = NULL;
    p->global_count = p->global_capacity = 0;
    for (int i = 0; i < s->used_count; i++) program_add_global(s->c, p, (Name *)s->used[i]);
    for (int i = 0; i < p->toplevel_count; i++) {
        const CoreNode *body = p->toplevel[i]->body;
        if (body->kind == CORE_DEFINE) program_add_global(s->c, p, (Name *)body->u.define.global);
    }
}

static void mark_exports(Separation *s)
{
    Module *own = (Module *)s->unit;
    for (int i = 0; own && i < own->own_count; i++) {
        Name *name = pointer_map_find(own->meanings, own->own[i]);
        if (!is_reachable(own, own->own[i], name) || outline_of(s, &name->global)->is_macro) continue;
        if (outline_of(s, &name->global)->count) set_link_name(s, &name->global);
    }
}

static void separate(void *data)
{
    Separation *s = data;
    CoreProgram *p = s->program;
    look_around(s);
    if (!can_be_separated(s)) return;
    mark_outside(s);
    mark_exports(s);
    describe(s);
    keep_unit(s);
    keep_globals(s);
    p->foreign = s->foreign;
    p->foreign_count = s->foreign_count;
    p->foreign_capacity = s->foreign_capacity;
}

void separate_load(Compiler *c, CoreProgram *p, const char *path)
{
    Lower l = {.c = c, .program = p, .at_toplevel = true};
    module_load_file(&l, path);
}

/* The module that was loaded first. */
static const Module *first_module(const Compiler *c)
{
    const Module *first = NULL;
    for (const Module *m = c->modules; m; m = m->next)
        if (m->name) first = m;
    return first;
}

void separate_program(Compiler *c, CoreProgram *p)
{
    Separation s = {.c = c, .program = p, .outlines = pointer_map_new()};
    if (c->options.unit == UNIT_MODULE) s.unit = first_module(c);
    rt_on_lisp_stack(separate, &s);
    pointer_map_free(s.outlines);
    rt_text_free(&s.text);
}
