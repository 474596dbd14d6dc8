/* Primitives: calls of runtime functions by the shape of their row, and new closures, whose captures travel the same
 * way as the operands of a variadic primitive: in one array of the frame, filled just before the call.
 *
 * The row says who drops each operand, whether the call can raise, and what is known of the result: booleans and
 * immediate integers are never counted, a result of one heap type gets a constant tag, so that less is tested even
 * without optimisation.
 */
#include "emit_internal.h"

static const char *shape_signature(const PrimInfo *info)
{
    switch (info->shape) {
    case SHAPE_0: return "v";
    case SHAPE_1: return "vv";
    case SHAPE_2: return "vvv";
    case SHAPE_3: return "vvvv";
    case SHAPE_N: return "vpl";
    case SHAPE_0P: return "vp";
    case SHAPE_1P: return "vvp";
    case SHAPE_2P: return "vvvp";
    case SHAPE_3P: return "vvvvp";
    case SHAPE_NP: return "vplp";
    case SHAPE_TAIL: break;
    }
    rt_internal_error("emit: a primitive without a C function");
}

LLVMValueRef emit_prim_function(ModuleEmitter *m, int id)
{
    if (m->primitives[id]) return m->primitives[id];
    const PrimInfo *info = &primitives[id];
    LLVMTypeRef type = emit_signature(m, shape_signature(info));
    LLVMValueRef function = LLVMGetNamedFunction(m->module, info->c_name);
    if (!function) function = LLVMAddFunction(m->module, info->c_name, type);
    if (!m->options->in_process) LLVMSetVisibility(function, LLVMHiddenVisibility);
    if (!prim_takes_place(info)) LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, m->nounwind);
    m->primitives[id] = function;
    m->primitive_types[id] = type;
    return function;
}

/* What the row, or the type that was found, promises about the result. */
static EmitValue typed_result(FunctionEmitter *f, const PrimInfo *info, const CoreType *type, LLVMValueRef result)
{
    ModuleEmitter *m = f->m;
    if (type_is_immediate(type)) {
        LLVMValueRef tag = LLVMBuildExtractValue(m->builder, result, 0, "");
        return emit_with_type(m, type, emit_uncounted(tag, LLVMBuildExtractValue(m->builder, result, 1, "")));
    }
    if (type_is_one_tag(type) && info->result != RESULT_PART)
        return emit_owned(f, emit_int(m, m->i32, emit_only_tag(m, type)),
                          LLVMBuildExtractValue(m->builder, result, 1, ""));
    static const int heap_tags[] = {
        [RESULT_CONS] = RT_CONS, [RESULT_STRING] = RT_STRING, [RESULT_VECTOR] = RT_VECTOR, [RESULT_SYMBOL] = RT_SYMBOL};
    switch (info->result) {
    case RESULT_NIL: return emit_literal(m, rt_nil());
    case RESULT_INT:
        return emit_uncounted(emit_int(m, m->i32, RT_INT), LLVMBuildExtractValue(m->builder, result, 1, ""));
    case RESULT_CONS:
    case RESULT_STRING:
    case RESULT_VECTOR:
    case RESULT_SYMBOL:
        return emit_owned(f, emit_int(m, m->i32, heap_tags[info->result]),
                          LLVMBuildExtractValue(m->builder, result, 1, ""));
    case RESULT_BOOL:
    case RESULT_PART:
        return emit_uncounted(LLVMBuildExtractValue(m->builder, result, 0, ""),
                              LLVMBuildExtractValue(m->builder, result, 1, ""));
    case RESULT_ANY:
    case RESULT_NUM: break;
    }
    return emit_result(f, result);
}

/* Operands that the primitive consumes are its own from the call on, also when it raises. */
static void release_consumed(FunctionEmitter *f, const PrimInfo *info, const EmitValue *values, int count)
{
    EmitValue *consumed = arena_alloc(f->arena, (size_t)(count + 1) * sizeof *consumed);
    for (int i = 0; i < count; i++)
        if (!prim_borrows(info, i)) consumed[i] = values[i];
    owned_remove(f, consumed, count);
}

bool emit_prim_allocates(int primitive)
{
    enum PrimResult result = primitives[primitive].result;
    return primitive == PRIM_list || primitive == PRIM_extend || result == RESULT_CONS || result == RESULT_STRING ||
           result == RESULT_VECTOR;
}

/* The call itself, on operands that lie in an array or, for a fixed shape, in values. */
static EmitValue call_primitive(FunctionEmitter *f, int id, const EmitValue *values, LLVMValueRef array,
                                int operand_count, const RtPlace *place, const CoreType *type)
{
    ModuleEmitter *m = f->m;
    const PrimInfo *info = &primitives[id];
    LLVMValueRef args[7]; /* three values and the place at most */
    int count = 0;
    if (prim_is_variadic(info)) {
        args[count++] = array;
        args[count++] = emit_int(m, m->i64, operand_count);
    } else {
        for (int i = 0; i < operand_count; i++) {
            args[count++] = values[i].tag;
            args[count++] = values[i].data;
        }
    }
    if (prim_takes_place(info)) args[count++] = emit_place(m, place);
    f->allocates |= emit_prim_allocates(id);
    LLVMValueRef function = emit_prim_function(m, id);
    return typed_result(f, info, type,
                        emit_call(f, m->primitive_types[id], function, CC_C, args, count, prim_takes_place(info)));
}

/* The cells of a short list are made here, where making one is inlined; longer ones are made by a call. */
enum { SHORT_LIST = 4 };

static EmitValue emit_short_list(FunctionEmitter *f, const EmitValue *values, int count)
{
    owned_remove(f, values, count);
    EmitValue list = emit_literal(f->m, rt_nil());
    for (int i = count - 1; i >= 0; i--) {
        EmitValue pair[2] = {values[i], list};
        pair[0].item = pair[1].item = NULL; /* nothing raises while the cells are made */
        list = call_primitive(f, PRIM_cons, pair, NULL, 2, NULL, NULL);
        owned_remove(f, &list, 1);
    }
    return emit_owned(f, list.tag, list.data);
}

static EmitValue call_with_type(FunctionEmitter *f, int primitive, const EmitValue *values, int count,
                                const RtPlace *place, const CoreType *type)
{
    LLVMValueRef array = NULL;
    if (prim_is_variadic(&primitives[primitive]))
        array = count ? emit_array(f, values, count) : LLVMConstNull(f->m->ptr);
    return call_primitive(f, primitive, values, array, count, place, type);
}

EmitValue emit_prim_call(FunctionEmitter *f, int primitive, const EmitValue *values, int count, const RtPlace *place)
{
    return call_with_type(f, primitive, values, count, place, NULL);
}

static uint32_t operand_tags(const CoreNode *operand)
{
    if (operand->kind == CORE_CONST) return TAG_BIT(operand->u.constant.tag);
    return operand->type ? operand->type->tags : TAGS_ALL;
}

/* Without floats, texts, large numbers and closures, two values are eq that are the same tag and data. */
static bool emit_same(FunctionEmitter *f, const CoreNode *node, const EmitValue *v, EmitValue *result)
{
    const uint32_t by_content =
        TAG_BIT(RT_FLOAT) | TAG_BIT(RT_STRING) | TAG_BIT(RT_BIGINT) | TAG_BIT(RT_RATIO) | TAG_BIT(RT_CLOSURE);
    if (operand_tags(node->u.call.args[0]) & operand_tags(node->u.call.args[1]) & by_content) return false;
    LLVMBuilderRef builder = f->m->builder;
    LLVMValueRef tags = LLVMBuildICmp(builder, LLVMIntEQ, v[0].tag, v[1].tag, "");
    LLVMValueRef data = LLVMBuildICmp(builder, LLVMIntEQ, v[0].data, v[1].data, "");
    *result = emit_truth(f->m, LLVMBuildAnd(builder, tags, data, ""));
    return true;
}

EmitValue emit_prim_typed(FunctionEmitter *f, int primitive, const EmitValue *values, int operand_count,
                          const RtPlace *place, const CoreNode *node)
{
    const PrimInfo *info = &primitives[primitive];
    if (primitive == PRIM_list && operand_count > 0 && operand_count <= SHORT_LIST)
        return emit_short_list(f, values, operand_count);
    release_consumed(f, info, values, operand_count);
    EmitValue result;
    if (node && emit_struct_prim(f, node, values, &result)) return result;
    if (primitive == PRIM_refill) return emit_refill(f, node, values);
    if (emit_known_prim(f, primitive, values, operand_count, node, place, &result)) return result;
    if (node && primitive == PRIM_eq && emit_same(f, node, values, &result)) return result;
    if (node && emit_item_prim(f, node, values, &result)) return result;
    if (node && emit_text_prim(f, node, values, &result)) return result;
    if (node && primitive == PRIM_take_cdr && emit_take_cdr(f, node, values, &result)) return result;
    if (node && primitive == PRIM_vector && emit_short_vector(f, node, values, &result)) return result;
    return call_with_type(f, primitive, values, operand_count, place, node ? node->type : NULL);
}

EmitValue emit_prim_values(FunctionEmitter *f, int primitive, const EmitValue *values, int operand_count,
                           const RtPlace *place)
{
    return emit_prim_typed(f, primitive, values, operand_count, place, NULL);
}

/* Many operands go to the array one by one as they are evaluated, and cleanup code finds them there: thousands of
 * values kept for registers through as many calls that may raise would take LLVM minutes. */
static EmitValue emit_prim_in_memory(FunctionEmitter *f, CoreNode *node)
{
    ModuleEmitter *m = f->m;
    const PrimInfo *info = &primitives[node->u.call.primitive];
    int count = node->u.call.count, first = f->array_top;
    EmitValue *values = arena_alloc(f->arena, (size_t)count * sizeof *values);
    f->array_top += count;
    for (int i = 0; i < count; i++) {
        values[i] = emit_value(f, node->u.call.args[i]);
        LLVMValueRef fields[2];
        emit_field_pointers(m, emit_array_element(f, first + i), fields);
        LLVMBuildStore(m->builder, values[i].tag, fields[0]);
        LLVMBuildStore(m->builder, values[i].data, fields[1]);
        if (!values[i].item) continue;
        owned_remove_item(f, values[i].item);
        values[i].item = owned_push(f, (OwnedItem){.slot = fields[0]});
    }
    release_consumed(f, info, values, count);
    LLVMValueRef array = emit_array_element(f, first);
    EmitValue result = call_primitive(f, node->u.call.primitive, values, array, count, node->place, node->type);
    f->array_top = first;
    return result;
}

EmitValue emit_prim(FunctionEmitter *f, CoreNode *node)
{
    enum { MANY = 16 };
    EmitValue part;
    if (emit_part_read(f, node, &part)) return part;
    f->effects += primitives[node->u.call.primitive].has_effect;
    if (node->u.call.primitive == PRIM_foreign_call) return emit_foreign(f, node);
    if (node->u.call.count > MANY && prim_is_variadic(&primitives[node->u.call.primitive]))
        return emit_prim_in_memory(f, node);
    if (node->u.call.primitive == PRIM_restart) return emit_literal(f->m, rt_nil());
    EmitValue *values = emit_operands(f, node->u.call.args, node->u.call.count);
    return emit_prim_typed(f, node->u.call.primitive, values, node->u.call.count, node->place, node);
}

EmitValue emit_closure(FunctionEmitter *f, CoreNode *node)
{
    ModuleEmitter *m = f->m;
    int count = node->u.call.count;
    EmitValue *values = emit_operands(f, node->u.call.args, count);
    LLVMValueRef tag = emit_int(m, m->i32, RT_CLOSURE);
    if (!count) return emit_uncounted(tag, LLVMConstPtrToInt(emit_function_closure(m, node->u.call.function), m->i64));
    f->allocates = true;
    owned_remove(f, values, count);
    return emit_closure_of(f, node->u.call.function, values, count);
}
