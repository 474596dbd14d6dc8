/* Counters of walks: loops like (walk (cdr xs) (+ i 1)).
 *
 * When every call of a loop by itself passes a part of what it was given for one parameter, the loop ends after as many turns as there are
 * pairs inside of each other: values are never circular.  Memory holds fewer than TURNS_MAX pairs.  So a counter that starts within
 * START_MAX and steps by a constant, STEP_MAX at most, never leaves +-TYPE_LENGTH_MAX: its sums cannot overflow, which no test of the loop
 * says.  What a counter starts with is what all other calls pass (FunctionState.starts).
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
    bool *is_taken_apart; /* by parameter: each call passes a part of it */
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
static uint8_t step_of(const CoreNode *node, const CoreVar *counter)
{
    node = resolve(node);
    if (core_is_var(node, counter)) return 0;
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
    return (step >= 0) == adds ? STEPS_UP : STEPS_DOWN;
}

static void look_at_call(Search *s, const CoreNode *call)
{
    s->calls++;
    if (!call->tail) s->fails = true;
    for (int i = 0; i < call->u.call.count; i++) {
        const CoreVar *param = core_param(s->function, i);
        s->steps[i] |= step_of(call->u.call.args[i], param);
        s->is_taken_apart[i] = s->is_taken_apart[i] && is_part_of(call->u.call.args[i], param);
    }
}

static void search(CoreNode **child, void *data)
{
    Search *s = data;
    CoreNode *node = *child;
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
    for (int i = 0; i < count; i++) s.is_taken_apart[i] = true;
    search(&f->body, &s);
    bool ends = false;
    for (int i = 0; i < count; i++) ends = ends || s.is_taken_apart[i];
    if (s.calls && !s.fails && ends) state->steps = s.steps;
}

CoreType types_paced(const FunctionState *state, int i, CoreType next)
{
    if (!state->steps || !state->steps[i] || state->steps[i] & IS_NO_COUNTER) return next;
    const CoreType *start = &state->starts[i];
    if (!type_is_int(start) || start->lo < -START_MAX || start->hi > START_MAX) return next;
    return type_int(state->steps[i] & STEPS_DOWN ? -TYPE_LENGTH_MAX : start->lo,
                    state->steps[i] & STEPS_UP ? TYPE_LENGTH_MAX : start->hi);
}
