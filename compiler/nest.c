/* Pass nest (optional): a loop inside of a loop returns to it.
 *
 * Requires and ensures STAGE_RESOLVE.  Nested loops are mostly written so that the inner one ends with the next turn of the outer one:
 *
 *     (let outer ((i 0) (v v)) ... (let inner ((j 0) (v v)) (if (= j n) (outer (+ i 1) v) (inner (+ j 1) (f v i j)))))
 *
 * Two functions that call each other in tail position are no loops for the passes that follow, nor for LLVM, and need a slower
 * calling convention.  So the inner one gives back what its end tells the outer one:
 *
 *     (let result (let inner ((j 0) (v v)) (if (= j n) v (inner (+ j 1) (f v i j)))) (outer (+ i 1) result))
 *
 * That is possible when whatever the inner one ends with is such a call (or raises), and all operands of it but one are known
 * outside of the inner loop.  They are then evaluated behind that one: it is a variable, or the others cannot raise.
 * The inner call takes stack, but no more than one frame at a time.
 */
#include "passes.h"

typedef struct Nest {
    CoreProgram *program;
    Arena *arena;
    CoreFunction *outer, *inner;
    const CoreVar *inner_name; /* of the FIX */
    CoreNode ***exits; /* calls of the outer function at the end of the inner one */
    int exit_count, exit_capacity;
    bool fails;
} Nest;

static char inner_mark; /* scratch of variables that are bound in the inner function */

static void mark_bound(CoreVar *var, void *scratch) { var->scratch = scratch; }

static void mark_params(CoreFunction *f, void *scratch)
{
    for (int i = 0; i < f->param_count; i++) mark_bound(f->params[i], scratch);
}

static void mark_vars(CoreNode **child, void *scratch)
{
    CoreNode *node = *child;
    if (node->kind == CORE_LET) mark_bound(node->u.let.var, scratch);
    if (node->kind == CORE_TRY) mark_bound(node->u.try_.error, scratch);
    if (node->kind == CORE_LAMBDA) mark_params(node->u.function, scratch);
    for (int i = 0; node->kind == CORE_FIX && i < node->u.fix.count; i++) {
        mark_bound(node->u.fix.vars[i], scratch);
        mark_params(node->u.fix.functions[i], scratch);
    }
    core_each_part(node, mark_vars, scratch);
}

/* ---- what the inner loop does ------------------------------------------------------------------------------------ */

static void check_other(CoreNode **child, void *data);

static bool never_returns(const CoreNode *node)
{
    return node->kind == CORE_PRIM && prim_never_returns(node->u.call.primitive);
}

static void check_operands(Nest *n, CoreNode *call)
{
    for (int i = 0; i < call->u.call.count; i++) check_other(&call->u.call.args[i], n);
}

static void check_tail(Nest *n, CoreNode **slot)
{
    CoreNode *node = *slot;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET:
        check_other(&node->u.let.init, n);
        check_tail(n, &node->u.let.body);
        return;
    case CORE_IF:
        check_other(&node->u.branch.test, n);
        check_tail(n, &node->u.branch.then);
        check_tail(n, &node->u.branch.otherwise);
        return;
    case CORE_SEQ:
        for (int i = 0; i < node->u.call.count - 1; i++) check_other(&node->u.call.args[i], n);
        check_tail(n, &node->u.call.args[node->u.call.count - 1]);
        return;
    case CORE_FIX:
        for (int i = 0; i < node->u.fix.count; i++) check_other(&node->u.fix.functions[i]->body, n);
        check_tail(n, &node->u.fix.body);
        return;
    case CORE_CALL_KNOWN:
        check_operands(n, node);
        if (node->u.call.function == n->outer) ARENA_PUSH(n->arena, n->exits, n->exit_count, n->exit_capacity, slot);
        else if (node->u.call.function != n->inner) n->fails = true;
        return;
    default:
        if (!never_returns(node)) n->fails = true;
        check_other(slot, n);
    }
}

/* Where the two must not be called. */
static void check_other(CoreNode **child, void *data)
{
    Nest *n = data;
    const CoreNode *node = *child;
    bool calls = node->kind == CORE_CALL_KNOWN || node->kind == CORE_FUNCTION;
    const CoreFunction *f = node->kind == CORE_FUNCTION ? node->u.function : calls ? node->u.call.function : NULL;
    if (calls && (f == n->outer || f == n->inner)) n->fails = true;
    if (node->kind == CORE_LOCAL && node->u.local == n->inner_name) n->fails = true;
    core_each_part(*child, check_other, n);
}

/* ---- how it ends --------------------------------------------------------------------------------------------------- */

static bool is_outside_atom(const CoreNode *node)
{
    return node->kind == CORE_CONST || (node->kind == CORE_LOCAL && !node->u.local->scratch);
}

/* Something that can as well be evaluated behind the inner loop. */
static bool is_outside(const CoreNode *node)
{
    if (is_outside_atom(node)) return true;
    if (!core_is_prim(node, PRIM_add) && !core_is_prim(node, PRIM_sub)) return false;
    return is_outside_atom(node->u.call.args[0]) && is_outside_atom(node->u.call.args[1]);
}

static bool is_same(const CoreNode *a, const CoreNode *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind == CORE_LOCAL) return a->u.local == b->u.local;
    if (a->kind == CORE_CONST)
        return a->u.constant.tag == b->u.constant.tag && a->u.constant.data == b->u.constant.data;
    return a->u.call.primitive == b->u.call.primitive && is_same(a->u.call.args[0], b->u.call.args[0]) &&
           is_same(a->u.call.args[1], b->u.call.args[1]);
}

/* Is the variable compared as a number at the head of the outer loop?  Then it is one. */
static bool is_compared(const CoreFunction *outer, const CoreNode *atom)
{
    if (atom->kind == CORE_CONST) return core_is_int(atom);
    const CoreNode *test = outer->body->kind == CORE_IF ? outer->body->u.branch.test : NULL;
    bool is_relation =
        test && (core_is_prim(test, PRIM_num_eq) || core_is_prim(test, PRIM_lt) || core_is_prim(test, PRIM_lte) ||
                 core_is_prim(test, PRIM_gt) || core_is_prim(test, PRIM_gte));
    return is_relation &&
           (core_is_var(test->u.call.args[0], atom->u.local) || core_is_var(test->u.call.args[1], atom->u.local));
}

static bool cannot_raise(const Nest *n, const CoreNode *outside)
{
    return outside->kind != CORE_PRIM ||
           (is_compared(n->outer, outside->u.call.args[0]) && is_compared(n->outer, outside->u.call.args[1]));
}

/* The operand that only the inner loop knows, the same at all ends; -1: none; -2: there are several, or the others differ. */
static int find_result(const Nest *n)
{
    const CoreNode *first = *n->exits[0];
    int result = -1, count = first->u.call.count;
    bool is_atom = true, others_are_quiet = true;
    for (int e = 0; e < n->exit_count; e++) {
        const CoreNode *call = *n->exits[e];
        for (int i = 0; i < count; i++) {
            if (is_outside(call->u.call.args[i])) continue;
            if (result >= 0 && result != i) return -2;
            result = i;
        }
    }
    for (int e = 0; e < n->exit_count; e++) {
        const CoreNode *call = *n->exits[e];
        for (int i = 0; i < count; i++) {
            const CoreNode *arg = call->u.call.args[i];
            if (i == result) is_atom = is_atom && core_is_atom(arg);
            else if (!is_same(arg, first->u.call.args[i])) return -2;
            else others_are_quiet = others_are_quiet && cannot_raise(n, arg);
        }
    }
    return is_atom || others_are_quiet ? result : -2;
}

static CoreNode *outer_call(const Nest *n, CoreNode *fix, int result)
{
    CoreProgram *p = n->program;
    const CoreNode *first = *n->exits[0];
    int count = first->u.call.count;
    CoreVar *var = core_var(p, "result");
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = i == result ? core_local(p, first->place, var) : first->u.call.args[i];
    for (int e = 0; e < n->exit_count; e++) {
        CoreNode *call = *n->exits[e];
        *n->exits[e] = result >= 0 ? call->u.call.args[result] : core_const(p, call->place, rt_nil());
    }
    CoreNode *call = core_call_known(p, first->place, n->outer, count, args);
    if (result >= 0) return core_let(p, first->place, var, fix, call);
    CoreNode **both = arena_alloc(p->arena, 2 * sizeof *both);
    both[0] = fix;
    both[1] = call;
    return core_seq(p, first->place, 2, both);
}

/* ---- the walk ------------------------------------------------------------------------------------------------------ */

/* A FIX at the end of the function. */
static CoreNode *nest_fix(CoreProgram *p, CoreFunction *outer, CoreNode *fix)
{
    const CoreNode *body = fix->u.fix.body;
    if (fix->u.fix.count != 1 || body->kind != CORE_CALL_KNOWN) return fix;
    CoreFunction *inner = fix->u.fix.functions[0];
    if (body->u.call.function != inner || inner == outer) return fix;
    Nest n = {.program = p, .arena = arena_new(), .outer = outer, .inner = inner, .inner_name = fix->u.fix.vars[0]};
    check_operands(&n, fix->u.fix.body);
    check_tail(&n, &inner->body);
    if (!n.fails && n.exit_count > 0) {
        mark_params(inner, &inner_mark);
        mark_vars(&inner->body, &inner_mark);
        int result = find_result(&n);
        mark_params(inner, NULL);
        mark_vars(&inner->body, NULL);
        if (result > -2) fix = outer_call(&n, fix, result);
    }
    arena_free(n.arena);
    return fix;
}

static void nest_tail(CoreProgram *p, CoreFunction *f, CoreNode **slot)
{
    CoreNode *node = *slot;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: nest_tail(p, f, &node->u.let.body); return;
    case CORE_IF:
        nest_tail(p, f, &node->u.branch.then);
        nest_tail(p, f, &node->u.branch.otherwise);
        return;
    case CORE_SEQ: nest_tail(p, f, &node->u.call.args[node->u.call.count - 1]); return;
    case CORE_FIX: *slot = nest_fix(p, f, node); return;
    default: return;
    }
}

static void nest_function(CoreProgram *p, CoreFunction *f);

static void visit(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_LAMBDA) nest_function(data, node->u.function);
    for (int i = 0; node->kind == CORE_FIX && i < node->u.fix.count; i++) nest_function(data, node->u.fix.functions[i]);
    core_each_child(node, visit, data);
}

/* The innermost loops first: behind that, the loop around them calls itself. */
static void nest_function(CoreProgram *p, CoreFunction *f)
{
    visit(&f->body, p);
    nest_tail(p, f, &f->body);
}

void pass_nest(Compiler *c, CoreProgram *p)
{
    (void)c;
    for (int i = 0; i < p->toplevel_count; i++) nest_function(p, p->toplevel[i]);
}
