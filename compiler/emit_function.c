/* One Core function to its LLVM functions: the direct one with the body, and, when the function is used as a value, the
 * closure entry or the generic entry that unpack captures and arguments and go on with the direct one.
 *
 * The entry block is completed last, when it is known whether the body needs an operand array and makes calls that let
 * the stack grow.  Behind it comes the body; with self tail calls that is a loop header with a phi pair for each
 * capture and parameter.
 */
#include "emit_internal.h"

LLVMBasicBlockRef emit_block(FunctionEmitter *f, const char *name)
{
    return LLVMAppendBasicBlockInContext(f->m->context, f->function, name);
}

unsigned emit_convention(const CoreFunction *core) { return core->needs_tailcc ? CC_TAIL : CC_FAST; }

/* Values that the direct function takes in registers; more would need space on the stack, see RT_TAILCC in value.h. */
static int register_count(const CoreFunction *core)
{
    int count = core_param_count(core);
    return core->needs_tailcc && count > RT_MAX_DIRECT_ARGS ? RT_MAX_DIRECT_ARGS : count;
}

/* {i32, i64} (ptr self if `has_self`, then `values` times i32, i64) */
static LLVMTypeRef lisp_function_type(ModuleEmitter *m, bool has_self, int values)
{
    unsigned count = 0;
    LLVMTypeRef *types = arena_alloc(m->arena, (size_t)(2 * values + 1) * sizeof *types);
    if (has_self) types[count++] = m->ptr;
    for (int i = 0; i < values; i++) {
        types[count++] = m->i32;
        types[count++] = m->i64;
    }
    return LLVMFunctionType(m->value_type, types, count, false);
}

LLVMValueRef emit_function_new(ModuleEmitter *m, LLVMTypeRef type, const char *name, unsigned convention)
{
    LLVMValueRef function = LLVMAddFunction(m->module, name, type);
    LLVMSetLinkage(function, LLVMInternalLinkage);
    LLVMSetFunctionCallConv(function, convention);
    LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, m->uwtable);
    return function;
}

void emit_function_declare(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = arena_alloc(m->arena, sizeof *parts);
    parts->direct_type = lisp_function_type(m, false, register_count(core));
    const char *name = core->is_toplevel ? arena_format(m->arena, "toplevel.%u", core->place ? core->place->line : 0)
                                         : arena_format(m->arena, "lisp.%s", core->name);
    parts->direct = emit_function_new(m, parts->direct_type, name, emit_convention(core));
    /* Forms run once: inlining them all would only make one huge function. */
    if (core->is_toplevel) LLVMAddAttributeAtIndex(parts->direct, LLVMAttributeFunctionIndex, m->noinline);
    core->engine = parts;
}

/* ---- the body ---------------------------------------------------------------------------------------------------- */

void emit_bind(FunctionEmitter *f, CoreVar *var, EmitValue v)
{
    if ((var->is_unboxed || var->is_borrowed) && v.item) {
        owned_remove_item(f, v.item);
        v.item = NULL;
    }
    v.is_borrowed = var->is_borrowed;
    EmitValue *binding = arena_alloc(f->arena, sizeof *binding);
    *binding = v;
    var->scratch = binding;
    ARENA_PUSH(f->arena, f->bound, f->bound_count, f->bound_capacity, var);
    size_t length;
    if (LLVMIsAInstruction(v.data) && (LLVMGetValueName2(v.data, &length), length == 0))
        LLVMSetValueName2(v.data, var->name, strlen(var->name));
}

LLVMValueRef emit_array_element(FunctionEmitter *f, int index)
{
    ModuleEmitter *m = f->m;
    if (!f->array) {
        LLVMPositionBuilderAtEnd(m->pad_builder, f->entry);
        f->array = LLVMBuildArrayAlloca(m->pad_builder, m->value_type, emit_int(m, m->i32, 1), "operands");
    }
    if (index >= f->array_length) f->array_length = index + 1;
    LLVMValueRef offset = emit_int(m, m->i64, index);
    return LLVMBuildInBoundsGEP2(m->builder, m->value_type, f->array, &offset, 1, "");
}

LLVMValueRef emit_array(FunctionEmitter *f, const EmitValue *values, int count)
{
    ModuleEmitter *m = f->m;
    for (int i = 0; i < count; i++) {
        LLVMValueRef fields[2];
        emit_field_pointers(m, emit_array_element(f, f->array_top + i), fields);
        LLVMBuildStore(m->builder, values[i].tag, fields[0]);
        LLVMBuildStore(m->builder, values[i].data, fields[1]);
    }
    return emit_array_element(f, f->array_top);
}

/* Loads value number `index` behind `base`, two scalars to args. */
static void load_value(ModuleEmitter *m, LLVMValueRef base, int index, LLVMValueRef *args)
{
    LLVMValueRef offset = emit_int(m, m->i64, index), fields[2];
    emit_field_pointers(m, LLVMBuildInBoundsGEP2(m->builder, m->value_type, base, &offset, 1, ""), fields);
    args[0] = LLVMBuildLoad2(m->builder, m->i32, fields[0], "");
    args[1] = LLVMBuildLoad2(m->builder, m->i64, fields[1], "");
}

/* The values in registers, and the others out of rt_args before anything can refill it. */
static void take_arguments(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    int count = core_param_count(f->core), registers = register_count(f->core);
    f->incoming = arena_alloc(f->arena, (size_t)(2 * count + 1) * sizeof *f->incoming);
    for (int i = 0; i < 2 * registers; i++) f->incoming[i] = LLVMGetParam(f->function, (unsigned)i);
    if (count == registers) return;
    LLVMPositionBuilderAtEnd(m->builder, f->entry);
    LLVMValueRef base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
    for (int i = registers; i < count; i++) load_value(m, base, i - registers, f->incoming + 2 * i);
    LLVMPositionBuilderAtEnd(m->builder, f->body);
}

void emit_store_arguments(FunctionEmitter *f, const LLVMValueRef *words, int count)
{
    ModuleEmitter *m = f->m;
    if (count <= 0) return;
    if (count > RT_ARGS_MIN)
        emit_runtime_call(f, RUNTIME_ARGS_RESERVE, (LLVMValueRef[]){emit_int(m, m->i64, count)}, 1);
    LLVMValueRef base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
    for (int i = 0; i < count; i++) {
        LLVMValueRef index = emit_int(m, m->i64, i), fields[2];
        emit_field_pointers(m, LLVMBuildInBoundsGEP2(m->builder, m->value_type, base, &index, 1, ""), fields);
        LLVMBuildStore(m->builder, words[2 * i], fields[0]);
        LLVMBuildStore(m->builder, words[2 * i + 1], fields[1]);
    }
}

int emit_spill_arguments(FunctionEmitter *f, const CoreFunction *callee, LLVMValueRef *args, int words)
{
    int registers = register_count(callee);
    if (words <= 2 * registers) return words;
    emit_store_arguments(f, args + 2 * registers, words / 2 - registers);
    return 2 * registers;
}

/* Binds captures and parameters, to the incoming values or to the phis of the loop header. */
static void bind_parameters(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    int count = core_param_count(f->core);
    take_arguments(f);
    if (f->core->self_tail_calls) f->loop_phis = arena_alloc(f->arena, (size_t)(2 * count + 1) * sizeof *f->loop_phis);
    for (int i = 0; i < 2 * count; i++) {
        LLVMValueRef incoming = f->incoming[i];
        CoreVar *var = core_param(f->core, i / 2);
        const char *name = i % 2 ? var->name : arena_format(f->arena, "%s.tag", var->name);
        LLVMSetValueName2(incoming, name, strlen(name));
        if (!f->loop_phis) continue;
        f->loop_phis[i] = LLVMBuildPhi(m->builder, i % 2 ? m->i64 : m->i32, name);
        LLVMAddIncoming(f->loop_phis[i], &incoming, &f->entry, 1);
    }
    for (int i = 0; i < count; i++) {
        LLVMValueRef tag = f->loop_phis ? f->loop_phis[2 * i] : f->incoming[2 * i];
        LLVMValueRef data = f->loop_phis ? f->loop_phis[2 * i + 1] : f->incoming[2 * i + 1];
        emit_bind(f, core_param(f->core, i), emit_owned(f, tag, data));
    }
}

/* Where the frame is too deep: the parameters that are not lent are owned, nothing else is. */
static void emit_depth_error(FunctionEmitter *f, LLVMBasicBlockRef block)
{
    ModuleEmitter *m = f->m;
    LLVMPositionBuilderAtEnd(m->builder, block);
    owned_init(f);
    for (int i = 0; i < core_param_count(f->core); i++) {
        if (core_param(f->core, i)->is_borrowed || core_param(f->core, i)->is_unboxed) continue;
        LLVMValueRef drop = emit_runtime_call(f, RUNTIME_DROP, f->incoming + 2 * i, 2);
        LLVMAddCallSiteAttribute(drop, LLVMAttributeFunctionIndex, m->noinline);
    }
    emit_runtime_call(f, RUNTIME_RAISE_DEPTH, (LLVMValueRef[]){emit_place(m, f->core->place)}, 1);
    LLVMBuildUnreachable(m->builder);
}

static LLVMValueRef emit_frame_is_too_deep(ModuleEmitter *m)
{
    static const char name[] = "llvm.addressofreturnaddress";
    unsigned id = LLVMLookupIntrinsicID(name, sizeof name - 1);
    LLVMValueRef intrinsic = LLVMGetIntrinsicDeclaration(m->module, id, &m->ptr, 1);
    LLVMTypeRef type = LLVMIntrinsicGetType(m->context, id, &m->ptr, 1);
    LLVMValueRef frame = LLVMBuildCall2(m->builder, type, intrinsic, NULL, 0, "");
    LLVMValueRef limit = LLVMBuildLoad2(m->builder, m->i64, emit_external_global(m, "rt_stack_limit", m->i64), "limit");
    if (m->options->backend->is_interactive) { /* an interrupt may change it at any time */
        LLVMSetVolatile(limit, true);
    } else {
        LLVMValueRef nothing = LLVMMetadataAsValue(m->context, LLVMMDNodeInContext2(m->context, NULL, 0));
        LLVMSetMetadata(limit, LLVMGetMDKindIDInContext(m->context, "invariant.load", 14), nothing);
    }
    return LLVMBuildICmp(m->builder, LLVMIntULT, LLVMBuildPtrToInt(m->builder, frame, m->i64, ""), limit, "too_deep");
}

void emit_finish_entry(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    if (f->array) LLVMSetOperand(f->array, 0, emit_int(m, m->i32, f->array_length));
    LLVMPositionBuilderAtEnd(m->builder, f->entry);
    if (!m->options->backend->stack_check || !(f->makes_calls || m->options->backend->is_interactive)) {
        LLVMBuildBr(m->builder, f->body);
        return;
    }
    LLVMBasicBlockRef too_deep = emit_block(f, "too_deep");
    LLVMBuildCondBr(m->builder, emit_frame_is_too_deep(m), too_deep, f->body);
    emit_depth_error(f, too_deep);
}

/* At the head of a loop of a session's form: an interrupt must end it although its frame does not grow. */
static void emit_poll(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef stopped = emit_block(f, "interrupted"), next = emit_block(f, "turn");
    LLVMBuildCondBr(m->builder, emit_frame_is_too_deep(m), stopped, next);
    LLVMPositionBuilderAtEnd(m->builder, stopped);
    emit_runtime_call(f, RUNTIME_RAISE_DEPTH, (LLVMValueRef[]){emit_place(m, f->core->place)}, 1);
    LLVMBuildUnreachable(m->builder);
    LLVMPositionBuilderAtEnd(m->builder, next);
}

void emit_function_body(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    FunctionEmitter f = {.m = m, .core = core, .function = parts->direct, .arena = arena_new()};
    owned_init(&f);
    f.entry = emit_block(&f, "entry");
    f.body = emit_block(&f, core->self_tail_calls ? "loop" : "body");
    LLVMPositionBuilderAtEnd(m->builder, f.body);
    bind_parameters(&f);
    if (f.loop_phis && m->options->backend->is_interactive && m->options->backend->stack_check) emit_poll(&f);
    emit_tail(&f, core->body);
    emit_finish_entry(&f);
    for (int i = 0; i < f.bound_count; i++) f.bound[i]->scratch = NULL;
    arena_free(f.arena);
}

void emit_wrapping_function(ModuleEmitter *m, CoreFunction *core)
{
    const FunctionParts *parts = core->engine;
    if (parts->code) emit_function_body(m, core);
    else LLVMDeleteFunction(parts->direct);
}

/* ---- functions as values --------------------------------------------------------------------------------------- */

static bool is_generic(const CoreFunction *core) { return core->has_rest || core->param_count > RT_MAX_DIRECT_ARGS; }

_Static_assert(offsetof(RtCode, entry) == 0 && offsetof(RtCode, generic_entry) == 8 &&
                   offsetof(RtCode, min_args) == 16 && offsetof(RtCode, max_args) == 20 &&
                   offsetof(RtCode, name) == 24 && offsetof(RtCode, is_builtin) == 32 && offsetof(RtCode, data) == 40 &&
                   sizeof(RtCode) == 48,
               "code_type mirrors RtCode");
_Static_assert(offsetof(RtClosure, count) == 0 && offsetof(RtClosure, arity) == 4 && offsetof(RtClosure, entry) == 8 &&
                   offsetof(RtClosure, code) == 16 && offsetof(RtClosure, capture_count) == 24 &&
                   offsetof(RtClosure, captures) == 32 && sizeof(RtValue) == 16,
               "closure_type mirrors RtClosure");

LLVMValueRef emit_function_code(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (parts->code) return parts->code;
    const char *suffix = is_generic(core) ? "generic" : "entry";
    const char *name = arena_format(m->arena, "lisp.%s.%s", core->name, suffix);
    if (is_generic(core)) parts->generic = emit_function_new(m, emit_signature(m, "vpl"), name, CC_TAIL);
    else parts->entry = emit_function_new(m, lisp_function_type(m, true, core->param_count), name, CC_TAIL);
    if (parts->entry) LLVMAddAttributeAtIndex(parts->entry, 1, m->swiftself);
    int fixed = core->param_count - core->has_rest;
    LLVMValueRef null = LLVMConstNull(m->ptr);
    LLVMValueRef fields[] = {
        parts->entry ? parts->entry : null,
        parts->generic ? parts->generic : null,
        emit_int(m, m->i32, fixed),
        emit_int(m, m->i32, core->has_rest ? -1 : fixed),
        emit_text(m, core->name),
        emit_int(m, m->i32, 0),
        null,
    };
    LLVMValueRef code = LLVMConstNamedStruct(m->code_type, fields, sizeof fields / sizeof *fields);
    parts->code = emit_private_constant(m, code, arena_format(m->arena, "lisp.%s.code", core->name));
    return parts->code;
}

LLVMValueRef emit_function_closure(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (parts->closure) return parts->closure;
    LLVMValueRef code = emit_function_code(m, core);
    LLVMValueRef fields[] = {
        emit_int(m, m->i32, RT_IMMORTAL),
        emit_int(m, m->i32, is_generic(core) ? -1 : core->param_count),
        parts->entry ? parts->entry : LLVMConstNull(m->ptr),
        code,
        emit_int(m, m->i64, 0),
    };
    LLVMValueRef closure = LLVMConstNamedStruct(m->closure_type, fields, sizeof fields / sizeof *fields);
    parts->closure = emit_private_constant(m, closure, arena_format(m->arena, "lisp.%s.closure", core->name));
    return parts->closure;
}

/* Each capture with a count of its own; the closure is consumed. */
static void unpack_captures(FunctionEmitter *f, LLVMValueRef self, LLVMValueRef *args)
{
    ModuleEmitter *m = f->m;
    int count = f->core->capture_count;
    if (!count) return;
    LLVMValueRef offset = emit_int(m, m->i64, offsetof(RtClosure, captures));
    LLVMValueRef captures = LLVMBuildInBoundsGEP2(m->builder, m->i8, self, &offset, 1, "captures");
    for (int i = 0; i < count; i++) {
        load_value(m, captures, i, args + 2 * i);
        emit_dup(f, emit_uncounted(args[2 * i], args[2 * i + 1]));
    }
    LLVMValueRef closure[2] = {emit_int(m, m->i32, RT_CLOSURE), LLVMBuildPtrToInt(m->builder, self, m->i64, "")};
    emit_runtime_call(f, RUNTIME_DROP, closure, 2);
}

/* Goes on with the direct function: nothing is owned any more, so an error needs no cleanup here. */
static void finish_wrapper(FunctionEmitter *f, LLVMValueRef *args)
{
    FunctionParts *parts = f->core->engine;
    unsigned convention = emit_convention(f->core);
    int words = emit_spill_arguments(f, f->core, args, 2 * core_param_count(f->core));
    LLVMValueRef call = emit_call(f, parts->direct_type, parts->direct, convention, args, words, true);
    if (convention == CC_TAIL) LLVMSetTailCallKind(call, LLVMTailCallKindMustTail);
    LLVMBuildRet(f->m->builder, call);
}

/* Fixed arguments from rt_args, the others as a list. */
static void unpack_arguments(FunctionEmitter *f, LLVMValueRef argc, LLVMValueRef *args)
{
    ModuleEmitter *m = f->m;
    int fixed = f->core->param_count - f->core->has_rest;
    LLVMValueRef base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
    for (int i = 0; i < fixed; i++) load_value(m, base, i, args + 2 * i);
    if (!f->core->has_rest) return;
    LLVMValueRef range[2] = {emit_int(m, m->i64, fixed), argc};
    LLVMValueRef rest = emit_runtime_call(f, RUNTIME_LIST_FROM_ARGS, range, 2);
    args[2 * fixed] = LLVMBuildExtractValue(m->builder, rest, 0, "rest.tag");
    args[2 * fixed + 1] = LLVMBuildExtractValue(m->builder, rest, 1, "rest");
}

void emit_function_wrappers(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (!parts->code) return;
    FunctionEmitter f = {
        .m = m, .core = core, .function = parts->entry ? parts->entry : parts->generic, .arena = arena_new()};
    owned_init(&f);
    LLVMPositionBuilderAtEnd(m->builder, emit_block(&f, "entry"));
    LLVMValueRef *args = arena_alloc(f.arena, (size_t)(2 * core_param_count(core) + 1) * sizeof *args);
    LLVMValueRef *params = args + 2 * core->capture_count;
    LLVMValueRef self = LLVMGetParam(f.function, 0);
    LLVMSetValueName2(self, "self", 4);
    if (parts->generic) unpack_arguments(&f, LLVMGetParam(f.function, 1), params);
    else
        for (int i = 0; i < 2 * core->param_count; i++) params[i] = LLVMGetParam(f.function, (unsigned)(i + 1));
    unpack_captures(&f, self, args);
    finish_wrapper(&f, args);
    arena_free(f.arena);
}

LLVMValueRef emit_pack(ModuleEmitter *m, EmitValue v)
{
    LLVMValueRef result = LLVMBuildInsertValue(m->builder, LLVMGetPoison(m->value_type), v.tag, 0, "");
    return LLVMBuildInsertValue(m->builder, result, v.data, 1, "");
}
