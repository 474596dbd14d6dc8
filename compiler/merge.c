/* Pass merge (optional): two turns of a loop that differ in little are one.
 *
 * Requires and ensures STAGE_TAIL.
 *
 *     (if t (loop (+ i 1) i x) (loop (+ i 1) at most))
 *     (let q t (loop (+ i 1) (if q i at) (if q x most)))
 *
 * Then the loop has one way back, and LLVM selects between two values where it would branch: no branch is mispredicted, and
 * the loop may use vector registers.  It makes no selection across two branches to the head of a loop, whose phis are many, and jump
 * threading takes each further apart.  Each operand is still evaluated in its branch and in its turn, so nothing else changes.
 *
 * Left alone are turns that differ in more than MOST_CHOICES operands, or in one that takes longer than a branch: a call, a read, a
 * change of a vector, which other passes look for as the operand of a turn.
 */
#include "passes.h"

enum { MOST_CHOICES = 3 };

typedef struct Merge {
    CoreProgram *program;
    CoreFunction *function;
} Merge;

static bool is_same(const CoreNode *a, const CoreNode *b)
{
    if (a->kind == CORE_CONST && b->kind == CORE_CONST)
        return a->u.constant.tag == b->u.constant.tag && a->u.constant.data == b->u.constant.data;
    if (core_is_local_or_const(a)) return core_is_same_atom(a, b);
    if (a->kind != CORE_PRIM || !core_is_prim(b, a->u.call.primitive) || a->u.call.count != b->u.call.count)
        return false;
    if (primitives[a->u.call.primitive].has_effect) return false;
    for (int i = 0; i < a->u.call.count; i++)
        if (!is_same(a->u.call.args[i], b->u.call.args[i])) return false;
    return true;
}

/* An atom, or one more or less than an atom, or one of two such by a variable.  With products, whose overflow is a branch of its own,
 * Collatz sequences take 1.5 times as long. */
static bool is_cheap(const CoreNode *node)
{
    if (core_is_local_or_const(node)) return true;
    if (node->kind == CORE_IF && core_is_local_or_const(node->u.branch.test))
        return node->u.branch.then->kind != CORE_IF && is_cheap(node->u.branch.then) &&
               node->u.branch.otherwise->kind != CORE_IF && is_cheap(node->u.branch.otherwise);
    return (core_is_prim(node, PRIM_add) || core_is_prim(node, PRIM_sub)) &&
           core_is_local_or_const(node->u.call.args[0]) && core_is_local_or_const(node->u.call.args[1]);
}

static bool is_turn(const Merge *m, const CoreNode *node)
{
    return node->kind == CORE_CALL_KNOWN && node->tail && node->u.call.function == m->function;
}

/* How many operands of the two turns differ; -1: they stay two. */
static int count_choices(const CoreNode *then, const CoreNode *otherwise)
{
    int choices = 0;
    for (int i = 0; i < then->u.call.count; i++) {
        const CoreNode *a = then->u.call.args[i], *b = otherwise->u.call.args[i];
        if (is_same(a, b)) continue;
        if (!is_cheap(a) || !is_cheap(b) || ++choices > MOST_CHOICES) return -1;
    }
    return choices;
}

/* t or nil: another value would have to be counted, and to live on. */
static CoreNode *truth_of(Merge *m, CoreNode *test)
{
    if (test->kind == CORE_PRIM && primitives[test->u.call.primitive].result == RESULT_BOOL) return test;
    CoreNode *yes = core_const(m->program, test->place, rt_true()), *no = core_const(m->program, test->place, rt_nil());
    return core_if(m->program, test->place, test, yes, no);
}

/* Gives the one turn.  The test stays in front of all operands. */
static CoreNode *merge(Merge *m, CoreNode *node)
{
    CoreNode *test = node->u.branch.test, *turn = node->u.branch.then, **others = node->u.branch.otherwise->u.call.args;
    CoreVar *truth = core_var(m->program, "test");
    for (int i = 0; i < turn->u.call.count; i++) {
        CoreNode **operand = &turn->u.call.args[i];
        if (is_same(*operand, others[i])) continue;
        *operand = core_if(m->program, node->place, core_local(m->program, test->place, truth), *operand, others[i]);
    }
    return core_let(m->program, node->place, truth, truth_of(m, test), turn);
}

static void visit(CoreNode **child, void *data)
{
    Merge *m = data;
    CoreNode *node = *child;
    core_each_child(node, visit, m);
    if (node->kind != CORE_IF || !is_turn(m, node->u.branch.then) || !is_turn(m, node->u.branch.otherwise)) return;
    if (count_choices(node->u.branch.then, node->u.branch.otherwise) > 0) *child = merge(m, node);
}

void pass_merge(Compiler *c, CoreProgram *p)
{
    (void)c;
    for (int i = 0; i < p->function_count; i++) {
        Merge m = {p, p->functions[i]};
        if (m.function->self_tail_calls) visit(&m.function->body, &m);
    }
}
