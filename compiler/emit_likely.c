/* Reading what types do not quite say to be a vector of one kind: one test more.
 *
 * Rows of a matrix are nil to the types, too, where it was made of nils; and ints of a table may be bigints where they are sums, so
 * that a table of ints may become one of values.  That it is nil raises; other kinds are rare.
 */
#include "emit_internal.h"

/* Ints, unless a sum overflowed. */
static bool are_likely_ints(const CoreType *vector)
{
    const uint32_t integers = TAG_BIT(RT_INT) | TAG_BIT(RT_BIGINT);
    return vector->kinds >> RT_VECTOR_INTS & 1 && type_is(vector->item, integers) &&
           vector->item->tags & TAG_BIT(RT_INT);
}

static EmitValue emit_likely_int(FunctionEmitter *f, const CoreNode *node, const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    LLVMBuilderRef b = m->builder;
    LLVMValueRef vector = LLVMBuildIntToPtr(b, values[0].data, m->ptr, "");
    LLVMValueRef kind = LLVMBuildLShr(b, emit_header(m, vector), emit_int(m, m->i64, 32), "");
    kind = LLVMBuildAnd(b, kind, emit_int(m, m->i64, (1 << RT_KIND_BITS) - 1), "kind");
    LLVMValueRef are_ints = LLVMBuildICmp(b, LLVMIntEQ, kind, emit_int(m, m->i64, RT_VECTOR_INTS), "");
    LLVMValueRef is_usual = LLVMBuildAnd(b, are_ints, emit_is_inside(m, node, values[1], vector), "");
    RareCase rare;
    rare_case_begin(f, &rare, LLVMBuildNot(b, is_usual, ""));
    ItemPlace place = emit_item_place(m, node->u.call.args[0]->type, vector, values[1].data, RT_VECTOR_INTS);
    rare_case_switch(f, &rare, emit_load_item(m, place, RT_VECTOR_INTS, NULL));
    LLVMValueRef other = emit_rare_item(f, RUNTIME_PART_REF_RARE, RUNTIME_VECTOR_REF_FAIL, values, 2, node->place);
    LLVMValueRef tag = LLVMBuildExtractValue(b, other, 0, ""), data = LLVMBuildExtractValue(b, other, 1, "");
    EmitValue item = emit_uncounted(tag, data);
    if (primitives[node->u.call.primitive].result == RESULT_PART) return rare_case_finish(f, &rare, item);
    emit_dup(f, item);
    return rare_case_finish(f, &rare, emit_owned(f, tag, data));
}

static void emit_nil_fails(FunctionEmitter *f, const CoreNode *node, const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef is_nil = LLVMBuildICmp(m->builder, LLVMIntEQ, values[0].tag, emit_int(m, m->i32, RT_NIL), "");
    LLVMBasicBlockRef none = emit_block(f, "none"), some = emit_block(f, "some");
    emit_unlikely_branch(f, is_nil, none, some);
    LLVMPositionBuilderAtEnd(m->builder, none);
    emit_item_fails(f, RUNTIME_VECTOR_REF_FAIL, values, 2, node->place);
    LLVMPositionBuilderAtEnd(m->builder, some);
}

bool emit_likely_ref(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result)
{
    const CoreNode *whole = node->u.call.args[0];
    if (f->is_compact || !type_is(whole->type, TAG_BIT(RT_NIL) | TAG_BIT(RT_VECTOR))) return false;
    CoreType type = type_keep_tags(*whole->type, TAG_BIT(RT_VECTOR));
    int kind = emit_storage(&type);
    if (!type.tags || emit_layout(f->m, whole->type) || (kind < 0 && !are_likely_ints(&type))) return false;
    CoreNode vector = *whole, *operands[2] = {&vector, node->u.call.args[1]}, ref = *node;
    vector.type = &type;
    ref.u.call.args = operands;
    EmitValue known[2] = {values[0], values[1]};
    if (!type_is(whole->type, type.tags)) emit_nil_fails(f, node, values);
    known[0].tag = emit_int(f->m, f->m->i32, RT_VECTOR);
    *result = kind < 0 ? emit_likely_int(f, &ref, known) : emit_vector_ref(f, &ref, known, kind);
    return true;
}
