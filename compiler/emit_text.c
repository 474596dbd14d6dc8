/* Loops over the characters of a string: (string_code s i).
 *
 * The runtime's function looks at the string's sizes for each of them: is it ASCII, and long enough?  A loop that hands the string on as
 * it is looks once.  An index below what is found, which is 0 for other texts, is that of a byte; the function does the rest.
 */
#include "emit_internal.h"

_Static_assert(offsetof(RtString, bytes) == 2 * sizeof(uint64_t), "the sizes are the second word");

/* How many bytes are characters. */
static LLVMValueRef look_at_sizes(FunctionEmitter *f, LLVMValueRef string)
{
    ModuleEmitter *m = f->m;
    LLVMBuilderRef b = m->builder;
    LLVMValueRef second = emit_int(m, m->i64, 1), zero = emit_int(m, m->i64, 0);
    LLVMValueRef sizes = LLVMBuildLoad2(b, m->i64, LLVMBuildInBoundsGEP2(b, m->i64, string, &second, 1, ""), "sizes");
    LLVMValueRef others = LLVMBuildAnd(b, sizes, emit_int(m, m->i64, RT_MANY_CONTINUATIONS), "");
    LLVMValueRef size = LLVMBuildLShr(b, sizes, emit_int(m, m->i64, 64 - RT_STRING_SIZE_BITS), "");
    return LLVMBuildSelect(b, LLVMBuildICmp(b, LLVMIntEQ, others, zero, ""), size, zero, "ascii");
}

static LLVMValueRef load_byte(ModuleEmitter *m, EmitValue string, LLVMValueRef index)
{
    LLVMBuilderRef b = m->builder;
    LLVMValueRef object = LLVMBuildIntToPtr(b, string.data, m->ptr, "");
    LLVMValueRef offset = LLVMBuildNSWAdd(b, index, emit_int(m, m->i64, offsetof(RtString, bytes)), "");
    LLVMValueRef byte = LLVMBuildLoad2(b, m->i8, LLVMBuildInBoundsGEP2(b, m->i8, object, &offset, 1, ""), "byte");
    LLVMMetadataRef range[2] = {LLVMValueAsMetadata(emit_int(m, m->i8, 0)),
                                LLVMValueAsMetadata(emit_int(m, m->i8, -128))}; /* from 0 to 127 */
    emit_set_metadata(m, byte, "range", range, 2);
    emit_mark_access(m, byte, ACCESS_TEXT);
    return LLVMBuildZExt(b, byte, m->i64, "code");
}

bool emit_text_prim(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result)
{
    ModuleEmitter *m = f->m;
    const CoreNode *string = node->u.call.count ? node->u.call.args[0] : NULL;
    if (node->u.call.primitive != PRIM_string_code || f->is_compact || string->kind != CORE_LOCAL) return false;
    if (!type_is(string->u.local->type, TAG_BIT(RT_STRING)) || !emit_has_tag(values[1], RT_INT)) return false;
    LLVMValueRef ascii = emit_once(f, string->u.local, look_at_sizes);
    if (!ascii) return false;
    RareCase rare;
    rare_case_begin(f, &rare, LLVMBuildICmp(m->builder, LLVMIntUGE, values[1].data, ascii, ""));
    rare_case_switch(f, &rare, emit_integer(m, load_byte(m, values[0], values[1].data)));
    LLVMValueRef code = emit_rare_item(f, RUNTIME_STRING_CODE_RARE, RUNTIME_STRING_CODE_FAIL, values, 2, node->place);
    *result = rare_case_finish(f, &rare, emit_integer(m, LLVMBuildExtractValue(m->builder, code, 1, "")));
    return true;
}
