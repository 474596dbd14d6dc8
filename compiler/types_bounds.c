/* Counters that stop at a limit: loops that end with (= i n).
 *
 * That i is not n says nothing about its range.  But when i starts at or below n, and every call of the function by itself
 * passes i + 1 where the test has just said that i is not n, and the same n, then i never passes n; so behind the
 * test i < n holds.  The same downwards with i - 1.  A function's bounds are found once, by their form; that every call from
 * outside starts on the right side is checked while types grow, and a bound for which it fails is given up for good.
 *
 * The limit may be a constant more or less than a parameter: (= i (- n 1)).  It may be the length of a vector, which the loop hands on as
 * it is or with items changed; or it hands on any vector of that type, if the type says how long all of them are.
 */
#include "types_internal.h"

typedef struct Search {
    Types *types;
    const CoreFunction *function;
    TypeBound *bound; /* being checked, or NULL: tests are collected */
    bool is_behind; /* the test has just failed */
    bool fails;
    const CoreVar *next; /* copies of loops name their operands: the counter's next value behind the test, or NULL */
    TypeBound *bounds;
    int count, capacity;
} Search;

static int parameter_index(const CoreFunction *f, const CoreNode *node)
{
    for (int i = 0; node->kind == CORE_LOCAL && i < core_param_count(f); i++)
        if (core_param(f, i) == node->u.local) return i;
    return -1;
}

/* (vector-length v) of a parameter: its number, or -1. */
static int vector_of_length(const CoreFunction *f, const CoreNode *node)
{
    return core_is_prim(node, PRIM_vector_length) ? parameter_index(f, node->u.call.args[0]) : -1;
}

/* Is it the vector, or one of as many items that was made from it? */
static bool is_version_of(const CoreNode *node, const CoreVar *vector)
{
    while (!core_is_var(node, vector)) {
        bool is_newer = core_is_prim(node, PRIM_vector_set) || core_is_prim(node, PRIM_forget);
        if (is_newer) node = node->u.call.args[0];
        else if (node->kind == CORE_LET) node = node->u.let.body;
        else if (node->kind == CORE_LOCAL && node->u.local->scratch) node = node->u.local->scratch; /* its init */
        else break;
    }
    if (node->kind == CORE_IF)
        return is_version_of(node->u.branch.then, vector) && is_version_of(node->u.branch.otherwise, vector);
    return core_is_var(node, vector);
}

static bool is_limit(const Search *s, const CoreNode *node)
{
    const TypeBound *b = s->bound;
    int64_t offset = 0;
    if (b->limit >= 0 && b->offset) node = types_moved(node, &offset);
    if (b->limit >= 0) return node && offset == b->offset && core_is_var(node, core_param(s->function, b->limit));
    if (b->vector >= 0) return vector_of_length(s->function, node) == b->vector;
    return core_is_int(node) && node->u.constant.data == b->constant;
}

static bool is_test_of_bound(const Search *s, const CoreNode *node)
{
    if (!s->bound || !core_is_prim(node, PRIM_num_eq)) return false;
    CoreNode **args = node->u.call.args;
    const CoreVar *counter = core_param(s->function, s->bound->counter);
    return (core_is_var(args[0], counter) && is_limit(s, args[1])) ||
           (core_is_var(args[1], counter) && is_limit(s, args[0]));
}

static bool steps(const CoreNode *node, const CoreVar *counter, int direction)
{
    if (node->kind != CORE_PRIM || node->u.call.count != 2) return false;
    CoreNode **args = node->u.call.args;
    int primitive = node->u.call.primitive;
    if (primitive == PRIM_add && core_is_int(args[0]) && core_is_var(args[1], counter))
        return args[0]->u.constant.data == direction;
    if (!core_is_var(args[0], counter) || !core_is_int(args[1])) return false;
    if (primitive == PRIM_add) return args[1]->u.constant.data == direction;
    return primitive == PRIM_sub && args[1]->u.constant.data == -direction;
}

static void check_call(Search *s, const CoreNode *call)
{
    TypeBound *b = s->bound;
    const CoreVar *counter = core_param(s->function, b->counter);
    const CoreNode *next = call->u.call.args[b->counter];
    if (b->vector >= 0 && !is_version_of(call->u.call.args[b->vector], core_param(s->function, b->vector)))
        b->keeps_vector = false;
    if (b->limit >= 0 && !core_is_var(call->u.call.args[b->limit], core_param(s->function, b->limit))) s->fails = true;
    bool is_next = (s->next && core_is_var(next, s->next)) || (s->is_behind && steps(next, counter, b->direction));
    if (!core_is_var(next, counter) && !is_next) s->fails = true;
}

static void add_bound(Search *s, int counter, const CoreNode *limit)
{
    TypeBound b = {.counter = counter, .holds = true};
    const CoreNode *base = types_moved(limit, &b.offset);
    b.limit = parameter_index(s->function, base ? base : limit);
    b.vector = vector_of_length(s->function, limit);
    b.keeps_vector = true;
    if (counter < 0 || (b.limit < 0 && b.vector < 0 && !core_is_int(limit))) return;
    if (core_is_int(limit)) b.constant = limit->u.constant.data;
    for (b.direction = -1; b.direction <= 1; b.direction += 2)
        ARENA_PUSH(s->types->scratch, s->bounds, s->count, s->capacity, b);
}

static void search(CoreNode **child, void *data)
{
    Search *s = data;
    CoreNode *node = *child;
    bool is_own_call = node->kind == CORE_CALL_KNOWN && node->u.call.function == s->function;
    if (s->bound && is_own_call) check_call(s, node);
    if (!s->bound && core_is_prim(node, PRIM_num_eq)) {
        CoreNode **args = node->u.call.args;
        add_bound(s, parameter_index(s->function, args[0]), args[1]);
        add_bound(s, parameter_index(s->function, args[1]), args[0]);
    }
    if (node->kind == CORE_LET && s->bound && s->is_behind &&
        steps(node->u.let.init, core_param(s->function, s->bound->counter), s->bound->direction))
        s->next = node->u.let.var;
    if (node->kind != CORE_IF || !is_test_of_bound(s, node->u.branch.test)) {
        core_each_child(node, search, s);
        return;
    }
    bool outer = s->is_behind;
    search(&node->u.branch.then, s);
    s->is_behind = true;
    search(&node->u.branch.otherwise, s);
    s->is_behind = outer;
}

void types_find_bounds(Types *t, CoreFunction *f, TypeBound **bounds, int *count)
{
    enum { BOUNDS_MAX = 16 };
    Search s = {.types = t, .function = f};
    *count = 0;
    if (!f->self_tail_calls && f->is_toplevel) return;
    search(&f->body, &s);
    if (!s.count) return;
    core_note_inits(f->body);
    for (int i = 0; i < s.count && i < BOUNDS_MAX; i++) {
        s.bound = &s.bounds[i];
        s.fails = s.is_behind = false;
        s.next = NULL;
        search(&f->body, &s);
        if (!s.fails) s.bounds[(*count)++] = *s.bound;
    }
    core_forget_inits(f->body);
    *bounds = s.bounds;
}

/* By what tests around the call said: a variant that leaves its loop for the generic copy's hands on i + 1 where i is not n. */
static bool starts_ordered(Types *t, const TypeBound *b, CoreNode *const *args)
{
    const CoreNode *counter = args[b->counter], *limit = args[b->limit];
    int64_t more = 0;
    if (limit->kind != CORE_LOCAL) return false;
    if (counter->kind == CORE_LOCAL && type_state(counter->u.local)->init) counter = type_state(counter->u.local)->init;
    if (core_is_prim(counter, PRIM_add) || core_is_prim(counter, PRIM_sub)) {
        const CoreNode *step = counter->u.call.args[1];
        if (!core_is_int(step) || step->u.constant.data < -1 || step->u.constant.data > 1) return false;
        more = core_is_prim(counter, PRIM_add) ? step->u.constant.data : -step->u.constant.data;
        counter = counter->u.call.args[0];
    }
    more -= b->offset;
    return counter->kind == CORE_LOCAL && types_are_ordered(t, counter->u.local, more, limit->u.local, b->direction);
}

bool types_starts_within(Types *t, const TypeBound *b, const CoreType *operands, CoreNode *const *args)
{
    const CoreType *counter = &operands[b->counter];
    CoreType limit = b->limit < 0 ? type_int(b->constant, b->constant) : operands[b->limit];
    if (b->vector >= 0) limit = type_of_length(&operands[b->vector]);
    if (!type_is_int(counter) || !type_is_int(&limit)) return false;
    if (b->limit >= 0 && starts_ordered(t, b, args)) return true;
    __int128 offset = b->offset;
    return b->direction > 0 ? counter->hi <= limit.lo + offset : counter->lo >= limit.hi + offset;
}

bool types_shares_bound(const FunctionState *state, const TypeBound *b)
{
    for (int i = 0; i < state->bound_count; i++) {
        const TypeBound *own = &state->bounds[i];
        bool is_same = own->counter == b->counter && own->limit == b->limit && own->offset == b->offset &&
                       own->vector == b->vector && own->constant == b->constant && own->direction == b->direction;
        if (is_same && own->holds) return true;
    }
    return false;
}

bool types_limit_varies(const TypeBound *b, const CoreFunction *f)
{
    if (b->vector < 0 || b->keeps_vector) return false;
    const CoreType *vector = core_param(f, b->vector)->type;
    return vector && (!type_is(vector, TAGS_VECTOR) || !vector->most || vector->length != vector->most);
}

/* Does a bound of the function say that a <= b (then 1) or a >= b (then -1)?  Else 0. */
int types_bound_direction(const CoreFunction *f, const TypeBound *bounds, int count, const CoreNode *a,
                          const CoreNode *b)
{
    for (int i = 0; i < count; i++) {
        Search s = {.function = f, .bound = (TypeBound *)(uintptr_t)&bounds[i]};
        if (!bounds[i].holds) continue;
        const CoreVar *counter = core_param(f, bounds[i].counter);
        if (core_is_var(a, counter) && is_limit(&s, b)) return bounds[i].direction;
        if (core_is_var(b, counter) && is_limit(&s, a)) return -bounds[i].direction;
    }
    return 0;
}
