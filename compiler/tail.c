/* Pass tail: which calls are the last thing their function does, and what follows for conventions.
 *
 * Requires STAGE_CLOSURES.  Ensures: node->tail on each call in tail position; self_tail_calls where a function calls
 * itself there (a loop); needs_tailcc where it makes any other tail call, or is the target of one that is known: both
 * ends of a guaranteed tail call must share the convention that can do it.  Bodies and handlers of TRY are in no tail
 * position, because the handler must stay while they run.  Nor is anything in a top-level form: it runs once, so its
 * frame costs nothing, and the functions it calls need not pay for the other convention.
 */
#include "passes.h"

typedef struct Marker {
    CoreFunction *function;
} Marker;

static void mark(Marker *m, CoreNode *node, bool tail);

static void mark_operand(CoreNode **child, void *data) { mark(data, *child, false); }

static void mark_call(Marker *m, CoreNode *node, bool tail)
{
    core_each_child(node, mark_operand, m);
    node->tail = tail;
    if (!tail) return;
    if (node->kind != CORE_CALL_KNOWN) {
        m->function->needs_tailcc = true;
    } else if (node->u.call.function == m->function) {
        m->function->self_tail_calls = true;
    } else {
        m->function->needs_tailcc = true;
        node->u.call.function->needs_tailcc = true;
    }
}

static void mark(Marker *m, CoreNode *node, bool tail)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CALL:
    case CORE_APPLY:
    case CORE_CALL_KNOWN: mark_call(m, node, tail); break;
    case CORE_LET:
        mark(m, node->u.let.init, false);
        mark(m, node->u.let.body, tail);
        break;
    case CORE_SEQ:
        for (int i = 0; i < node->u.call.count; i++) mark(m, node->u.call.args[i], tail && i == node->u.call.count - 1);
        break;
    case CORE_IF:
        mark(m, node->u.branch.test, false);
        mark(m, node->u.branch.then, tail);
        mark(m, node->u.branch.otherwise, tail);
        break;
    default: core_each_child(node, mark_operand, m); break;
    }
}

void pass_tail(Compiler *c, CoreProgram *p)
{
    (void)c;
    for (int i = 0; i < p->function_count; i++) {
        Marker m = {p->functions[i]};
        mark(&m, m.function->body, !m.function->is_toplevel);
    }
}
