/* The C functions of a shared library, one for each exported Lisp function, and NAME_error.
 *
 *   TYPE NAME(TYPE, ...)           operands to values, rt_export_call, the word that it gives to the result's type
 *   const char *LIBRARY_error()    the message of the last call, NULL when it was good
 *
 * rt_export_call does what needs protection: it runs the library's program first, calls on the Lisp stack, and catches errors.
 */
#include "emit_internal.h"
#include "foreign.h"

static LLVMValueRef add_function(ModuleEmitter *m, const char *name, LLVMTypeRef type)
{
    LLVMValueRef function = LLVMAddFunction(m->module, name, type);
    LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, m->uwtable);
    LLVMPositionBuilderAtEnd(m->builder, LLVMAppendBasicBlockInContext(m->context, function, "entry"));
    return function;
}

static LLVMTypeRef function_type(ModuleEmitter *m, const ForeignFunction *c)
{
    LLVMTypeRef types[FOREIGN_MAX_PARAMETERS];
    for (int i = 0; i < c->parameter_count; i++) types[i] = emit_c_type(m, c->parameters[i].type);
    return LLVMFunctionType(emit_c_type(m, c->result), types, (unsigned)c->parameter_count, false);
}

/* Array of the operands as values; they are rt_export_call's. */
static LLVMValueRef store_operands(FunctionEmitter *f, const ForeignFunction *c)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef count = emit_int(m, m->i32, c->parameter_count + 1);
    LLVMValueRef array = LLVMBuildArrayAlloca(m->builder, m->value_type, count, "operands");
    for (int i = 0; i < c->parameter_count; i++) {
        EmitValue v = emit_from_c(f, c->parameters[i].type, LLVMGetParam(f->function, (unsigned)i));
        LLVMValueRef offset = emit_int(m, m->i64, i), fields[2];
        emit_field_pointers(m, LLVMBuildInBoundsGEP2(m->builder, m->value_type, array, &offset, 1, ""), fields);
        LLVMBuildStore(m->builder, v.tag, fields[0]);
        LLVMBuildStore(m->builder, v.data, fields[1]);
    }
    return array;
}

static void return_word(ModuleEmitter *m, const ForeignType *type, LLVMValueRef word)
{
    LLVMTypeRef c_type = emit_c_type(m, type);
    switch (type->class) {
    case FOREIGN_VOID: LLVMBuildRetVoid(m->builder); return;
    case FOREIGN_DOUBLE: word = LLVMBuildBitCast(m->builder, word, c_type, ""); break;
    case FOREIGN_FLOAT:
        word = LLVMBuildBitCast(m->builder, word, LLVMDoubleTypeInContext(m->context), "");
        word = LLVMBuildFPTrunc(m->builder, word, c_type, "");
        break;
    case FOREIGN_BOOL:
    case FOREIGN_INT:
    case FOREIGN_UINT64: word = LLVMBuildTrunc(m->builder, word, c_type, ""); break;
    default: word = LLVMBuildIntToPtr(m->builder, word, c_type, ""); break;
    }
    LLVMBuildRet(m->builder, word);
}

static void emit_export(ModuleEmitter *m, const ForeignFunction *c, LLVMValueRef program)
{
    FunctionEmitter f = {.m = m, .arena = m->arena};
    f.function = add_function(m, c->c_name, function_type(m, c));
    owned_init(&f);
    LLVMValueRef index = emit_private_constant(m, emit_int(m, m->i64, -1), "export");
    LLVMSetGlobalConstant(index, false);
    LLVMValueRef array = store_operands(&f, c);
    LLVMValueRef args[] = {program,
                           emit_text(m, c->name),
                           index,
                           array,
                           emit_int(m, m->i64, c->parameter_count),
                           emit_int(m, m->i64, FOREIGN_KIND(c->result->class, c->result->bits, c->result->is_signed))};
    return_word(m, c->result, emit_runtime_call(&f, RUNTIME_EXPORT_CALL, args, 6));
    for (int i = 0; i < c->parameter_count; i++)
        emit_extend_small(m, f.function, (unsigned)i + 1, c->parameters[i].type);
    emit_extend_small(m, f.function, LLVMAttributeReturnIndex, c->result);
}

static void emit_error_function(ModuleEmitter *m)
{
    const char *name = arena_format(m->arena, "%s_error", m->options->backend->library_name);
    FunctionEmitter f = {.m = m, .arena = m->arena};
    f.function = add_function(m, name, LLVMFunctionType(m->ptr, NULL, 0, false));
    owned_init(&f);
    LLVMBuildRet(m->builder, emit_runtime_call(&f, RUNTIME_EXPORT_ERROR, NULL, 0));
}

void emit_exports(ModuleEmitter *m, LLVMValueRef program)
{
    LLVMSetVisibility(program, LLVMHiddenVisibility);
    for (int i = 0; i < m->program->export_count; i++) emit_export(m, m->program->exports[i], program);
    emit_error_function(m);
}
