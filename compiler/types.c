/* Type inference (passes types and specialize): what values each variable, function and operation can have, over the whole program.
 *
 * Requires STAGE_TAIL.  Gives: type of each CoreVar, result of each CoreFunction, and type of each LOCAL (what is known
 * at that use), PRIM and CALL_KNOWN that can be reached; escapes of functions that are used as values where that can be
 * reached.  NULL: nothing is known.
 *
 * Abstract interpretation.  A function is evaluated over types, in the order in which it would run, from the join of the
 * operands of all its calls; one that is used as a value may be called with anything.  Whatever a test or an operation that
 * did not raise tells of a variable holds in what follows (a trail undoes it at the end of a branch).  Functions whose
 * operands' types grew, and callers of functions whose results grew, are evaluated again.  Ranges that keep growing are
 * widened; two rounds of evaluation of everything from the final types, without widening, then take back what that
 * exaggerated (from a solution each round gives a better solution).
 *
 * Whole programs know all calls.  In an open world (a form of a session) a global may hold anything; but its functions are
 * used as values there, so nothing more is assumed.
 *
 * Rejected: types by unification, as in ML: they cannot follow tests, on which all that is known of an untyped program's
 * numbers depends.
 */
#include "types_internal.h"

enum {
    CHANGES_BEFORE_WIDENING = 3,
    NARROWING_ROUNDS = 4,
    NESTED_EVALUATIONS_MAX = 100,
    MANY_CALLS = 50,
    TURNS_AT_FIRST = 3
};

static CoreType eval(Types *t, CoreNode *node);
static void eval_function(Types *t, CoreFunction *f);

/* ---- growing types -------------------------------------------------------------------------------------------------- */

static CoreType known(const CoreType *type) { return type ? *type : type_none(); }

static void enqueue(Types *t, CoreFunction *f)
{
    FunctionState *state = f->scratch;
    if (t->mode != GROWING) return;
    state->has_changed = true;
    if (state->is_queued) return;
    state->is_queued = true;
    Queue *q = &t->queues[state->call_count >= MANY_CALLS];
    q->items[(q->first + q->count++) % t->program->function_count] = f;
}

static void enqueue_all(Types *t, const Functions *functions)
{
    for (int i = 0; i < functions->count; i++) {
        FunctionState *state = functions->items[i]->scratch;
        if (state->was_evaluated) enqueue(t, functions->items[i]);
    }
}

/* Of records of which a field grew. */
static void enqueue_readers(Types *t)
{
    RecordTable *table = t->records;
    while (table->changed_count) {
        const CoreRecord *record =
            table->changed[--table->changed_count]; /* a part of another one tells its own readers */
        for (int i = 0; i < record->reader_count; i++) enqueue(t, record->readers[i]);
    }
}

/* A variant goes on in its generic copy: so may a turn from its beginning. */
static void note_leaving(Types *t, const CoreNode *call)
{
    FunctionState *state = t->function;
    if (call->u.call.function != state->function->generic || call == state->restart) return;
    state->next_leaves = true;
    if (t->mode != GROWING || state->leaves) return;
    state->leaves = true;
    enqueue(t, state->function);
}

/* Adds to a type; true if it grew. */
static bool grow(Types *t, const CoreType **type, const CoreType *more, int *changes)
{
    CoreType old = known(*type);
    CoreType next = type_join(t->arena, &old, more);
    if (*type && type_equal(&old, &next)) return false;
    if (++*changes > CHANGES_BEFORE_WIDENING) next = types_widen(t, &old, &next, *changes - CHANGES_BEFORE_WIDENING);
    *type = type_keep(t->program->arena, &next);
    return true;
}

/* What a call from elsewhere passes, before anything is known of the loop's own calls.  Of its ints alone: all that counters ask. */
static void start_with(Types *t, CoreFunction *f, int i, const CoreType *type)
{
    FunctionState *state = f->scratch;
    if (!state->paces || t->mode == MARKING) return;
    CoreType *start = t->mode == NARROWING ? &state->next_starts[i] : &state->starts[i];
    CoreType more = *type;
    more.item = more.element = NULL;
    more.record = more.cell = NULL;
    CoreType next = type_join(t->arena, start, &more);
    if (type_equal(start, &next)) return;
    bool widens = t->mode == GROWING && ++state->start_changes > CHANGES_BEFORE_WIDENING;
    *start = widens ? types_widen(t, start, &next, state->start_changes - CHANGES_BEFORE_WIDENING) : next;
    enqueue(t, f);
}

static void pass_operand(Types *t, CoreFunction *f, int i, const CoreType *type)
{
    FunctionState *state = f->scratch;
    if (t->mode == MARKING) return;
    if (t->mode == NARROWING) {
        state->next_params[i] = type_join(t->arena, &state->next_params[i], type);
        return;
    }
    if (grow(t, &core_param(f, i)->type, type, &state->changes)) enqueue(t, f);
}

/* Of those that do not hold for a call from elsewhere with these operands; call NULL: any operands. */
static void give_up_bounds(Types *t, CoreFunction *f, const CoreType *operands, const CoreNode *call)
{
    FunctionState *state = f->scratch;
    bool is_restart = call && call == t->function->restart;
    for (int i = 0; t->mode == GROWING && i < state->bound_count; i++) {
        TypeBound *b = &state->bounds[i];
        if (!b->holds || (call && types_starts_within(t, b, operands, call->u.call.args))) continue;
        if (is_restart && types_shares_bound(t->function, b)) continue;
        b->holds = false;
        if (f->result) enqueue(t, f);
    }
}

/* Of those whose limit is now seen to be another one in another turn. */
static void give_up_varying(Types *t, CoreFunction *f)
{
    FunctionState *state = f->scratch;
    for (int i = 0; t->mode == GROWING && i < state->bound_count; i++) {
        TypeBound *b = &state->bounds[i];
        if (!b->holds || !types_limit_varies(b, f)) continue;
        b->holds = false;
        enqueue(t, f);
    }
}

/* Its closure may be called from anywhere. */
static void escape(Types *t, CoreFunction *f)
{
    give_up_bounds(t, f, NULL, NULL);
    CoreType any = type_any();
    f->escapes = true;
    for (int i = f->capture_count; i < core_param_count(f); i++) {
        start_with(t, f, i, &any);
        pass_operand(t, f, i, &any);
    }
    if (!f->result) enqueue(t, f);
}

/* ---- expressions ------------------------------------------------------------------------------------------------------ */

static void mark_node(Types *t, CoreNode *node, const CoreType *type)
{
    if (t->mode == MARKING) node->type = type_copy(t->arena, *type);
}

static CoreType eval_restart(Types *t, CoreNode *node)
{
    CoreType type = type_tags(t->function->leaves ? TAG_BIT(RT_NIL) | TAG_BIT(RT_BOOL) : TAG_BIT(RT_NIL));
    mark_node(t, node, &type);
    return type;
}

static CoreType eval_if(Types *t, CoreNode *node)
{
    if (core_is_prim(node->u.branch.test, PRIM_restart)) t->function->restart = node->u.branch.then;
    CoreType test = eval(t, node->u.branch.test);
    if (!test.tags) return type_none();
    int mark = t->trail_count;
    CoreType then = type_none(), otherwise = type_none();
    Findings then_found = {0}, otherwise_found = {0};
    bool may_look = types_is_test(node->u.branch.test);
    if (test.tags & ~TAG_BIT(RT_NIL)) {
        if (may_look) types_assume(t, node->u.branch.test, true);
        then = eval(t, node->u.branch.then);
        then_found = types_found_since(t, mark);
        types_undo(t, mark);
    }
    if (test.tags & TAG_BIT(RT_NIL)) {
        if (may_look) types_assume(t, node->u.branch.test, false);
        otherwise = eval(t, node->u.branch.otherwise);
        otherwise_found = types_found_since(t, mark);
        types_undo(t, mark);
    }
    if (!otherwise.tags) types_know_findings(t, &then_found);
    else if (!then.tags) types_know_findings(t, &otherwise_found);
    CoreType type = type_join(t->arena, &then, &otherwise);
    mark_node(t, node, &type);
    return type;
}

/* False when one of them never gives a value. */
static bool eval_operands(Types *t, CoreNode **args, int count, CoreType *types)
{
    for (int i = 0; i < count; i++) {
        types[i] = eval(t, args[i]);
        if (!types[i].tags) return false;
    }
    return true;
}

static CoreType *operand_types(Types *t, int count)
{
    return arena_alloc(t->turn, ((size_t)count + 1) * sizeof(CoreType));
}

/* A hole of the function, or a cell that hangs on it, gets such a cdr. */
static void fill(Types *t, const CoreType *cdr)
{
    FunctionState *state = t->function;
    if (t->mode != GROWING || !grow(t, &state->filled, cdr, &state->changes)) return;
    enqueue(t, state->function);
    enqueue_all(t, &state->callers);
}

static void fill_by_prim(Types *t, int primitive, const CoreType *operands)
{
    CoreType nil = type_tags(TAG_BIT(RT_NIL)), cell[2] = {operands[1], nil};
    CoreType cdr = primitive == PRIM_fill ? operands[1] : type_of_prim(t->arena, PRIM_cons, cell, 2);
    fill(t, &cdr);
}

static void fill_by_call(Types *t, const CoreFunction *callee)
{
    const FunctionState *state = callee->scratch;
    for (int i = 0; state->filled && i < core_param_count(callee); i++)
        if (core_param(callee, i)->is_hole) fill(t, state->filled);
}

/* An index with which a read or change of a vector succeeded is one of the vector's. */
static CoreType index_within(CoreType index, const CoreType *vector)
{
    int64_t last = type_is(vector, TAGS_VECTOR) && vector->most ? vector->most - 1 : TYPE_LENGTH_MAX - 1;
    if (!type_is_int(&index)) return index;
    if (index.lo < 0) index.lo = 0;
    if (index.hi > last) index.hi = last;
    return index.lo <= index.hi ? index : type_none();
}

static CoreType eval_prim(Types *t, CoreNode *node)
{
    int count = node->u.call.count, primitive = node->u.call.primitive;
    CoreType few[4], *types = count <= 4 ? few : operand_types(t, count);
    if (!eval_operands(t, node->u.call.args, count, types)) return type_none();
    for (int i = 0; i < count; i++) {
        const CoreNode *arg = node->u.call.args[i];
        if (arg->kind == CORE_LOCAL) types[i] = *type_state(arg->u.local)->now; /* a later operand may have told more */
    }
    CoreType type = type_of_prim(t->arena, primitive, types, count);
    if (primitive == PRIM_sub) types_know_difference(t, node, &type);
    if (t->function->step_count) types_note_step(t->function, node, types);
    types_of_record(t, node, types, &type);
    if (primitive == PRIM_extend || primitive == PRIM_fill) fill_by_prim(t, primitive, types);
    mark_node(t, node, &type);
    for (int i = 0; i < count; i++) {
        uint32_t tags = prim_operand_tags(primitive, i);
        if (tags == TAGS_ALL) continue;
        CoreType known = type_keep_tags(types[i], tags);
        bool tells_length = i == 0 && primitive == PRIM_vector_ref && types[1].lo < TYPE_LENGTH_MAX;
        if (tells_length && types[1].lo >= known.length) known.length = types[1].lo + 1;
        if (i == 1 && (primitive == PRIM_vector_ref || primitive == PRIM_vector_set))
            known = index_within(known, &types[0]);
        types_know_operand(t, node->u.call.args[i], known);
    }
    return type;
}

/* Sums of variables of which an operand behind them told more: the call is only made if that one did not raise.  Told of the
 * sum itself is that only where both were ints before, too: what it then leaves out is the test for overflow, and a sum that
 * overflows is never used.  Else it must raise what it raises before the operand behind it does. */
static void reconsider_operands(Types *t, CoreNode **args, int count, CoreType *types)
{
    for (int i = 0; i < count; i++) {
        CoreNode *arg = args[i];
        bool is_sum = core_is_prim(arg, PRIM_add) || core_is_prim(arg, PRIM_sub);
        if (!is_sum || !core_is_local_or_const(arg->u.call.args[0]) || !core_is_local_or_const(arg->u.call.args[1]))
            continue;
        CoreType now[2];
        bool were_ints = true;
        for (int j = 0; j < 2; j++) {
            const CoreNode *atom = arg->u.call.args[j];
            now[j] = types_of_atom(t, atom);
            were_ints = were_ints && (atom->kind == CORE_LOCAL ? type_is_int(atom->type) : type_is_int(&now[j]));
        }
        types[i] = type_of_prim(t->arena, arg->u.call.primitive, now, 2);
        if (were_ints) mark_node(t, arg, &types[i]);
    }
}

static bool has_result(const CoreFunction *f) { return f->result && f->result->tags; }

/* Of a function that has no result yet, at its call: else the caller would only come to its next call when it is evaluated
 * again, and a form with n calls would be evaluated n times.  The first turn of a loop gives none yet. */
static void eval_first(Types *t, CoreFunction *f)
{
    const FunctionState *state = f->scratch;
    if (t->mode != GROWING || state->is_running || t->depth == NESTED_EVALUATIONS_MAX) return;
    Types caller = *t;
    t->depth++;
    types_begin_facts(t);
    for (int turn = 0; turn < TURNS_AT_FIRST && state->has_changed && !has_result(f); turn++) eval_function(t, f);
    t->depth--;
    t->function = caller.function;
    types_take_facts(t, &caller);
}

static CoreType eval_known_call(Types *t, CoreNode *node)
{
    CoreFunction *f = node->u.call.function;
    FunctionState *state = f->scratch;
    int count = node->u.call.count;
    CoreType few[8], *types = count <= 8 ? few : operand_types(t, count);
    if (!eval_operands(t, node->u.call.args, count, types)) return type_none();
    reconsider_operands(t, node->u.call.args, count, types);
    bool is_turn = state == t->function;
    note_leaving(t, node);
    if (!is_turn) give_up_bounds(t, f, types, node);
    for (int i = 0; i < count; i++) {
        if (is_turn && core_is_var(node->u.call.args[i], core_param(f, i)))
            continue; /* no value that it did not have */
        if (is_turn) types[i] = types_paced(state, i, types[i]);
        else start_with(t, f, i, &types[i]);
        pass_operand(t, f, i, &types[i]);
    }
    give_up_varying(t, f);
    if (!f->result) enqueue(t, f);
    if (node->tail && state == t->function) return type_none(); /* the loop goes on; its end gives the value */
    if (!has_result(f)) eval_first(t, f);
    fill_by_call(t, f);
    CoreType type = known(f->result);
    mark_node(t, node, &type);
    return type;
}

static CoreType eval_closure(Types *t, CoreNode *node)
{
    CoreFunction *f = node->u.call.function;
    int count = node->u.call.count;
    CoreType *types = operand_types(t, count);
    if (!eval_operands(t, node->u.call.args, count, types)) return type_none();
    for (int i = 0; i < count; i++) {
        start_with(t, f, i, &types[i]);
        pass_operand(t, f, i, &types[i]);
    }
    escape(t, f);
    return type_tags(TAG_BIT(RT_CLOSURE));
}

static CoreType eval_global(Types *t, const CoreNode *node)
{
    CoreGlobal *g = node->u.global;
    if (t->globals_are_open || g->outside_definitions) return type_any();
    if (g->primitive == PRIM_NONE) return known(g->type);
    CoreType closure = type_tags(TAG_BIT(RT_CLOSURE)), type = known(g->type);
    return type_join(t->arena, &type, &closure);
}

static CoreType eval_define(Types *t, CoreNode *node)
{
    CoreGlobal *g = node->u.define.global;
    GlobalState *state = g->scratch;
    bool is_settled = g->is_constant && !t->globals_are_open && node->u.define.value->kind == CORE_FUNCTION;
    if (is_settled) return type_tags(TAG_BIT(RT_CLOSURE)); /* every use names the function: no value is left to call */
    CoreType type = eval(t, node->u.define.value);
    if (!type.tags || t->globals_are_open) return type;
    if (t->mode == NARROWING) state->next = type_join(t->arena, &state->next, &type);
    if (t->mode != GROWING || !grow(t, &g->type, &type, &state->changes)) return type;
    enqueue_all(t, &state->readers);
    return type;
}

/* (let head (cons e nil) (seq ... head)): what is in between may have filled the cdr. */
static bool is_open_head(const CoreNode *let)
{
    const CoreNode *cons = let->u.let.init, *body = let->u.let.body;
    if (!core_is_prim(cons, PRIM_cons) || body->kind != CORE_SEQ) return false;
    const CoreNode *cdr = cons->u.call.args[1], *last = body->u.call.args[body->u.call.count - 1];
    return core_is_nil(cdr) && core_is_var(last, let->u.let.var);
}

static CoreType filled_head(Types *t, CoreNode *cons, const CoreType *made)
{
    const CoreType *filled = t->function->filled;
    if (!filled) return *made;
    CoreType halves[2] = {*made->element, type_tags(TAG_BIT(RT_NIL))};
    halves[1] = type_join(t->arena, &halves[1], filled);
    CoreType type = type_of_prim(t->arena, PRIM_cons, halves, 2);
    type.cell = made->cell;
    mark_node(t, cons, &type);
    return type;
}

static CoreType eval_let(Types *t, CoreNode *node)
{
    CoreVar *var = node->u.let.var;
    CoreType init = eval(t, node->u.let.init);
    if (!init.tags) return type_none();
    if (is_open_head(node)) init = filled_head(t, node->u.let.init, &init);
    const CoreType *type = type_copy(t->arena, init);
    if (t->mode == MARKING) var->type = type;
    types_bind(t, var, type, node->u.let.init);
    CoreType body = eval(t, node->u.let.body);
    return body;
}

static CoreType eval_seq(Types *t, CoreNode *node)
{
    CoreType type = type_none();
    for (int i = 0; i < node->u.call.count; i++) {
        type = eval(t, node->u.call.args[i]);
        if (!type.tags) return type;
    }
    return type;
}

static CoreType eval_try(Types *t, CoreNode *node)
{
    int mark = t->trail_count;
    CoreType body = eval(t, node->u.try_.body);
    types_undo(t, mark);
    const CoreType *error = type_copy(t->arena, type_tags(TAG_BIT(RT_ERROR)));
    if (t->mode == MARKING) node->u.try_.error->type = error;
    types_bind(t, node->u.try_.error, error, NULL);
    CoreType handler = eval(t, node->u.try_.handler);
    types_undo(t, mark);
    CoreType type = type_join(t->arena, &body, &handler);
    if (type.tags) mark_node(t, node, &type);
    return type;
}

static CoreType eval_call(Types *t, CoreNode *node)
{
    CoreType *types = operand_types(t, node->u.call.count);
    if (!eval(t, node->u.call.callee).tags) return type_none();
    if (!eval_operands(t, node->u.call.args, node->u.call.count, types)) return type_none();
    return type_any();
}

static CoreType eval_local(Types *t, CoreNode *node)
{
    VarState *state = type_state(node->u.local);
    if (t->mode == MARKING) node->type = state->now;
    return *state->now;
}

/* The empty type: the expression never gives a value. */
static CoreType eval_node(Types *t, CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: return types_of_constant(t, node);
    case CORE_LOCAL: return eval_local(t, node);
    case CORE_GLOBAL: return eval_global(t, node);
    case CORE_FUNCTION: escape(t, node->u.function); return type_tags(TAG_BIT(RT_CLOSURE));
    case CORE_DEFINE: return eval_define(t, node);
    case CORE_LET: return eval_let(t, node);
    case CORE_SEQ: return eval_seq(t, node);
    case CORE_IF: return eval_if(t, node);
    case CORE_CLOSURE: return eval_closure(t, node);
    case CORE_CALL:
    case CORE_APPLY: return eval_call(t, node);
    case CORE_CALL_KNOWN: return eval_known_call(t, node);
    case CORE_PRIM: return core_is_prim(node, PRIM_restart) ? eval_restart(t, node) : eval_prim(t, node);
    case CORE_TRY: return eval_try(t, node);
    case CORE_LAMBDA:
    case CORE_FIX:
    case CORE_DROP: break;
    }
    rt_internal_error("types: a node that does not belong here");
}

static CoreType eval(Types *t, CoreNode *node)
{
    CoreType type = eval_node(t, node);
    bool is_plain =
        node->kind == CORE_GLOBAL || node->kind == CORE_LET || node->kind == CORE_SEQ; /* others marked themselves */
    if (is_plain && type.tags) mark_node(t, node, &type);
    return type;
}

/* ---- functions --------------------------------------------------------------------------------------------------------- */

static bool is_reached(const CoreFunction *f)
{
    for (int i = 0; i < core_param_count(f); i++)
        if (!core_param(f, i)->type) return false;
    return true;
}

static void eval_function(Types *t, CoreFunction *f)
{
    FunctionState *state = f->scratch;
    if (!is_reached(f)) return;
    ArenaMark mark = arena_mark(t->turn);
    t->function = state;
    state->was_evaluated = true;
    state->has_changed = false;
    state->is_running = true;
    types_begin_steps(t, state);
    for (int i = 0; i < core_param_count(f); i++) types_bind(t, core_param(f, i), core_param(f, i)->type, NULL);
    CoreType result = eval(t, f->body);
    state->is_running = false;
    if (t->mode == GROWING && grow(t, &f->result, &result, &state->changes)) enqueue_all(t, &state->callers);
    if (t->mode == NARROWING) state->next_result = result;
    types_begin_facts(t);
    enqueue_readers(t);
    arena_release(t->turn, &mark);
}

/* Who calls many functions waits until these have settled: it would be evaluated again for each of them. */
static CoreFunction *dequeue(Types *t)
{
    Queue *q = &t->queues[!t->queues[0].count];
    if (!q->count) return NULL;
    CoreFunction *f = q->items[q->first];
    q->first = (q->first + 1) % t->program->function_count;
    q->count--;
    ((FunctionState *)f->scratch)->is_queued = false;
    return f;
}

static void solve(Types *t)
{
    t->mode = GROWING;
    t->arena = t->turn;
    for (int i = 0; i < t->program->toplevel_count; i++) enqueue(t, t->program->toplevel[i]);
    for (CoreFunction *f; (f = dequeue(t));)
        if (((FunctionState *)f->scratch)->has_changed) eval_function(t, f);
}

static void narrow(Types *t)
{
    CoreProgram *p = t->program;
    t->mode = NARROWING;
    t->arena = t->scratch;
    for (int i = 0; i < p->function_count; i++) {
        FunctionState *state = p->functions[i]->scratch;
        state->next_result = type_none();
        state->next_leaves = false;
        memset(state->next_params, 0, (size_t)core_param_count(p->functions[i]) * sizeof(CoreType));
        memset(state->next_starts, 0, (size_t)core_param_count(p->functions[i]) * sizeof(CoreType));
    }
    for (int i = 0; i < p->global_count; i++) ((GlobalState *)p->globals[i]->scratch)->next = type_none();
    for (int i = 0; i < p->function_count; i++)
        if (p->functions[i]->result) eval_function(t, p->functions[i]);
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        FunctionState *state = f->scratch;
        state->leaves = state->next_leaves;
        if (f->result) f->result = type_keep(p->arena, &state->next_result);
        for (int j = 0; j < core_param_count(f); j++) {
            CoreVar *var = core_param(f, j);
            if (var->type) var->type = state->next_params[j].tags ? type_keep(p->arena, &state->next_params[j]) : NULL;
            state->starts[j] = state->next_starts[j];
        }
    }
    for (int i = 0; i < p->global_count; i++) {
        GlobalState *state = p->globals[i]->scratch;
        if (p->globals[i]->type) p->globals[i]->type = type_keep(p->arena, &state->next);
    }
    records_end_narrowing(t->records);
}

/* So that an evaluation's memory begins in a block that is there when it is given back. */
static Arena *turn_arena(void)
{
    Arena *arena = arena_new();
    arena_alloc(arena, 1);
    return arena;
}

void types_infer(CoreProgram *p)
{
    Types t = {.program = p, .scratch = arena_new(), .turn = turn_arena()};
    types_begin(&t);
    solve(&t);
    for (int i = 0; i < NARROWING_ROUNDS; i++) narrow(&t);
    t.mode = MARKING;
    t.arena = p->arena;
    for (int i = 0; i < p->function_count; i++) p->functions[i]->escapes = false; /* where that can still be reached */
    for (int i = 0; i < p->function_count; i++)
        if (p->functions[i]->result) eval_function(&t, p->functions[i]);
    types_end(&t);
    arena_free(t.turn);
    arena_free(t.scratch);
}
