/* What loops count: (walk (cdr xs) (+ n 1)), (loop (+ i 1) (if (f i) (+ n 1) n)), and what they sum up: (loop (+ i 1) (+ n (f i))).
 *
 * When every call of a loop by itself passes a part of what it was given for one parameter, the loop ends after as many turns as there are
 * pairs inside of each other: values are never circular.  Memory holds fewer than TURNS_MAX pairs.  So a counter that starts within
 * START_MAX and steps by STEP_MAX at most never leaves +-SUM_MAX: its sums cannot overflow, which no test of the loop
 * says.  What a counter starts with is what all other calls pass (FunctionState.starts); or a constant, if some turn sets it to that.
 *
 * The same of a loop with a counter that steps in every turn, in one direction, and is compared with something: it takes no more turns than
 * that counter, whose range does not come from here, has values.
 *
 * A step is a constant, or what an operand of a sum was found to be: any int of a known range.  That the step may depend on the counter
 * itself does no harm: it is of its type in every turn up to the one in question.
 *
 * Functions that call themselves in other places than tail positions are left alone: pass unfold makes several functions of them.
 */
#include "types_internal.h"

#define TURNS_MAX ((int64_t)1 << 43) /* addresses have 47 or 48 bits, a pair has 24 bytes */
#define STEP_MAX ((int64_t)1 << 16)
#define START_MAX ((int64_t)1 << 59)
#define SUM_MAX ((int64_t)1 << 60)
_Static_assert(TURNS_MAX <= START_MAX / STEP_MAX && START_MAX <= SUM_MAX - START_MAX,
               "start and all steps stay within SUM_MAX");

enum {
    STEPS_UP = 1,
    STEPS_DOWN = 2,
    STEPS_OTHERWISE = 4,
    IS_SET = 8,
    IS_NO_COUNTER = 16
}; /* what the calls pass for a parameter */
enum { DEPTH_MAX = 5, STEPS_MAX = 24 };
#define OTHER_STEP_MAX (SUM_MAX / 8)

typedef struct Search {
    Types *types;
    CoreFunction *function;
    FunctionState *state;
    TypePace *paces;
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

static const CoreNode *value_of(const CoreNode *node)
{
    for (node = resolve(node); node->kind == CORE_LET; node = resolve(node->u.let.body)) continue;
    return node;
}

/* Is it the counter, plus or minus something? */
static bool is_step_of(const CoreNode *node, const CoreVar *counter, int depth)
{
    node = value_of(node);
    if (core_is_var(node, counter) || depth == DEPTH_MAX) return depth < DEPTH_MAX;
    if (node->kind == CORE_IF)
        return is_step_of(node->u.branch.then, counter, depth + 1) ||
               is_step_of(node->u.branch.otherwise, counter, depth + 1);
    if (core_is_prim(node, PRIM_add) && is_step_of(node->u.call.args[1], counter, depth + 1)) return true;
    return (core_is_prim(node, PRIM_add) || core_is_prim(node, PRIM_sub)) &&
           is_step_of(node->u.call.args[0], counter, depth + 1);
}

/* By an operand of the sum. */
static uint8_t step_by(Search *s, int i, const CoreNode *sum, int operand)
{
    const CoreNode *by = resolve(sum->u.call.args[operand]);
    bool is_subtracted = core_is_prim(sum, PRIM_sub);
    if (!core_is_int(by)) {
        if (s->state->step_count == STEPS_MAX) return IS_NO_COUNTER;
        TypeStep step = {.sum = sum, .operand = operand, .parameter = i, .is_subtracted = is_subtracted, .lo = 1};
        ARENA_PUSH(s->types->scratch, s->state->steps, s->state->step_count, s->state->step_capacity, step);
        return STEPS_OTHERWISE;
    }
    int64_t step = by->u.constant.data;
    if (step > STEP_MAX || step < -STEP_MAX) return IS_NO_COUNTER;
    int64_t size = step < 0 ? -step : step;
    if (s->paces[i].largest < size) s->paces[i].largest = size;
    return (step >= 0) != is_subtracted ? STEPS_UP : STEPS_DOWN;
}

/* What the call of the next turn passes: 0 for the counter as it is. */
static uint8_t steps_of(Search *s, int i, const CoreNode *node, int depth, int sums)
{
    const CoreVar *counter = core_param(s->function, i);
    TypePace *pace = &s->paces[i];
    node = value_of(node);
    if (core_is_var(node, counter)) return 0;
    if (depth == DEPTH_MAX) return IS_NO_COUNTER;
    if (core_is_int(node)) {
        if (node->u.constant.data < pace->lo) pace->lo = node->u.constant.data;
        if (node->u.constant.data > pace->hi) pace->hi = node->u.constant.data;
        return IS_SET;
    }
    if (node->kind == CORE_IF)
        return steps_of(s, i, node->u.branch.then, depth + 1, sums) |
               steps_of(s, i, node->u.branch.otherwise, depth + 1, sums);
    if (!core_is_prim(node, PRIM_add) && !core_is_prim(node, PRIM_sub)) return IS_NO_COUNTER;
    CoreNode **args = node->u.call.args;
    int other = is_step_of(args[0], counter, depth + 1) ? 1 : 0;
    if (!other && (core_is_prim(node, PRIM_sub) || !is_step_of(args[1], counter, depth + 1))) return IS_NO_COUNTER;
    if (pace->levels <= sums) pace->levels = sums + 1;
    return step_by(s, i, node, other) | steps_of(s, i, args[1 - other], depth + 1, sums + 1);
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
        s->paces[i].steps |= steps_of(s, i, call->u.call.args[i], 0, 0);
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
    Search s = {.types = t, .function = f, .state = state};
    s.paces = arena_alloc(t->scratch, (size_t)count * sizeof *s.paces);
    s.is_taken_apart = arena_alloc(t->scratch, (size_t)count * sizeof(bool));
    s.stays = arena_alloc(t->scratch, (size_t)count * sizeof(bool));
    s.is_compared = arena_alloc(t->scratch, (size_t)count * sizeof(bool));
    for (int i = 0; i < count; i++) {
        s.is_taken_apart[i] = true;
        s.paces[i].lo = INT64_MAX;
        s.paces[i].hi = INT64_MIN;
    }
    search(&f->body, &s);
    state->counter = -1;
    for (int i = 0; i < count; i++) {
        bool is_steady = s.paces[i].steps == STEPS_UP || s.paces[i].steps == STEPS_DOWN;
        state->is_walk = state->is_walk || s.is_taken_apart[i];
        if (state->counter < 0 && is_steady && !s.stays[i] && s.is_compared[i]) state->counter = i;
    }
    if (s.calls && !s.fails && (state->is_walk || state->counter >= 0)) state->paces = s.paces;
    else state->step_count = 0;
}

void types_begin_steps(Types *t, FunctionState *state)
{
    if (t->mode != NARROWING) return; /* while types grow, those of steps do, too */
    for (int i = 0; i < state->step_count; i++) {
        TypeStep *step = &state->steps[i];
        step->is_open = false;
        step->lo = 1;
        step->hi = 0;
    }
}

void types_note_step(FunctionState *state, const CoreNode *sum, const CoreType *operands)
{
    for (int i = 0; i < state->step_count; i++) {
        TypeStep *step = &state->steps[i];
        if (step->sum != sum) continue;
        const CoreType *by = &operands[step->operand];
        bool is_first = step->lo > step->hi;
        if (is_first || by->lo < step->lo) step->lo = by->lo;
        if (is_first || by->hi > step->hi) step->hi = by->hi;
        if (!type_is_int(by) || by->lo < -OTHER_STEP_MAX || by->hi > OTHER_STEP_MAX) step->is_open = true;
    }
}

/* How far a turn goes up and down at most; false when that is not known. */
static bool largest_steps(const FunctionState *state, int i, int64_t *up, int64_t *down)
{
    const TypePace *pace = &state->paces[i];
    *up = pace->steps & STEPS_UP ? pace->largest : 0;
    *down = pace->steps & STEPS_DOWN ? pace->largest : 0;
    for (int j = 0; j < state->step_count; j++) {
        const TypeStep *step = &state->steps[j];
        if (step->parameter != i || step->lo > step->hi) continue;
        if (step->is_open) return false;
        int64_t lo = step->is_subtracted ? -step->hi : step->lo, hi = step->is_subtracted ? -step->lo : step->hi;
        if (hi > *up) *up = hi;
        if (-lo > *down) *down = -lo;
    }
    *up *= pace->levels;
    *down *= pace->levels;
    return true;
}

/* What the counter begins with: elsewhere, or where a turn sets it. */
static CoreType beginning(const FunctionState *state, int i)
{
    CoreType start = state->starts[i];
    const TypePace *pace = &state->paces[i];
    if (pace->lo < start.lo) start.lo = pace->lo;
    if (pace->hi > start.hi) start.hi = pace->hi;
    return start;
}

/* So many steps at most as the counter has values. */
static CoreType counted(const FunctionState *state, int i, CoreType next)
{
    const CoreType *counter = core_param(state->function, state->counter)->type;
    CoreType start = beginning(state, i);
    int64_t up, down;
    if (i == state->counter || !type_is_int(&start) || !type_is_int(counter) || !(next.tags & TAG_BIT(RT_INT)))
        return next;
    if (!largest_steps(state, i, &up, &down)) return next;
    __int128 turns = (__int128)counter->hi - counter->lo, lo = start.lo - turns * down, hi = start.hi + turns * up;
    if (lo < INT64_MIN || hi > INT64_MAX) return next;
    if (next.lo > lo) lo = next.lo;
    if (next.hi < hi) hi = next.hi;
    return lo <= hi ? type_int((int64_t)lo, (int64_t)hi) : next;
}

CoreType types_paced(const FunctionState *state, int i, CoreType next)
{
    if (!state->paces || !state->paces[i].steps || state->paces[i].steps & IS_NO_COUNTER) return next;
    if (!state->is_walk) return counted(state, i, next);
    CoreType start = beginning(state, i);
    int64_t up, down;
    if (!type_is_int(&start) || start.lo < -START_MAX || start.hi > START_MAX) return next;
    if (!largest_steps(state, i, &up, &down) || up > STEP_MAX || down > STEP_MAX) return next;
    int64_t farthest = start.hi > -start.lo ? start.hi : -start.lo, most = up > down ? up : down;
    int64_t end =
        farthest <= TYPE_LENGTH_MAX / 2 && most <= TYPE_LENGTH_MAX / 2 / TURNS_MAX ? TYPE_LENGTH_MAX : SUM_MAX;
    return type_int(down ? -end : start.lo, up ? end : start.hi);
}
