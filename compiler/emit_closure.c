/* Functions as values: the closure entry or the generic entry, which unpack captures and arguments and go on with the direct function;
 * the descriptor, the closure; and what the interpreter calls.
 */
#include "emit_internal.h"

bool emit_has_generic_entry(const CoreFunction *core)
{
    return core->has_rest || core->param_count > RT_MAX_DIRECT_ARGS;
}

_Static_assert(offsetof(RtCode, entry) == 0 && offsetof(RtCode, lent_entry) == 8 &&
                   offsetof(RtCode, borrow_entry) == 16 && offsetof(RtCode, generic_entry) == 24 &&
                   offsetof(RtCode, min_args) == 32 && offsetof(RtCode, max_args) == 36 &&
                   offsetof(RtCode, name) == 40 && offsetof(RtCode, is_builtin) == 48 &&
                   offsetof(RtCode, capture_count) == 52 && offsetof(RtCode, data) == 56 && sizeof(RtCode) == 64,
               "code_type mirrors RtCode");
_Static_assert(offsetof(RtClosure, count) == 0 && offsetof(RtClosure, code) == 8 && offsetof(RtClosure, captures) == 16,
               "closure_type mirrors RtClosure, whose arity is the byte behind the count");

/* For callers who keep the closure or all that they pass: the version for them, or code that counts it and goes on with the entry. */
static LLVMValueRef lending_entry(ModuleEmitter *m, CoreFunction *core, enum CoreLending lending)
{
    const FunctionParts *parts = core->engine;
    if (core->versions[lending]) return ((FunctionParts *)core->versions[lending]->engine)->entry;
    if (lending == LEND_CLOSURE && !core->capture_count) return parts->entry;
    const char *what = lending == LEND_CLOSURE ? "closure" : "all";
    const char *name = arena_format(m->arena, "rt_lend_%s_%d", what, core->param_count);
    LLVMValueRef function = LLVMGetNamedFunction(m->module, name);
    if (function) return function;
    function = LLVMAddFunction(m->module, name, emit_entry_type(m, core->param_count));
    LLVMSetFunctionCallConv(function, CC_TAIL);
    return function;
}

LLVMValueRef emit_function_code(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (parts->code) return parts->code;
    const char *suffix = emit_has_generic_entry(core) ? "generic" : "entry";
    const char *name = arena_format(m->arena, "lisp.%s.%s", core->name, suffix);
    if (emit_has_generic_entry(core)) parts->generic = emit_function_new(m, emit_signature(m, "vpl"), name, CC_TAIL);
    else if (!parts->is_entry)
        parts->entry = emit_function_new(m, emit_entry_type(m, core->param_count), name, CC_TAIL);
    if (parts->entry) LLVMAddAttributeAtIndex(parts->entry, 1, m->swiftself);
    int fixed = core->param_count - core->has_rest;
    LLVMValueRef null = LLVMConstNull(m->ptr);
    LLVMValueRef fields[] = {
        parts->entry ? parts->entry : null,
        parts->entry ? lending_entry(m, core, LEND_CLOSURE) : null,
        parts->entry ? lending_entry(m, core, LEND_ALL) : null,
        parts->generic ? parts->generic : null,
        emit_int(m, m->i32, fixed),
        emit_int(m, m->i32, core->has_rest ? -1 : fixed),
        emit_text(m, core->name),
        emit_int(m, m->i32, 0),
        emit_int(m, m->i32, core->capture_count),
        null,
    };
    LLVMValueRef code = LLVMConstNamedStruct(m->code_type, fields, sizeof fields / sizeof *fields);
    parts->code = emit_private_constant(m, code, arena_format(m->arena, "lisp.%s.code", core->name));
    return parts->code;
}

LLVMValueRef emit_function_closure(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (m->options->backend->joins_interpreter) return emit_pointer(m, core->closure);
    if (parts->closure) return parts->closure;
    LLVMValueRef code = emit_function_code(m, core);
    LLVMValueRef fields[] = {
        emit_int(m, m->i32, RT_IMMORTAL),
        emit_int(m, m->i8, emit_has_generic_entry(core) ? -1 : core->param_count),
        code,
    };
    LLVMValueRef closure = LLVMConstNamedStruct(m->closure_type, fields, sizeof fields / sizeof *fields);
    parts->closure = emit_private_constant(m, closure, arena_format(m->arena, "lisp.%s.closure", core->name));
    const char *library_name = (core->wraps ? core->wraps : core)->library_name;
    if (m->program->unit && library_name) emit_share(m, parts->closure, "library", library_name);
    return parts->closure;
}

enum CapturePlace { PLACE_TAG, PLACE_DATA };

static LLVMValueRef capture_place(ModuleEmitter *m, LLVMValueRef closure, int index, enum CapturePlace place)
{
    size_t number = (size_t)(index % RT_CAPTURES_IN_GROUP);
    size_t group = offsetof(RtClosure, captures) + (size_t)(index / RT_CAPTURES_IN_GROUP) * sizeof(RtCaptures);
    size_t inside = place == PLACE_TAG ? offsetof(RtCaptures, tags) + number
                                       : offsetof(RtCaptures, data) + number * sizeof(int64_t);
    LLVMValueRef offset = emit_int(m, m->i64, (int64_t)(group + inside));
    return LLVMBuildInBoundsGEP2(m->builder, m->i8, closure, &offset, 1, "");
}

/* The tags of a group go there in one store; those that are known are one constant. */
static void set_group(ModuleEmitter *m, LLVMValueRef closure, int first, const EmitValue *values, int count)
{
    LLVMValueRef tags = emit_int(m, m->i64, 0);
    for (int i = 0; i < count; i++) {
        LLVMValueRef tag = LLVMBuildZExt(m->builder, values[i].tag, m->i64, "");
        tags = LLVMBuildOr(m->builder, tags, LLVMBuildShl(m->builder, tag, emit_int(m, m->i64, 8 * i), ""), "");
        LLVMBuildStore(m->builder, values[i].data, capture_place(m, closure, first + i, PLACE_DATA));
    }
    LLVMBuildStore(m->builder, tags, capture_place(m, closure, first, PLACE_TAG));
}

EmitValue emit_closure_of(FunctionEmitter *f, CoreFunction *core, const EmitValue *values, int count)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef args[] = {emit_function_code(m, core), emit_int(m, m->i64, count)};
    LLVMValueRef closure = emit_runtime_call(f, RUNTIME_BEGIN_CLOSURE, args, 2);
    for (int i = 0; i < count; i += RT_CAPTURES_IN_GROUP)
        set_group(m, closure, i, values + i, count - i < RT_CAPTURES_IN_GROUP ? count - i : RT_CAPTURES_IN_GROUP);
    return emit_owned(f, emit_int(m, m->i32, RT_CLOSURE), LLVMBuildPtrToInt(m->builder, closure, m->i64, ""));
}

EmitValue emit_capture(FunctionEmitter *f, LLVMValueRef self, int index)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef tag = LLVMBuildLoad2(m->builder, m->i8, capture_place(m, self, index, PLACE_TAG), "");
    LLVMValueRef data = LLVMBuildLoad2(m->builder, m->i64, capture_place(m, self, index, PLACE_DATA), "");
    EmitValue v = emit_uncounted(LLVMBuildZExt(m->builder, tag, m->i32, ""), data);
    return emit_with_type(m, f->core->captures[index]->type, v);
}

void emit_open_closure(FunctionEmitter *f, LLVMValueRef self, EmitValue *args)
{
    ModuleEmitter *m = f->m;
    int count = f->core->capture_count;
    if (!count) return;
    for (int i = 0; i < count; i++) args[i] = emit_capture(f, self, i);
    if (f->core->lends) return;
    LLVMValueRef operands[] = {self, emit_int(m, m->i64, count)};
    LLVMValueRef given = emit_runtime_call(f, RUNTIME_ENTER_CLOSURE, operands, 2);
    LLVMBasicBlockRef shared = emit_block(f, "shared"), unpacked = emit_block(f, "unpacked");
    LLVMValueRef is_shared = LLVMBuildICmp(m->builder, LLVMIntEQ, given, emit_int(m, m->i64, 0), "");
    LLVMBuildCondBr(m->builder, is_shared, shared, unpacked);
    LLVMPositionBuilderAtEnd(m->builder, shared);
    for (int i = 0; i < count; i++) emit_dup(f, args[i]);
    LLVMBuildBr(m->builder, unpacked);
    LLVMPositionBuilderAtEnd(m->builder, unpacked);
}

/* Goes on with the direct function: nothing is owned any more, so an error needs no cleanup here. */
static void finish_wrapper(FunctionEmitter *f, EmitValue *args, bool is_tail)
{
    ModuleEmitter *m = f->m;
    FunctionParts *parts = f->core->engine;
    unsigned convention = emit_convention(f->core);
    LLVMValueRef *words = arena_alloc(f->arena, (size_t)(2 * core_param_count(f->core) + 1) * sizeof *words);
    int count = emit_arguments(f, f->core, args, words);
    LLVMValueRef call = emit_call(f, parts->direct_type, parts->direct, convention, words, count, true);
    emit_mark_self(m, f->core, call);
    if (convention == CC_TAIL && !emit_parts_of(f->core)) {
        if (is_tail) LLVMSetTailCallKind(call, LLVMTailCallKindMustTail);
        LLVMBuildRet(m->builder, call);
        return;
    }
    LLVMBuildRet(m->builder, emit_pack(m, emit_whole(f, emit_known_result(f, f->core, NULL, call))));
}

/* Fixed arguments from rt_args, the others as a list. */
static void unpack_arguments(FunctionEmitter *f, LLVMValueRef argc, EmitValue *args)
{
    ModuleEmitter *m = f->m;
    int fixed = f->core->param_count - f->core->has_rest;
    LLVMValueRef base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
    for (int i = 0; i < fixed; i++) args[i] = emit_load_value(m, base, i);
    if (!f->core->has_rest) return;
    LLVMValueRef range[2] = {emit_int(m, m->i64, fixed), argc};
    LLVMValueRef rest = emit_runtime_call(f, RUNTIME_LIST_FROM_ARGS, range, 2);
    args[fixed] = emit_uncounted(LLVMBuildExtractValue(m->builder, rest, 0, "rest.tag"),
                                 LLVMBuildExtractValue(m->builder, rest, 1, "rest"));
}

/* For calls from the interpreter, which knows what is lent: everything is in rt_args, captures first. */
LLVMValueRef emit_function_enter(ModuleEmitter *m, CoreFunction *core)
{
    const char *name = arena_format(m->arena, "lisp.%s.enter", core->name);
    LLVMValueRef function = emit_function_new(m, emit_signature(m, "v"), name, CC_C);
    FunctionEmitter f = {.m = m, .core = core, .function = function, .arena = arena_new()};
    owned_init(&f);
    LLVMPositionBuilderAtEnd(m->builder, emit_block(&f, "entry"));
    int count = core_param_count(core);
    EmitValue *args = arena_alloc(f.arena, (size_t)(count + 1) * sizeof *args);
    LLVMValueRef base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
    for (int i = 0; i < count; i++) args[i] = emit_with_type(m, core_param(core, i)->type, emit_load_value(m, base, i));
    finish_wrapper(&f, args, false);
    arena_free(f.arena);
    return function;
}

void emit_function_wrappers(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (!parts->code || parts->is_elsewhere) return;
    if (parts->is_entry) return;
    FunctionEmitter f = {
        .m = m, .core = core, .function = parts->entry ? parts->entry : parts->generic, .arena = arena_new()};
    owned_init(&f);
    LLVMPositionBuilderAtEnd(m->builder, emit_block(&f, "entry"));
    EmitValue *args = arena_alloc(f.arena, (size_t)(core_param_count(core) + 1) * sizeof *args);
    EmitValue *params = args + core->capture_count;
    LLVMValueRef self = LLVMGetParam(f.function, 0);
    LLVMSetValueName2(self, "self", 4);
    for (int i = 0; parts->entry && i < core->param_count; i++)
        params[i] = emit_uncounted(LLVMGetParam(f.function, (unsigned)(2 * i + 1)),
                                   LLVMGetParam(f.function, (unsigned)(2 * i + 2)));
    if (parts->generic) unpack_arguments(&f, LLVMGetParam(f.function, 1), params);
    emit_open_closure(&f, self, args);
    finish_wrapper(&f, args, true);
    arena_free(f.arena);
}
