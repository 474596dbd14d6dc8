/* The forms `import` and `module`: finding a module's file, reading and lowering it, and bringing its names in.
 *
 *   (module NAME (export NAME ...))                 first form of a file
 *   (import NAME|"path" [:as PREFIX] [:only (NAME|(NAME NEW) ...)] [:all] [:reload])
 *
 * The forms of a module are lowered into the program that imports it, at the place of the first import; so the passes see the
 * program as a whole, and a module runs once.  A file is read to its end first, so that what it defines directly is known before any of
 * it is lowered: its names can be used before their definitions.
 */
#include "module_internal.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- files ----------------------------------------------------------------------------------------------------- */

/* The path's folder with its slash: "" for a plain name. */
static const char *folder_of(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_text(arena, path, (size_t)(slash - path) + 1) : "";
}

/* In an executable that can evaluate, the modules of its source are at hand under the names they had. */
static const char *if_readable(const char *path)
{
    size_t size;
    rt_note_effect(path);
    return embedded_file(path, &size) || access(path, R_OK) == 0 ? path : NULL;
}

/* The path without links, malloc'd: by it two names of one file are known to be the same. */
static char *real_path_of(const char *path)
{
    size_t size;
    return embedded_file(path, &size) ? strdup(path) : realpath(path, NULL);
}

static Source *open_source(Compiler *c, const char *path)
{
    size_t size;
    const char *text = embedded_file(path, &size);
    return text ? source_from_text(c, path, text, size) : source_from_file(c, path);
}

/* NAME.lisp in the folder of the importing file, the folders of option -I, those of CONSAIR_PATH. */
static const char *find_file(Compiler *c, const char *name, bool is_path)
{
    const char *file = is_path ? name : arena_format(c->lasting, "%s.lisp", name);
    if (*file == '/') return if_readable(file);
    const char *path = if_readable(arena_format(c->lasting, "%s%s", folder_of(c->lasting, c->module->path), file));
    for (int i = 0; !path && i < c->options.import_folder_count; i++)
        path = if_readable(arena_format(c->lasting, "%s/%s", c->options.import_folders[i], file));
    const char *folders = getenv("CONSAIR_PATH");
    while (!path && folders && *folders) {
        int size = (int)strcspn(folders, ":");
        if (size > 0) path = if_readable(arena_format(c->lasting, "%.*s/%s", size, folders, file));
        folders += size;
        if (*folders == ':') folders++;
    }
    return path;
}

static Module *loaded_module(Compiler *c, const char *real_path)
{
    for (Module *m = c->modules; m; m = m->next)
        if (m->real_path && strcmp(m->real_path, real_path) == 0) return m;
    return NULL;
}

/* What stands behind the last slash, without .lisp. */
static const char *base_name(Compiler *c, const char *path)
{
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    size_t size = strlen(base);
    if (size > 5 && strcmp(base + size - 5, ".lisp") == 0) size -= 5;
    return arena_text(c->lasting, base, size);
}

/* Two modules of one name are told apart by a number. */
static const char *name_for(Compiler *c, const char *path)
{
    const char *first = base_name(c, path), *name = first;
    for (int number = 2;; number++) {
        const Module *m = c->modules;
        while (m && !(m->real_path && m->name && strcmp(m->name, name) == 0)) m = m->next;
        if (!m) return name;
        name = arena_format(c->lasting, "%s.%d", first, number);
    }
}

/* ---- reading a module ------------------------------------------------------------------------------------------ */

typedef struct FormList {
    Form *forms;
    int count, capacity;
} FormList;

static FormList read_forms(Compiler *c, Source *s)
{
    FormList list = {NULL, 0, 0};
    size_t offset = 0;
    Form form;
    enum ReadResult result;
    int errors_before = c->error_count;
    while ((result = reader_read(c, (SourceFile *)s, &offset, &form)) != READ_END) {
        if (c->error_count - errors_before > DIAG_ERROR_LIMIT) break;
        if (result == READ_FORM) ARENA_PUSH(c->arena, list.forms, list.count, list.capacity, form);
    }
    return list;
}

static bool is_head(RtValue datum, const char *name)
{
    return datum.tag == RT_CONS && is_symbol(list_first(datum)) && strcmp(symbol_name(list_first(datum)), name) == 0;
}

static void note_own(Compiler *c, Module *m, RtValue name)
{
    if (is_symbol(name)) module_own(c, m, compiler_name(c, name));
}

/* Names that a form defines as it stands there. */
static void scan_definitions(Compiler *c, Module *m, RtValue datum)
{
    int64_t count;
    if (datum.tag != RT_CONS || !list_length(datum, &count) || count < 2) return;
    RtValue rest = list_rest(datum), name = list_first(rest);
    if (is_head(datum, "define") || is_head(datum, "label") || is_head(datum, "defmacro")) {
        note_own(c, m, name.tag == RT_CONS ? list_first(name) : name);
    } else if (is_head(datum, "progn")) {
        for (; rest.tag == RT_CONS; rest = list_rest(rest)) scan_definitions(c, m, list_first(rest));
    } else if (is_head(datum, "foreign")) {
        for (; rest.tag == RT_CONS; rest = list_rest(rest)) {
            name = list_first(rest).tag == RT_CONS ? list_first(list_first(rest)) : rt_nil();
            note_own(c, m, name.tag == RT_CONS ? list_first(name) : name);
        }
    }
}

/* (export NAME ...) */
static void parse_exports(Lower *l, Module *m, RtValue form, const RtPlace *at)
{
    Compiler *c = l->c;
    int64_t count;
    if (!is_head(form, "export") || !list_length(form, &count)) {
        diag_error(c, at, "module: expected (export name ...), got %s", datum_text(c, form));
        return;
    }
    m->export_count = 0;
    for (RtValue rest = list_rest(form); rest.tag == RT_CONS; rest = list_rest(rest)) {
        const RtPlace *place = place_of_first(l, rest, at);
        if (!is_symbol(list_first(rest))) {
            diag_error(c, place, "module: an exported name must be a symbol, got %s", datum_text(c, list_first(rest)));
            continue;
        }
        Export item = {compiler_name(c, list_first(rest)), place};
        ARENA_PUSH(c->lasting, m->exports, m->export_count, m->export_capacity, item);
    }
}

/* (module NAME [(export NAME ...)]) */
static void parse_module_form(Lower *l, Module *m, RtValue form, const RtPlace *at)
{
    int64_t count;
    bool good = list_length(form, &count) && (count == 2 || count == 3);
    if (!good || !is_symbol(list_first(list_rest(form)))) {
        diag_error(l->c, at, "module: expected a name and (export name ...), got %s", datum_text(l->c, form));
        return;
    }
    RtValue rest = list_rest(list_rest(form));
    if (rest.tag == RT_CONS) parse_exports(l, m, list_first(rest), place_of_first(l, rest, at));
}

static void check_exports(Compiler *c, Module *m)
{
    for (int i = 0; i < m->export_count; i++) {
        const Name *meaning = pointer_map_find(m->meanings, m->exports[i].name);
        if (!meaning && !m->name) meaning = m->exports[i].name;
        if (meaning && (meaning->is_defined || meaning->macro)) continue;
        diag_error(c, m->exports[i].place, "module: exports %s, which it does not define",
                   m->exports[i].name->global.name);
    }
}

static void lower_module_forms(Lower *l, Module *m, FormList list)
{
    Compiler *c = l->c;
    int first = list.count > 0 && is_head(list.forms[0].datum, "module") ? 1 : 0;
    if (first) parse_module_form(l, m, list.forms[0].datum, list.forms[0].place);
    for (int i = first; i < list.count; i++) scan_definitions(c, m, list.forms[i].datum);
    for (int i = first; i < list.count; i++) lower_toplevel(c, l->program, list.forms[i]);
    for (int i = 0; i < list.count; i++) rt_drop(list.forms[i].datum);
}

/* Lowers the file's forms into the program.  false after diagnostics. */
static bool load(Lower *l, Module *m)
{
    Compiler *c = l->c;
    int errors_before = c->error_count;
    Module *outer = c->module;
    Source *s = open_source(c, m->path);
    m->source = s;
    if (s) {
        m->is_loading = true;
        m->export_count = -1;
        c->module = m;
        lower_module_forms(l, m, read_forms(c, s));
        if (c->error_count == errors_before) check_exports(c, m);
        c->module = outer;
        m->is_loading = false;
    }
    return c->error_count == errors_before;
}

/* ---- import ---------------------------------------------------------------------------------------------------- */

typedef struct Import {
    RtValue what; /* symbol or string */
    const char *prefix; /* or NULL: the module's name */
    RtValue only; /* list, when has_only */
    bool has_only, all, reload;
    const RtPlace *only_place;
} Import;

static bool is_option(RtValue v, const char *name) { return v.tag == RT_SYMBOL && strcmp(symbol_name(v), name) == 0; }

static bool import_error(Compiler *c, const RtPlace *at, const char *what, RtValue got)
{
    diag_error(c, at, "import: %s, got %s", what, datum_text(c, got));
    return false;
}

static bool parse_option(Lower *l, RtValue *rest, const RtPlace *at, Import *out)
{
    RtValue option = list_first(*rest), next = list_rest(*rest);
    const RtPlace *place = place_of_first(l, *rest, at);
    int64_t count;
    *rest = next;
    if (is_option(option, ":all")) return out->all = true;
    if (is_option(option, ":reload")) return out->reload = true;
    bool is_as = is_option(option, ":as");
    if (!is_as && !is_option(option, ":only"))
        return import_error(l->c, place, "expected :as, :only, :all or :reload", option);
    if (next.tag != RT_CONS) {
        diag_error(l->c, place, "import: nothing follows %s", symbol_name(option));
        return false;
    }
    RtValue operand = list_first(next);
    place = place_of_first(l, next, at);
    *rest = list_rest(next);
    if (is_as) {
        if (!is_symbol(operand)) return import_error(l->c, place, "a prefix must be a symbol", operand);
        out->prefix = symbol_name(operand);
        return true;
    }
    if (operand.tag != RT_CONS || !list_length(operand, &count))
        return import_error(l->c, place, "expected a list of names", operand);
    out->only = operand;
    out->only_place = place;
    return out->has_only = true;
}

static bool parse_import(Lower *l, RtValue form, const RtPlace *at, Import *out)
{
    RtValue rest = list_rest(form);
    *out = (Import){.only = rt_nil()};
    if (rest.tag != RT_CONS) {
        diag_error(l->c, at, "import: no module");
        return false;
    }
    out->what = list_first(rest);
    if (out->what.tag != RT_STRING && !is_symbol(out->what))
        return import_error(l->c, place_of_first(l, rest, at), "a module is a name or the path of a file", out->what);
    rest = list_rest(rest);
    while (rest.tag == RT_CONS)
        if (!parse_option(l, &rest, at, out)) return false;
    return true;
}

static const char *shown_name(const Module *m) { return m->name ? m->name : "the program"; }

/* "main.lisp:1 imports a, a.lisp:2 imports b, b.lisp:1 imports a" */
static void report_cycle(Compiler *c, const Module *m, const RtPlace *at)
{
    const char *chain = "";
    const RtPlace *place = at;
    const Module *imported = m;
    for (const Module *by = c->module;; by = by->importer) {
        const char *link = arena_format(c->arena, "%s:%u imports %s", place ? place->file : "?",
                                        place ? place->line : 0, shown_name(imported));
        chain = *chain ? arena_format(c->arena, "%s, %s", link, chain) : link;
        if (by == m || !by->importer) break;
        place = by->import_place;
        imported = by;
    }
    diag_error(c, at, "import: %s%s imports itself: %s", m->name ? "the module " : "", shown_name(m), chain);
}

/* The module, loaded; NULL after a diagnostic. */
static Module *find_module(Lower *l, const Import *import, const RtPlace *at)
{
    Compiler *c = l->c;
    bool is_path = import->what.tag == RT_STRING;
    const char *text = is_path ? rt_as_string(import->what)->bytes : symbol_name(import->what);
    const char *path = find_file(c, text, is_path);
    char *real = path ? real_path_of(path) : NULL;
    if (!real) {
        diag_error(c, at, "import: cannot find %s%s", text, is_path ? "" : ".lisp");
        return NULL;
    }
    if (import->reload && c->options.unit != UNIT_WHOLE)
        diag_error(c, at, "import: a module that is compiled apart runs once: no :reload with --separate and --module");
    Module *m = loaded_module(c, real);
    bool is_new = m == NULL;
    if (is_new) {
        m = module_new(c, path, name_for(c, path));
        m->real_path = arena_text(c->lasting, real, strlen(real));
    }
    free(real);
    if (m->is_loading || !m->name) { /* the program itself is under way, too */
        report_cycle(c, m, at);
        return NULL;
    }
    if (!is_new && !import->reload) return m;
    m->importer = c->module;
    m->import_place = at;
    if (load(l, m)) return m;
    m->real_path = NULL; /* the next import of the file begins anew */
    return NULL;
}

static void bring_in(Lower *l, Module *from, Name *name, Name *as, const RtPlace *at)
{
    Compiler *c = l->c;
    Module *m = c->module;
    if (!module_is_exported(from, name)) {
        diag_error(c, at, "import: the module %s does not export %s", from->name, name->global.name);
        return;
    }
    Name *global = pointer_map_find(from->meanings, name);
    const Name *known = pointer_map_find(m->meanings, as);
    if (known && known != global && known->module && known->module != from) {
        diag_error(c, at, "import: %s is %s already", as->global.name, known->global.name);
        return;
    }
    if ((known && known->module == m) || (!m->name && as->is_defined)) {
        diag_error(c, at, "import: %s is defined here", as->global.name);
        return;
    }
    pointer_map_set(m->meanings, as, global);
}

/* NAME | (NAME NEW) */
static void bring_in_item(Lower *l, Module *from, RtValue item, const RtPlace *at)
{
    int64_t count;
    RtValue name = item, as = item;
    if (item.tag == RT_CONS && list_length(item, &count) && count == 2) {
        name = list_first(item);
        as = list_first(list_rest(item));
    }
    if (!is_symbol(name) || !is_symbol(as)) import_error(l->c, at, "expected a name or (name new-name)", item);
    else bring_in(l, from, compiler_name(l->c, name), compiler_name(l->c, as), at);
}

static void bring_in_all(Lower *l, Module *from, const RtPlace *at)
{
    for (int i = 0; i < from->export_count; i++) bring_in(l, from, from->exports[i].name, from->exports[i].name, at);
    for (int i = 0; from->export_count < 0 && i < from->own_count; i++)
        if (module_is_exported(from, from->own[i])) bring_in(l, from, from->own[i], from->own[i], at);
}

static void add_prefix(Compiler *c, Module *from, const char *text, const RtPlace *at)
{
    Module *m = c->module;
    for (const Prefix *p = m->prefixes; p; p = p->next) {
        if (strcmp(p->text, text) != 0) continue;
        if (p->module != from && p->module->real_path)
            diag_error(c, at, "import: %s/ means the module in %s already; choose a prefix with :as", text,
                       p->module->path);
        if (p->module == from) return;
    }
    Prefix *prefix = arena_alloc(c->lasting, sizeof *prefix);
    *prefix = (Prefix){arena_text(c->lasting, text, strlen(text)), from, m->prefixes};
    m->prefixes = prefix;
}

const Module *module_import(Lower *l, RtValue form, const RtPlace *at)
{
    Import import;
    module_current(l->c);
    if (!parse_import(l, form, at, &import)) return NULL;
    Module *from = find_module(l, &import, at);
    if (!from) return NULL;
    add_prefix(l->c, from, import.prefix ? import.prefix : base_name(l->c, from->path), at);
    for (RtValue rest = import.only; rest.tag == RT_CONS; rest = list_rest(rest))
        bring_in_item(l, from, list_first(rest), place_of_first(l, rest, import.only_place));
    if (import.all) bring_in_all(l, from, at);
    return from;
}

Module *module_load_file(Lower *l, const char *path)
{
    Compiler *c = l->c;
    char *real = realpath(path, NULL);
    Module *root = module_current(c), *m = module_new(c, path, base_name(c, path));
    m->real_path = arena_text(c->lasting, real ? real : path, strlen(real ? real : path));
    m->importer = root;
    free(real);
    return load(l, m) ? m : NULL;
}

/* Anywhere but at top level, where lower_toplevel sees to it. */
CoreNode *lower_import(Lower *l, RtValue form, const RtPlace *at)
{
    (void)form;
    return form_error(l, at, "import: only at top level");
}

CoreNode *lower_module(Lower *l, RtValue form, const RtPlace *at)
{
    (void)form;
    return form_error(l, at, "module: only as the first form of a file");
}

bool module_declare_root(Compiler *c, CoreProgram *p, Form form)
{
    if (!is_head(form.datum, "module")) return false;
    Lower l = {.c = c, .program = p};
    Module *m = module_current(c);
    m->export_count = 0;
    parse_module_form(&l, m, form.datum, form.place);
    return true;
}

void module_check_root(Compiler *c)
{
    if (c->module) check_exports(c, c->module);
}
