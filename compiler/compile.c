/* The compiler object: its life, its name table, and the way from a source to Core.
 *
 * Input: a Source.  Output: a CoreProgram after stage `lower`. The forms of a source are read, expanded and lowered one
 * after the other, so that each sees the macros above it; the reader's errors and those of lowering are collected in
 * one go.
 */
#include "foreign.h"
#include "frontend.h"
#include "lower.h"
#include "module.h"
#include "separate.h"

#include <limits.h>
#include <stdlib.h>

Compiler *runtime_expander;

static void make_symbols(Compiler *c)
{
    KnownSymbols *s = &c->symbols;
    s->quote = rt_intern_text("quote");
    s->quasiquote = rt_intern_text("quasiquote");
    s->unquote = rt_intern_text("unquote");
    s->unquote_splicing = rt_intern_text("unquote-splicing");
    s->label = rt_intern_text("label");
    s->define = rt_intern_text("define");
    s->defmacro = rt_intern_text("defmacro");
    s->lambda = rt_intern_text("lambda");
    s->progn = rt_intern_text("progn");
    s->else_ = rt_intern_text("else");
    s->catch_ = rt_intern_text("catch");
    static const char *const markers[LITERAL_COUNT] = {"map", "set", "pvec", "pmap", "pset"};
    for (int i = 0; i < LITERAL_COUNT; i++) {
        s->markers[i] = rt_make_symbol(markers[i], strlen(markers[i]));
        rt_make_immortal(s->markers[i]);
    }
}

static void enter_names(Compiler *c)
{
    for (int i = 0; i < PRIMITIVE_COUNT; i++)
        if (primitives[i].name) compiler_name(c, rt_intern_text(primitives[i].name))->global.primitive = i;
    for (const SpecialForm *form = special_forms; form->name; form++)
        compiler_name(c, rt_intern_text(form->name))->form = form;
}

/* The names of the language and the passes' tables take this much heap whatever is compiled; more would be no part of malloc's heap. */
enum { START_HEAP_BYTES = 120 << 10 };

Compiler *compiler_new(const CompileOptions *options)
{
    heap_populate(START_HEAP_BYTES);
    Compiler *c = calloc(1, sizeof *c);
    if (!c) rt_out_of_memory();
    if (options) c->options = *options;
    c->arena = c->lasting = arena_new();
    c->names = pointer_map_new();
    c->simple_end = &c->simple_first;
    c->comptime_limit = INT_MAX;
    rt_foreign_hook = foreign_call;
    make_symbols(c);
    enter_names(c);
    return c;
}

void compiler_free(Compiler *c)
{
    if (!c) return;
    if (runtime_expander == c) runtime_expander = NULL;
    comptime_free(c);
    evaluate_free(c);
    modules_free(c);
    for (Name *name = c->all_names; name; name = name->next)
        if (name->is_kept) rt_drop(name->global.symbol);
    for (size_t i = 0; i < c->root_count; i++) rt_drop(c->roots[i]);
    free(c->roots);
    pointer_map_free(c->names);
    place_table_free(&c->places);
    arena_free(c->lasting);
    free(c);
}

const CompileOptions *compiler_options(const Compiler *c) { return &c->options; }

Arena *compiler_arena(Compiler *c) { return c->arena; }

Name *compiler_name(Compiler *c, RtValue symbol)
{
    RtSymbol *key = rt_as_symbol(symbol);
    Name *name = pointer_map_find(c->names, key);
    if (name) return name;
    name = arena_alloc(c->lasting, sizeof *name);
    name->global.symbol = rt_dup(symbol);
    name->is_kept = !key->interned;
    name->global.name = key->name;
    name->global.primitive = PRIM_NONE;
    name->global.definition_index = -1;
    for (int world = 0; world < WORLD_COUNT; world++) {
        name->global.own_cells[world] = rt_make(RT_UNBOUND, 0);
        name->global.cells[world] = &name->global.own_cells[world];
    }
    name->suspended = rt_make(RT_UNBOUND, 0);
    name->compiler = c;
    name->pending_end = &name->pending;
    name->next = c->all_names;
    c->all_names = name;
    pointer_map_set(c->names, key, name);
    return name;
}

CoreGlobal *compiler_global(Compiler *c, RtValue symbol) { return &compiler_name(c, symbol)->global; }

/* Enters the name into p->globals once.  The program in use comes first in the name's list, so this is quick. */
void program_add_global(Compiler *c, CoreProgram *p, Name *name)
{
    for (ProgramList **link = &name->programs; *link; link = &(*link)->next) {
        ProgramList *found = *link;
        if (found->program != p) continue;
        *link = found->next;
        found->next = name->programs;
        name->programs = found;
        return;
    }
    ProgramList *entry = arena_alloc(c->arena, sizeof *entry);
    *entry = (ProgramList){p, name->programs};
    name->programs = entry;
    ARENA_PUSH(p->arena, p->globals, p->global_count, p->global_capacity, &name->global);
}

RtValue compiler_root(Compiler *c, RtValue owned)
{
    if (!rt_is_heap(owned)) return owned;
    if (c->root_count == c->root_capacity) {
        c->root_capacity = c->root_capacity ? 2 * c->root_capacity : 256;
        c->roots = realloc(c->roots, c->root_capacity * sizeof *c->roots);
        if (!c->roots) rt_out_of_memory();
    }
    c->roots[c->root_count++] = owned;
    return owned;
}

const char *datum_text(Compiler *c, RtValue datum)
{
    RtValue shown = datum_unmark(c, datum, false);
    RtText text = {0};
    rt_write_value_borrow(&text, shown, 60);
    rt_drop(shown);
    const char *copy = arena_text(c->arena, text.bytes ? text.bytes : "", text.size);
    rt_text_free(&text);
    return copy;
}

void dump_datum(Compiler *c, RtValue datum)
{
    RtValue shown = datum_unmark(c, datum, false);
    RtText text = {0};
    rt_write_value_borrow(&text, shown, 0);
    rt_drop(shown);
    fprintf(stderr, "%s\n", text.bytes ? text.bytes : "");
    rt_text_free(&text);
}

bool compiler_dumps(const Compiler *c, const char *word)
{
    const char *list = c->options.dump;
    size_t size = strlen(word);
    for (const char *p = list; p && (p = strstr(p, word)); p += size)
        if ((p == list || p[-1] == ',') && (p[size] == 0 || p[size] == ',')) return true;
    return false;
}

static CoreProgram *compile_finish(Compiler *c, CoreProgram *p, int errors_before)
{
    p->is_whole = true;
    p->open_world = p->uses_eval;
    if (c->options.unit != UNIT_WHOLE && c->error_count == errors_before) separate_program(c, p);
    if (c->error_count == errors_before) warn_about_program(c, p);
    return c->error_count == errors_before ? p : NULL;
}

CoreProgram *compile_source(Compiler *c, Source *s)
{
    CoreProgram *p = core_program_new(c->arena);
    int errors_before = c->error_count;
    bool dump_read = compiler_dumps(c, "read");
    bool is_first = true;
    c->root_path = s->name;
    size_t offset = 0;
    Form form;
    while (c->error_count - errors_before <= DIAG_ERROR_LIMIT) {
        enum ReadResult result = reader_read(c, (SourceFile *)s, &offset, &form);
        if (result == READ_END) break;
        if (result == READ_ERROR) continue;
        if (dump_read) dump_datum(c, form.datum);
        if (!is_first || !module_declare_root(c, p, form)) lower_toplevel(c, p, form);
        is_first = false;
        rt_drop(form.datum);
    }
    if (c->error_count == errors_before) module_check_root(c);
    return compile_finish(c, p, errors_before);
}

CoreProgram *compile_module(Compiler *c, const char *path)
{
    CoreProgram *p = core_program_new(c->arena);
    int errors_before = c->error_count;
    separate_load(c, p, path);
    return compile_finish(c, p, errors_before);
}
