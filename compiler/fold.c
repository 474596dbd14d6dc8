/* Primitives on operands that are known: constants, pairs and small vectors that were just made, functions.
 *
 * Arithmetic is done by the runtime itself, so it is exact in the same way; only operands and results that are
 * immediate take part, which makes no garbage and no constant larger than its operands.  What would raise is left to
 * raise when it runs.
 */
#include "known_calls.h"
#include "simplify.h"

static bool is_function_value(const CoreProgram *p, const CoreNode *node)
{
    if (node->kind == CORE_LAMBDA || node->kind == CORE_FUNCTION) return true;
    if (node->kind == CORE_GLOBAL) return global_is_builtin(p, node->u.global);
    if (node->kind != CORE_LOCAL || !node->u.local->scratch) return false;
    return ((const CoreNode *)node->u.local->scratch)->kind == CORE_LAMBDA;
}

const CoreNode *fold_pair(const CoreNode *node)
{
    if (node->kind != CORE_LOCAL || !node->u.local->scratch) return NULL;
    const CoreNode *made = node->u.local->scratch;
    return core_is_prim(made, PRIM_cons) ? made : NULL;
}

bool fold_is_record(const CoreNode *node)
{
    return core_is_prim(node, PRIM_vector) && node->u.call.count > 0 && node->u.call.count <= MAX_RECORD_FIELDS;
}

const CoreNode *fold_record(const CoreNode *node)
{
    if (node->kind != CORE_LOCAL || !node->u.local->scratch) return NULL;
    const CoreNode *made = node->u.local->scratch;
    return fold_is_record(made) ? made : NULL;
}

int fold_field(const CoreNode *record, const CoreNode *index)
{
    if (index->kind != CORE_CONST || index->u.constant.tag != RT_INT) return -1;
    int64_t i = index->u.constant.data;
    return i >= 0 && i < record->u.call.count ? (int)i : -1;
}

enum Truth fold_truth(const CoreProgram *p, const CoreNode *node)
{
    if (node->kind == CORE_CONST) return rt_is_truthy(node->u.constant) ? TRUTH_TRUE : TRUTH_FALSE;
    if (is_function_value(p, node) || fold_pair(node) || fold_record(node)) return TRUTH_TRUE;
    if (node->kind != CORE_PRIM) return TRUTH_UNKNOWN;
    switch (primitives[node->u.call.primitive].result) {
    case RESULT_NIL: return TRUTH_FALSE;
    case RESULT_INT:
    case RESULT_NUM:
    case RESULT_STRING:
    case RESULT_VECTOR:
    case RESULT_SYMBOL: return TRUTH_TRUE;
    default: break;
    }
    return node->u.call.primitive == PRIM_cons ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

static bool is_immediate_number(RtValue v) { return v.tag == RT_INT || v.tag == RT_FLOAT; }

static bool is_int(RtValue v, int64_t not_below) { return v.tag == RT_INT && v.data >= not_below; }

/* Can the primitive raise on these operands? */
static bool is_safe(int primitive, const RtValue *v, int count)
{
    switch (primitive) {
    case PRIM_add:
    case PRIM_sub:
    case PRIM_mul:
    case PRIM_num_eq:
    case PRIM_lt:
    case PRIM_gt:
    case PRIM_lte:
    case PRIM_gte: return is_immediate_number(v[0]) && is_immediate_number(v[1]);
    case PRIM_div:
        return is_immediate_number(v[0]) && is_immediate_number(v[1]) && !(v[1].tag == RT_INT && v[1].data == 0);
    case PRIM_neg:
    case PRIM_abs: return is_immediate_number(v[0]);
    case PRIM_quotient:
    case PRIM_remainder:
    case PRIM_modulo: return v[0].tag == RT_INT && is_int(v[1], 1);
    case PRIM_is_integer:
    case PRIM_is_float:
    case PRIM_eq:
    case PRIM_not:
    case PRIM_is_nil:
    case PRIM_is_atom:
    case PRIM_is_cons:
    case PRIM_is_number:
    case PRIM_is_list:
    case PRIM_is_vector:
    case PRIM_is_map:
    case PRIM_is_set:
    case PRIM_is_function:
    case PRIM_is_string:
    case PRIM_is_symbol:
    case PRIM_is_keyword: return count > 0;
    default: return false;
    }
}

static CoreNode *fold_constants(CoreProgram *p, const CoreNode *node)
{
    enum { MOST = 2 };
    int primitive = node->u.call.primitive, count = node->u.call.count;
    const PrimInfo *info = &primitives[primitive];
    RtValue v[MOST] = {{0}};
    if (count > MOST) return NULL;
    for (int i = 0; i < count; i++) {
        if (node->u.call.args[i]->kind != CORE_CONST) return NULL;
        v[i] = node->u.call.args[i]->u.constant;
    }
    if (!is_safe(primitive, v, count)) return NULL;
    RtValue result;
    switch (info->shape) {
    case SHAPE_1: result = ((RtValue(*)(RtValue))info->function)(v[0]); break;
    case SHAPE_2: result = ((RtValue(*)(RtValue, RtValue))info->function)(v[0], v[1]); break;
    case SHAPE_1P: result = ((RtValue(*)(RtValue, const RtPlace *))info->function)(v[0], NULL); break;
    case SHAPE_2P: result = ((RtValue(*)(RtValue, RtValue, const RtPlace *))info->function)(v[0], v[1], NULL); break;
    default: return NULL;
    }
    if (!rt_is_heap(result)) return core_const(p, node->place, result);
    rt_drop(result); /* a bigint or ratio: made when it runs */
    return NULL;
}

/* A half of a pair that was just made, or of a constant. */
static CoreNode *fold_half(CoreProgram *p, const CoreNode *node)
{
    const CoreNode *arg = node->u.call.args[0], *pair = fold_pair(arg);
    bool is_car = node->u.call.primitive == PRIM_car;
    if (pair) {
        CoreNode *copy = core_const(p, node->place, rt_nil());
        *copy = *pair->u.call.args[is_car ? 0 : 1];
        return copy;
    }
    if (arg->kind != CORE_CONST || arg->u.constant.tag != RT_CONS) return NULL;
    const RtCons *cell = rt_as_cons(arg->u.constant);
    RtValue half = is_car ? rt_car_of(cell) : rt_cdr_of(cell);
    bool can_be_constant = !rt_is_heap(half) || (*rt_count_of(rt_object(half)) & RT_IMMORTAL);
    return can_be_constant ? core_const(p, node->place, half) : NULL;
}

int fold_list_length(const CoreNode *node)
{
    int length = 0;
    for (const CoreNode *pair; (pair = fold_pair(node)); node = pair->u.call.args[1]) length++;
    return core_is_nil(node) ? length : -1;
}

static CoreNode *fold_check_count(CoreProgram *p, const CoreNode *node)
{
    CoreNode **args = node->u.call.args;
    int length = fold_list_length(args[3]);
    if (length < 0 || args[1]->kind != CORE_CONST || args[2]->kind != CORE_CONST) return NULL;
    if (args[1]->u.constant.data + length > args[2]->u.constant.data) return NULL;
    return core_const(p, node->place, rt_nil());
}

static CoreNode *copy_operand(CoreProgram *p, const CoreNode *operand)
{
    CoreNode *copy = core_const(p, operand->place, rt_nil());
    *copy = *operand;
    return copy;
}

/* What only asks a record that was just made. */
static CoreNode *fold_of_record(CoreProgram *p, const CoreNode *node, const CoreNode *record)
{
    switch (node->u.call.primitive) {
    case PRIM_vector_length: return core_const(p, node->place, rt_from_int(record->u.call.count));
    case PRIM_is_vector: return core_const(p, node->place, rt_from_bool(true));
    case PRIM_vector_ref: {
        int field = fold_field(record, node->u.call.args[1]);
        return field >= 0 ? copy_operand(p, record->u.call.args[field]) : NULL;
    }
    case PRIM_forget: return copy_operand(p, node->u.call.args[0]); /* its parts have names */
    default: return NULL;
    }
}

CoreNode *fold_prim(CoreProgram *p, const CoreNode *node)
{
    CoreNode **args = node->u.call.args;
    const CoreNode *record = node->u.call.count > 0 ? fold_record(args[0]) : NULL;
    if (record) return fold_of_record(p, node, record);
    switch (node->u.call.primitive) {
    case PRIM_car:
    case PRIM_cdr: return fold_half(p, node);
    case PRIM_not:
    case PRIM_is_nil:
    case PRIM_is_atom: /* false for a pair */
        if (fold_pair(args[0])) return core_const(p, node->place, rt_nil());
        break;
    case PRIM_is_cons:
        if (fold_pair(args[0])) return core_const(p, node->place, rt_from_bool(true));
        break;
    case PRIM_check_function: return is_function_value(p, args[1]) ? core_const(p, node->place, rt_nil()) : NULL;
    case PRIM_check_vector: {
        const CoreNode *made = fold_record(args[1]);
        return made ? core_const(p, node->place, rt_from_int(made->u.call.count)) : NULL;
    }
    case PRIM_list: return node->u.call.count ? NULL : core_const(p, node->place, rt_nil());
    case PRIM_check_count: return fold_check_count(p, node);
    case PRIM_elements: return fold_list_length(args[1]) >= 0 ? copy_operand(p, args[1]) : NULL;
    case PRIM_reverse: return fold_list_length(args[0]) == 0 ? copy_operand(p, args[0]) : NULL;
    default: break;
    }
    return fold_constants(p, node);
}
