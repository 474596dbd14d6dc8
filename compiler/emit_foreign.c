/* Calls of C functions: operands to C's types, the call itself, its result to a value.
 *
 * The function is an external symbol that the linker finds in a library or, in this process, an address.  Integers and floats are
 * checked and converted in line, everything else by runtime/foreign.c.  Operands are borrowed, so a refused one is dropped like
 * everything else by the cleanup code of the place.
 */
#include "emit_internal.h"
#include "foreign.h"

typedef struct ForeignCall {
    FunctionEmitter *f;
    const ForeignFunction *c;
    LLVMValueRef who, place;
} ForeignCall;

LLVMTypeRef emit_c_type(ModuleEmitter *m, const ForeignType *type)
{
    switch (type->class) {
    case FOREIGN_VOID: return m->none;
    case FOREIGN_BOOL: return LLVMInt1TypeInContext(m->context);
    case FOREIGN_INT:
    case FOREIGN_UINT64: return LLVMIntTypeInContext(m->context, (unsigned)type->bits);
    case FOREIGN_FLOAT: return LLVMFloatTypeInContext(m->context);
    case FOREIGN_DOUBLE: return LLVMDoubleTypeInContext(m->context);
    default: return m->ptr;
    }
}

/* A runtime function that takes the operand and says whose it is when it refuses it. */
static LLVMValueRef convert(ForeignCall *k, enum RuntimeFunction id, EmitValue v)
{
    ModuleEmitter *m = k->f->m;
    LLVMValueRef function = emit_runtime_function(m, id);
    LLVMValueRef args[] = {v.tag, v.data, k->who, k->place};
    return emit_call(k->f, m->runtime_types[id], function, CC_C, args, 4, true);
}

/* Goes on in a block of its own when the condition holds; else the operand is refused. */
static void require(ForeignCall *k, LLVMValueRef condition, EmitValue v, const char *expected)
{
    FunctionEmitter *f = k->f;
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef good = emit_block(f, "operand"), bad = emit_block(f, "refused");
    LLVMBuildCondBr(m->builder, condition, good, bad);
    LLVMPositionBuilderAtEnd(m->builder, bad);
    LLVMValueRef function = emit_runtime_function(m, RUNTIME_FOREIGN_REFUSE);
    LLVMValueRef args[] = {v.tag, v.data, k->who, emit_text(m, expected), k->place};
    emit_call(f, m->runtime_types[RUNTIME_FOREIGN_REFUSE], function, CC_C, args, 5, true);
    LLVMBuildUnreachable(m->builder);
    LLVMPositionBuilderAtEnd(m->builder, good);
}

static LLVMValueRef int_operand(ForeignCall *k, const ForeignType *type, EmitValue v)
{
    ModuleEmitter *m = k->f->m;
    LLVMValueRef is_int = LLVMBuildICmp(m->builder, LLVMIntEQ, v.tag, emit_int(m, m->i32, RT_INT), "");
    if (type->bits == 64) {
        require(k, is_int, v, type->expected);
        return v.data;
    }
    LLVMValueRef cut = LLVMBuildTrunc(m->builder, v.data, emit_c_type(m, type), "");
    LLVMValueRef again =
        type->is_signed ? LLVMBuildSExt(m->builder, cut, m->i64, "") : LLVMBuildZExt(m->builder, cut, m->i64, "");
    LLVMValueRef fits = LLVMBuildICmp(m->builder, LLVMIntEQ, again, v.data, "");
    require(k, LLVMBuildAnd(m->builder, is_int, fits, ""), v, type->expected);
    return cut;
}

static LLVMValueRef double_operand(ForeignCall *k, EmitValue v)
{
    FunctionEmitter *f = k->f;
    ModuleEmitter *m = f->m;
    LLVMTypeRef type = LLVMDoubleTypeInContext(m->context);
    LLVMBasicBlockRef other = emit_block(f, "number"), join = emit_block(f, "double");
    LLVMValueRef is_float = LLVMBuildICmp(m->builder, LLVMIntEQ, v.tag, emit_int(m, m->i32, RT_FLOAT), "");
    LLVMValueRef direct = LLVMBuildBitCast(m->builder, v.data, type, "");
    LLVMBasicBlockRef here = LLVMGetInsertBlock(m->builder);
    LLVMBuildCondBr(m->builder, is_float, join, other);
    LLVMPositionBuilderAtEnd(m->builder, other);
    LLVMValueRef converted = convert(k, RUNTIME_FOREIGN_DOUBLE, v);
    LLVMBasicBlockRef there = LLVMGetInsertBlock(m->builder);
    LLVMBuildBr(m->builder, join);
    LLVMPositionBuilderAtEnd(m->builder, join);
    LLVMValueRef phi = LLVMBuildPhi(m->builder, type, "");
    LLVMAddIncoming(phi, (LLVMValueRef[]){direct, converted}, (LLVMBasicBlockRef[]){here, there}, 2);
    return phi;
}

/* The vector is packed: foreign_vector has seen to that. */
static LLVMValueRef vector_operand(ForeignCall *k, EmitValue v)
{
    ModuleEmitter *m = k->f->m;
    LLVMValueRef vector = LLVMBuildIntToPtr(m->builder, v.data, m->ptr, "");
    LLVMValueRef offset = emit_int(m, m->i64, offsetof(RtVector, items));
    return LLVMBuildInBoundsGEP2(m->builder, m->i8, vector, &offset, 1, "");
}

static LLVMValueRef operand(ForeignCall *k, const ForeignType *type, EmitValue v)
{
    ModuleEmitter *m = k->f->m;
    switch (type->class) {
    case FOREIGN_BOOL: return LLVMBuildICmp(m->builder, LLVMIntNE, v.tag, emit_int(m, m->i32, RT_NIL), "");
    case FOREIGN_INT: return int_operand(k, type, v);
    case FOREIGN_UINT64: return convert(k, RUNTIME_FOREIGN_UINT64, v);
    case FOREIGN_FLOAT: return LLVMBuildFPTrunc(m->builder, double_operand(k, v), emit_c_type(m, type), "");
    case FOREIGN_DOUBLE: return double_operand(k, v);
    case FOREIGN_STRING: return convert(k, RUNTIME_FOREIGN_STRING, v);
    case FOREIGN_POINTER: return LLVMBuildIntToPtr(m->builder, convert(k, RUNTIME_FOREIGN_POINTER, v), m->ptr, "");
    case FOREIGN_FLOATS:
    case FOREIGN_INTS: return vector_operand(k, v);
    case FOREIGN_VOID:
    case FOREIGN_OWNED_STRING: break;
    }
    rt_internal_error("emit: no type of a C parameter");
}

static EmitValue pointer_result(ModuleEmitter *m, LLVMValueRef pointer)
{
    LLVMValueRef is_null = LLVMBuildIsNull(m->builder, pointer, "");
    LLVMValueRef tag =
        LLVMBuildSelect(m->builder, is_null, emit_int(m, m->i32, RT_NIL), emit_int(m, m->i32, RT_INT), "");
    return emit_uncounted(tag, LLVMBuildPtrToInt(m->builder, pointer, m->i64, ""));
}

EmitValue emit_from_c(FunctionEmitter *f, const ForeignType *type, LLVMValueRef r)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef n = r;
    switch (type->class) {
    case FOREIGN_BOOL: /* t is {RT_BOOL, 1}, nil {RT_NIL, 0} */
        return emit_uncounted(LLVMBuildZExt(m->builder, r, m->i32, ""), LLVMBuildZExt(m->builder, r, m->i64, ""));
    case FOREIGN_INT:
        if (type->bits < 64 && type->is_signed) n = LLVMBuildSExt(m->builder, r, m->i64, "");
        else if (type->bits < 64) n = LLVMBuildZExt(m->builder, r, m->i64, "");
        return emit_uncounted(emit_int(m, m->i32, RT_INT), n);
    case FOREIGN_FLOAT:
        r = LLVMBuildFPExt(m->builder, r, LLVMDoubleTypeInContext(m->context), "");
        __attribute__((fallthrough));
    case FOREIGN_DOUBLE:
        return emit_uncounted(emit_int(m, m->i32, RT_FLOAT), LLVMBuildBitCast(m->builder, r, m->i64, ""));
    case FOREIGN_UINT64: return emit_result(f, emit_runtime_call(f, RUNTIME_FOREIGN_UNSIGNED, &r, 1));
    case FOREIGN_STRING: return emit_result(f, emit_runtime_call(f, RUNTIME_FOREIGN_TEXT, &r, 1));
    case FOREIGN_OWNED_STRING: return emit_result(f, emit_runtime_call(f, RUNTIME_FOREIGN_OWNED_TEXT, &r, 1));
    case FOREIGN_POINTER: return pointer_result(m, r);
    default: return emit_literal(m, rt_nil());
    }
}
_Static_assert(RT_BOOL == 1 && RT_NIL == 0, "FOREIGN_BOOL");

static LLVMValueRef callee(ModuleEmitter *m, const ForeignFunction *c, LLVMTypeRef type)
{
    if (m->options->in_process) return emit_pointer(m, c->address);
    LLVMValueRef function =
        LLVMGetNamedFunction(m->module, c->c_name); /* also one of the runtime: types do not matter */
    return function ? function : LLVMAddFunction(m->module, c->c_name, type);
}

static void add_attribute(ModuleEmitter *m, LLVMValueRef target, unsigned index, const char *name)
{
    unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));
    LLVMAttributeRef attribute = LLVMCreateEnumAttribute(m->context, kind, 0);
    if (LLVMIsAFunction(target)) LLVMAddAttributeAtIndex(target, index, attribute);
    else LLVMAddCallSiteAttribute(target, index, attribute);
}

void emit_extend_small(ModuleEmitter *m, LLVMValueRef call, unsigned index, const ForeignType *type)
{
    if (!target_or_native(m->options->backend->target)->extends_small) return;
    bool is_small = type->class == FOREIGN_BOOL || (type->class == FOREIGN_INT && type->bits < 32);
    if (is_small) add_attribute(m, call, index, type->is_signed ? "signext" : "zeroext");
}

EmitValue emit_foreign(FunctionEmitter *f, CoreNode *node)
{
    ModuleEmitter *m = f->m;
    const ForeignFunction *c = foreign_of(node->u.call.args[0]->u.constant);
    ForeignCall k = {.f = f, .c = c, .who = emit_text(m, c->name), .place = emit_place(m, node->place)};
    EmitValue *values = emit_operands(f, node->u.call.args + 1, c->parameter_count);
    LLVMValueRef args[FOREIGN_MAX_PARAMETERS];
    LLVMTypeRef types[FOREIGN_MAX_PARAMETERS];
    for (int i = 0; i < c->parameter_count; i++) {
        types[i] = emit_c_type(m, c->parameters[i].type);
        args[i] = operand(&k, c->parameters[i].type, values[i]);
    }
    LLVMTypeRef type = LLVMFunctionType(emit_c_type(m, c->result), types, (unsigned)c->parameter_count, false);
    LLVMValueRef call = emit_call(f, type, callee(m, c, type), CC_C, args, c->parameter_count, false);
    add_attribute(m, call, LLVMAttributeFunctionIndex,
                  "nobuiltin"); /* LLVM's own idea of `pow` may differ in the last bit */
    for (int i = 0; i < c->parameter_count; i++) emit_extend_small(m, call, (unsigned)i + 1, c->parameters[i].type);
    emit_extend_small(m, call, LLVMAttributeReturnIndex, c->result);
    return emit_from_c(f, c->result, call);
}
