/* Pass trmc (optional): tail recursion modulo cons.  (define (f ...) ... (cons e (f ...))) runs as a loop.
 *
 * Requires and ensures STAGE_CLOSURES.
 *
 * A function whose result may be (cons e (f ...)), where f can come back to it that way or by tail calls, gets a copy
 * with one more parameter: a `hole`, the cell whose cdr is to become the copy's result.  The copy puts a cell with e into
 * the hole, and goes on with a tail call of f's copy, whose hole is that cell; any other result fills the hole.  The
 * function itself makes the first cell, calls the copy, and gives back that cell:
 *
 *   (cons e (f x))         in f:          (let head (cons e nil) (seq (f' head x) head))
 *                          in f':         (let cell (extend hole e) (f' cell x))
 *   v                      in f':         (fill hole v)
 *
 * It holds through LET, SEQ, IF and several conses.  The order of evaluation stays: e comes before the call.  A hole
 * always contains nil, and what is made so far hangs on the head, which the first function owns: so an error drops the
 * partial list like any other value.  Cells with holes are seen by nobody else, so writing to them is no effect.
 *
 * What was a tail call of a function that cannot come back is none in the copy, where the hole waits for the result; it
 * was below a cons before, so no program needs more stack than it did.
 *
 * The alternative, reversing a list at the end, needs a second walk over it, and no operation on a partial list.
 */
#include "cycles.h"
#include "passes.h"
#include "remarks.h"

typedef struct Node { /* CoreFunction.scratch */
    CoreFunction *function, *copy;
    int index; /* in the program, and of its vertex */
    int component;
} Node;

typedef struct Trmc {
    CoreProgram *program;
    Arena *arena;
    Graph graph; /* of calls in tail position or below a cons there */
    Node *node; /* of the function being walked */
    bool *component_conses; /* by component: some call in it is below a cons */
} Trmc;

static Node *node_of(const CoreFunction *f) { return f->scratch; }

/* ---- results --------------------------------------------------------------------------------------------------- */

/* (let r (call-known ...) (cons atom r)) becomes (cons atom (call-known ...)): the atom does not mind when it is read. */
void trmc_put_call_into_cons(CoreNode *node)
{
    if (node->kind != CORE_LET || node->u.let.init->kind != CORE_CALL_KNOWN) return;
    CoreNode *cons = node->u.let.body;
    if (!core_is_prim(cons, PRIM_cons)) return;
    const CoreNode *first = cons->u.call.args[0], *second = cons->u.call.args[1];
    const CoreVar *result = node->u.let.var;
    if (!core_is_var(second, result) || core_is_var(first, result) || !core_is_atom(first)) return;
    cons->u.call.args[1] = node->u.let.init;
    *node = *cons;
}

/* Calls visit for each call of a known function that gives the node's value; `depth` conses are around it. */
static void each_result_call(Trmc *t, CoreNode *node, int depth, void (*visit)(Trmc *t, CoreNode *call, int depth))
{
    for (;;) {
        trmc_put_call_into_cons(node);
        switch ((enum CoreKind)node->kind) {
        case CORE_CALL_KNOWN: visit(t, node, depth); return;
        case CORE_LET: node = node->u.let.body; continue;
        case CORE_SEQ: node = node->u.call.args[node->u.call.count - 1]; continue;
        case CORE_IF:
            each_result_call(t, node->u.branch.then, depth, visit);
            node = node->u.branch.otherwise;
            continue;
        case CORE_PRIM:
            if (node->u.call.primitive != PRIM_cons) return;
            node = node->u.call.args[1];
            depth++;
            continue;
        default: return;
        }
    }
}

static void add_edge(Trmc *t, CoreNode *call, int depth)
{
    (void)depth;
    graph_add_edge(&t->graph, t->node->index, node_of(call->u.call.function)->index);
}

static void note_cons(Trmc *t, CoreNode *call, int depth)
{
    int component = node_of(call->u.call.function)->component;
    if (depth > 0 && component == t->node->component) t->component_conses[component] = true;
}

/* ---- functions that come back to each other ------------------------------------------------------------------- */

static bool makes_lists(const Trmc *t, const Node *node)
{
    return t->component_conses[node->component] && !node->function->is_toplevel;
}

static void visit_result_calls(Trmc *t, void (*visit)(Trmc *t, CoreNode *call, int depth))
{
    for (int i = 0; i < t->program->function_count; i++) {
        t->node = node_of(t->program->functions[i]);
        each_result_call(t, t->program->functions[i]->body, 0, visit);
    }
}

static void find_components(Trmc *t)
{
    CoreProgram *p = t->program;
    int count = p->function_count;
    for (int i = 0; i < count; i++) {
        Node *node = arena_alloc(t->arena, sizeof *node);
        *node = (Node){.function = p->functions[i], .index = i};
        p->functions[i]->scratch = node;
    }
    t->graph = graph_new(t->arena, count);
    visit_result_calls(t, add_edge);
    int *sizes, *components = graph_components(&t->graph, &sizes);
    for (int i = 0; i < count; i++) node_of(p->functions[i])->component = components[i];
    t->component_conses = arena_alloc(t->arena, ((size_t)count + 1) * sizeof(bool));
    visit_result_calls(t, note_cons);
}

/* ---- rewriting ------------------------------------------------------------------------------------------------- */

/* A call of a function whose copy can fill a hole here. */
static bool is_loop_call(const Trmc *t, const CoreNode *node)
{
    return node->kind == CORE_CALL_KNOWN && node_of(node->u.call.function) &&
           node_of(node->u.call.function)->component == t->node->component;
}

static bool ends_in_loop_call(const Trmc *t, CoreNode *node)
{
    for (;;) {
        switch ((enum CoreKind)node->kind) {
        case CORE_CALL_KNOWN: return is_loop_call(t, node);
        case CORE_LET: node = node->u.let.body; continue;
        case CORE_SEQ: node = node->u.call.args[node->u.call.count - 1]; continue;
        case CORE_IF:
            if (ends_in_loop_call(t, node->u.branch.then)) return true;
            node = node->u.branch.otherwise;
            continue;
        case CORE_PRIM:
            if (node->u.call.primitive != PRIM_cons) return false;
            node = node->u.call.args[1];
            continue;
        default: return false;
        }
    }
}

static CoreNode *prim2(Trmc *t, const RtPlace *at, int primitive, CoreNode *a, CoreNode *b)
{
    CoreNode **args = arena_alloc(t->program->arena, 2 * sizeof *args);
    args[0] = a;
    args[1] = b;
    return core_prim(t->program, at, primitive, 2, args);
}

static CoreNode *call_copy(Trmc *t, const CoreNode *call, CoreVar *hole)
{
    CoreFunction *copy = node_of(call->u.call.function)->copy;
    int count = call->u.call.count, captures = copy->capture_count;
    CoreNode **args = arena_alloc(t->program->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i < captures ? i : i + 1] = call->u.call.args[i];
    args[captures] = core_local(t->program, call->place, hole);
    return core_call_known(t->program, call->place, copy, count + 1, args);
}

/* The node with its value put into the hole. */
static CoreNode *into_hole(Trmc *t, CoreNode *node, CoreVar *hole)
{
    CoreProgram *p = t->program;
    const RtPlace *at = node->place;
    if (!ends_in_loop_call(t, node)) return prim2(t, at, PRIM_fill, core_local(p, at, hole), node);
    switch ((enum CoreKind)node->kind) {
    case CORE_CALL_KNOWN: return call_copy(t, node, hole);
    case CORE_LET: node->u.let.body = into_hole(t, node->u.let.body, hole); return node;
    case CORE_SEQ: {
        CoreNode **last = &node->u.call.args[node->u.call.count - 1];
        *last = into_hole(t, *last, hole);
        return node;
    }
    case CORE_IF:
        node->u.branch.then = into_hole(t, node->u.branch.then, hole);
        node->u.branch.otherwise = into_hole(t, node->u.branch.otherwise, hole);
        return node;
    default: { /* cons */
        CoreVar *cell = core_var(p, "cell");
        CoreNode *extend = prim2(t, at, PRIM_extend, core_local(p, at, hole), node->u.call.args[0]);
        return core_let(p, at, cell, extend, into_hole(t, node->u.call.args[1], cell));
    }
    }
}

/* (let head (cons e nil) (seq (what puts the rest into head) head)) */
static CoreNode *make_head(Trmc *t, CoreNode *cons)
{
    CoreProgram *p = t->program;
    const RtPlace *at = cons->place;
    CoreVar *head = core_var(p, "head");
    CoreNode *rest = cons->u.call.args[1];
    cons->u.call.args[1] = core_const(p, at, rt_nil());
    CoreNode **steps = arena_alloc(p->arena, 2 * sizeof *steps);
    steps[0] = into_hole(t, rest, head);
    steps[1] = core_local(p, at, head);
    return core_let(p, at, head, cons, core_seq(p, at, 2, steps));
}

/* The body of the function itself, where there is no hole yet. */
static CoreNode *start_lists(Trmc *t, CoreNode *node)
{
    if (!ends_in_loop_call(t, node)) return node;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: node->u.let.body = start_lists(t, node->u.let.body); return node;
    case CORE_SEQ: {
        CoreNode **last = &node->u.call.args[node->u.call.count - 1];
        *last = start_lists(t, *last);
        return node;
    }
    case CORE_IF:
        node->u.branch.then = start_lists(t, node->u.branch.then);
        node->u.branch.otherwise = start_lists(t, node->u.branch.otherwise);
        return node;
    case CORE_PRIM: return make_head(t, node);
    default: return node; /* a call, not below a cons */
    }
}

static CoreVar *add_hole(Trmc *t, CoreFunction *copy)
{
    CoreVar **params = arena_alloc(t->program->arena, ((size_t)copy->param_count + 1) * sizeof *params);
    params[0] = core_var(t->program, "hole");
    params[0]->is_hole = true;
    for (int i = 0; i < copy->param_count; i++) params[i + 1] = copy->params[i];
    copy->params = params;
    copy->param_count++;
    copy->has_rest = false; /* only entered by known calls */
    copy->needs_closure = false;
    return params[0];
}

static void rewrite(Trmc *t, CoreFunction *f)
{
    t->node = node_of(f);
    CoreFunction *copy = t->node->copy;
    copy->body = into_hole(t, copy->body, add_hole(t, copy));
    f->body = start_lists(t, f->body);
}

void pass_trmc(Compiler *c, CoreProgram *p)
{
    Trmc t = {.program = p, .arena = arena_new()};
    find_components(&t);
    int count = p->function_count;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        if (!makes_lists(&t, node_of(f))) continue;
        remark(c, NULL, f, REMARK_FAST, "the list is built from its front, in a loop");
        node_of(f)->copy = core_copy_function(p, f);
        ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, node_of(f)->copy);
    }
    for (int i = 0; i < count; i++)
        if (node_of(p->functions[i])->copy) rewrite(&t, p->functions[i]);
    for (int i = 0; i < count; i++) p->functions[i]->scratch = NULL;
    arena_free(t.arena);
}
