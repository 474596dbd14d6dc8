/* Is a vector that was changed still packed?  What is known of that while code is emitted, and types do not say.
 *
 * A loop that changes a vector of ints by sums has a copy for as long as that stays one of ints: a sum that overflows would make it one
 * of values.  So each turn asks (is_ints_vector v) of what it has made.  Where the item fitted the answer is yes, but LLVM does
 * not see it across the join with the rare case, which calls the runtime.  Hence there is a bit beside such a vector, joined as it
 * is: constant where an item was stored in place, loaded in the rare case.  Jump threading then leaves the question to the rare case.
 */
#include "emit_internal.h"

void emit_note_packed(FunctionEmitter *f, LLVMValueRef vector, Packed packed)
{
    PackedNote *note = &f->notes[f->note_count++ % PACKED_NOTES];
    *note = (PackedNote){vector, packed};
}

void emit_forget_packed(FunctionEmitter *f, LLVMValueRef vector)
{
    for (int i = 0; i < PACKED_NOTES; i++)
        if (f->notes[i].vector == vector) f->notes[i].vector = NULL;
}

Packed emit_packed(const FunctionEmitter *f, LLVMValueRef vector)
{
    for (int i = 0; i < PACKED_NOTES; i++)
        if (f->notes[i].vector == vector) return f->notes[i].packed;
    return (Packed){0};
}

Packed emit_always_packed(ModuleEmitter *m, int kind)
{
    return (Packed){kind, LLVMConstInt(LLVMInt1TypeInContext(m->context), 1, 0)};
}

void emit_note_local(FunctionEmitter *f, const CoreVar *var, LLVMValueRef vector)
{
    const CoreType *type = var->type;
    bool is_vector = type_is(type, TAG_BIT(RT_VECTOR));
    if (is_vector && type->kinds == 1u << RT_VECTOR_INTS)
        emit_note_packed(f, vector, emit_always_packed(f->m, RT_VECTOR_INTS));
    if (is_vector && type->kinds == 1u << RT_VECTOR_FLOATS)
        emit_note_packed(f, vector, emit_always_packed(f->m, RT_VECTOR_FLOATS));
}

void emit_join_packed(FunctionEmitter *f, const Join *join, LLVMValueRef vector)
{
    ModuleEmitter *m = f->m;
    for (int i = 0; i < join->count; i++)
        if (!join->packed[i].bit || join->packed[i].kind != join->packed[0].kind) return;
    LLVMValueRef bit = LLVMBuildPhi(m->builder, LLVMInt1TypeInContext(m->context), "packed");
    for (int i = 0; i < join->count; i++) LLVMAddIncoming(bit, &join->packed[i].bit, &join->blocks[i], 1);
    emit_note_packed(f, vector, (Packed){join->packed[0].kind, bit});
}

void emit_note_changed(FunctionEmitter *f, EmitValue changed, int kind)
{
    int primitive = kind == RT_VECTOR_INTS ? PRIM_is_ints_vector : PRIM_is_floats_vector;
    if (kind != RT_VECTOR_INTS && kind != RT_VECTOR_FLOATS) return;
    EmitValue is_packed = emit_prim_call(f, primitive, &changed, 1, NULL);
    LLVMValueRef nil = emit_int(f->m, f->m->i32, RT_NIL);
    LLVMValueRef bit = LLVMBuildICmp(f->m->builder, LLVMIntNE, is_packed.tag, nil, "");
    emit_note_packed(f, changed.data, (Packed){kind, bit});
}

bool emit_known_packed(FunctionEmitter *f, int primitive, EmitValue vector, EmitValue *result)
{
    Packed packed = emit_packed(f, vector.data);
    bool is_asked = packed.kind == (primitive == PRIM_is_ints_vector ? RT_VECTOR_INTS : RT_VECTOR_FLOATS);
    if (!packed.bit || !is_asked || !emit_has_tag(vector, RT_VECTOR)) return false;
    *result = emit_truth(f->m, packed.bit);
    return true;
}
