/* Pairs that lie in the stack frame of their function (pass frame). */
#include "emit_internal.h"

/* An operand of the pair, not counted if somebody holds it as long as the function runs. */
static EmitValue emit_half_of_pair(FunctionEmitter *f, CoreNode *operand)
{
    if (operand->kind != CORE_LOCAL || operand->use != USE_DUP || !core_is_lent(operand->u.local))
        return emit_value(f, operand);
    CoreNode lent = *operand;
    lent.use = USE_BORROW;
    return emit_value(f, &lent);
}

static LLVMValueRef pair_header(ModuleEmitter *m, LLVMValueRef car_tag, LLVMValueRef cdr_tag)
{
    _Static_assert(offsetof(RtCons, car_tag) == 4 && offsetof(RtCons, cdr_tag) == 5, "one word");
    LLVMValueRef car = LLVMBuildZExt(m->builder, car_tag, m->i64, ""),
                 cdr = LLVMBuildZExt(m->builder, cdr_tag, m->i64, "");
    LLVMValueRef tags = LLVMBuildOr(m->builder, LLVMBuildShl(m->builder, car, emit_int(m, m->i64, 32), ""),
                                    LLVMBuildShl(m->builder, cdr, emit_int(m, m->i64, 40), ""), "");
    return LLVMBuildOr(m->builder, tags, emit_int(m, m->i64, (int64_t)RT_IMMORTAL), "");
}

static void store_word(ModuleEmitter *m, LLVMValueRef cell, size_t offset, LLVMValueRef word)
{
    LLVMValueRef index = emit_int(m, m->i64, (int64_t)offset);
    LLVMBuildStore(m->builder, word, LLVMBuildInBoundsGEP2(m->builder, m->i8, cell, &index, 1, ""));
}

EmitValue emit_frame_pair(FunctionEmitter *f, CoreNode *node)
{
    ModuleEmitter *m = f->m;
    EmitValue car = emit_half_of_pair(f, node->u.call.args[0]), cdr = emit_half_of_pair(f, node->u.call.args[1]);
    LLVMPositionBuilderAtEnd(m->pad_builder, f->entry);
    LLVMValueRef cell =
        LLVMBuildAlloca(m->pad_builder, LLVMArrayType2(m->i64, sizeof(RtCons) / sizeof(int64_t)), "pair");
    LLVMSetAlignment(cell, sizeof(int64_t));
    store_word(m, cell, 0, pair_header(m, car.tag, cdr.tag));
    store_word(m, cell, offsetof(RtCons, car), car.data);
    store_word(m, cell, offsetof(RtCons, cdr), cdr.data);
    LLVMValueRef data = LLVMBuildPtrToInt(m->builder, cell, m->i64, "");
    return (EmitValue){.tag = emit_int(m, m->i32, RT_CONS), .data = data, .item = car.item};
}

void emit_end_frame_pair(FunctionEmitter *f, EmitValue pair)
{
    if (pair.item) emit_drop(f, (EmitValue){.tag = pair.item->tag, .data = pair.item->data, .item = pair.item});
}
