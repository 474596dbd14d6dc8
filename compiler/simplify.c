/* Pass simplify (optional): what is plainly known is not computed.
 *
 * Requires and ensures STAGE_RESOLVE.  Immediate lambdas become LETs; LETs of constants, variables and functions are
 * substituted, those inside other expressions float out; primitives on known operands are computed (fold.c); unused
 * values without effect go; tests whose outcome is known, also from a test of the same variable around them, are
 * decided; nested sequences are flattened.  Nothing that could be observed changes: effects, errors and their order
 * stay.
 *
 * One walk: what a variable is bound to is known when its scope is entered, how often it is used when it is left.  A
 * variable's scratch is the node it is bound to: a value to put in its place, a LAMBDA, whose calls become known, or a
 * PRIM cons or a small vector, whose parts are known: what only its parts are needed of is never made.  As each variable
 * is bound once in the program, substitution needs no renaming.  Local functions are simplified after the code that calls
 * them, and only if that is left.
 *
 * Nothing is simplified twice, so the pass is linear; what only then becomes simple is left to the next run.
 */
#include "simplify_internal.h"
#include "passes.h"

#include <stdlib.h>

enum {
    MAX_FLOAT = 32, /* bindings that leave an expression at a time */
    MAX_LIST_AS_PAIRS = 4
};

static CoreNode *simplify(Simplifier *s, CoreNode *node);

static void simplify_child(CoreNode **child, void *data) { *child = simplify(data, *child); }

/* First one expression, then the other. */
static CoreNode *in_sequence(Simplifier *s, CoreNode *first, CoreNode *then)
{
    if (simplify_is_discardable(s, first, 0)) {
        uses_forget(s, first);
        return then;
    }
    CoreNode **nodes = arena_alloc(s->program->arena, 2 * sizeof *nodes);
    nodes[0] = first;
    nodes[1] = then;
    return core_seq(s->program, first->place, 2, nodes);
}

/* ---- floating: bindings and effects that come before an expression's value, as a list of open LETs and SEQs ---- */

enum {
    FLOATED_LIMIT =
        MAX_FLOAT + 1 + (2 * MAX_LIST_AS_PAIRS > MAX_RECORD_FIELDS ? 2 * MAX_LIST_AS_PAIRS : MAX_RECORD_FIELDS)
};

typedef struct Floated {
    CoreNode *nodes[FLOATED_LIMIT];
    bool is_open[FLOATED_LIMIT]; /* a LET whose body is still to be set; else an effect, which may be a LET too */
    int count;
} Floated;

static void float_node(Floated *out, CoreNode *node, bool is_open)
{
    out->nodes[out->count] = node;
    out->is_open[out->count++] = is_open;
}

/* Takes apart the simplified expression; what remains is its value. */
static CoreNode *float_out(CoreNode *node, Floated *out)
{
    while (out->count < MAX_FLOAT) {
        if (node->kind == CORE_LET) {
            float_node(out, node, true);
            node = node->u.let.body;
        } else if (node->kind == CORE_SEQ && node->u.call.count == 2) {
            float_node(out, node->u.call.args[0], false);
            node = node->u.call.args[1];
        } else {
            break;
        }
    }
    return node;
}

static CoreNode *put_back(Simplifier *s, const Floated *floated, CoreNode *node)
{
    for (int i = floated->count - 1; i >= 0; i--) {
        CoreNode *outer = floated->nodes[i];
        if (!floated->is_open[i]) {
            node = in_sequence(s, outer, node);
        } else if (*uses_of_var(s, outer->u.let.var) == 0 && outer->u.let.init->kind != CORE_LAMBDA) {
            node = in_sequence(s, outer->u.let.init, node);
        } else {
            outer->u.let.body = node;
            node = outer;
        }
    }
    return node;
}

static CoreNode *float_let(Simplifier *s, Floated *out, CoreNode *init)
{
    CoreVar *var = core_var(s->program, "part");
    float_node(out, core_let(s->program, init->place, var, init, NULL), true);
    *uses_of_var(s, var) += 1;
    return core_local(s->program, init->place, var);
}

/* Operands of a new pair or record, by name, so that they can be used in place of its parts. */
static void name_operands(Simplifier *s, Floated *out, CoreNode *prim)
{
    int last = prim->u.call.count - 1;
    while (last >= 0 && simplify_is_copyable(s, prim->u.call.args[last])) last--;
    for (int i = 0; i <= last; i++)
        if (!simplify_is_copyable(s, prim->u.call.args[i]))
            prim->u.call.args[i] = float_let(s, out, prim->u.call.args[i]);
}

/* A short list as pairs, each with a name but the first. */
static CoreNode *list_as_pairs(Simplifier *s, Floated *out, const CoreNode *list)
{
    CoreProgram *p = s->program;
    CoreNode *rest = core_const(p, list->place, rt_nil());
    for (int i = list->u.call.count - 1; i >= 0; i--) {
        CoreNode **halves = arena_alloc(p->arena, 2 * sizeof *halves);
        halves[0] = list->u.call.args[i];
        halves[1] = rest;
        rest = core_prim(p, list->place, PRIM_cons, 2, halves);
        if (i > 0) {
            CoreNode *pair = rest;
            rest = float_let(s, out, pair);
            rest->u.local->scratch = pair; /* known until the LET around it ends */
        }
    }
    return rest;
}

/* ---- variables and calls --------------------------------------------------------------------------------------- */

static CoreNode *simplify_local(Simplifier *s, CoreNode *node)
{
    const CoreNode *value = node->u.local->scratch;
    if (value && simplify_is_copyable(s, value)) node = simplify_copy(s, value, node->place);
    uses_add_node(s, node, 1);
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

/* A builtin's call; the variables that hold its operands are new. */
static CoreNode *builtin_call(Simplifier *s, CoreNode *call, int primitive)
{
    CoreNode *result = known_builtin_call(&s->known, call, primitive);
    for (const CoreNode *let = result; let->kind == CORE_LET; let = let->u.let.body) ++*uses_of_var(s, let->u.let.var);
    return result;
}

/* The call of simplified parts. */
static CoreNode *build_call(Simplifier *s, CoreNode *node)
{
    Floated floated = {.count = 0};
    CoreNode *callee = float_out(node->u.call.callee, &floated);
    node->u.call.callee = callee;
    if (callee->kind == CORE_LAMBDA) { /* simplified already: the next run goes on */
        CoreNode *let = let_of_lambda_call(s, node);
        if (let) return put_back(s, &floated, let);
    }
    if (callee->kind == CORE_GLOBAL && global_is_builtin(s->program, callee->u.global))
        return put_back(s, &floated, builtin_call(s, node, callee->u.global->primitive));
    CoreFunction *function = NULL;
    if (callee->kind == CORE_FUNCTION) function = callee->u.function;
    if (callee->kind == CORE_LOCAL && callee->u.local->scratch) {
        const CoreNode *bound = callee->u.local->scratch;
        if (bound->kind == CORE_LAMBDA) function = bound->u.function;
    }
    if (!function || !function_takes(function, node->u.call.count)) return put_back(s, &floated, node);
    uses_add_node(s, callee, -1);
    ++*uses_of_function(s, function);
    return put_back(s, &floated, known_function_call(&s->known, node, function));
}

static CoreNode *simplify_call(Simplifier *s, CoreNode *node)
{
    CoreNode *callee = node->u.call.callee;
    if (callee->kind == CORE_LAMBDA) {
        CoreNode *let = let_of_lambda_call(s, node);
        if (let) return simplify(s, let);
    }
    core_each_child(node, simplify_child, s);
    return build_call(s, node);
}

/* Elements of a list that is made for the call, or was just made, are operands. */
static CoreNode *simplify_apply(Simplifier *s, CoreNode *node)
{
    core_each_child(node, simplify_child, s);
    int fixed = node->u.call.count - 1;
    CoreNode *list = node->u.call.args[fixed];
    if (core_is_prim(list, PRIM_list)) {
        int count = list->u.call.count;
        CoreNode **all = arena_alloc(s->program->arena, (size_t)(fixed + count + 1) * sizeof *all);
        for (int i = 0; i < fixed + count; i++)
            all[i] = i < fixed ? node->u.call.args[i] : list->u.call.args[i - fixed];
        return build_call(s, core_call(s->program, node->place, node->u.call.callee, fixed + count, all));
    }
    int length = fold_list_length(list);
    if (length < 0) return node;
    CoreNode **args = arena_alloc(s->program->arena, (size_t)(fixed + length + 1) * sizeof *args);
    for (int i = 0; i < fixed; i++) args[i] = node->u.call.args[i];
    const CoreNode *rest = list;
    for (int i = 0; i < length; i++) {
        CoreNode *const *halves = fold_pair(rest)->u.call.args;
        args[fixed + i] = simplify_copy_counted(s, halves[0]);
        rest = halves[1];
    }
    uses_forget(s, list);
    return build_call(s, core_call(s->program, node->place, node->u.call.callee, fixed + length, args));
}

/* (car (cons a b)), (vector_ref (vector a b) 0): all are evaluated, one is the value. */
static CoreNode *part_of_new(Simplifier *s, const CoreNode *node)
{
    Floated floated = {.count = 0};
    CoreNode *whole = float_out(node->u.call.args[0], &floated);
    bool is_pair = core_is_prim(whole, PRIM_cons);
    int primitive = node->u.call.primitive, part = -1;
    if (primitive == PRIM_vector_ref && fold_is_record(whole)) part = fold_field(whole, node->u.call.args[1]);
    if (primitive == PRIM_car && is_pair) part = 0;
    if (primitive == PRIM_cdr && is_pair) part = 1;
    if (part < 0) return NULL;
    name_operands(s, &floated, whole);
    CoreNode *value = simplify_copy_counted(s, whole->u.call.args[part]);
    uses_forget(s, whole);
    return put_back(s, &floated, value);
}

/* A changed field of a record that was just made: a new record.  Nobody needs the old one, or it is copied anyway. */
static CoreNode *changed_record(Simplifier *s, const CoreNode *node)
{
    Floated floated = {.count = 0};
    CoreNode *const *args = node->u.call.args;
    CoreNode *whole = float_out(args[0], &floated);
    bool is_new = fold_is_record(whole);
    const CoreNode *record = is_new ? whole : fold_record(whole);
    int field = record ? fold_field(record, args[1]) : -1;
    if (field < 0) return NULL;
    if (is_new) name_operands(s, &floated, whole);
    int count = record->u.call.count;
    CoreNode **fields = arena_alloc(s->program->arena, (size_t)count * sizeof *fields);
    for (int i = 0; i < count; i++) fields[i] = i == field ? args[2] : simplify_copy_counted(s, record->u.call.args[i]);
    uses_forget(s, whole);
    return put_back(s, &floated, core_prim(s->program, node->place, PRIM_vector, count, fields));
}

/* A range that is made into a vector at once is never a list. */
static bool is_vector_of_range(const CoreNode *node)
{
    return core_is_prim(node, PRIM_list_to_vector) && core_is_prim(node->u.call.args[0], PRIM_range);
}

static CoreNode *simplify_prim(Simplifier *s, CoreNode *node)
{
    core_each_child(node, simplify_child, s);
    int primitive = node->u.call.primitive;
    if (is_vector_of_range(node)) {
        CoreNode *range = node->u.call.args[0];
        range->u.call.primitive = PRIM_range_vector;
        return range;
    }
    CoreNode *better = NULL;
    if (primitive == PRIM_car || primitive == PRIM_cdr || primitive == PRIM_vector_ref) better = part_of_new(s, node);
    if (primitive == PRIM_vector_set) better = changed_record(s, node);
    if (better) return better;
    for (int i = 0; i < node->u.call.count; i++)
        if (!simplify_is_copyable(s, node->u.call.args[i])) return node;
    CoreNode *value = fold_prim(s->program, node);
    if (!value) return node;
    uses_add_node(s, value, 1);
    uses_forget(s, node);
    return value;
}

/* ---- bindings -------------------------------------------------------------------------------------------------- */

static CoreNode *simplify_let_of_lambda(Simplifier *s, CoreNode *node)
{
    CoreVar *var = node->u.let.var;
    CoreFunction *f = node->u.let.init->u.function;
    var->scratch = node->u.let.init;
    CoreNode *body = simplify(s, node->u.let.body);
    var->scratch = NULL;
    if (*uses_of_var(s, var) == 0 && *uses_of_function(s, f) == 0) return body;
    node->u.let.init = simplify(s, node->u.let.init);
    node->u.let.body = body;
    return node;
}

static CoreNode *build_if(Simplifier *s, const RtPlace *at, CoreNode *test, CoreNode *then, CoreNode *otherwise);

/* The LET of a simplified value, with its simplified body. */
static CoreNode *build_let(Simplifier *s, CoreNode *node, CoreNode *init, CoreNode *body)
{
    CoreVar *var = node->u.let.var;
    if (*uses_of_var(s, var) == 0) return in_sequence(s, init, body);
    if (core_is_var(body, var)) return init;
    if (body->kind == CORE_IF && *uses_of_var(s, var) == 1) {
        const CoreNode *test = body->u.branch.test;
        if (core_is_var(test, var))
            return build_if(s, body->place, init, body->u.branch.then, body->u.branch.otherwise);
    }
    node->u.let.init = init;
    node->u.let.body = body;
    return node;
}

static CoreNode *simplify_let(Simplifier *s, CoreNode *node)
{
    if (node->u.let.init->kind == CORE_LAMBDA) return simplify_let_of_lambda(s, node);
    CoreVar *var = node->u.let.var;
    Floated floated = {.count = 0};
    CoreNode *init = float_out(simplify(s, node->u.let.init), &floated);
    int inner = floated.count;
    bool is_list = core_is_prim(init, PRIM_list) && init->u.call.count > 0 && init->u.call.count <= MAX_LIST_AS_PAIRS;
    bool is_pair = core_is_prim(init, PRIM_cons) || fold_is_record(init);
    if (is_list || is_pair) name_operands(s, &floated, init);
    if (is_list) init = list_as_pairs(s, &floated, init);
    bool is_copied = simplify_is_copyable(s, init);
    var->scratch = is_copied || is_list || is_pair || init->kind == CORE_LAMBDA ? init : NULL;
    CoreNode *body = simplify(s, node->u.let.body);
    var->scratch = NULL;
    for (int i = inner; i < floated.count; i++) floated.nodes[i]->u.let.var->scratch = NULL;
    if (is_copied) {
        uses_forget(s, init);
        return put_back(s, &floated, body);
    }
    if (init->kind == CORE_LAMBDA && *uses_of_function(s, init->u.function) > 0) {
        node->u.let.init = init;
        node->u.let.body = body;
        return put_back(s, &floated, node);
    }
    return put_back(s, &floated, build_let(s, node, init, body));
}

/* Functions are looked at when something that is left mentions them. */
static CoreNode *simplify_fix(Simplifier *s, CoreNode *node)
{
    int count = node->u.fix.count, kept = 0;
    CoreFunction **functions = node->u.fix.functions;
    CoreVar **vars = node->u.fix.vars;
    bool *done = calloc((size_t)count, sizeof *done);
    if (!done) rt_out_of_memory();
    for (int i = 0; i < count; i++) vars[i]->scratch = core_lambda(s->program, node->place, functions[i]);
    node->u.fix.body = simplify(s, node->u.fix.body);
    for (bool found = true; found;) {
        found = false;
        for (int i = 0; i < count; i++) {
            if (done[i] || (*uses_of_var(s, vars[i]) == 0 && *uses_of_function(s, functions[i]) == 0)) continue;
            done[i] = found = true;
            simplify_child(&functions[i]->body, s);
        }
    }
    for (int i = 0; i < count; i++) vars[i]->scratch = NULL;
    for (int i = 0; i < count; i++) {
        if (!done[i]) continue;
        functions[kept] = functions[i];
        vars[kept++] = vars[i];
    }
    free(done);
    node->u.fix.count = kept;
    return kept ? node : node->u.fix.body;
}

/* ---- tests ----------------------------------------------------------------------------------------------------- */

static enum Truth truth_of(Simplifier *s, const CoreNode *node)
{
    if (node->kind == CORE_LOCAL && *uses_count(&s->is_true, node->u.local->id)) return TRUTH_TRUE;
    return fold_truth(s->program, node);
}

static bool is_constant(const CoreNode *node, RtValue value)
{
    return node->kind == CORE_CONST && node->u.constant.tag == value.tag && node->u.constant.data == value.data;
}

/* (if (not e) a b) is (if e b a). */
static CoreNode *peel_not(CoreNode *test, bool *is_swapped)
{
    while (core_is_prim(test, PRIM_not) || core_is_prim(test, PRIM_is_nil)) {
        *is_swapped = !*is_swapped;
        test = test->u.call.args[0];
    }
    return test;
}

/* (if (if a b c) x y) where it is known what b and c do, or what they lead to can be written twice. */
static CoreNode *build_if_of_if(Simplifier *s, const RtPlace *at, CoreNode *test, CoreNode *then, CoreNode *otherwise)
{
    CoreNode *a = test->u.branch.test, *b = test->u.branch.then, *c = test->u.branch.otherwise;
    enum Truth tb = truth_of(s, b), tc = truth_of(s, c);
    bool drops_b = tb != TRUTH_UNKNOWN && simplify_is_discardable(s, b, 0);
    bool drops_c = tc != TRUTH_UNKNOWN && simplify_is_discardable(s, c, 0);
    if (drops_b && drops_c && tb != tc) {
        uses_forget(s, b);
        uses_forget(s, c);
        return tb == TRUTH_TRUE ? build_if(s, at, a, then, otherwise) : build_if(s, at, a, otherwise, then);
    }
    if (drops_c && simplify_is_copyable(s, tc == TRUTH_TRUE ? then : otherwise)) {
        CoreNode *twice = simplify_copy_counted(s, tc == TRUTH_TRUE ? then : otherwise);
        uses_forget(s, c);
        return build_if(s, at, a, core_if(s->program, at, b, then, otherwise), twice);
    }
    if (drops_b && simplify_is_copyable(s, tb == TRUTH_TRUE ? then : otherwise)) {
        CoreNode *twice = simplify_copy_counted(s, tb == TRUTH_TRUE ? then : otherwise);
        uses_forget(s, b);
        return build_if(s, at, a, twice, core_if(s->program, at, c, then, otherwise));
    }
    return NULL;
}

/* The IF of simplified parts. */
static CoreNode *build_if(Simplifier *s, const RtPlace *at, CoreNode *test, CoreNode *then, CoreNode *otherwise)
{
    bool is_swapped = false;
    test = peel_not(test, &is_swapped);
    if (is_swapped) {
        CoreNode *swapped = then;
        then = otherwise;
        otherwise = swapped;
    }
    if (test->kind == CORE_IF) {
        CoreNode *better = build_if_of_if(s, at, test, then, otherwise);
        if (better) return better;
    }
    bool is_bool = test->kind == CORE_PRIM && primitives[test->u.call.primitive].result == RESULT_BOOL;
    if (is_bool && is_constant(then, rt_from_bool(true)) && is_constant(otherwise, rt_nil())) return test;
    return core_if(s->program, at, test, then, otherwise);
}

/* A branch, in which the tested variable is known. */
static CoreNode *simplify_branch(Simplifier *s, CoreNode *branch, const CoreNode *test, bool is_true)
{
    if (test->kind != CORE_LOCAL) return simplify(s, branch);
    CoreVar *var = test->u.local;
    void *scratch = var->scratch;
    uint32_t known = *uses_count(&s->is_true, var->id);
    if (is_true) *uses_count(&s->is_true, var->id) = 1;
    else if (!scratch) var->scratch = core_const(s->program, test->place, rt_nil());
    branch = simplify(s, branch);
    var->scratch = scratch;
    *uses_count(&s->is_true, var->id) = known;
    return branch;
}

static CoreNode *simplify_if(Simplifier *s, CoreNode *node)
{
    Floated floated = {.count = 0};
    bool is_swapped = false;
    CoreNode *test = peel_not(float_out(simplify(s, node->u.branch.test), &floated), &is_swapped);
    CoreNode *then = is_swapped ? node->u.branch.otherwise : node->u.branch.then;
    CoreNode *otherwise = is_swapped ? node->u.branch.then : node->u.branch.otherwise;
    enum Truth truth = truth_of(s, test);
    if (truth != TRUTH_UNKNOWN) {
        CoreNode *chosen = simplify(s, truth == TRUTH_TRUE ? then : otherwise);
        return put_back(s, &floated, in_sequence(s, test, chosen));
    }
    then = simplify_branch(s, then, test, true);
    otherwise = simplify_branch(s, otherwise, test, false);
    return put_back(s, &floated, build_if(s, node->place, test, then, otherwise));
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
            bool is_value = is_last && j == parts - 1;
            if (!is_value && simplify_is_discardable(s, part, 0)) uses_forget(s, part);
            else ARENA_PUSH(s->program->arena, nodes, count, capacity, part);
        }
    }
    return core_seq(s->program, node->place, count, nodes);
}

static CoreNode *simplify(Simplifier *s, CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL: return simplify_local(s, node);
    case CORE_CALL: return simplify_call(s, node);
    case CORE_APPLY: return simplify_apply(s, node);
    case CORE_PRIM: return simplify_prim(s, node);
    case CORE_LET: return simplify_let(s, node);
    case CORE_IF: return simplify_if(s, node);
    case CORE_SEQ: return simplify_seq(s, node);
    case CORE_FIX: return simplify_fix(s, node);
    case CORE_LAMBDA: simplify_child(&node->u.function->body, s); return node;
    default:
        uses_add_node(s, node, 1);
        core_each_child(node, simplify_child, s);
        return node;
    }
}

void pass_simplify(Compiler *c, CoreProgram *p)
{
    Simplifier s = {.known = {.compiler = c, .program = p, .warn = false}, .program = p};
    for (int i = 0; i < p->toplevel_count; i++) simplify_child(&p->toplevel[i]->body, &s);
    free(s.var_uses.items);
    free(s.function_uses.items);
    free(s.is_true.items);
}
