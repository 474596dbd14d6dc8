/* Lowering of expressions: atoms, literals, calls, and the order of evaluation; top-level forms.
 *
 * Input: data.  Output: Core at stage `lower`.  Macro calls are expanded on the way (expand.c), special forms are
 * looked up in a table (lower_forms.c); everything else is a call of whatever the operator gives. Recursion follows the
 * nesting of evaluated forms, which NESTING_LIMIT bounds; lists of any length are walked in loops.
 */
#include "module.h"

#include <stdarg.h>

CoreNode *lower_nil(Lower *l, const RtPlace *at) { return core_const(l->program, at, rt_nil()); }

CoreNode *form_error(Lower *l, const RtPlace *at, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *message = arena_alloc(l->c->arena, (size_t)size + 1);
    vsnprintf(message, (size_t)size + 1, format, args);
    va_end(args);
    diag_error(l->c, at, "%s", message);
    return lower_nil(l, at);
}

CoreNode *lower_constant(Lower *l, RtValue datum, const RtPlace *at)
{
    const RtValue *counted = datum_counted(l->c, datum);
    if (counted) {
        CoreNode *address = core_const(l->program, at, rt_from_int((int64_t)(uintptr_t)counted));
        return lower_prim(l, at, PRIM_literal, 1, address);
    }
    return core_const(l->program, at, datum_constant(l->c, datum, at));
}

CoreNode *lower_prim(Lower *l, const RtPlace *at, int primitive, int count, ...)
{
    CoreNode **args = arena_alloc(l->program->arena, (size_t)count * sizeof *args);
    va_list list;
    va_start(list, count);
    for (int i = 0; i < count; i++) args[i] = va_arg(list, CoreNode *);
    va_end(list);
    return core_prim(l->program, at, primitive, count, args);
}

CoreNode *lower_global(Lower *l, Name *name, const RtPlace *at)
{
    int primitive = name->global.primitive;
    if (!name->is_defined) {
        bool is_eval = primitive == PRIM_eval, is_read = primitive == PRIM_read;
        bool is_expansion = primitive == PRIM_macroexpand || primitive == PRIM_macroexpand_1;
        if (is_eval) l->program->uses_eval = true;
        if (is_eval || is_read || is_expansion) l->program->uses_expander = true;
    }
    program_add_global(l->c, l->program, name);
    return core_global(l->program, at, &name->global);
}

/* ---- places and order ---- */

const RtPlace *place_of_first(Lower *l, RtValue list, const RtPlace *at)
{
    const RtPlace *place = reader_place_of_car(l->c, rt_as_cons(list));
    if (!place) place = reader_place_of_datum(l->c, list_first(list));
    return place ? place : at;
}

const RtPlace *place_of_name(Lower *l, RtValue list)
{
    const WarningOptions *o = &l->c->options.warnings; /* making a place costs something, and only warn.c reads it */
    if (!warning_is_on(o, WARNING_UNUSED_VARIABLE) && !warning_is_on(o, WARNING_UNUSED_PARAMETER)) return NULL;
    if (list.tag != RT_CONS) return NULL;
    for (const Macro *m = l->c->all_macros; m; m = m->next) /* parts of its templates are in what it expands to */
        if (place_is_within(l->c, rt_as_cons(list), m->form)) return NULL;
    return reader_place_of_car(l->c, rt_as_cons(list));
}

CoreNode *lower_first(Lower *l, RtValue list, const RtPlace *at)
{
    RtValue datum = list_first(list);
    bool needs_place = rt_is_heap(datum) && datum.tag != RT_STRING; /* the others cannot fail */
    return lower_expr(l, datum, needs_place ? place_of_first(l, list, at) : at);
}

int lower_mark(const Lower *l) { return l->body ? l->body->entry_count : 0; }

static bool may_move(const CoreNode *node)
{
    return node->kind == CORE_CONST || node->kind == CORE_LOCAL || node->kind == CORE_LAMBDA;
}

void lower_keep_order(Lower *l, CoreNode **nodes, int count, int mark)
{
    if (lower_mark(l) == mark) return;
    Entry *entries = arena_alloc(l->c->arena, ((size_t)count + 1) * sizeof *entries);
    int entry_count = 0;
    for (int i = 0; i < count; i++) {
        if (may_move(nodes[i])) continue;
        CoreVar *var = core_var(l->program, "operand");
        entries[entry_count++] = (Entry){.kind = ENTRY_LET, .place = nodes[i]->place, .node = nodes[i], .var = var};
        nodes[i] = core_local(l->program, nodes[i]->place, var);
    }
    body_insert(l, l->body, mark, entries, entry_count);
}

/* Adds the expressions of the list behind the `done` nodes that are there already. */
static void lower_more(Lower *l, RtValue list, CoreNode **nodes, int done, int count, const RtPlace *at)
{
    for (int i = done; i < count; i++, list = list_rest(list)) {
        int mark = lower_mark(l);
        nodes[i] = lower_first(l, list, at);
        lower_keep_order(l, nodes, i, mark);
    }
}

CoreNode **lower_list(Lower *l, RtValue list, int count, const RtPlace *at)
{
    CoreNode **nodes = arena_alloc(l->program->arena, ((size_t)count + 1) * sizeof *nodes);
    lower_more(l, list, nodes, 0, count, at);
    return nodes;
}

CoreNode *lower_sequence(Lower *l, RtValue list, const RtPlace *at)
{
    int64_t count;
    list_length(list, &count);
    if (count == 0) return lower_nil(l, at);
    CoreNode **nodes = arena_alloc(l->program->arena, (size_t)count * sizeof *nodes);
    int done = 0; /* nodes that are not yet entries of the body */
    for (; list.tag == RT_CONS; list = list_rest(list)) {
        int mark = lower_mark(l);
        nodes[done] = lower_first(l, list, at);
        if (lower_mark(l) != mark) {
            Entry *entries = arena_alloc(l->c->arena, ((size_t)done + 1) * sizeof *entries);
            for (int i = 0; i < done; i++)
                entries[i] = (Entry){.kind = ENTRY_EFFECT, .place = nodes[i]->place, .node = nodes[i]};
            body_insert(l, l->body, mark, entries, done);
            nodes[0] = nodes[done];
            done = 0;
        }
        done++;
    }
    return core_seq(l->program, at, done, nodes);
}

/* ---- atoms and literals ---- */

static CoreNode *lower_symbol(Lower *l, RtValue symbol, const RtPlace *at)
{
    if (rt_is_keyword(symbol)) return core_const(l->program, at, symbol);
    Name *name = compiler_name(l->c, symbol);
    Meaning meaning = scope_lookup(l, name, false, at);
    switch (meaning.kind) {
    case MEANING_VAR: return core_local(l->program, at, meaning.var);
    case MEANING_MACRO: return core_const(l->program, at, meaning.macro->object);
    case MEANING_HIDDEN:
        return form_error(l, at, "%s: a variable of the running program has no value when a macro is expanded",
                          name->global.name);
    case MEANING_FORM: /* only of an operator */
    case MEANING_GLOBAL: break;
    }
    return lower_global(l, meaning.name, at);
}

static CoreNode *lower_items(Lower *l, int primitive, const RtValue *items, RtValue vector, int64_t count,
                             const RtPlace *at)
{
    CoreNode **nodes = arena_alloc(l->program->arena, ((size_t)count + 1) * sizeof *nodes);
    for (int i = 0; i < (int)count; i++) {
        const RtPlace *place = vector.tag == RT_VECTOR ? reader_place_of_item(l->c, vector, i) : NULL;
        int mark = lower_mark(l);
        nodes[i] = lower_expr(l, items ? items[i] : vector_item(rt_as_vector(vector), i), place ? place : at);
        lower_keep_order(l, nodes, i, mark);
    }
    return core_prim(l->program, at, primitive, (int)count, nodes);
}

/* A map, set or persistent collection that a macro computed. */
static CoreNode *lower_collection(Lower *l, RtValue datum, const RtPlace *at)
{
    static const int primitives_of[RT_TAG_COUNT] = {[RT_MAP] = PRIM_hash_map,
                                                    [RT_SET] = PRIM_hash_set,
                                                    [RT_PVEC] = PRIM_pvec,
                                                    [RT_PMAP] = PRIM_pmap,
                                                    [RT_PSET] = PRIM_pset};
    RtValue *items;
    int64_t count = collection_to_array(l->c, datum, &items);
    return lower_items(l, primitives_of[datum.tag], items, rt_nil(), count, at);
}

/* ---- lists ---- */

static CoreNode *lower_call(Lower *l, RtValue form, const RtPlace *at)
{
    int64_t count;
    if (!list_length(form, &count))
        return form_error(l, at, "a call must be a proper list: %s", datum_text(l->c, form));
    CoreNode **nodes = lower_list(l, form, (int)count, at);
    return core_call(l->program, at, nodes[0], (int)count - 1, nodes + 1);
}

static Meaning head_meaning(Lower *l, RtValue datum, const RtPlace *at)
{
    if (datum.tag != RT_CONS || !is_symbol(list_first(datum))) return (Meaning){.kind = MEANING_GLOBAL};
    return scope_lookup(l, compiler_name(l->c, list_first(datum)), true, at);
}

const SpecialForm *form_of(Lower *l, RtValue datum, const RtPlace *at)
{
    Meaning meaning = head_meaning(l, datum, at);
    return meaning.kind == MEANING_FORM ? meaning.form : NULL;
}

RtValue expand_head(Lower *l, RtValue datum, const RtPlace *at)
{
    for (int i = 0; datum.tag == RT_CONS; i++) {
        Meaning meaning = head_meaning(l, datum, at);
        if (meaning.kind != MEANING_MACRO) break;
        if (i == EXPANSION_LIMIT) {
            diag_error(l->c, at, "in the expansion of %s: endless: %d expansions and still a macro call",
                       meaning.macro->name, i);
            return rt_nil();
        }
        bool ok;
        datum = macro_expand(l, meaning.macro, datum, at, &ok);
        if (!ok) return rt_nil();
    }
    return datum;
}

static CoreNode *lower_cons(Lower *l, RtValue datum, const RtPlace *at)
{
    enum Literal literal;
    if (literal_kind(l->c, datum, &literal)) {
        int64_t count;
        RtValue elements = list_rest(datum);
        list_length(elements, &count);
        CoreNode **nodes = lower_list(l, elements, (int)count, at);
        return core_prim(l->program, at, literal_primitive(literal), (int)count, nodes);
    }
    Meaning meaning = head_meaning(l, datum, at);
    if (meaning.kind == MEANING_FORM) {
        int64_t count;
        if (!list_length(datum, &count))
            return form_error(l, at, "%s: the form must be a proper list", meaning.form->name);
        return meaning.form->lower(l, datum, at);
    }
    if (meaning.kind == MEANING_MACRO) {
        RtValue expansion = expand_head(l, datum, at);
        const RtPlace *place = reader_place_of_datum(l->c, expansion);
        return lower_expr(l, expansion, place ? place : at);
    }
    return lower_call(l, datum, at);
}

static CoreNode *lower_datum(Lower *l, RtValue datum, const RtPlace *at)
{
    switch (datum.tag) {
    case RT_CONS: return lower_cons(l, datum, at);
    case RT_SYMBOL: return lower_symbol(l, datum, at);
    case RT_VECTOR: return lower_items(l, PRIM_vector, NULL, datum, rt_as_vector(datum)->length, at);
    case RT_MAP:
    case RT_SET:
    case RT_PVEC:
    case RT_PMAP:
    case RT_PSET: return lower_collection(l, datum, at);
    default: return lower_constant(l, datum, at);
    }
}

CoreNode *lower_expr(Lower *l, RtValue datum, const RtPlace *at)
{
    if (l->is_abandoned) return lower_nil(l, at);
    if (l->depth == NESTING_LIMIT) {
        l->is_abandoned = true;
        return form_error(l, at, "nested too deeply (more than %d levels)", NESTING_LIMIT);
    }
    l->depth++;
    CoreNode *node = lower_datum(l, datum, at);
    l->depth--;
    return node;
}

/* ---- top level ---- */

static CoreFunction *add_toplevel(Compiler *c, CoreProgram *p, CoreNode *body, const RtPlace *at)
{
    CoreFunction *form = core_function(p, "toplevel", at);
    form->is_toplevel = true;
    form->home = c->module;
    form->body = body;
    ARENA_PUSH(p->arena, p->toplevel, p->toplevel_count, p->toplevel_capacity, form);
    if (c->error_count == 0 && !c->is_trial) comptime_add_form(c, p, form);
    return form;
}

/* A progn at top level is as good as its forms: a macro defined in it is known to the next of them. */
static void lower_toplevel_datum(Lower *l, RtValue datum, const RtPlace *at)
{
    datum = expand_head(l, datum, at);
    const SpecialForm *form = form_of(l, datum, at);
    int64_t count;
    if (form && form->lower == lower_progn && list_length(datum, &count) && count > 1 && l->depth < NESTING_LIMIT) {
        l->depth++;
        for (RtValue rest = list_rest(datum); rest.tag == RT_CONS; rest = list_rest(rest))
            lower_toplevel_datum(l, list_first(rest), place_of_first(l, rest, at));
        l->depth--;
        return;
    }
    const RtPlace *place = reader_place_of_datum(l->c, datum);
    if (!place) place = at;
    if (form && form->lower == lower_import && list_length(datum, &count)) {
        const Module *module = module_import(l, datum, place);
        /* Its value is nil, whatever the module's last form gave. */
        add_toplevel(l->c, l->program, lower_nil(l, place), place)->imported = module;
        return;
    }
    if (form && form->lower == lower_foreign && list_length(datum, &count)) { /* a form for each of its definitions */
        int definition_count;
        CoreNode **definitions = lower_foreign_definitions(l, datum, place, &definition_count);
        for (int i = 0; i < definition_count; i++)
            add_toplevel(l->c, l->program, definitions[i], definitions[i]->place);
        return;
    }
    add_toplevel(l->c, l->program, lower_expr(l, datum, place), place);
}

void lower_evaluated(Compiler *c, CoreProgram *p, Form form)
{
    Lower l = {.c = c, .program = p, .at_toplevel = true, .macro_level = EVALUATED_LEVEL};
    lower_toplevel_datum(&l, form.datum, form.place);
}

void lower_toplevel(Compiler *c, CoreProgram *p, Form form)
{
    Lower l = {.c = c, .program = p, .at_toplevel = true};
    lower_toplevel_datum(&l, form.datum, form.place);
}
