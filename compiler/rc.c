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
 * Parts.  A variable bound to the car, cdr or item of another one (its whole) needs no count while that one is alive:
 * it is borrowed from it.  Where the whole's life ends the parts that are still live are kept (DROP lists them): only
 * there, and only on the paths that need them, they get counts of their own; and when the whole was unique they just
 * move out of it.  Alive means used later, or part of something alive, or lent by the caller.
 *
 * Drops that must follow an operation are handed to the parent (`after`), which has the place for them: the body of
 * the LET, both branches of the IF, the next expression of the SEQ.  Only where the parent has none the result is
 * bound first.
 *
 * A late whole ends with the last use of its parts: a use of a part is one of it as well.
 *
 * TRY: when an error is raised in the body nobody can know which outer variables were consumed already.  So nothing
 * bound outside of a TRY is moved or dropped inside; if its last use was there, it is dropped after the TRY.
 */
#include "passes.h"
#include "rc_branches.h"
#include "rc_chains.h"
#include "rc_lists.h"
#include <stdlib.h>

enum { THEN, OTHERWISE };

typedef struct VarState { /* CoreVar.scratch while in scope; none for what needs no counting and what callers lend */
    bool live; /* used later */
    int try_depth; /* number of TRYs around the binding */
    int order; /* of binding */
    int branch_mark[2]; /* last IF that found it live at the start of that branch */
    int try_mark; /* last TRY that listed it */
    CoreVar *whole; /* what it is a part of, or NULL */
    CoreVar *parts, *next_part; /* of it, in scope */
} VarState;

typedef struct Drops { /* what is to happen at one point */
    VarList vars; /* to be dropped */
    VarList kept; /* parts that get counts first */
} Drops;

typedef struct TryScope {
    VarList used; /* variables bound outside that are used inside */
    int mark;
} TryScope;

typedef struct Rc {
    CoreProgram *program;
    VarList trail; /* variables that became live, latest last; some may have gone out of scope */
    TryScope *try_scope;
    int try_depth;
    int next_mark, next_order;
} Rc;

static CoreNode *own(Rc *rc, CoreNode *node);
static CoreNode *own_then(Rc *rc, CoreNode *node, Drops *after);

static void list_add(Rc *rc, VarList *list, CoreVar *var)
{
    ARENA_PUSH(rc->program->arena, list->items, list->count, list->capacity, var);
}

static void list_append(Rc *rc, VarList *list, const VarList *more)
{
    for (int i = 0; i < more->count; i++) list_add(rc, list, more->items[i]);
}

static VarState *state_of(const CoreVar *var) { return var->scratch; }

/* ---- scopes and liveness ------------------------------------------------------------------------------------- */

/* whole: what the variable is a part of, or NULL */
static void bind(Rc *rc, CoreVar *var, CoreVar *whole)
{
    VarState *state = arena_alloc(rc->program->arena, sizeof *state);
    state->try_depth = rc->try_depth;
    state->order = rc->next_order++;
    state->whole = whole;
    var->scratch = state;
    if (!whole) return;
    state->next_part = state_of(whole)->parts;
    state_of(whole)->parts = var;
}

/* Ends the scope of the variable; was it used?  Its entry in the trail is stale then. */
static bool unbind(CoreVar *var)
{
    VarState *state = state_of(var);
    if (state->whole) state_of(state->whole)->parts = state->next_part; /* scopes nest: it was bound last */
    var->scratch = NULL;
    return state->live;
}

/* A point on the walk: where it is now (mark -1), or the start of a branch of the IF with that mark. */
typedef struct Point {
    int branch, mark;
} Point;
static const Point here = {THEN, -1};

static bool is_live_at(const VarState *state, Point at)
{
    return state->live || state->branch_mark[at.branch] == at.mark;
}

/* Does somebody hold the value, so that it may be read without owning it? */
static bool is_alive_at(const Rc *rc, const CoreVar *var, Point at)
{
    for (; var; var = state_of(var)->whole) {
        const VarState *state = state_of(var);
        if (!state || state->try_depth < rc->try_depth || is_live_at(state, at)) return true;
    }
    return false;
}

/* The whole dies at this point: what is live of its parts from there on must be kept. */
static void keep_parts(Rc *rc, const CoreVar *whole, Point at, VarList *kept)
{
    for (CoreVar *part = state_of(whole)->parts; part; part = state_of(part)->next_part) {
        if (is_live_at(state_of(part), at)) list_add(rc, kept, part);
        else keep_parts(rc, part, at, kept);
    }
}

/* A whole that is to end with the last use of its parts, and of which the variable is one. */
static CoreVar *late_whole(const CoreVar *var)
{
    CoreVar *whole = state_of(var)->whole;
    while (whole && !whole->is_late) whole = state_of(whole)->whole;
    return whole;
}

/* Notes a use.  Gives what ends with it: the variable, or the late whole of which it was the last part, or NULL when the variable must
 * survive it, as it is used later or is not owned.  `kept` gets the parts of what ends that are used later. */
static CoreVar *end_with(Rc *rc, CoreVar *var, VarList *kept)
{
    VarState *state = state_of(var);
    if (!state) return NULL;
    if (state->try_depth < rc->try_depth) {
        if (state->try_mark != rc->try_scope->mark) list_add(rc, &rc->try_scope->used, var);
        state->try_mark = rc->try_scope->mark;
        return NULL;
    }
    if (state->live) return NULL;
    bool is_held = is_alive_at(rc, state->whole, here);
    CoreVar *late = is_held ? NULL : late_whole(var);
    CoreVar *ended = late ? late : var;
    if (!is_held) keep_parts(rc, ended, here, kept);
    state_of(ended)->live = true;
    list_add(rc, &rc->trail, ended);
    return is_held ? NULL : ended;
}

/* A use that does not consume: a drop follows it when it is the last one. */
static void borrow(Rc *rc, CoreNode *local, Drops *after)
{
    local->use = USE_BORROW;
    CoreVar *ended = end_with(rc, local->u.local, &after->kept);
    if (ended) list_add(rc, &after->vars, ended);
}

/* ---- drops --------------------------------------------------------------------------------------------------- */

static CoreNode *drop_before(Rc *rc, Drops *drops, CoreNode *body);

static CoreNode *drop_in_branch(Rc *rc, const Drops *drops, CoreNode *branch)
{
    Drops copy = {0};
    list_append(rc, &copy.vars, &drops->vars);
    list_append(rc, &copy.kept, &drops->kept);
    return drop_before(rc, &copy, branch);
}

/* The node after what is to happen before it.  A part that is only looked at, to find out which branch is taken, gets no count: then the
 * whole ends in the branches. */
static CoreNode *drop_before(Rc *rc, Drops *drops, CoreNode *body)
{
    if (!drops->vars.count && !drops->kept.count) return body;
    if (rc_pays_in_branches(body, drops->kept.items, drops->kept.count)) {
        body->u.branch.then = drop_in_branch(rc, drops, body->u.branch.then);
        body->u.branch.otherwise = drop_in_branch(rc, drops, body->u.branch.otherwise);
        return body;
    }
    if (body->kind == CORE_DROP) {
        list_append(rc, &drops->vars, &(VarList){body->u.drop.vars, body->u.drop.count, 0});
        list_append(rc, &drops->kept, &(VarList){body->u.drop.kept, body->u.drop.kept_count, 0});
        body = body->u.drop.body;
    }
    list_sort(&drops->vars);
    list_sort(&drops->kept);
    list_cancel(&drops->vars, &drops->kept);
    if (!drops->vars.count && !drops->kept.count) return body;
    CoreNode *node = core_drop(rc->program, body->place, drops->vars.count, drops->vars.items, body);
    node->u.drop.kept_count = drops->kept.count;
    node->u.drop.kept = drops->kept.items;
    return node;
}

/* (let r node (drop (...) r)) */
static CoreNode *drop_after(Rc *rc, CoreNode *node, Drops *after)
{
    CoreVar *result = core_var(rc->program, "r");
    result->is_unboxed = rc_is_never_counted(node);
    result->type = node->type;
    CoreNode *read = core_local(rc->program, node->place, result);
    read->use = result->is_unboxed ? USE_DUP : USE_MOVE;
    return core_let(rc->program, node->place, result, node, drop_before(rc, after, read));
}

/* An owned value with everything that must follow it inside. */
static CoreNode *own(Rc *rc, CoreNode *node)
{
    Drops after = {0};
    node = own_then(rc, node, &after);
    return after.vars.count == 0 && after.kept.count == 0 ? node : drop_after(rc, node, &after);
}

/* ---- shapes that make room for drops ------------------------------------------------------------------------- */

static void lend_globals(const Rc *rc, CoreNode *operation)
{
    for (int i = operation->u.call.count - 1; i >= 0; i--) {
        CoreNode *arg = operation->u.call.args[i];
        if (core_borrows(operation, i) && core_is_lent_global(rc->program, arg)) arg->use = USE_BORROW;
        else if (!rc_is_quiet(arg)) return;
    }
}

static bool is_ready(const CoreNode *arg) { return core_is_atom(arg) || arg->use == USE_BORROW; }

/* (prim P e ...) -> (let v e ... (prim P v ...)), and so for CALL_KNOWN, so that borrowed operands are atoms; the order
 * of evaluation stays. */
static CoreNode *bind_borrowed_operands(Rc *rc, CoreNode *operation)
{
    lend_globals(rc, operation);
    CoreNode **args = operation->u.call.args;
    int last = operation->u.call.count - 1;
    while (last >= 0 && (is_ready(args[last]) || !core_borrows(operation, last))) last--;
    CoreNode *result = operation;
    for (int i = last; i >= 0; i--) {
        if (is_ready(args[i])) continue;
        CoreVar *var = core_var(rc->program, "a");
        var->type = args[i]->type;
        result = core_let(rc->program, args[i]->place, var, args[i], result);
        args[i] = core_local(rc->program, args[i]->place, var);
        args[i]->type = var->type;
    }
    return result;
}

/* Takes the LETs out of `*child`, an operand that is evaluated first in node: (node (let x e b)) -> (let x e (node
 * b)). */
static CoreNode *float_let(Rc *rc, CoreNode *node, CoreNode **child)
{
    if ((*child)->kind == CORE_PRIM || (*child)->kind == CORE_CALL_KNOWN) *child = bind_borrowed_operands(rc, *child);
    if ((*child)->kind != CORE_LET) return node;
    CoreNode *let = *child;
    *child = let->u.let.body;
    let->u.let.body = node;
    let->type = node->type;
    return let;
}

/* ---- the walk ------------------------------------------------------------------------------------------------ */

/* From here on the node gives a part that is not counted. */
static void make_part(CoreNode *node)
{
    int row = prim_part_row(node->u.call.primitive);
    if (row != PRIM_NONE) node->u.call.primitive = row;
}

static void note_which_part(CoreVar *var, const CoreNode *init)
{
    int row = init->u.call.primitive;
    var->part = row == PRIM_part_car ? PART_CAR : row == PRIM_part_cdr ? PART_CDR : PART_OTHER;
    const CoreNode *index = row == PRIM_part_ref ? init->u.call.args[1] : NULL;
    if (!index || !core_is_int(index)) return;
    if (index->u.constant.data < 0 || index->u.constant.data >= PART_ITEMS_MAX) return;
    var->part = PART_ITEM;
    var->item = (uint8_t)index->u.constant.data;
}

/* The init of a LET whose variable is a part, and what must follow it. */
static CoreNode *own_part(Rc *rc, CoreVar *var, CoreNode *init, bool is_held, bool is_live, Drops *drops)
{
    CoreVar *whole = core_whole_of(init);
    if (is_held) make_part(init); /* held all the time by somebody else */
    init = own_then(rc, init, drops);
    bool is_taken = init->u.call.primitive == PRIM_take_car || init->u.call.primitive == PRIM_take_cdr;
    if (is_taken) { /* the whole's end: the part came out of it with a count */
        if (!is_live) list_add(rc, &drops->vars, var);
        return init;
    }
    make_part(init);
    var->is_borrowed = !var->is_unboxed;
    var->whole = whole;
    note_which_part(var, init);
    if (!is_held && is_live) list_add(rc, &drops->kept, var);
    return init;
}

static CoreNode *own_let(Rc *rc, CoreNode *node)
{
    CoreVar *var = node->u.let.var;
    CoreNode *init = node->u.let.init;
    CoreVar *whole = core_whole_of(init);
    bool is_of_global = core_gives_part(init) && core_is_lent_global(rc->program, init->u.call.args[0]) &&
                        (init->u.call.count == 1 || core_is_atom(init->u.call.args[1]));
    if (rc_is_never_counted(init)) var->is_unboxed = true;
    bool is_lent = !var->is_unboxed && core_is_lent_global(rc->program, init);
    bool is_counted = !var->is_unboxed && !is_of_global && !is_lent && !(whole && !state_of(whole));
    if (is_counted) bind(rc, var, whole);
    CoreNode *body = own(rc, node->u.let.body);
    bool is_live = is_counted && unbind(var);
    Drops drops = {0};
    if (whole || is_of_global) {
        bool is_held = !is_counted || is_alive_at(rc, whole, here);
        init = own_part(rc, var, init, is_held, is_live, &drops);
    } else if (is_lent) {
        var->is_borrowed = true;
        init->use = USE_BORROW;
    } else {
        if (is_counted && !is_live) list_add(rc, &drops.vars, var);
        init = own_then(rc, init, &drops);
    }
    node->u.let.init = init;
    node->u.let.body = drop_before(rc, &drops, body);
    return node;
}

static CoreNode *own_floated_let(Rc *rc, CoreNode *node, Drops *after)
{
    CoreNode *outer = float_let(rc, node, &node->u.let.init);
    return outer != node ? own_then(rc, outer, after) : own_let(rc, node);
}

static CoreNode *own_seq(Rc *rc, CoreNode *node, Drops *after)
{
    CoreNode **items = node->u.call.args;
    int last = node->u.call.count - 1;
    items[last] = own_then(rc, items[last], after);
    for (int i = last - 1; i >= 0; i--) {
        Drops drops = {0};
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

/* A variable that is live in only one branch ends at the start of the other one, if it is owned there. */
static void end_in_branch(Rc *rc, CoreVar *var, Point at, Drops *drops)
{
    const CoreVar *whole = state_of(var)->whole;
    Point other = {!at.branch, at.mark};
    if (is_live_at(state_of(var), at)) return;
    if (is_alive_at(rc, whole, at) || is_alive_at(rc, whole, other)) return; /* not owned before the IF */
    list_add(rc, &drops->vars, var);
    keep_parts(rc, var, at, &drops->kept);
}

/* The trail has the variables of `otherwise` in [first, second) and those of `then` from second on, none of them live.
 * Gives each branch the drops of what only the other one uses; afterwards all of them are live and stand there once. */
static void join_branches(Rc *rc, int first, int second, Drops drops[2])
{
    CoreVar **trail = rc->trail.items;
    int mark = ++rc->next_mark, kept = first;
    for (int i = first; i < rc->trail.count; i++) state_of(trail[i])->branch_mark[i < second ? OTHERWISE : THEN] = mark;
    for (int i = first; i < rc->trail.count; i++) {
        int other = i < second ? THEN : OTHERWISE;
        end_in_branch(rc, trail[i], (Point){other, mark}, &drops[other]);
    }
    for (int i = first; i < rc->trail.count; i++) {
        if (state_of(trail[i])->live) continue;
        state_of(trail[i])->live = true;
        trail[kept++] = trail[i];
    }
    rc->trail.count = kept;
}

static CoreNode *own_if(Rc *rc, CoreNode *node, Drops *after)
{
    CoreNode *outer = float_let(rc, node, &node->u.branch.test);
    if (outer != node) return own_then(rc, outer, after);
    int first = rc->trail.count;
    CoreNode *otherwise = own(rc, node->u.branch.otherwise);
    undo_trail(rc, first);
    int second = rc->trail.count;
    CoreNode *then = own(rc, node->u.branch.then);
    undo_trail(rc, second);
    Drops drops[2] = {{{0}, {0}}, {{0}, {0}}}, test_drops = {0};
    join_branches(rc, first, second, drops);

    CoreNode *test = node->u.branch.test;
    if (test->kind == CORE_LOCAL) borrow(rc, test, &test_drops);
    else node->u.branch.test = own_then(rc, test, &test_drops);
    for (int branch = THEN; branch <= OTHERWISE; branch++) {
        list_append(rc, &drops[branch].vars, &test_drops.vars);
        list_append(rc, &drops[branch].kept, &test_drops.kept);
    }
    node->u.branch.then = drop_before(rc, &drops[THEN], then);
    node->u.branch.otherwise = drop_before(rc, &drops[OTHERWISE], otherwise);
    return node;
}

static void own_operands(Rc *rc, CoreNode *node)
{
    for (int i = node->u.call.count - 1; i >= 0; i--) node->u.call.args[i] = own(rc, node->u.call.args[i]);
}

/* (car x) or (cdr x): where the life of x ends, the half moves out. */
static CoreNode *own_half(Rc *rc, CoreNode *node, Drops *after)
{
    CoreNode *operand = node->u.call.args[0];
    VarList kept = {0};
    operand->use = USE_BORROW;
    CoreVar *ended = end_with(rc, operand->u.local, &kept);
    if (!ended) return node;
    if (kept.count == 0 && ended == operand->u.local && !ended->is_late) {
        node->u.call.primitive = prim_take_row(node->u.call.primitive);
        operand->use = USE_MOVE;
        return node;
    }
    list_add(rc, &after->vars, ended);
    list_append(rc, &after->kept, &kept);
    return node;
}

/* PRIM and CALL_KNOWN.  Borrows happen when the operation runs, hence after all operands: they come first on this walk.
 */
static CoreNode *own_operation(Rc *rc, CoreNode *node, Drops *after)
{
    CoreNode *outer = bind_borrowed_operands(rc, node);
    if (outer != node) return own_then(rc, outer, after);
    CoreNode **args = node->u.call.args;
    bool is_half = node->kind == CORE_PRIM && prim_take_row(node->u.call.primitive) != PRIM_NONE;
    if (is_half && args[0]->kind == CORE_LOCAL) return own_half(rc, node, after);
    for (int i = node->u.call.count - 1; i >= 0; i--)
        if (core_borrows(node, i) && args[i]->kind == CORE_LOCAL) borrow(rc, args[i], after);
    for (int i = node->u.call.count - 1; i >= 0; i--)
        if (!core_borrows(node, i)) args[i] = own(rc, args[i]);
    return node;
}

/* Does somebody hold the value until the call is over?  In tail position only who lent it to this function does that. */
static bool can_be_lent(const Rc *rc, const CoreNode *call, const CoreNode *value)
{
    if (value->kind != CORE_LOCAL) return core_is_lent_global(rc->program, value);
    return !state_of(value->u.local) || (!call->tail && is_alive_at(rc, value->u.local, here));
}

static bool can_lend_all(const Rc *rc, const CoreNode *call)
{
    for (int i = 0; i < call->u.call.count; i++) {
        const CoreNode *arg = call->u.call.args[i];
        if (!rc_is_never_counted(arg) && !(arg->kind == CORE_LOCAL && can_be_lent(rc, call, arg))) return false;
    }
    return true;
}

/* Closures and arguments that are kept are lent. */
static CoreNode *own_call(Rc *rc, CoreNode *node, Drops *after)
{
    CoreNode *callee = node->u.call.callee, **args = node->u.call.args;
    bool is_lent = node->kind == CORE_CALL && can_be_lent(rc, node, callee);
    bool lends_all = is_lent && can_lend_all(rc, node);
    if (is_lent && callee->kind == CORE_LOCAL) borrow(rc, callee, after);
    for (int i = node->u.call.count - 1; i >= 0; i--)
        if (lends_all && args[i]->kind == CORE_LOCAL && !rc_is_never_counted(args[i])) borrow(rc, args[i], after);
        else args[i] = own(rc, args[i]);
    if (is_lent) callee->use = USE_BORROW;
    else node->u.call.callee = own(rc, callee);
    return node;
}

static int compare_orders(const void *a, const void *b)
{
    const VarState *x = state_of(*(CoreVar *const *)a), *y = state_of(*(CoreVar *const *)b);
    return (x->order > y->order) - (x->order < y->order);
}

static CoreNode *own_try(Rc *rc, CoreNode *node, Drops *after)
{
    TryScope scope = {.mark = ++rc->next_mark}, *outer = rc->try_scope;
    int trail_count = rc->trail.count;
    CoreVar *error = node->u.try_.error;
    Drops drops = {0};
    rc->try_scope = &scope;
    rc->try_depth++;
    bind(rc, error, NULL);
    CoreNode *handler = own(rc, node->u.try_.handler);
    if (!unbind(error)) list_add(rc, &drops.vars, error);
    node->u.try_.handler = drop_before(rc, &drops, handler);
    node->u.try_.body = own(rc, node->u.try_.body);
    rc->try_depth--;
    rc->try_scope = outer;
    rc->trail.count = trail_count; /* all that became live inside was also bound inside */
    /* Wholes before their parts, which are then known to be held. */
    if (scope.used.count) qsort(scope.used.items, (size_t)scope.used.count, sizeof *scope.used.items, compare_orders);
    for (int i = 0; i < scope.used.count; i++) {
        CoreVar *ended = end_with(rc, scope.used.items[i], &after->kept);
        if (ended) list_add(rc, &after->vars, ended);
    }
    return node;
}

static CoreNode *own_local(Rc *rc, CoreNode *node)
{
    Drops before = {0};
    CoreVar *ended = end_with(rc, node->u.local, &before.kept);
    bool is_part = ended && ended != node->u.local;
    node->use = ended && !is_part ? USE_MOVE : USE_DUP;
    if (is_part) { /* to take the whole apart hardly pays: it is late because others hold it as well */
        list_add(rc, &before.vars, ended);
        return drop_after(rc, node, &before);
    }
    return drop_before(rc, &before, node);
}

/* An owned value; the drops that must follow it are added to `after`. */
static CoreNode *own_then(Rc *rc, CoreNode *node, Drops *after)
{
    switch (node->kind) {
    case CORE_LOCAL: return own_local(rc, node);
    case CORE_DEFINE: node->u.define.value = own(rc, node->u.define.value); return node;
    case CORE_LET: return own_floated_let(rc, node, after);
    case CORE_SEQ: return own_seq(rc, node, after);
    case CORE_IF: return own_if(rc, node, after);
    case CORE_CALL:
    case CORE_APPLY: return own_call(rc, node, after);
    case CORE_CLOSURE: own_operands(rc, node); return node;
    case CORE_PRIM:
    case CORE_CALL_KNOWN: return own_operation(rc, node, after);
    case CORE_TRY: return own_try(rc, node, after);
    default: return node; /* CONST, GLOBAL, FUNCTION */
    }
}

static void own_function(Rc *rc, CoreFunction *f)
{
    Drops drops = {0};
    int count = core_param_count(f);
    for (int i = 0; i < count; i++)
        if (!core_param(f, i)->is_borrowed && !core_param(f, i)->is_unboxed) bind(rc, core_param(f, i), NULL);
    CoreNode *body = own(rc, f->body);
    for (int i = 0; i < count; i++) {
        CoreVar *param = core_param(f, i);
        if (state_of(param) && !unbind(param)) list_add(rc, &drops.vars, param);
    }
    f->body = drop_before(rc, &drops, body);
    rc_join_ends(rc->program, f);
    rc->trail.count = 0;
}

void pass_rc(Compiler *c, CoreProgram *p)
{
    (void)c;
    Rc rc = {.program = p};
    for (int i = 0; i < p->function_count; i++) own_function(&rc, p->functions[i]);
}
