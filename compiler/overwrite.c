/* Pass overwrite: vector-map puts its results where it read the elements.
 *
 * Requires and ensures STAGE_TAIL.  A loop that reads the items of a vector, which it then forgets, and makes a vector of what it
 * finds for them,
 *
 *   (define (f v i n out)
 *     (if (num_eq i n)
 *         out
 *         (let x (vector_ref v i)
 *           (let rest (forget v i)
 *             (let y Y (f rest (add i 1) n (if (num_eq i 0) (make_vector n y) (vector_set out i y))))))))
 *
 * needs no second vector when both store their items in the same way:
 *
 *   (define (f v i n out) (if (num_eq i n) v (let x (vector_ref v i) (let y Y (f (vector_set v i y) (add i 1) n nil)))))
 *
 * The first change copies a vector that somebody else holds, which costs what making one did.  The types of both must
 * be the same as far as loads and stores go; the items' types are joined, and what was known of a read stays true, since items are
 * read before they are changed.  Items on the heap are still forgotten, so that Y is their only owner, unless Y is the item with
 * items of its own changed: that is left to passes vacate and settle.  Where the vector may be longer than n, the result is its
 * beginning.  Of two vectors that are read, the one is taken that nobody needs after the call, as far as the callers show.
 */
#include "map_loop.h"
#include "passes.h"

typedef struct Loop {
    CoreFunction *function;
    CoreNode *call; /* the next turn */
    int index, limit, out; /* parameters */
    CoreNode *value; /* the item */
    int sources[2]; /* the vectors that can be changed; -1: there is no second one */
    int dying[2]; /* how many callers pass one that they do not need again */
    int source; /* the one that is changed */
    int own_calls;
    bool all_start_empty, all_read_whole; /* as far as others call it */
} Loop;

typedef struct Overwrite {
    CoreProgram *program;
    Arena *arena;
    Loop **loops; /* scratch of their functions */
    int count, capacity;
    CoreFunction *caller; /* whose calls are looked at */
} Overwrite;

/* ---- the form of the loop -------------------------------------------------------------------------------------------- */

typedef struct Uses {
    const CoreVar *var;
    int count, checks; /* checks: as operand of the test that it is a vector, and for its length */
} Uses;

static void count_uses(CoreNode **child, void *data)
{
    Uses *uses = data;
    if (core_is_var(*child, uses->var)) uses->count++;
    if (core_is_prim(*child, PRIM_check_vector) && core_is_var((*child)->u.call.args[1], uses->var)) uses->checks++;
    core_each_child(*child, count_uses, data);
}

static Uses uses_of(CoreFunction *f, const CoreVar *var)
{
    Uses uses = {.var = var};
    count_uses(&f->body, &uses);
    return uses;
}

static CoreNode *let_of(const CoreFunction *f, const CoreVar *var)
{
    CoreNode *node = f->body->u.branch.otherwise;
    while (node->kind == CORE_LET && node->u.let.var != var) node = node->u.let.body;
    return node->kind == CORE_LET ? node : NULL;
}

static bool find_loop(Loop *l, CoreFunction *f)
{
    MapLoop map;
    if (f->needs_closure || f->escapes || !map_loop_find(&map, f)) return false;
    l->function = f;
    l->call = map.call;
    l->index = map.index;
    l->limit = map.limit;
    l->out = map.out;
    l->value = map.value;
    return true;
}

/* ---- the vector ---------------------------------------------------------------------------------------------------------- */

static bool is_one_kind(const CoreType *type)
{
    return type && type->tags == TAG_BIT(RT_VECTOR) && type->kinds && !(type->kinds & (type->kinds - 1));
}

/* The operand of the next turn: the vector without the item at the index. */
static CoreNode *forgetting(const Loop *l, int source)
{
    CoreNode *next = l->call->u.call.args[source];
    if (next->kind == CORE_LOCAL) {
        const CoreNode *let = let_of(l->function, next->u.local);
        if (!let || uses_of(l->function, next->u.local).count != 1) return NULL;
        next = let->u.let.init;
    }
    if (!core_is_prim(next, PRIM_forget)) return NULL;
    CoreNode **args = next->u.call.args;
    bool fits = core_param_of(l->function, args[0]) == source && core_param_of(l->function, args[1]) == l->index;
    return fits ? next : NULL;
}

/* Is the vector read at the index, then forgotten there, and not used otherwise? */
static bool is_source(const Loop *l, int source)
{
    const CoreVar *vector = core_param(l->function, source), *out = core_param(l->function, l->out);
    if (source == l->out || !is_one_kind(vector->type) || !is_one_kind(out->type)) return false;
    if (vector->type->kinds != out->type->kinds || !is_one_kind(l->function->result) ||
        l->function->result->kinds != out->type->kinds)
        return false;
    if (!forgetting(l, source) || uses_of(l->function, vector).count != 2) return false;
    CoreNode *node = l->function->body->u.branch.otherwise;
    for (; node->kind == CORE_LET; node = node->u.let.body) {
        const CoreNode *init = node->u.let.init;
        if (core_is_prim(init, PRIM_forget) && core_is_var(init->u.call.args[0], vector)) return false;
        if (core_is_prim(init, PRIM_vector_ref) && core_is_var(init->u.call.args[0], vector))
            return core_param_of(l->function, init->u.call.args[1]) == l->index;
    }
    return false;
}

/* ---- callers ------------------------------------------------------------------------------------------------------------- */

/* The operands are v, and n bound to (check_vector _ v) around the call. */
static bool reads_whole(const Loop *l, const CoreNode *call)
{
    const CoreNode *vector = call->u.call.args[l->sources[0]], *length = call->u.call.args[l->limit];
    if (length->kind == CORE_LOCAL) length = length->u.local->scratch;
    return length && vector->kind == CORE_LOCAL && core_is_prim(length, PRIM_check_vector) &&
           core_is_var(length->u.call.args[1], vector->u.local);
}

/* A part of something is likely to be held by that. */
static bool dies(CoreFunction *caller, const CoreNode *operand)
{
    if (operand->kind == CORE_LOCAL) {
        Uses uses = uses_of(caller, operand->u.local);
        if (uses.count - uses.checks != 1) return false;
        if (operand->u.local->scratch) operand = operand->u.local->scratch;
    }
    return operand->kind != CORE_GLOBAL && !core_gives_part(operand);
}

static void look_at_call(Overwrite *o, Loop *l, const CoreNode *call)
{
    if (o->caller == l->function) {
        l->own_calls++;
        return;
    }
    CoreNode **args = call->u.call.args;
    const CoreNode *out = args[l->out];
    if (!core_is_prim(out, PRIM_vector) || out->u.call.count) l->all_start_empty = false;
    if (!reads_whole(l, call)) l->all_read_whole = false;
    for (int i = 0; i < 2 && l->sources[1] >= 0; i++) l->dying[i] += dies(o->caller, args[l->sources[i]]);
}

/* scratch of a variable: what it is bound to, while the function is looked at */
static void look_at_calls(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_LET) node->u.let.var->scratch = node->u.let.init;
    core_each_child(node, look_at_calls, data);
    Loop *l = node->kind == CORE_CALL_KNOWN ? node->u.call.function->scratch : NULL;
    if (l) look_at_call(data, l, node);
}

/* Calls of the loops that are changed. */
static void start_with_nil(CoreNode **child, void *data)
{
    Overwrite *o = data;
    CoreNode *node = *child;
    core_each_child(node, start_with_nil, o);
    const Loop *l = node->kind == CORE_CALL_KNOWN ? node->u.call.function->scratch : NULL;
    if (!l || o->caller == l->function) return;
    CoreNode **out = &node->u.call.args[l->out];
    *out = core_const(o->program, (*out)->place, rt_nil());
}

/* ---- the change --------------------------------------------------------------------------------------------------------------- */

static CoreNode *read(CoreProgram *p, const RtPlace *at, CoreVar *var, const CoreType *type)
{
    CoreNode *node = core_local(p, at, var);
    node->type = type;
    return node;
}

static void remove_let(CoreFunction *f, const CoreNode *let)
{
    CoreNode **place = &f->body->u.branch.otherwise;
    while (*place != let) place = &(*place)->u.let.body;
    *place = let->u.let.body;
}

/* What is left when all n items are changed. */
static CoreNode *result_of(CoreProgram *p, const Loop *l, CoreVar *vector)
{
    const CoreFunction *f = l->function;
    const RtPlace *at = l->call->place;
    CoreNode *all = read(p, at, vector, f->result);
    if (l->all_read_whole) return all;
    CoreVar *limit = core_param(f, l->limit);
    CoreNode **measured = arena_alloc(p->arena, sizeof *measured), **tested = arena_alloc(p->arena, 2 * sizeof *tested),
             **cut = arena_alloc(p->arena, 3 * sizeof *cut);
    *measured = read(p, at, vector, vector->type);
    tested[0] = core_prim(p, at, PRIM_vector_length, 1, measured);
    tested[0]->type = type_copy(p->arena, type_int(0, TYPE_LENGTH_MAX));
    tested[1] = read(p, at, limit, limit->type);
    CoreNode *test = core_prim(p, at, PRIM_num_eq, 2, tested);
    test->type = type_copy(p->arena, type_tags(TAGS_BOOL));
    cut[0] = read(p, at, vector, f->result);
    cut[1] = core_const(p, at, rt_from_int(0));
    cut[2] = read(p, at, limit, limit->type);
    CoreNode *beginning = core_prim(p, at, PRIM_subvector, 3, cut);
    beginning->type = f->result;
    CoreNode *result = core_if(p, at, test, all, beginning);
    result->type = f->result;
    return result;
}

/* Is the new item the old one with items of its own changed?  Then passes vacate and settle do better than to forget it. */
static bool changes_element(const Loop *l)
{
    const CoreNode *let = let_of(l->function, l->value->u.local);
    if (!let || let->u.let.body != l->call || uses_of(l->function, l->value->u.local).count != 2) return false;
    const CoreNode *node = let->u.let.init;
    while (node->kind == CORE_LET) node = node->u.let.body;
    bool is_change = core_is_prim(node, PRIM_vector_set);
    while (node->kind == CORE_LET || core_is_prim(node, PRIM_vector_set))
        node = node->kind == CORE_LET ? node->u.let.body : node->u.call.args[0];
    const CoreNode *element = is_change && node->kind == CORE_LOCAL ? let_of(l->function, node->u.local) : NULL;
    return element && core_is_prim(element->u.let.init, PRIM_vector_ref) &&
           core_param_of(l->function, element->u.let.init->u.call.args[0]) == l->source;
}

static void change_loop(CoreProgram *p, Loop *l)
{
    CoreFunction *f = l->function;
    CoreVar *vector = core_param(f, l->source), *out = core_param(f, l->out);
    CoreNode **args = l->call->u.call.args;
    const CoreNode *build = args[l->out];
    const CoreType *both = type_copy(p->arena, type_join(p->arena, vector->type, out->type));
    bool is_counted = !type_is_immediate(vector->type->item) && vector->type->kinds & 1u << RT_VECTOR_VALUES;
    CoreNode *rest = args[l->source], *item = l->value;
    if (is_counted && changes_element(l)) {
        is_counted = false;
        CoreNode *let = let_of(f, item->u.local);
        remove_let(f, let);
        item = let->u.let.init;
    }
    if (rest->kind == CORE_LOCAL && !is_counted) remove_let(f, let_of(f, rest->u.local));
    if (!is_counted) rest = read(p, build->place, vector, both);
    if (rest->kind == CORE_LOCAL) rest->u.local->type = both;
    rest->type = both;
    CoreNode **set = arena_alloc(p->arena, 3 * sizeof *set);
    set[0] = rest;
    set[1] = read(p, build->place, core_param(f, l->index), core_param(f, l->index)->type);
    set[2] = item;
    args[l->source] = core_prim(p, build->place, PRIM_vector_set, 3, set);
    args[l->source]->type = both;
    args[l->out] = core_const(p, build->place, rt_nil());
    vector->type = both;
    out->type = type_copy(p->arena, type_tags(TAG_BIT(RT_NIL)));
    out->is_unboxed = true;
    f->body->u.branch.then = result_of(p, l, vector);
}

static bool may_change(Loop *l)
{
    if (l->own_calls != 1 || !l->all_start_empty) return false;
    bool is_second = l->dying[1] > l->dying[0];
    l->source = l->sources[is_second];
    if (is_second) l->all_read_whole = false;
    /* The beginning of a vector of values may be packed. */
    return l->all_read_whole || !(core_param(l->function, l->source)->type->kinds & 1u << RT_VECTOR_VALUES);
}

static void add_loop(Overwrite *o, CoreFunction *f)
{
    Loop found = {.sources = {-1, -1}, .all_start_empty = true, .all_read_whole = true};
    if (!find_loop(&found, f)) return;
    for (int i = 0, count = 0; i < core_param_count(f) && count < 2; i++)
        if (is_source(&found, i)) found.sources[count++] = i;
    if (found.sources[0] < 0) return;
    Loop *l = arena_alloc(o->arena, sizeof *l);
    *l = found;
    f->scratch = l;
    ARENA_PUSH(o->arena, o->loops, o->count, o->capacity, l);
}

static void each_function(Overwrite *o, void (*visit)(CoreNode **, void *))
{
    CoreProgram *p = o->program;
    for (int i = 0; i < p->function_count && o->count > 0; i++) {
        o->caller = p->functions[i];
        visit(&p->functions[i]->body, o);
    }
}

void pass_overwrite(Compiler *c, CoreProgram *p)
{
    bool is_changed = false;
    Overwrite o = {.program = p, .arena = arena_new()};
    for (int i = 0; i < p->function_count; i++) add_loop(&o, p->functions[i]);
    each_function(&o, look_at_calls);
    for (int i = 0; i < p->function_count; i++) core_forget_inits(p->functions[i]->body);
    for (int i = 0; i < o.count; i++) {
        if (!may_change(o.loops[i])) {
            o.loops[i]->function->scratch = NULL;
            continue;
        }
        change_loop(p, o.loops[i]);
        is_changed = true;
    }
    each_function(&o, start_with_nil);
    for (int i = 0; i < o.count; i++) o.loops[i]->function->scratch = NULL;
    arena_free(o.arena);
    if (is_changed) pass_types(c, p); /* the result is as long as the vector was, not one that starts empty */
}
