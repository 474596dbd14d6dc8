/* The interpreter's primitives, as far as interp.c does not call them right away: no, three or any number of
 * operands, and builtins called through a global that still means them.
 *
 * Operands that a primitive consumes leave the value stack before it runs, because it consumes them also when it
 * raises; operands it borrows stay in their variable, or in the stack when they are temporaries.
 */
#include "interp.h"
#include <stdlib.h>

#define FEW_OPERANDS 8

static RtValue invoke(const PrimInfo *info, RtValue *v, int64_t count, const RtPlace *at)
{
    void *f = info->function;
    switch (info->shape) {
    case SHAPE_0: return ((RtValue(*)(void))f)();
    case SHAPE_1: return ((RtValue(*)(RtValue))f)(v[0]);
    case SHAPE_2: return ((RtValue(*)(RtValue, RtValue))f)(v[0], v[1]);
    case SHAPE_3: return ((RtValue(*)(RtValue, RtValue, RtValue))f)(v[0], v[1], v[2]);
    case SHAPE_N: return ((RtValue(*)(RtValue *, int64_t))f)(v, count);
    case SHAPE_0P: return ((RtValue(*)(const RtPlace *))f)(at);
    case SHAPE_1P: return ((RtValue(*)(RtValue, const RtPlace *))f)(v[0], at);
    case SHAPE_2P: return ((RtValue(*)(RtValue, RtValue, const RtPlace *))f)(v[0], v[1], at);
    case SHAPE_3P: return ((RtValue(*)(RtValue, RtValue, RtValue, const RtPlace *))f)(v[0], v[1], v[2], at);
    case SHAPE_NP: return ((RtValue(*)(RtValue *, int64_t, const RtPlace *))f)(v, count, at);
    case SHAPE_TAIL: break;
    }
    rt_internal_error("interpreter: a tail-calling builtin is not a primitive");
}

static void free_values(RtValue **values) { free(*values); }

/* Calls with the operands in the slots.  Those consumed leave the slots; borrowed ones stay. */
static RtValue invoke_few(const PrimInfo *info, RtValue *slots, int count, const RtPlace *at)
{
    RtValue values[FEW_OPERANDS];
    for (int i = 0; i < count; i++) {
        values[i] = slots[i];
        if (!prim_borrows(info, i)) slots[i].tag = RT_NIL;
    }
    return invoke(info, values, count, at);
}

static RtValue invoke_many(const PrimInfo *info, RtValue *slots, int count, const RtPlace *at)
{
    RtValue *values __attribute__((cleanup(free_values))) = malloc((size_t)count * sizeof *values);
    if (!values) rt_out_of_memory();
    memcpy(values, slots, (size_t)count * sizeof *values);
    for (int i = 0; i < count; i++) {
        if (!prim_borrows(info, i)) slots[i].tag = RT_NIL;
    }
    return invoke(info, values, count, at);
}

static INTERP_NOINLINE RtValue invoke_on_stack(const PrimInfo *info, RtValue *slots, int count, const RtPlace *at)
{
    return count <= FEW_OPERANDS ? invoke_few(info, slots, count, at) : invoke_many(info, slots, count, at);
}

/* A borrowed operand is an atom whose value the primitive gets as it is.  It is duplicated for the time of the
 * call, so that all slots own what they hold. */
static void drop_borrowed(const PrimInfo *info, RtValue *slots, int count)
{
    for (int i = 0; i < count; i++) {
        if (!prim_borrows(info, i)) continue;
        RtValue v = slots[i];
        slots[i].tag = RT_NIL;
        rt_drop(v);
    }
}

RtValue interp_eval_prim(const CoreNode *node, RtValue *frame, RtValue *top)
{
    const PrimInfo *info = &primitives[node->u.call.primitive];
    int count = node->u.call.count;
    for (int i = 0; i < count; i++) {
        const CoreNode *operand = node->u.call.args[i];
        top[i] = interp_operand(operand, frame, top + i);
        if (operand->use == USE_BORROW) rt_dup(top[i]);
    }
    RtValue result = invoke_on_stack(info, top, count, node->place);
    drop_borrowed(info, top, count);
    return result;
}

/* ---- builtins behind globals (open world) -------------------------------------------------------------------- */

bool interp_builtin_fits(const CoreNode *node, RtValue callee)
{
    int primitive = node->u.call.callee->u.global->primitive, count = node->u.call.count;
    if (primitive == PRIM_NONE || callee.tag != RT_CLOSURE) return false;
    const PrimInfo *info = &primitives[primitive];
    return rt_as_closure(callee) == info->closure && info->shape != SHAPE_TAIL && count >= info->min &&
           (info->max < 0 || count <= info->max);
}

/* The row for two operands of a builtin that takes any number. */
static int row_of_two(int primitive)
{
    switch (primitive) {
    case PRIM_add_n: return PRIM_add;
    case PRIM_sub_n: return PRIM_sub;
    case PRIM_mul_n: return PRIM_mul;
    case PRIM_div_n: return PRIM_div;
    case PRIM_num_eq_n: return PRIM_num_eq;
    case PRIM_lt_n: return PRIM_lt;
    case PRIM_gt_n: return PRIM_gt;
    case PRIM_lte_n: return PRIM_lte;
    case PRIM_gte_n: return PRIM_gte;
    default: return primitive;
    }
}

RtValue interp_call_builtin(const CoreNode *node, RtValue *frame, RtValue *top)
{
    int primitive = node->u.call.callee->u.global->primitive, count = node->u.call.count;
    const PrimInfo *info = &primitives[count == 2 ? row_of_two(primitive) : primitive];
    for (int i = 0; i < count; i++) top[i] = interp_operand(node->u.call.args[i], frame, top + i);
    if (info->shape == SHAPE_2P && !prim_borrows(info, 0) && !prim_borrows(info, 1)) { /* arithmetic */
        RtValue a = top[0], b = top[1];
        top[0].tag = top[1].tag = RT_NIL;
        return ((RtValue(*)(RtValue, RtValue, const RtPlace *))info->function)(a, b, node->place);
    }
    RtValue result = invoke_on_stack(info, top, count, node->place);
    drop_borrowed(info, top, count);
    return result;
}
