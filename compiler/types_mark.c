/* Pass types: the types found, and what follows from them at once.
 *
 * Requires and ensures STAGE_TAIL; types.c says what is found.  Tests that the types decide are gone afterwards, with the
 * branch that cannot be taken, copies of lists that are lists already, and functions that only those branches called
 * (generic copies of which pass specialize made variants).  Variables that can hold immediate values only are not counted.
 */
#include "passes.h"
#include "types_internal.h"

/* ---- decided tests ------------------------------------------------------------------------------------------------- */

static bool gives_value_quietly(const CoreNode *node);

/* No operand can make it raise. */
static bool cannot_raise(const CoreNode *prim)
{
    const PrimInfo *info = &primitives[prim->u.call.primitive];
    if (!prim_takes_place(info)) return true;
    enum Relation relation;
    if (!prim_relation(prim->u.call.primitive, &relation)) return false;
    for (int i = 0; i < prim->u.call.count; i++) {
        const CoreNode *arg = prim->u.call.args[i];
        bool is_number =
            arg->kind == CORE_CONST ? TAGS_NUMBER >> arg->u.constant.tag & 1 : type_is(arg->type, TAGS_NUMBER);
        if (!is_number) return false;
    }
    return true;
}

/* Leaving it out changes nothing. */
static bool gives_value_quietly(const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
    case CORE_LOCAL: return true;
    case CORE_IF:
        return gives_value_quietly(node->u.branch.test) && gives_value_quietly(node->u.branch.then) &&
               gives_value_quietly(node->u.branch.otherwise);
    case CORE_PRIM:
        if (primitives[node->u.call.primitive].result != RESULT_BOOL || !cannot_raise(node)) return false;
        for (int i = 0; i < node->u.call.count; i++)
            if (!gives_value_quietly(node->u.call.args[i])) return false;
        return true;
    default: return false;
    }
}

/* 1 always true, 0 never, -1 open */
static int decided(const CoreNode *test)
{
    if (test->kind == CORE_CONST) return rt_is_truthy(test->u.constant);
    if (!test->type || !test->type->tags) return -1;
    if (test->type->tags == TAG_BIT(RT_NIL)) return 0;
    return test->type->tags & TAG_BIT(RT_NIL) ? -1 : 1;
}

/* The elements of what is a list are the list itself; finding that out walks over all of it. */
static bool is_needless(const CoreNode *node)
{
    if (!core_is_prim(node, PRIM_elements)) return false;
    const CoreNode *sequence = node->u.call.args[1];
    if (sequence->kind == CORE_CONST) return sequence->u.constant.tag == RT_NIL;
    return type_is_proper_list(sequence->type);
}

static void settle_node(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    core_each_child(node, settle_node, data);
    if (is_needless(node)) {
        *child = node->u.call.args[1];
        *(bool *)data = true;
        return;
    }
    if (node->kind == CORE_LET) node->u.let.var->is_unboxed = type_is_immediate(node->u.let.var->type);
    if (node->kind != CORE_IF) return;
    int truth = decided(node->u.branch.test);
    if (truth < 0 || !gives_value_quietly(node->u.branch.test)) return;
    *child = truth ? node->u.branch.then : node->u.branch.otherwise;
    *(bool *)data = true;
}

void pass_types(Compiler *c, CoreProgram *p)
{
    (void)c;
    bool changed = false;
    types_infer(p);
    types_settle_bools(p);
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        for (int j = 0; j < core_param_count(f); j++)
            core_param(f, j)->is_unboxed = type_is_immediate(core_param(f, j)->type);
        settle_node(&f->body, &changed);
    }
    if (!changed) return;
    core_drop_unreached(p);
    tail_mark_calls(p);
}

/* ---- forgetting ---------------------------------------------------------------------------------------------------- */

static void clear_node(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    node->type = NULL;
    if (node->kind == CORE_LET) node->u.let.var->type = NULL;
    if (node->kind == CORE_TRY) node->u.try_.error->type = NULL;
    core_each_child(node, clear_node, data);
}

void types_clear(CoreProgram *p)
{
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        f->result = NULL;
        for (int j = 0; j < core_param_count(f); j++) core_param(f, j)->type = NULL;
        clear_node(&f->body, NULL);
    }
    for (int i = 0; i < p->global_count; i++) p->globals[i]->type = NULL;
}
