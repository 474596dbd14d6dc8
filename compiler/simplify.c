/* Pass simplify (optional): what is plainly known is not computed.
 *
 * Requires and ensures STAGE_RESOLVE.  Immediate lambdas become LETs; LETs of constants, variables and functions are
 * substituted; unused values without effect go; tests that are constant or negated are decided or turned round;
 * nested sequences are flattened.  Nothing that could be observed changes: effects, errors and their order stay.
 *
 * One walk: what a variable is bound to is known when its scope is entered, how often it is used when it is left.  A
 * variable's scratch is the node it is bound to: a value to put in its place, or a LAMBDA, whose calls become known.
 * As each variable is bound once in the program, substitution needs no renaming.
 */
#include "known_calls.h"
#include "passes.h"

typedef struct Simplifier {
    KnownCalls known;
    CoreProgram *program;
    uint32_t var_limit; /* variables from here on were made by this pass; their LETs are not looked at again */
    uint32_t *var_uses; /* by variable id: LOCAL nodes */
    uint32_t *function_uses; /* by function id: CALL_KNOWN and FUNCTION nodes */
} Simplifier;

static CoreNode *simplify(Simplifier *s, CoreNode *node);

static void simplify_child(CoreNode **child, void *data) { *child = simplify(data, *child); }

static void count_use(Simplifier *s, const CoreVar *var, int change)
{
    if (var->id < s->var_limit) s->var_uses[var->id] += (uint32_t)change;
}

/* Values that may be computed any number of times, anywhere. */
static bool is_copyable(const Simplifier *s, const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
    case CORE_LOCAL:
    case CORE_FUNCTION: return true;
    case CORE_GLOBAL: return global_is_builtin(s->program, node->u.global);
    default: return false;
    }
}

static bool is_pure(const Simplifier *s, const CoreNode *node)
{
    return node->kind == CORE_LAMBDA || is_copyable(s, node);
}

static void forget(Simplifier *s, const CoreNode *pure)
{
    if (pure->kind == CORE_LOCAL) count_use(s, pure->u.local, -1);
    if (pure->kind == CORE_FUNCTION) s->function_uses[pure->u.function->id]--;
}

static CoreNode *simplify_local(Simplifier *s, CoreNode *node)
{
    const CoreNode *value = node->u.local->scratch;
    if (value && value->kind != CORE_LAMBDA) {
        const RtPlace *at = node->place;
        node = arena_alloc(s->program->arena, sizeof *node);
        *node = *value;
        node->place = at;
    }
    if (node->kind == CORE_LOCAL) count_use(s, node->u.local, 1);
    if (node->kind == CORE_FUNCTION) s->function_uses[node->u.function->id]++;
    return node;
}

/* ((lambda (x ...) body) e ...): the operands are evaluated in order, then the body; so do nested LETs. */
static CoreNode *let_of_lambda_call(Simplifier *s, CoreNode *call)
{
    CoreFunction *f = call->u.call.callee->u.function;
    if (!function_takes(f, call->u.call.count)) return NULL;
    CoreNode *known = known_function_call(&s->known, call, f); /* has the list for a rest parameter */
    CoreNode *result = f->body;
    for (int i = f->param_count - 1; i >= 0; i--)
        result = core_let(s->program, call->place, f->params[i], known->u.call.args[i], result);
    return result;
}

static CoreNode *simplify_call(Simplifier *s, CoreNode *node)
{
    CoreNode *callee = node->u.call.callee;
    if (callee->kind == CORE_LAMBDA) {
        CoreNode *let = let_of_lambda_call(s, node);
        if (let) return simplify(s, let);
    }
    core_each_child(node, simplify_child, s);
    callee = node->u.call.callee;
    if (callee->kind == CORE_GLOBAL && global_is_builtin(s->program, callee->u.global))
        return known_builtin_call(&s->known, node, callee->u.global->primitive);
    CoreFunction *function = NULL;
    if (callee->kind == CORE_FUNCTION) function = callee->u.function;
    if (callee->kind == CORE_LOCAL && callee->u.local->scratch) {
        const CoreNode *bound = callee->u.local->scratch;
        function = bound->u.function; /* a LAMBDA: other values were substituted */
    }
    if (!function || !function_takes(function, node->u.call.count)) return node;
    forget(s, callee);
    s->function_uses[function->id]++;
    return known_function_call(&s->known, node, function);
}

static CoreNode *simplify_let(Simplifier *s, CoreNode *node)
{
    CoreVar *var = node->u.let.var;
    CoreNode *init = simplify(s, node->u.let.init);
    bool is_substituted = is_copyable(s, init), is_lambda = init->kind == CORE_LAMBDA;
    var->scratch = is_substituted || is_lambda ? init : NULL;
    CoreNode *body = simplify(s, node->u.let.body);
    var->scratch = NULL;
    if (is_substituted) {
        forget(s, init);
        return body;
    }
    bool is_used = var->id >= s->var_limit || s->var_uses[var->id] > 0;
    if (is_lambda && !is_used && s->function_uses[init->u.function->id] == 0) return body;
    if (!is_lambda && !is_used) {
        CoreNode **nodes = arena_alloc(s->program->arena, 2 * sizeof *nodes);
        nodes[0] = init;
        nodes[1] = body;
        return core_seq(s->program, node->place, 2, nodes);
    }
    if (!is_lambda && body->kind == CORE_LOCAL && body->u.local == var) return init;
    node->u.let.init = init;
    node->u.let.body = body;
    return node;
}

static CoreNode *simplify_if(Simplifier *s, CoreNode *node)
{
    CoreNode *test = simplify(s, node->u.branch.test);
    CoreNode *then = node->u.branch.then, *otherwise = node->u.branch.otherwise;
    while (test->kind == CORE_PRIM && (test->u.call.primitive == PRIM_not || test->u.call.primitive == PRIM_is_nil)) {
        CoreNode *swapped = then;
        then = otherwise;
        otherwise = swapped;
        test = test->u.call.args[0];
    }
    if (test->kind != CORE_LOCAL && is_pure(s, test)) {
        forget(s, test);
        return simplify(s, test->kind == CORE_CONST && !rt_is_truthy(test->u.constant) ? otherwise : then);
    }
    node->u.branch.test = test;
    node->u.branch.then = simplify(s, then);
    node->u.branch.otherwise = simplify(s, otherwise);
    return node;
}

static CoreNode *simplify_seq(Simplifier *s, CoreNode *node)
{
    CoreNode **nodes = NULL;
    int count = 0, capacity = 0;
    for (int i = 0; i < node->u.call.count; i++) {
        CoreNode *child = simplify(s, node->u.call.args[i]);
        bool is_seq = child->kind == CORE_SEQ, is_last = i == node->u.call.count - 1;
        int parts = is_seq ? child->u.call.count : 1;
        for (int j = 0; j < parts; j++) {
            CoreNode *part = is_seq ? child->u.call.args[j] : child;
            if (is_pure(s, part) && !(is_last && j == parts - 1)) forget(s, part);
            else ARENA_PUSH(s->program->arena, nodes, count, capacity, part);
        }
    }
    return core_seq(s->program, node->place, count, nodes);
}

static void simplify_fix(Simplifier *s, CoreNode *node)
{
    int count = node->u.fix.count;
    for (int i = 0; i < count; i++)
        node->u.fix.vars[i]->scratch = core_lambda(s->program, node->place, node->u.fix.functions[i]);
    for (int i = 0; i < count; i++) simplify_child(&node->u.fix.functions[i]->body, s);
    node->u.fix.body = simplify(s, node->u.fix.body);
    for (int i = 0; i < count; i++) node->u.fix.vars[i]->scratch = NULL;
}

static CoreNode *simplify(Simplifier *s, CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL: return simplify_local(s, node);
    case CORE_CALL: return simplify_call(s, node);
    case CORE_LET: return simplify_let(s, node);
    case CORE_IF: return simplify_if(s, node);
    case CORE_SEQ: return simplify_seq(s, node);
    case CORE_FIX: simplify_fix(s, node); return node;
    case CORE_LAMBDA: simplify_child(&node->u.function->body, s); return node;
    case CORE_FUNCTION: s->function_uses[node->u.function->id]++; return node;
    case CORE_CALL_KNOWN:
        s->function_uses[node->u.call.function->id]++;
        core_each_child(node, simplify_child, s);
        return node;
    default: core_each_child(node, simplify_child, s); return node;
    }
}

void pass_simplify(Compiler *c, CoreProgram *p)
{
    Arena *counts = arena_new();
    Simplifier s = {.known = {.compiler = c, .program = p, .warn = false}, .program = p, .var_limit = p->next_var_id};
    s.var_uses = arena_alloc(counts, p->next_var_id * sizeof *s.var_uses);
    s.function_uses = arena_alloc(counts, p->next_function_id * sizeof *s.function_uses);
    for (int i = 0; i < p->toplevel_count; i++) simplify_child(&p->toplevel[i]->body, &s);
    arena_free(counts);
}
