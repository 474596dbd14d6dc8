/* Pass tail: which calls are the last thing their function does, and what follows for conventions.
 *
 * Requires STAGE_CLOSURES.  Ensures: node->tail on each call in tail position that must not take stack; self_tail_calls where
 * a function calls itself there (a loop); needs_tailcc where it makes any other tail call, or is the target of one that is
 * known: both ends of a guaranteed tail call must share the convention that can do it.  Bodies and handlers of TRY are in no
 * tail position, because the handler must stay while they run.  Nor is anything in a top-level form: it runs once, so its
 * frame costs nothing, and the functions it calls need not pay for the other convention.
 *
 * A chain of tail calls can only be long if it comes back to where it was.  So a call of a known function from which no
 * chain of tail calls leads back is left an ordinary call: it adds one frame, once, and both functions keep the fast
 * convention and results in their own representation.  A call of an unknown function may lead to any function that is used as
 * a value.  Cycles are found as strongly connected components of the graph of tail calls.
 *
 * Calls of functions that take over (pass borrow) are tail calls all the same.
 *
 * The pass may run again on Core that it has marked already (pass specialize).
 */
#include "cycles.h"
#include "passes.h"

typedef struct TailCall {
    CoreNode *node;
    int from, to; /* numbers of functions */
} TailCall;

typedef struct Tails {
    Arena *arena;
    Graph graph; /* of functions, and one vertex for unknown callees */
    CoreFunction *function; /* being marked */
    TailCall *calls; /* of known functions, not of themselves */
    int call_count, call_capacity;
} Tails;

/* ---- tail positions ---- */

static void mark(Tails *t, CoreNode *node, bool tail);

static void mark_operand(CoreNode **child, void *data) { mark(data, *child, false); }

static int number_of(const CoreFunction *f) { return (int)(intptr_t)f->scratch - 1; }

static void mark_call(Tails *t, CoreNode *node, bool tail)
{
    core_each_child(node, mark_operand, t);
    node->tail = tail;
    if (!tail) return;
    CoreFunction *f = t->function;
    if (node->kind != CORE_CALL_KNOWN) {
        f->needs_tailcc = true;
        graph_add_edge(&t->graph, number_of(f), t->graph.count - 1);
    } else if (node->u.call.function == f) {
        f->self_tail_calls = true;
    } else {
        TailCall call = {node, number_of(f), number_of(node->u.call.function)};
        ARENA_PUSH(t->arena, t->calls, t->call_count, t->call_capacity, call);
        graph_add_edge(&t->graph, call.from, call.to);
    }
}

static void mark(Tails *t, CoreNode *node, bool tail)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CALL:
    case CORE_APPLY:
    case CORE_CALL_KNOWN: mark_call(t, node, tail); break;
    case CORE_LET:
        mark(t, node->u.let.init, false);
        mark(t, node->u.let.body, tail);
        break;
    case CORE_SEQ:
        for (int i = 0; i < node->u.call.count; i++) mark(t, node->u.call.args[i], tail && i == node->u.call.count - 1);
        break;
    case CORE_IF:
        mark(t, node->u.branch.test, false);
        mark(t, node->u.branch.then, tail);
        mark(t, node->u.branch.otherwise, tail);
        break;
    default: core_each_child(node, mark_operand, t); break;
    }
}

/* ---- conventions ---- */

static void settle_calls(Tails *t, CoreProgram *p)
{
    int *sizes, *components = graph_components(&t->graph, &sizes);
    for (int i = 0; i < t->call_count; i++) {
        const TailCall *call = &t->calls[i];
        bool comes_back = components[call->from] == components[call->to];
        call->node->tail = comes_back || p->functions[call->to]->takes_over;
        if (!call->node->tail) continue;
        p->functions[call->from]->needs_tailcc = true;
        p->functions[call->to]->needs_tailcc = true;
    }
}

void tail_mark_calls(CoreProgram *p)
{
    Arena *arena = arena_new();
    int count = p->function_count, unknown = count;
    Tails t = {.arena = arena, .graph = graph_new(arena, count + 1)};
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        f->scratch = (void *)(intptr_t)(i + 1);
        f->self_tail_calls = f->needs_tailcc = false;
        if (f->needs_closure) graph_add_edge(&t.graph, unknown, i);
    }
    for (int i = 0; i < count; i++) {
        t.function = p->functions[i];
        mark(&t, t.function->body, !t.function->is_toplevel);
    }
    settle_calls(&t, p);
    for (int i = 0; i < count; i++) p->functions[i]->scratch = NULL;
    arena_free(arena);
}

static void forget_call(CoreNode **child, void *data)
{
    (*child)->tail = false;
    core_each_child(*child, forget_call, data);
}

void tail_forget_calls(CoreProgram *p)
{
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        f->self_tail_calls = f->needs_tailcc = false;
        forget_call(&f->body, NULL);
    }
}

void pass_tail(Compiler *c, CoreProgram *p)
{
    (void)c;
    tail_mark_calls(p);
}
