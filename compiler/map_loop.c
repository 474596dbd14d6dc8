/* Which functions are loops like that of vector-map. */
#include "map_loop.h"

bool map_loop_adds_one(const CoreNode *node, const CoreVar *var)
{
    if (!core_is_prim(node, PRIM_add)) return false;
    CoreNode **args = node->u.call.args;
    return core_is_var(args[0], var) && core_is_int(args[1]) && args[1]->u.constant.data == 1;
}

typedef struct Steps {
    const CoreFunction *function;
    int param;
    bool adds_one;
} Steps;

static void look_at_turn(CoreNode **child, void *data)
{
    Steps *steps = data;
    const CoreNode *node = *child;
    bool is_turn = node->kind == CORE_CALL_KNOWN && node->tail && node->u.call.function == steps->function;
    if (is_turn)
        steps->adds_one &=
            map_loop_adds_one(node->u.call.args[steps->param], core_param(steps->function, steps->param));
    core_each_child(*child, look_at_turn, steps);
}

bool map_loop_is_once(const CoreFunction *f, const CoreNode *test)
{
    if (!f->self_tail_calls || !core_is_prim(test, PRIM_num_eq) || !core_is_int(test->u.call.args[1])) return false;
    Steps steps = {f, core_param_of(f, test->u.call.args[0]), true};
    if (steps.param < 0) return false;
    look_at_turn((CoreNode **)(uintptr_t)&f->body, &steps);
    return steps.adds_one;
}

/* (if (num_eq i 0) (make_vector n y) (vector_set out i y)) */
static bool builds_vector(MapLoop *l, const CoreNode *node)
{
    const CoreFunction *f = l->function;
    if (node->kind != CORE_IF) return false;
    const CoreNode *test = node->u.branch.test, *make = node->u.branch.then, *set = node->u.branch.otherwise;
    if (!core_is_prim(test, PRIM_num_eq) || !core_is_prim(set, PRIM_vector_set)) return false;
    if (!core_is_prim(make, PRIM_make_vector) && !core_is_prim(make, PRIM_make_plain_vector)) return false;
    if (make->u.call.count != 2) return false;
    CoreNode **tested = test->u.call.args, **made = make->u.call.args, **changed = set->u.call.args;
    if (!core_is_int(tested[1]) || tested[1]->u.constant.data != 0 || made[1]->kind != CORE_LOCAL) return false;
    l->value = changed[2];
    return core_param_of(f, tested[0]) == l->index && core_param_of(f, made[0]) == l->limit &&
           core_param_of(f, changed[0]) == l->out && core_param_of(f, changed[1]) == l->index &&
           core_is_var(changed[2], made[1]->u.local);
}

bool map_loop_find(MapLoop *l, CoreFunction *f)
{
    CoreNode *body = f->body;
    l->function = f;
    if (!f->self_tail_calls || body->kind != CORE_IF) return false;
    const CoreNode *test = body->u.branch.test;
    if (!core_is_prim(test, PRIM_num_eq)) return false;
    l->index = core_param_of(f, test->u.call.args[0]);
    l->limit = core_param_of(f, test->u.call.args[1]);
    l->out = core_param_of(f, body->u.branch.then);
    if (l->index < 0 || l->limit < 0 || l->out < 0) return false;
    l->call = body->u.branch.otherwise;
    while (l->call->kind == CORE_LET) l->call = l->call->u.let.body;
    if (l->call->kind != CORE_CALL_KNOWN || !l->call->tail || l->call->u.call.function != f) return false;
    CoreNode **args = l->call->u.call.args;
    return core_param_of(f, args[l->limit]) == l->limit && map_loop_adds_one(args[l->index], core_param(f, l->index)) &&
           builds_vector(l, args[l->out]) && core_uses(f->body, core_param(f, l->out)) == 2;
}
