/* How values travel between blocks and functions: as one or two LLVM values, by the type that pass `types` found.
 *
 *   REP_VALUE    i32 tag, i64 data
 *   REP_TAGGED   i64 data; the type has one tag, which is a constant wherever the value is taken up again
 *   REP_FLOAT    double
 *   REP_OPTIONAL i64 data, which is 0 for nil alone: the tag is computed from it where it is needed
 *
 * Inside a function every value is an EmitValue: a constant tag is how the emission files see what is known of it.
 * The bits of a float are its data; LLVM removes the casts to and fro.
 */
#include "emit_internal.h"

bool emit_has_tag(EmitValue v, uint32_t tag)
{
    return LLVMIsAConstantInt(v.tag) && LLVMConstIntGetZExtValue(v.tag) == tag;
}

bool emit_is_immediate(EmitValue v)
{
    return LLVMIsAConstantInt(v.tag) && LLVMConstIntGetZExtValue(v.tag) < RT_FIRST_HEAP_TAG;
}

bool emit_is_on_heap(EmitValue v)
{
    return LLVMIsAConstantInt(v.tag) && LLVMConstIntGetZExtValue(v.tag) >= RT_FIRST_HEAP_TAG;
}

LLVMValueRef emit_double(ModuleEmitter *m, EmitValue v)
{
    if (LLVMIsABitCastInst(v.data)) {
        LLVMValueRef operand = LLVMGetOperand(v.data, 0);
        if (LLVMTypeOf(operand) == m->f64) return operand;
    }
    return LLVMBuildBitCast(m->builder, v.data, m->f64, "");
}

EmitValue emit_float(ModuleEmitter *m, LLVMValueRef number)
{
    return emit_uncounted(emit_int(m, m->i32, RT_FLOAT), LLVMBuildBitCast(m->builder, number, m->i64, ""));
}

EmitValue emit_integer(ModuleEmitter *m, LLVMValueRef n) { return emit_uncounted(emit_int(m, m->i32, RT_INT), n); }

EmitValue emit_truth(ModuleEmitter *m, LLVMValueRef bit)
{
    return emit_uncounted(LLVMBuildZExt(m->builder, bit, m->i32, ""), LLVMBuildZExt(m->builder, bit, m->i64, ""));
}

LLVMValueRef emit_truth_bit(ModuleEmitter *m, EmitValue v)
{
    if (!LLVMIsAZExtInst(v.tag)) return NULL;
    LLVMValueRef bit = LLVMGetOperand(v.tag, 0);
    return LLVMTypeOf(bit) == LLVMInt1TypeInContext(m->context) ? bit : NULL;
}

_Static_assert(RT_NIL == 0 && RT_BOOL == 1, "a truth value's tag and data are its bit");

int emit_word_types(ModuleEmitter *m, const CoreType *type, LLVMTypeRef *types)
{
    switch (type_rep(type)) {
    case REP_TAGGED:
    case REP_OPTIONAL: types[0] = m->i64; return 1;
    case REP_FLOAT: types[0] = m->f64; return 1;
    case REP_VALUE: break;
    }
    types[0] = m->i32;
    types[1] = m->i64;
    return 2;
}

int emit_words(ModuleEmitter *m, const CoreType *type, EmitValue v, LLVMValueRef *words)
{
    switch (type_rep(type)) {
    case REP_TAGGED:
    case REP_OPTIONAL: words[0] = v.data; return 1;
    case REP_FLOAT: words[0] = emit_double(m, v); return 1;
    case REP_VALUE: break;
    }
    words[0] = v.tag;
    words[1] = v.data;
    return 2;
}

static LLVMValueRef optional_tag(ModuleEmitter *m, const CoreType *type, LLVMValueRef data)
{
    LLVMValueRef is_nil = LLVMBuildICmp(m->builder, LLVMIntEQ, data, emit_int(m, m->i64, 0), "is_nil");
    LLVMValueRef tags[2] = {emit_int(m, m->i32, RT_NIL), emit_int(m, m->i32, emit_only_tag(m, type))};
    return LLVMBuildSelect(m->builder, is_nil, tags[0], tags[1], "tag");
}

EmitValue emit_from_words(ModuleEmitter *m, const CoreType *type, LLVMValueRef const *words)
{
    switch (type_rep(type)) {
    case REP_TAGGED: return emit_uncounted(emit_int(m, m->i32, emit_only_tag(m, type)), words[0]);
    case REP_FLOAT: return emit_float(m, words[0]);
    case REP_OPTIONAL: return emit_uncounted(optional_tag(m, type, words[0]), words[0]);
    case REP_VALUE: break;
    }
    return emit_uncounted(words[0], words[1]);
}

int emit_word_count(const CoreType *type) { return type_rep(type) == REP_VALUE ? 2 : 1; }

const CoreType *emit_phi_type(const CoreType *type) { return type_rep(type) == REP_OPTIONAL ? NULL : type; }

/* With the tag of structs in place of that of vectors. */
static uint32_t with_structs(uint32_t tags)
{
    return tags & TAG_BIT(RT_VECTOR) ? (tags & ~TAG_BIT(RT_VECTOR)) | TAG_BIT(RT_STRUCT) : tags;
}

LLVMValueRef emit_test_tags(ModuleEmitter *m, const CoreType *type, EmitValue v, uint32_t tags)
{
    bool with_nil = tags & TAG_BIT(RT_NIL);
    if (type_rep(type) == REP_OPTIONAL && !LLVMIsAConstantInt(v.tag) && with_nil != (tags >> type_only_tag(type) & 1))
        return LLVMBuildICmp(m->builder, with_nil ? LLVMIntEQ : LLVMIntNE, v.data, emit_int(m, m->i64, 0), "");
    uint32_t others = TAGS_ALL & ~tags;
    if (emit_layout(m, type)) {
        tags = with_structs(tags);
        others = with_structs(others);
    }
    bool is_one = !(tags & (tags - 1)), is_all_but_one = !(others & (others - 1));
    if (is_one || is_all_but_one) {
        LLVMValueRef one = emit_int(m, m->i32, __builtin_ctz(is_one ? tags : others));
        return LLVMBuildICmp(m->builder, is_one ? LLVMIntEQ : LLVMIntNE, v.tag, one, "");
    }
    LLVMValueRef bits = LLVMBuildLShr(m->builder, emit_int(m, m->i32, tags), v.tag, "");
    return LLVMBuildTrunc(m->builder, bits, LLVMInt1TypeInContext(m->context), "");
}

EmitValue emit_with_type(ModuleEmitter *m, const CoreType *type, EmitValue v)
{
    if (type_is_one_tag(type)) v.tag = emit_int(m, m->i32, emit_only_tag(m, type));
    return v;
}

/* ---- results --------------------------------------------------------------------------------------------------- */

const CoreType *emit_result_type(const CoreFunction *core)
{
    return emit_convention(core) == CC_TAIL || core->is_toplevel ? NULL : core->result;
}

LLVMTypeRef emit_result_llvm_type(ModuleEmitter *m, const CoreFunction *core)
{
    if (emit_parts_of(core)) return emit_parts_llvm_type(m, emit_parts_of(core));
    LLVMTypeRef words[2];
    int count = emit_word_types(m, emit_result_type(core), words);
    return count == 1 ? words[0] : m->value_type;
}

LLVMValueRef emit_pack(ModuleEmitter *m, EmitValue v)
{
    LLVMValueRef result = LLVMBuildInsertValue(m->builder, LLVMGetPoison(m->value_type), v.tag, 0, "");
    return LLVMBuildInsertValue(m->builder, result, v.data, 1, "");
}

void emit_return_value(FunctionEmitter *f, EmitValue v)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef words[2];
    int count = emit_words(m, emit_result_type(f->core), v, words);
    LLVMBuildRet(m->builder, count == 1 ? words[0] : emit_pack(m, v));
}

EmitValue emit_known_result(FunctionEmitter *f, const CoreFunction *callee, const CoreType *type, LLVMValueRef result)
{
    if (emit_parts_of(callee)) return emit_parts_result(f, emit_parts_of(callee), result);
    ModuleEmitter *m = f->m;
    const CoreType *declared = emit_result_type(callee);
    LLVMValueRef words[2] = {result, NULL};
    if (emit_word_count(declared) == 2) {
        words[0] = LLVMBuildExtractValue(m->builder, result, 0, "");
        words[1] = LLVMBuildExtractValue(m->builder, result, 1, "");
    }
    EmitValue v = emit_with_type(m, type, emit_from_words(m, declared, words));
    if (type_is_immediate(type) || emit_is_immediate(v)) return v;
    return emit_owned(f, v.tag, v.data);
}
