/* Pass unfold (optional): small recursive functions inlined into themselves.
 *
 * Requires and ensures STAGE_TAIL.  LLVM never inlines a function into itself, so each level of a recursion pays for a
 * call, a frame and a test of the stack.  A small function that calls itself other than as a loop gets copies that call each
 * other in a ring,
 *
 *     f -> f.1 -> f.2 -> f
 *
 * of which all but f are inlined wherever they are called (CoreFunction.is_inlined): one frame then does the work of three
 * levels.  Three is what pays: the step from two gains as much again, a fourth copy hardly anything for twice the code.
 *
 * Left alone: generic copies (pass specialize), functions whose recursive call is an operand of cons (they can become
 * loops), and what is not small.
 */
#include "passes.h"

enum { COPIES = 2, SIZE_MAX_NODES = 60, CALLS_MAX = 4 };

typedef struct Measure {
    const CoreFunction *function;
    int size, calls; /* calls of itself that are no loop */
    bool builds; /* such a call is an operand of cons */
} Measure;

static bool calls(const CoreNode *node, const CoreFunction *f)
{
    return node->kind == CORE_CALL_KNOWN && node->u.call.function == f;
}

static void measure(CoreNode **child, void *data)
{
    Measure *m = data;
    const CoreNode *node = *child;
    m->size++;
    if (calls(node, m->function) && !node->tail) m->calls++;
    for (int i = 0; core_is_prim(node, PRIM_cons) && i < 2; i++)
        if (calls(node->u.call.args[i], m->function)) m->builds = true;
    core_each_child(*child, measure, m);
}

static bool is_worth_it(CoreFunction *f)
{
    if (f->is_toplevel || f->needs_tailcc || f->is_generic) return false;
    Measure m = {.function = f};
    measure(&f->body, &m);
    return m.calls > 0 && m.calls <= CALLS_MAX && m.size <= SIZE_MAX_NODES && !m.builds;
}

typedef struct Redirect {
    const CoreFunction *from;
    CoreFunction *to, *loop; /* loop: of tail calls */
} Redirect;

static void redirect(CoreNode **child, void *data)
{
    const Redirect *r = data;
    CoreNode *node = *child;
    if (calls(node, r->from)) node->u.call.function = node->tail ? r->loop : r->to;
    core_each_child(node, redirect, data);
}

static void unfold(CoreProgram *p, CoreFunction *f)
{
    CoreFunction *ring[COPIES + 1] = {f};
    for (int i = 1; i <= COPIES; i++) {
        ring[i] = core_copy_function(p, f);
        ring[i]->needs_closure = false;
        ring[i]->is_inlined = true;
        ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, ring[i]);
    }
    for (int i = 0; i <= COPIES; i++) {
        Redirect r = {f, ring[(i + 1) % (COPIES + 1)], ring[i]};
        redirect(&ring[i]->body, &r);
    }
}

void pass_unfold(Compiler *c, CoreProgram *p)
{
    (void)c;
    int count = p->function_count;
    for (int i = 0; i < count; i++)
        if (is_worth_it(p->functions[i])) unfold(p, p->functions[i]);
}
