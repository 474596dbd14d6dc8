/* Pass rc: places the reference counting operations (precise, in the manner of Perceus).
 *
 * Requires STAGE_TAIL.  Ensures STAGE_RC: see "Ownership after rc" in core.h.
 *
 * One walk per function against the order of evaluation.  The live set says at each point which variables are used
 * later; it is a flag in each variable plus a trail of the variables that became live, so that a branch can be
 * undone.  The first use met on that walk is the last one in time: it moves (or, when it only borrows, a drop
 * follows the operation); all others dup.  At an IF the variables that became live in only one branch are dropped
 * at the start of the other one; work is proportional to the drops written plus the smaller branch, so long chains
 * stay linear.
 *
 * Drops that must follow an operation are handed to the parent (`after`), which has the place for them: the body of
 * the LET, both branches of the IF, the next expression of the SEQ.  Only where the parent has none the result is
 * bound first.
 *
 * TRY: when an error is raised in the body nobody can know which outer variables were consumed already.  So nothing
 * bound outside of a TRY is moved or dropped inside; if its last use was there, it is dropped after the TRY.
 */
#include "passes.h"
#include <stdlib.h>

typedef struct VarState { /* CoreVar.scratch while the variable is in scope; none for unboxed ones */
    bool live; /* used later */
    int try_depth; /* number of TRYs around the binding */
    int mark; /* last IF that found it in its second branch */
    int try_mark; /* last TRY that listed it */
} VarState;

typedef struct VarList {
    CoreVar **items;
    int count, capacity;
} VarList;

typedef struct TryScope {
    VarList used; /* variables bound outside that are used inside */
    int mark;
} TryScope;

typedef struct Rc {
    CoreProgram *program;
    VarList trail; /* variables that became live, latest last; some may have gone out of scope */
    TryScope *try_scope;
    int try_depth;
    int next_mark;
} Rc;

static CoreNode *own(Rc *rc, CoreNode *node);
static CoreNode *own_then(Rc *rc, CoreNode *node, VarList *after);

static void list_add(Rc *rc, VarList *list, CoreVar *var)
{
    ARENA_PUSH(rc->program->arena, list->items, list->count, list->capacity, var);
}

static VarState *state_of(const CoreVar *var) { return var->scratch; }

/* ---- scopes and liveness ------------------------------------------------------------------------------------- */

static void bind(Rc *rc, CoreVar *var)
{
    VarState *state = arena_alloc(rc->program->arena, sizeof *state);
    state->try_depth = rc->try_depth;
    var->scratch = state;
}

/* Ends the scope of the variable; it goes to `drops` when nothing uses it. */
static void unbind(Rc *rc, CoreVar *var, VarList *drops)
{
    if (!state_of(var)->live) list_add(rc, drops, var);
    state_of(var)->live = false; /* its entry in the trail is stale now */
}

static void make_live(Rc *rc, CoreVar *var)
{
    state_of(var)->live = true;
    list_add(rc, &rc->trail, var);
}

/* Notes a use; true when the variable must survive it. */
static bool is_needed_later(Rc *rc, CoreVar *var)
{
    VarState *state = state_of(var);
    if (state->try_depth < rc->try_depth) {
        if (state->try_mark != rc->try_scope->mark) list_add(rc, &rc->try_scope->used, var);
        state->try_mark = rc->try_scope->mark;
        return true;
    }
    if (state->live) return true;
    make_live(rc, var);
    return false;
}

/* ---- drops --------------------------------------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
    const CoreVar *x = *(CoreVar *const *)a, *y = *(CoreVar *const *)b;
    return (x->id > y->id) - (x->id < y->id);
}

/* The node after the drops of the list; sorted, so that dumps read the same whatever order the walk met them in. */
static CoreNode *drop_before(Rc *rc, VarList *list, CoreNode *body)
{
    if (list->count == 0) return body;
    if (body->kind == CORE_DROP) {
        for (int i = 0; i < body->u.drop.count; i++) list_add(rc, list, body->u.drop.vars[i]);
        body = body->u.drop.body;
    }
    qsort(list->items, (size_t)list->count, sizeof list->items[0], compare_ids);
    return core_drop(rc->program, body->place, list->count, list->items, body);
}

static bool is_never_counted(const CoreNode *node)
{
    switch (node->kind) {
    case CORE_CONST:
    case CORE_FUNCTION: return true;
    case CORE_LOCAL: return node->u.local->is_unboxed;
    case CORE_PRIM: {
        enum PrimResult result = primitives[node->u.call.primitive].result;
        return result == RESULT_BOOL || result == RESULT_INT || result == RESULT_NIL;
    }
    default: return false;
    }
}

/* An owned value with everything that must follow it inside: (let r node (drop (...) r)). */
static CoreNode *own(Rc *rc, CoreNode *node)
{
    VarList after = {0};
    node = own_then(rc, node, &after);
    if (after.count == 0) return node;
    CoreVar *result = core_var(rc->program, "r");
    result->is_unboxed = is_never_counted(node);
    CoreNode *read = core_local(rc->program, node->place, result);
    read->use = result->is_unboxed ? USE_DUP : USE_MOVE;
    return core_let(rc->program, node->place, result, node, drop_before(rc, &after, read));
}

/* ---- shapes that make room for drops ------------------------------------------------------------------------- */

static bool is_atom(const CoreNode *node)
{
    return node->kind == CORE_CONST || node->kind == CORE_LOCAL || node->kind == CORE_FUNCTION;
}

/* (prim P e ...) -> (let v e ... (prim P v ...)), so that borrowed operands are atoms; the order of evaluation
 * stays. */
static CoreNode *bind_borrowed_operands(Rc *rc, CoreNode *prim)
{
    const PrimInfo *info = &primitives[prim->u.call.primitive];
    CoreNode **args = prim->u.call.args;
    int last = prim->u.call.count - 1;
    while (last >= 0 && (is_atom(args[last]) || !prim_borrows(info, last))) last--;
    CoreNode *result = prim;
    for (int i = last; i >= 0; i--) {
        if (is_atom(args[i])) continue;
        CoreVar *var = core_var(rc->program, "a");
        result = core_let(rc->program, args[i]->place, var, args[i], result);
        args[i] = core_local(rc->program, args[i]->place, var);
    }
    return result;
}

/* Takes the LETs out of `*child`, an operand that is evaluated first in node: (node (let x e b)) -> (let x e (node
 * b)). */
static CoreNode *float_let(Rc *rc, CoreNode *node, CoreNode **child)
{
    if ((*child)->kind == CORE_PRIM) *child = bind_borrowed_operands(rc, *child);
    if ((*child)->kind != CORE_LET) return node;
    CoreNode *let = *child;
    *child = let->u.let.body;
    let->u.let.body = node;
    return let;
}

/* ---- the walk ------------------------------------------------------------------------------------------------ */

static CoreNode *own_let(Rc *rc, CoreNode *node, VarList *after)
{
    CoreNode *outer = float_let(rc, node, &node->u.let.init);
    if (outer != node) return own_then(rc, outer, after);
    CoreVar *var = node->u.let.var;
    var->is_unboxed = is_never_counted(node->u.let.init);
    VarList drops = {0};
    if (!var->is_unboxed) bind(rc, var);
    node->u.let.body = own(rc, node->u.let.body);
    if (!var->is_unboxed) unbind(rc, var, &drops);
    var->scratch = NULL;
    node->u.let.init = own_then(rc, node->u.let.init, &drops);
    node->u.let.body = drop_before(rc, &drops, node->u.let.body);
    return node;
}

static CoreNode *own_seq(Rc *rc, CoreNode *node, VarList *after)
{
    CoreNode **items = node->u.call.args;
    int last = node->u.call.count - 1;
    items[last] = own_then(rc, items[last], after);
    for (int i = last - 1; i >= 0; i--) {
        VarList drops = {0};
        items[i] = own_then(rc, items[i], &drops);
        items[i + 1] = drop_before(rc, &drops, items[i + 1]);
    }
    return node;
}

/* Removes from the trail, from `begin` on, what went out of scope or stands there twice; the rest is not live any
 * more. */
static void undo_trail(Rc *rc, int begin)
{
    int kept = begin;
    for (int i = begin; i < rc->trail.count; i++) {
        CoreVar *var = rc->trail.items[i];
        if (!var->scratch || !state_of(var)->live) continue;
        state_of(var)->live = false;
        rc->trail.items[kept++] = var;
    }
    rc->trail.count = kept;
}

/* The trail has the variables of `otherwise` in [first, second) and those of `then` from second on, none of them live.
 * Gives each branch the drops of what only the other one uses; afterwards all of them are live and stand there once. */
static void join_branches(Rc *rc, int first, int second, VarList *then_drops, VarList *otherwise_drops)
{
    CoreVar **trail = rc->trail.items;
    int mark = ++rc->next_mark, kept = second;
    for (int i = second; i < rc->trail.count; i++) state_of(trail[i])->mark = mark;
    for (int i = first; i < second; i++) {
        if (state_of(trail[i])->mark != mark) list_add(rc, then_drops, trail[i]);
        state_of(trail[i])->live = true;
    }
    for (int i = second; i < rc->trail.count; i++) {
        if (state_of(trail[i])->live) continue;
        list_add(rc, otherwise_drops, trail[i]);
        state_of(trail[i])->live = true;
        trail[kept++] = trail[i];
    }
    rc->trail.count = kept;
}

static CoreNode *own_if(Rc *rc, CoreNode *node, VarList *after)
{
    CoreNode *outer = float_let(rc, node, &node->u.branch.test);
    if (outer != node) return own_then(rc, outer, after);
    int first = rc->trail.count;
    CoreNode *otherwise = own(rc, node->u.branch.otherwise);
    undo_trail(rc, first);
    int second = rc->trail.count;
    CoreNode *then = own(rc, node->u.branch.then);
    undo_trail(rc, second);
    VarList then_drops = {0}, otherwise_drops = {0}, test_drops = {0};
    join_branches(rc, first, second, &then_drops, &otherwise_drops);

    CoreNode *test = node->u.branch.test;
    if (test->kind == CORE_LOCAL) {
        test->use = USE_BORROW;
        CoreVar *var = test->u.local;
        if (!var->is_unboxed && !is_needed_later(rc, var)) list_add(rc, &test_drops, var);
    } else {
        node->u.branch.test = own_then(rc, test, &test_drops);
    }
    for (int i = 0; i < test_drops.count; i++) {
        list_add(rc, &then_drops, test_drops.items[i]);
        list_add(rc, &otherwise_drops, test_drops.items[i]);
    }
    node->u.branch.then = drop_before(rc, &then_drops, then);
    node->u.branch.otherwise = drop_before(rc, &otherwise_drops, otherwise);
    return node;
}

static void own_operands(Rc *rc, CoreNode *node)
{
    for (int i = node->u.call.count - 1; i >= 0; i--) node->u.call.args[i] = own(rc, node->u.call.args[i]);
}

/* Borrows happen when the operation runs, hence after all operands: they come first on this walk. */
static CoreNode *own_prim(Rc *rc, CoreNode *node, VarList *after)
{
    CoreNode *outer = bind_borrowed_operands(rc, node);
    if (outer != node) return own_then(rc, outer, after);
    const PrimInfo *info = &primitives[node->u.call.primitive];
    CoreNode **args = node->u.call.args;
    for (int i = node->u.call.count - 1; i >= 0; i--) {
        if (!prim_borrows(info, i) || args[i]->kind != CORE_LOCAL) continue;
        args[i]->use = USE_BORROW;
        CoreVar *var = args[i]->u.local;
        if (!var->is_unboxed && !is_needed_later(rc, var)) list_add(rc, after, var);
    }
    for (int i = node->u.call.count - 1; i >= 0; i--) {
        if (!prim_borrows(info, i)) args[i] = own(rc, args[i]);
    }
    return node;
}

static CoreNode *own_try(Rc *rc, CoreNode *node, VarList *after)
{
    TryScope scope = {.mark = ++rc->next_mark}, *outer = rc->try_scope;
    int trail_count = rc->trail.count;
    CoreVar *error = node->u.try_.error;
    VarList drops = {0};
    rc->try_scope = &scope;
    rc->try_depth++;
    bind(rc, error);
    CoreNode *handler = own(rc, node->u.try_.handler);
    unbind(rc, error, &drops);
    error->scratch = NULL;
    node->u.try_.handler = drop_before(rc, &drops, handler);
    node->u.try_.body = own(rc, node->u.try_.body);
    rc->try_depth--;
    rc->try_scope = outer;
    rc->trail.count = trail_count; /* all that became live inside was also bound inside */
    for (int i = 0; i < scope.used.count; i++) {
        CoreVar *var = scope.used.items[i];
        if (!is_needed_later(rc, var)) list_add(rc, after, var);
    }
    return node;
}

/* An owned value; the drops that must follow it are added to `after`. */
static CoreNode *own_then(Rc *rc, CoreNode *node, VarList *after)
{
    switch (node->kind) {
    case CORE_LOCAL: {
        CoreVar *var = node->u.local;
        node->use = var->is_unboxed || is_needed_later(rc, var) ? USE_DUP : USE_MOVE;
        return node;
    }
    case CORE_DEFINE: node->u.define.value = own(rc, node->u.define.value); return node;
    case CORE_LET: return own_let(rc, node, after);
    case CORE_SEQ: return own_seq(rc, node, after);
    case CORE_IF: return own_if(rc, node, after);
    case CORE_CALL:
    case CORE_APPLY:
        own_operands(rc, node);
        node->u.call.callee = own(rc, node->u.call.callee);
        return node;
    case CORE_CLOSURE:
    case CORE_CALL_KNOWN: own_operands(rc, node); return node;
    case CORE_PRIM: return own_prim(rc, node, after);
    case CORE_TRY: return own_try(rc, node, after);
    default: return node; /* CONST, GLOBAL, FUNCTION */
    }
}

static void own_function(Rc *rc, CoreFunction *f)
{
    VarList drops = {0};
    for (int i = 0; i < f->capture_count; i++) bind(rc, f->captures[i]);
    for (int i = 0; i < f->param_count; i++) bind(rc, f->params[i]);
    CoreNode *body = own(rc, f->body);
    for (int i = 0; i < f->capture_count; i++) unbind(rc, f->captures[i], &drops);
    for (int i = 0; i < f->param_count; i++) unbind(rc, f->params[i], &drops);
    f->body = drop_before(rc, &drops, body);
    for (int i = 0; i < f->capture_count; i++) f->captures[i]->scratch = NULL;
    for (int i = 0; i < f->param_count; i++) f->params[i]->scratch = NULL;
    rc->trail.count = 0;
}

void pass_rc(Compiler *c, CoreProgram *p)
{
    (void)c;
    Rc rc = {.program = p};
    for (int i = 0; i < p->function_count; i++) own_function(&rc, p->functions[i]);
}
