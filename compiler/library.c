/* The library written in Lisp: pass library puts the definitions that a program uses in front of it.
 *
 * Names.  Each symbol of the library's text has a private name: an uninterned symbol of the same spelling, whose form
 * or primitive is the one the symbol had at the beginning.  So whatever a program defines, `map`, `car` and `if` of the
 * library stay what they are; a program that does not define `map` has its uses of that name turned into uses of the
 * private one.  The private name of %%ID is the row ID of primitives.def, internal ones included.
 * Overriding.  Where a program defines a library name itself, that is its global.  If it may be read before (say, by
 * the definition (define old-map map)), it begins with the library's function as its value, as a builtin's name does.
 * Interpreted code of the open world asks for a definition when it meets a global without a value (library_demand).
 * Places.  Library code has none, which means "where the library was called" to whatever raises; calls of its
 * functions note their place in rt_call_place.
 */
#include "frontend.h"
#include "library.h"
#include "interp.h"
#include "lower.h"
#include "passes.h"

#include <stdlib.h>

/* ---- the index ------------------------------------------------------------------------------------------------ */

static int compare_name(const void *name, const void *function)
{
    return strcmp(name, ((const LibraryFunction *)function)->name);
}

static const LibraryFunction *find_any(const char *name)
{
    return bsearch(name, library_functions, (size_t)library_function_count, sizeof *library_functions, compare_name);
}

const LibraryFunction *library_find(const char *name)
{
    const LibraryFunction *found = find_any(name);
    return found && found->doc ? found : NULL;
}

static const LibraryFunction *function_of(const CoreGlobal *global)
{
    if (global->is_private || global->primitive != PRIM_NONE) return NULL;
    const LibraryFunction *found = library_find(global->name);
    return found && rt_as_symbol(global->symbol)->interned ? found : NULL;
}

bool library_has(const CoreGlobal *global) { return function_of(global) != NULL; }

/* ---- private names --------------------------------------------------------------------------------------------- */

static int row_of_id(const char *id)
{
    for (int i = 0; i < PRIMITIVE_COUNT; i++)
        if (strcmp(primitives[i].id, id) == 0) return i;
    return PRIM_NONE;
}

static Name *private_name(Compiler *c, RtValue symbol)
{
    Name *name = compiler_name(c, symbol);
    if (name->private_name) return name->private_name;
    const char *text = name->global.name;
    RtValue own = rt_make_symbol(text, strlen(text));
    rt_make_immortal(own);
    Name *twin = compiler_name(c, own);
    twin->global.is_private = true;
    twin->form = name->form;
    twin->global.primitive = strncmp(text, "%%", 2) == 0 ? row_of_id(text + 2) : name->global.primitive;
    if (twin->global.primitive == PRIM_NONE) twin->library = find_any(text);
    name->private_name = twin;
    return twin;
}

static RtValue private_symbol(Compiler *c, RtValue v)
{
    bool has_twin = v.tag == RT_SYMBOL && !rt_is_keyword(v) && rt_as_symbol(v)->interned;
    return has_twin ? private_name(c, v)->global.symbol : v;
}

/* Renames the symbols of a list just read, in its cells, whose addresses lead to their places; quoted data are left. */
static void rename_symbols(Compiler *c, RtValue list)
{
    bool is_quote = list.tag == RT_CONS && same_object(list_first(list), c->symbols.quote);
    for (RtCons *cell; list.tag == RT_CONS; list = rt_cdr_of(cell)) {
        cell = rt_as_cons(list);
        RtValue first = private_symbol(c, rt_car_of(cell)), rest = private_symbol(c, rt_cdr_of(cell));
        cell->car = first.data;
        cell->cdr = rest.data;
        if (is_quote) return;
        rename_symbols(c, first);
    }
}

/* The names that the lowering compares with, as the library spells them. */
static KnownSymbols private_symbols(Compiler *c)
{
    KnownSymbols own = c->symbols;
    RtValue *all[] = {&own.quote, &own.quasiquote, &own.unquote,  &own.unquote_splicing,
                      &own.label, &own.define,     &own.defmacro, &own.lambda,
                      &own.progn, &own.else_,      &own.catch_};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) *all[i] = private_symbol(c, *all[i]);
    return own;
}

/* ---- lowering a definition ------------------------------------------------------------------------------------- */

static void forget_places(CoreNode **child, void *data);

static void make_library_function(CoreFunction *f)
{
    f->place = NULL;
    f->is_library = true;
    forget_places(&f->body, NULL);
}

static void forget_places(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    node->place = NULL;
    if (node->kind == CORE_LAMBDA) make_library_function(node->u.function);
    if (node->kind == CORE_FIX)
        for (int i = 0; i < node->u.fix.count; i++) make_library_function(node->u.fix.functions[i]);
    core_each_child(node, forget_places, data);
}

static Source *library_source(Compiler *c, int file)
{
    if (!c->library_sources) c->library_sources = arena_alloc(c->arena, (size_t)library_file_count * sizeof(Source *));
    if (!c->library_sources[file]) {
        const LibraryFile *f = &library_files[file];
        c->library_sources[file] = source_from_text(c, f->name, f->text, f->size);
    }
    return c->library_sources[file];
}

/* The definition as a top-level form of the program, not yet entered into it. */
static CoreFunction *lower_library_function(Compiler *c, CoreProgram *p, const LibraryFunction *f)
{
    int errors_before = c->error_count;
    size_t offset = f->offset;
    Form form;
    KnownSymbols symbols = c->symbols;
    if (reader_next(c, library_source(c, f->file), &offset, &form)) {
        rename_symbols(c, form.datum);
        c->symbols = private_symbols(c);
        Lower l = {.c = c, .program = p, .at_toplevel = true};
        CoreFunction *toplevel = core_function(p, "toplevel", NULL);
        toplevel->is_toplevel = true;
        toplevel->body = lower_expr(&l, form.datum, form.place);
        forget_places(&toplevel->body, NULL);
        bool is_function = toplevel->body->kind == CORE_DEFINE && toplevel->body->u.define.value->kind == CORE_LAMBDA;
        if (is_function) toplevel->body->u.define.value->u.function->library_name = f->name;
        c->symbols = symbols;
        rt_drop(form.datum);
        if (c->error_count == errors_before) return toplevel;
    }
    diag_flush(c);
    rt_internal_error("the library does not compile");
}

/* ---- the pass -------------------------------------------------------------------------------------------------- */

typedef struct Linker {
    Compiler *c;
    CoreProgram *program;
    CoreFunction **forms; /* that go in front of the program's */
    int form_count, form_capacity;
} Linker;

/* A name of the library that the program mentions: has it a definition in the program? */
static void find_definitions(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_DEFINE) ((Name *)node->u.define.global)->is_overridden = true;
    if (node->kind == CORE_LAMBDA) find_definitions(&node->u.function->body, data);
    if (node->kind == CORE_FIX)
        for (int i = 0; i < node->u.fix.count; i++) find_definitions(&node->u.fix.functions[i]->body, data);
    core_each_child(node, find_definitions, data);
}

static void use_private_names(CoreNode **child, void *data)
{
    Linker *k = data;
    CoreNode *node = *child;
    if (node->kind == CORE_GLOBAL) {
        Name *name = (Name *)node->u.global;
        if (!name->is_overridden && library_has(&name->global)) {
            Name *own = private_name(k->c, name->global.symbol);
            program_add_global(k->c, k->program, own);
            node->u.global = &own->global;
        }
    }
    if (node->kind == CORE_LAMBDA) use_private_names(&node->u.function->body, data);
    if (node->kind == CORE_FIX)
        for (int i = 0; i < node->u.fix.count; i++) use_private_names(&node->u.fix.functions[i]->body, data);
    core_each_child(node, use_private_names, data);
}

static void add_form(Linker *k, CoreFunction *form)
{
    ARENA_PUSH(k->program->arena, k->forms, k->form_count, k->form_capacity, form);
}

/* The global begins with the library's function as its value. */
static void add_default(Linker *k, Name *name)
{
    CoreProgram *p = k->program;
    Name *own = private_name(k->c, name->global.symbol);
    program_add_global(k->c, p, own);
    CoreFunction *form = core_function(p, "toplevel", NULL);
    form->is_toplevel = true;
    form->body = core_define(p, NULL, &name->global, core_global(p, NULL, &own->global));
    add_form(k, form);
}

static bool mentions_library(const CoreProgram *p)
{
    for (int i = 0; i < p->global_count; i++)
        if (library_has(p->globals[i])) return true;
    return false;
}

static void put_in_front(Linker *k)
{
    CoreProgram *p = k->program;
    int count = k->form_count + p->toplevel_count;
    CoreFunction **all = arena_alloc(p->arena, (size_t)count * sizeof *all);
    for (int i = 0; i < k->form_count; i++) all[i] = k->forms[i];
    for (int i = 0; i < p->toplevel_count; i++) all[k->form_count + i] = p->toplevel[i];
    p->toplevel = all;
    p->toplevel_count = p->toplevel_capacity = count;
}

void pass_library(Compiler *c, CoreProgram *p)
{
    bool is_whole = p->is_whole || !p->open_world;
    if (!is_whole || !mentions_library(p)) return;
    Linker k = {.c = c, .program = p};
    for (int i = 0; i < p->toplevel_count; i++) find_definitions(&p->toplevel[i]->body, NULL);
    if (!p->open_world) {
        for (int i = 0; i < p->toplevel_count; i++) use_private_names(&p->toplevel[i]->body, &k);
        resolve_find_constants(c, p);
    }
    int mentioned = p->global_count;
    for (int i = 0; i < mentioned; i++) {
        Name *name = (Name *)p->globals[i];
        bool needs_default = p->open_world || (name->is_overridden && !name->global.is_constant);
        if (needs_default && library_has(&name->global)) add_default(&k, name);
        name->is_overridden = false;
    }
    int default_count = k.form_count;
    for (int i = 0; i < p->global_count; i++) { /* grows: definitions mention further names */
        const Name *name = (const Name *)p->globals[i];
        if (name->library) add_form(&k, lower_library_function(c, p, name->library));
    }
    /* A default reads a definition, which therefore goes in front of it. */
    CoreFunction **defaults = arena_alloc(p->arena, ((size_t)default_count + 1) * sizeof *defaults);
    for (int i = 0; i < default_count; i++) defaults[i] = k.forms[i];
    for (int i = default_count; i < k.form_count; i++) k.forms[i - default_count] = k.forms[i];
    for (int i = 0; i < default_count; i++) k.forms[k.form_count - default_count + i] = defaults[i];
    put_in_front(&k);
}

/* ---- on demand ------------------------------------------------------------------------------------------------- */

static void evaluate_definition(Compiler *c, const LibraryFunction *f, enum World world)
{
    c->kept_evaluations++; /* this may happen while a form of eval or of a session is lowered */
    CoreProgram *p = core_program_new(c->arena);
    p->open_world = true;
    CoreFunction *form = lower_library_function(c, p, f);
    ARENA_PUSH(p->arena, p->toplevel, p->toplevel_count, p->toplevel_capacity, form);
    pipeline_run(c, p);
    interp_prepare(p);
    rt_drop(interp_run_toplevel(form, world));
}

bool library_demand(CoreGlobal *global, enum World world)
{
    Name *name = (Name *)global;
    if (name->library) {
        RtAllocations before = rt_allocated();
        evaluate_definition(name->compiler, name->library, world);
        rt_forget_allocations(&before);
        return true;
    }
    if (!library_has(global)) return false;
    Name *own = private_name(name->compiler, global->symbol);
    RtValue *cell = own->global.cells[world];
    if (cell->tag == RT_UNBOUND) library_demand(&own->global, world);
    *global->cells[world] = rt_dup(*cell);
    return true;
}
