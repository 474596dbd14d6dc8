/* Prepares a program for the interpreter: frame slots, extents, and a code descriptor and closure for each
 * function.
 *
 * Locals get the slots after captures and parameters by depth of scope, so variables whose scopes do not overlap
 * share a slot.  temp_count is the greatest number of operands that can wait at one time; together they bound the
 * function's extent on the value stack, so that one check at entry covers the whole body.
 */
#include "interp.h"

typedef struct Layout {
    CoreFunction *function;
    int slots; /* in use at this point of the walk */
} Layout;

static int walk(Layout *layout, CoreNode *node);

static int max_int(int a, int b) { return a > b ? a : b; }

static void assign_slot(Layout *layout, CoreVar *var)
{
    var->slot = layout->slots++;
    layout->function->slot_count = max_int(layout->function->slot_count, layout->slots);
}

/* Operands evaluated from left to right into consecutive slots, `below` of them are taken already. */
static int walk_operands(Layout *layout, CoreNode *node, int below)
{
    int temps = below + node->u.call.count;
    for (int i = 0; i < node->u.call.count; i++) temps = max_int(temps, below + i + walk(layout, node->u.call.args[i]));
    return temps;
}

static int walk_seq(Layout *layout, CoreNode *node)
{
    int temps = 0;
    for (int i = 0; i < node->u.call.count; i++) temps = max_int(temps, walk(layout, node->u.call.args[i]));
    return temps;
}

static int walk_let(Layout *layout, CoreNode *node)
{
    int temps = walk(layout, node->u.let.init);
    assign_slot(layout, node->u.let.var);
    temps = max_int(temps, walk(layout, node->u.let.body));
    layout->slots--;
    return temps;
}

/* The error has the first slot of what is bound inside, also while the body runs: from there on a catch drops. */
static int walk_try(Layout *layout, CoreNode *node)
{
    node->u.try_.within = layout->function;
    assign_slot(layout, node->u.try_.error);
    int temps = walk(layout, node->u.try_.body);
    temps = max_int(temps, walk(layout, node->u.try_.handler));
    layout->slots--;
    return temps;
}

/* Assigns the slots of all variables bound in the node; gives the number of temporaries its evaluation needs. */
static int walk(Layout *layout, CoreNode *node)
{
    switch (node->kind) {
    case CORE_DEFINE: return walk(layout, node->u.define.value);
    case CORE_LET: return walk_let(layout, node);
    case CORE_SEQ: return walk_seq(layout, node);
    case CORE_IF: {
        int temps = walk(layout, node->u.branch.test);
        temps = max_int(temps, walk(layout, node->u.branch.then));
        return max_int(temps, walk(layout, node->u.branch.otherwise));
    }
    case CORE_CALL:
    case CORE_APPLY: return max_int(walk(layout, node->u.call.callee), walk_operands(layout, node, 1));
    case CORE_CALL_KNOWN:
    case CORE_CLOSURE:
    case CORE_PRIM: return walk_operands(layout, node, 0);
    case CORE_TRY: return walk_try(layout, node);
    case CORE_DROP: return walk(layout, node->u.drop.body);
    default: return 0;
    }
}

static void make_code(CoreProgram *p, CoreFunction *f)
{
    int fixed = f->param_count - (f->has_rest ? 1 : 0);
    f->code = (RtCode){.generic_entry = interp_generic_entry,
                       .min_args = fixed,
                       .max_args = f->has_rest ? -1 : fixed,
                       .name = f->name,
                       .capture_count = f->capture_count,
                       .data = f};
    if (f->capture_count > 0) return;
    RtClosure *closure = arena_alloc(p->arena, sizeof *closure);
    *closure = (RtClosure){.count = RT_IMMORTAL, .arity = -1, .code = &f->code};
    f->closure = closure;
}

static void prepare_function(CoreProgram *p, CoreFunction *f)
{
    if (f->program) return; /* prepared before: its closures may be in use */
    f->program = p;
    Layout layout = {.function = f};
    f->slot_count = 0;
    for (int i = 0; i < f->capture_count; i++) assign_slot(&layout, f->captures[i]);
    for (int i = 0; i < f->param_count; i++) assign_slot(&layout, f->params[i]);
    f->temp_count = walk(&layout, f->body);
    make_code(p, f);
}

void interp_prepare(CoreProgram *p)
{
    interp_stack_init();
    for (int i = 0; i < p->function_count; i++) prepare_function(p, p->functions[i]);
}
