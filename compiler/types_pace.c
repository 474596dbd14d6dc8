/* What loops count: (walk (cdr xs) (+ n 1)), (loop (+ i 1) (if (f i) (+ n 1) n)).
 *
 * When every call of a loop by itself passes a part of what it was given for one parameter, the loop ends after as many turns as there are
 * pairs inside of each other: values are never circular.  Memory holds fewer than TURNS_MAX pairs.  So a counter that starts within
 * START_MAX and steps by a constant, STEP_MAX at most, never leaves +-TYPE_LENGTH_MAX: its sums cannot overflow, which no test of the loop
 * says.  What a counter starts with is what all other calls pass (FunctionState.starts).
 *
 * The same of a loop with a counter that steps in every turn, in one direction, and is compared with something: it takes no more turns than
 * that counter, whose range does not come from here, has values.
 *
 * Functions that call themselves in other places than tail positions are left alone: pass unfold makes several functions of them.
 */
#include "types_internal.h"

#define TURNS_MAX ((int64_t)1 << 43) /* addresses have 47 or 48 bits, a pair has 24 bytes */
#define STEP_MAX ((int64_t)1 << 16)
#define START_MAX ((int64_t)1 << 59)
_Static_assert(TURNS_MAX <= START_MAX / STEP_MAX && START_MAX <= TYPE_LENGTH_MAX - START_MAX,
               "start and all steps stay within TYPE_LENGTH_MAX");

enum { STEPS_UP = 1, STEPS_DOWN = 2, IS_NO_COUNTER = 4 }; /* what the calls pass for a parameter */

typedef struct Search {
    CoreFunction *function;
    uint8_t *steps;
    int64_t *largest; /* step, in either direction */
    bool *is_taken_apart; /* by parameter: each call passes a part of it */
    bool *stays; /* some call passes it as it is */
    bool *is_compared;
    int calls;
    bool fails;
} Search;

/* The expression whose value it is; variables bound around the call have theirs as scratch. */
static const CoreNode *resolve(const CoreNode *node)
{
    while (node->kind == CORE_LOCAL && node->u.local->scratch) node = node->u.local->scratch;
    return node;
}

static bool is_part_of(const CoreNode *node, const CoreVar *whole)
{
    bool is_part = false;
    for (node = resolve(node); core_is_prim(node, PRIM_car) || core_is_prim(node, PRIM_cdr);
         node = resolve(node->u.call.args[0]))
        is_part = true;
    return is_part && core_is_var(node, whole);
}

/* STEPS_UP, STEPS_DOWN, 0 for the counter as it is, else IS_NO_COUNTER. */
static uint8_t step_of(const CoreNode *node, const CoreVar *counter, int64_t *largest)
{
    node = resolve(node);
    if (core_is_var(node, counter)) return 0;
    if (node->kind == CORE_IF)
        return step_of(node->u.branch.then, counter, largest) | step_of(node->u.branch.otherwise, counter, largest);
    bool adds = core_is_prim(node, PRIM_add), subtracts = core_is_prim(node, PRIM_sub);
    if (!adds && !subtracts) return IS_NO_COUNTER;
    const CoreNode *first = resolve(node->u.call.args[0]), *second = resolve(node->u.call.args[1]);
    if (adds && core_is_int(first)) {
        const CoreNode *constant = first;
        first = second;
        second = constant;
    }
    if (!core_is_var(first, counter) || !core_is_int(second)) return IS_NO_COUNTER;
    int64_t step = second->u.constant.data;
    if (step > STEP_MAX || step < -STEP_MAX) return IS_NO_COUNTER;
    int64_t size = step < 0 ? -step : step;
    if (*largest < size) *largest = size;
    return (step >= 0) == adds ? STEPS_UP : STEPS_DOWN;
}

static bool may_stay(const CoreNode *node, const CoreVar *counter)
{
    node = resolve(node);
    if (node->kind == CORE_IF)
        return may_stay(node->u.branch.then, counter) || may_stay(node->u.branch.otherwise, counter);
    bool adds = core_is_prim(node, PRIM_add) || core_is_prim(node, PRIM_sub);
    for (int i = 0; adds && i < 2; i++) {
        const CoreNode *step = resolve(node->u.call.args[i]);
        if (core_is_int(step)) return step->u.constant.data == 0;
    }
    return true;
}

static void look_at_call(Search *s, const CoreNode *call)
{
    s->calls++;
    if (!call->tail) s->fails = true;
    for (int i = 0; i < call->u.call.count; i++) {
        const CoreVar *param = core_param(s->function, i);
        s->steps[i] |= step_of(call->u.call.args[i], param, &s->largest[i]);
        s->stays[i] = s->stays[i] || may_stay(call->u.call.args[i], param);
        s->is_taken_apart[i] = s->is_taken_apart[i] && is_part_of(call->u.call.args[i], param);
    }
}

static void look_at_test(Search *s, const CoreNode *test)
{
    enum Relation relation;
    if (test->kind != CORE_PRIM || !prim_relation(test->u.call.primitive, &relation)) return;
    for (int i = 0; i < core_param_count(s->function); i++)
        for (int j = 0; j < 2; j++)
            if (core_is_var(test->u.call.args[j], core_param(s->function, i))) s->is_compared[i] = true;
}

static void search(CoreNode **child, void *data)
{
    Search *s = data;
    CoreNode *node = *child;
    look_at_test(s, node);
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function == s->function) look_at_call(s, node);
    if (node->kind != CORE_LET) {
        core_each_child(node, search, s);
        return;
    }
    search(&node->u.let.init, s);
    node->u.let.var->scratch = node->u.let.init;
    search(&node->u.let.body, s);
    node->u.let.var->scratch = NULL;
}

void types_find_paces(Types *t, CoreFunction *f, FunctionState *state)
{
    int count = core_param_count(f);
    state->starts = arena_alloc(t->scratch, ((size_t)count + 1) * sizeof *state->starts);
    state->next_starts = arena_alloc(t->scratch, ((size_t)count + 1) * sizeof *state->next_starts);
    if (!f->self_tail_calls) return;
    Search s = {.function = f};
    s.steps = arena_alloc(t->scratch, (size_t)count);
    s.is_taken_apart = arena_alloc(t->scratch, (size_t)count * sizeof(bool));
    s.largest = arena_alloc(t->scratch, (size_t)count * sizeof(int64_t));
    s.stays = arena_alloc(t->scratch, (size_t)count * sizeof(bool));
    s.is_compared = arena_alloc(t->scratch, (size_t)count * sizeof(bool));
    for (int i = 0; i < count; i++) s.is_taken_apart[i] = true;
    search(&f->body, &s);
    state->counter = -1;
    state->largest = s.largest;
    for (int i = 0; i < count; i++) {
        bool is_steady = s.steps[i] == STEPS_UP || s.steps[i] == STEPS_DOWN;
        state->is_walk = state->is_walk || s.is_taken_apart[i];
        if (state->counter < 0 && is_steady && !s.stays[i] && s.is_compared[i]) state->counter = i;
    }
    if (s.calls && !s.fails && (state->is_walk || state->counter >= 0)) state->steps = s.steps;
}

/* So many steps at most as the counter has values. */
static CoreType counted(const FunctionState *state, int i, CoreType next)
{
    const CoreType *start = &state->starts[i], *counter = core_param(state->function, state->counter)->type;
    if (i == state->counter || !type_is_int(start) || !type_is_int(counter) || !(next.tags & TAG_BIT(RT_INT)))
        return next;
    __int128 most = ((__int128)counter->hi - counter->lo) * state->largest[i];
    __int128 lo = start->lo - (state->steps[i] & STEPS_DOWN ? most : 0);
    __int128 hi = start->hi + (state->steps[i] & STEPS_UP ? most : 0);
    if (lo < INT64_MIN || hi > INT64_MAX) return next;
    if (next.lo > lo) lo = next.lo;
    if (next.hi < hi) hi = next.hi;
    return lo <= hi ? type_int((int64_t)lo, (int64_t)hi) : next;
}

CoreType types_paced(const FunctionState *state, int i, CoreType next)
{
    if (!state->steps || !state->steps[i] || state->steps[i] & IS_NO_COUNTER) return next;
    if (!state->is_walk) return counted(state, i, next);
    const CoreType *start = &state->starts[i];
    if (!type_is_int(start) || start->lo < -START_MAX || start->hi > START_MAX) return next;
    return type_int(state->steps[i] & STEPS_DOWN ? -TYPE_LENGTH_MAX : start->lo,
                    state->steps[i] & STEPS_UP ? TYPE_LENGTH_MAX : start->hi);
}
