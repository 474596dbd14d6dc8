/* One Core function to its LLVM functions: the direct one with the body, and, when the function is used as a value, the
 * closure entry or the generic entry that unpack captures and arguments and go on with the direct one.
 *
 * The entry block is completed last, when it is known whether the body needs an operand array and makes calls that let
 * the stack grow.  Behind it comes the body; with self tail calls that is a loop header with a phi pair for each
 * capture and parameter.
 */
#include "emit_debug.h"

#include <llvm-c/DebugInfo.h>

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

void emit_unlikely_branch(FunctionEmitter *f, LLVMValueRef is_rare, LLVMBasicBlockRef rare, LLVMBasicBlockRef usual)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef branch = LLVMBuildCondBr(m->builder, is_rare, rare, usual);
    LLVMMetadataRef weights[3] = {LLVMMDStringInContext2(m->context, "branch_weights", 14),
                                  LLVMValueAsMetadata(emit_int(m, m->i32, 1)),
                                  LLVMValueAsMetadata(emit_int(m, m->i32, 1 << 20))};
    LLVMValueRef node = LLVMMetadataAsValue(m->context, LLVMMDNodeInContext2(m->context, weights, 3));
    LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(m->context, "prof", 4), node);
}

/* {i32, i64} (ptr self, then `values` times i32, i64) */
LLVMTypeRef emit_entry_type(ModuleEmitter *m, int values)
{
    LLVMTypeRef types[1 + 2 * RT_MAX_DIRECT_ARGS] = {m->ptr};
    for (int i = 0; i < values; i++) emit_word_types(m, NULL, types + 1 + 2 * i);
    return LLVMFunctionType(m->value_type, types, (unsigned)(2 * values + 1), false);
}

/* Each value as its type says; those that do not come in registers are in rt_args. */
static LLVMTypeRef direct_type(ModuleEmitter *m, const CoreFunction *core)
{
    int count = 0, registers = register_count(core);
    LLVMTypeRef *types = arena_alloc(m->arena, (size_t)(2 * registers + 1) * sizeof *types);
    for (int i = 0; i < registers; i++) count += emit_word_types(m, core_param(core, i)->type, types + count);
    return LLVMFunctionType(emit_result_llvm_type(m, core), types, (unsigned)count, false);
}

LLVMValueRef emit_function_new(ModuleEmitter *m, LLVMTypeRef type, const char *name, unsigned convention)
{
    LLVMValueRef function = LLVMAddFunction(m->module, name, type);
    LLVMSetLinkage(function, LLVMInternalLinkage);
    LLVMSetFunctionCallConv(function, convention);
    LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, m->uwtable);
    return function;
}

/* LLVM would inline any function that is called once, and make one out of a chain of thousands. */
enum { MAX_INLINED = 120 /* nodes */ };

static void note_allocation(CoreNode **child, void *data)
{
    const CoreNode *node = *child;
    bool *allocates = data;
    if (node->kind == CORE_PRIM && emit_prim_allocates(node->u.call.primitive)) *allocates = true;
    if (node->kind == CORE_CLOSURE) *allocates = true;
    if (!*allocates) core_each_child(*child, note_allocation, data);
}

void emit_function_declare(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = arena_alloc(m->arena, sizeof *parts);
    parts->direct_type = direct_type(m, core);
    const char *name = core->is_toplevel ? arena_format(m->arena, "toplevel.%u", core->place ? core->place->line : 0)
                                         : arena_format(m->arena, "lisp.%s", core->name);
    parts->direct = emit_function_new(m, parts->direct_type, name, emit_convention(core));
    /* Forms run once: optimising them earns nothing, and inlining what they call would only make huge functions. */
    bool is_large = !core->is_inlined && core_size(core->body) > MAX_INLINED;
    if (core->is_toplevel || is_large) LLVMAddAttributeAtIndex(parts->direct, LLVMAttributeFunctionIndex, m->noinline);
    if (core->is_toplevel) LLVMAddAttributeAtIndex(parts->direct, LLVMAttributeFunctionIndex, m->optnone);
    if (core->is_inlined) LLVMAddAttributeAtIndex(parts->direct, LLVMAttributeFunctionIndex, m->alwaysinline);
    note_allocation(&core->body, &parts->allocates);
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
    f->m->bindings[var->id] = binding;
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

/* Value number `index` behind `base`. */
static EmitValue load_value(ModuleEmitter *m, LLVMValueRef base, int index)
{
    LLVMValueRef offset = emit_int(m, m->i64, index), fields[2];
    emit_field_pointers(m, LLVMBuildInBoundsGEP2(m->builder, m->value_type, base, &offset, 1, ""), fields);
    LLVMValueRef tag = LLVMBuildLoad2(m->builder, m->i32, fields[0], "");
    return emit_uncounted(tag, LLVMBuildLoad2(m->builder, m->i64, fields[1], ""));
}

static void name_value(FunctionEmitter *f, const CoreVar *var, const LLVMValueRef *words)
{
    int last = emit_word_count(var->type) - 1;
    LLVMSetValueName2(words[last], var->name, strlen(var->name));
    if (last == 0) return;
    const char *tag = arena_format(f->arena, "%s.tag", var->name);
    LLVMSetValueName2(words[0], tag, strlen(tag));
}

/* The values in registers, and the others out of rt_args before anything can refill it.  Floats are cast in the body. */
static void take_arguments(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    int count = core_param_count(f->core), registers = register_count(f->core);
    unsigned next = 0;
    f->incoming = arena_alloc(f->arena, (size_t)(count + 1) * sizeof *f->incoming);
    LLVMPositionBuilderAtEnd(m->builder, f->entry);
    for (int i = 0; i < registers; i++) {
        const CoreVar *var = core_param(f->core, i);
        LLVMValueRef words[2];
        for (int j = 0; j < emit_word_count(var->type); j++) words[j] = LLVMGetParam(f->function, next++);
        name_value(f, var, words);
        f->incoming[i] = emit_from_words(m, var->type, words);
    }
    if (count > registers) {
        LLVMValueRef base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
        for (int i = registers; i < count; i++)
            f->incoming[i] = emit_with_type(m, core_param(f->core, i)->type, load_value(m, base, i - registers));
    }
    LLVMPositionBuilderAtEnd(m->builder, f->body);
}

void emit_store_arguments(FunctionEmitter *f, const EmitValue *values, int count)
{
    ModuleEmitter *m = f->m;
    if (count <= 0) return;
    if (count > RT_ARGS_MIN)
        emit_runtime_call(f, RUNTIME_ARGS_RESERVE, (LLVMValueRef[]){emit_int(m, m->i64, count)}, 1);
    LLVMValueRef base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
    for (int i = 0; i < count; i++) {
        LLVMValueRef index = emit_int(m, m->i64, i), fields[2];
        emit_field_pointers(m, LLVMBuildInBoundsGEP2(m->builder, m->value_type, base, &index, 1, ""), fields);
        LLVMBuildStore(m->builder, values[i].tag, fields[0]);
        LLVMBuildStore(m->builder, values[i].data, fields[1]);
    }
}

int emit_arguments(FunctionEmitter *f, const CoreFunction *callee, const EmitValue *values, LLVMValueRef *words)
{
    int registers = register_count(callee), count = 0;
    for (int i = 0; i < registers; i++)
        count += emit_words(f->m, core_param(callee, i)->type, values[i], words + count);
    emit_store_arguments(f, values + registers, core_param_count(callee) - registers);
    return count;
}

/* A phi for each word. */
static void make_loop_phis(FunctionEmitter *f, int i, int *next)
{
    ModuleEmitter *m = f->m;
    const CoreVar *var = core_param(f->core, i);
    LLVMTypeRef types[2];
    LLVMValueRef words[2], *phis = f->loop_phis + *next;
    int count = emit_word_types(m, var->type, types);
    LLVMPositionBuilderAtEnd(m->builder, f->entry);
    emit_words(m, var->type, f->incoming[i], words);
    LLVMPositionBuilderAtEnd(m->builder, f->body);
    for (int j = 0; j < count; j++) {
        phis[j] = LLVMBuildPhi(m->builder, types[j], "");
        LLVMAddIncoming(phis[j], &words[j], &f->entry, 1);
    }
    name_value(f, var, phis);
    *next += count;
}

/* Binds captures and parameters, to the incoming values or to the phis of the loop header. */
static void bind_parameters(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    int count = core_param_count(f->core), next = 0;
    take_arguments(f);
    if (f->core->self_tail_calls) {
        f->loop_phis = arena_alloc(f->arena, (size_t)(2 * count + 1) * sizeof *f->loop_phis);
        for (int i = 0; i < count; i++) make_loop_phis(f, i, &next); /* all phis come first */
    }
    next = 0;
    for (int i = 0; i < count; i++) {
        CoreVar *var = core_param(f->core, i);
        EmitValue v = f->incoming[i];
        if (f->loop_phis) v = emit_from_words(m, var->type, f->loop_phis + next);
        next += emit_word_count(var->type);
        emit_bind(f, var, var->is_unboxed ? v : emit_owned(f, v.tag, v.data));
        debug_parameter(f, i, v.tag, v.data);
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
        LLVMValueRef words[2] = {f->incoming[i].tag, f->incoming[i].data};
        LLVMValueRef drop = emit_runtime_call(f, RUNTIME_DROP, words, 2);
        LLVMAddCallSiteAttribute(drop, LLVMAttributeFunctionIndex, m->noinline);
    }
    emit_runtime_call(f, RUNTIME_RAISE_DEPTH, (LLVMValueRef[]){emit_place(m, f->core->place)}, 1);
    LLVMBuildUnreachable(m->builder);
}

/* The address where the caller's frame ends, or any in this one, when LLVM's fast instruction selector shall know how to get it. */
static LLVMValueRef emit_frame_address(ModuleEmitter *m, bool is_entry)
{
    if (is_entry && m->options->backend->optimize == 0) return LLVMBuildAlloca(m->builder, m->i64, "");
    const char *name = target_or_native(m->options->backend->target)->frame_address;
    unsigned id = LLVMLookupIntrinsicID(name, strlen(name));
    LLVMValueRef intrinsic = LLVMGetIntrinsicDeclaration(m->module, id, &m->ptr, 1);
    LLVMTypeRef type = LLVMIntrinsicGetType(m->context, id, &m->ptr, 1);
    return LLVMBuildCall2(m->builder, type, intrinsic, NULL, 0, "");
}

static LLVMValueRef emit_frame_is_too_deep(ModuleEmitter *m, bool is_entry)
{
    LLVMValueRef frame = emit_frame_address(m, is_entry);
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
    bool is_part_of_loop = f->core && f->core->needs_tailcc;
    bool is_safe_point = f->makes_calls || (is_part_of_loop && f->allocates);
    if (!m->options->backend->stack_check || !(is_safe_point || m->options->backend->is_interactive)) {
        LLVMBuildBr(m->builder, f->body);
        return;
    }
    LLVMBasicBlockRef too_deep = emit_block(f, "too_deep");
    LLVMBuildCondBr(m->builder, emit_frame_is_too_deep(m, true), too_deep, f->body);
    emit_depth_error(f, too_deep);
}

/* Goes on in a new block unless the condition holds: then raises what waits (an interrupt, lack of memory). */
static void emit_raise_if(FunctionEmitter *f, LLVMValueRef condition, const RtPlace *place, LLVMBasicBlockRef next)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef stopped = emit_block(f, "stopped");
    LLVMBuildCondBr(m->builder, condition, stopped, next);
    LLVMPositionBuilderAtEnd(m->builder, stopped);
    emit_runtime_call(f, RUNTIME_RAISE_DEPTH, (LLVMValueRef[]){emit_place(m, place)}, 1);
    LLVMBuildUnreachable(m->builder);
    LLVMPositionBuilderAtEnd(m->builder, next);
}

static LLVMValueRef emit_memory_is_short(ModuleEmitter *m)
{
    LLVMTypeRef byte = LLVMInt8TypeInContext(m->context);
    LLVMValueRef flag = LLVMBuildLoad2(m->builder, byte, emit_external_global(m, "rt_memory_is_short", byte), "");
    LLVMSetVolatile(flag, true); /* allocations change it */
    return LLVMBuildICmp(m->builder, LLVMIntNE, flag, LLVMConstNull(byte), "short");
}

void emit_raise_if_short(FunctionEmitter *f, const RtPlace *place)
{
    emit_raise_if(f, emit_memory_is_short(f->m), place, emit_block(f, "enough"));
}

/* A turn of a loop that allocates: now and then one looks at the free lists, and at once when memory is short (runtime/order.c). */
static void emit_count_turn(FunctionEmitter *f, LLVMBasicBlockRef turn)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef counter = emit_external_global(m, "rt_turns_left", m->i64), one = emit_int(m, m->i64, 1);
    LLVMValueRef left = LLVMBuildLoad2(m->builder, m->i64, counter, "");
    LLVMValueRef next = LLVMBuildSub(m->builder, left, one, "left");
    LLVMBuildStore(m->builder, next, counter);
    LLVMBasicBlockRef over = emit_block(f, "over");
    LLVMBuildCondBr(m->builder, LLVMBuildICmp(m->builder, LLVMIntSLT, next, emit_int(m, m->i64, 0), ""), over, turn);
    LLVMPositionBuilderAtEnd(m->builder, over);
    emit_runtime_call(f, RUNTIME_TURNS_OVER, NULL, 0);
    emit_raise_if(f, emit_memory_is_short(m), f->core->place, turn);
}

/* Ends the head of the loop, when its body is known.  An interrupt must end the loop of a session's form although its frame
 * does not grow, and lack of memory that of any which allocates. */
static void emit_poll(FunctionEmitter *f, LLVMBasicBlockRef turn, OwnedSet *owned)
{
    ModuleEmitter *m = f->m;
    LLVMPositionBuilderAtEnd(m->builder, f->body);
    f->owned = owned;
    if (m->options->backend->is_interactive && m->options->backend->stack_check)
        emit_raise_if(f, emit_frame_is_too_deep(m, false), f->core->place, turn);
    else if (f->allocates) emit_count_turn(f, turn);
    else LLVMBuildBr(m->builder, turn);
}

/* Turns that call or allocate gain nothing from being laid end to end, and their code is long (programs grew by a quarter). */
static void keep_loop_rolled(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    LLVMMetadataRef text = LLVMMDStringInContext2(m->context, "llvm.loop.unroll.disable", 24);
    LLVMMetadataRef parts[] = {NULL, LLVMMDNodeInContext2(m->context, &text, 1)};
    parts[0] = LLVMTemporaryMDNode(m->context, NULL, 0); /* a loop's node is told from others by naming itself */
    LLVMMetadataRef loop = LLVMMDNodeInContext2(m->context, parts, 2);
    LLVMMetadataReplaceAllUsesWith(parts[0], loop);
    unsigned kind = LLVMGetMDKindIDInContext(m->context, "llvm.loop", 9);
    for (LLVMUseRef use = LLVMGetFirstUse(LLVMBasicBlockAsValue(f->body)); use; use = LLVMGetNextUse(use)) {
        LLVMValueRef jump = LLVMGetUser(use);
        if (LLVMIsABranchInst(jump) && LLVMGetInstructionParent(jump) != f->entry)
            LLVMSetMetadata(jump, kind, LLVMMetadataAsValue(m->context, loop));
    }
}

void emit_function_body(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (parts->is_elsewhere) return;
    FunctionEmitter f = {.m = m, .core = core, .function = parts->direct, .arena = arena_new()};
    f.is_compact = core->is_toplevel || m->options->backend->optimize == 0;
    owned_init(&f);
    f.entry = emit_block(&f, "entry");
    f.body = emit_block(&f, core->self_tail_calls ? "loop" : "body");
    LLVMPositionBuilderAtEnd(m->builder, f.body);
    debug_begin_function(&f);
    bind_parameters(&f);
    LLVMBasicBlockRef turn = f.loop_phis ? emit_block(&f, "turn") : NULL;
    OwnedSet *owned = f.owned;
    if (turn) LLVMPositionBuilderAtEnd(m->builder, turn);
    debug_begin_body(&f);
    emit_tail(&f, core->body);
    debug_no_location(m);
    if (turn) emit_poll(&f, turn, owned);
    if (turn && (f.allocates || f.makes_calls)) keep_loop_rolled(&f);
    emit_finish_entry(&f);
    for (int i = 0; i < f.bound_count; i++) m->bindings[f.bound[i]->id] = NULL;
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
    else parts->entry = emit_function_new(m, emit_entry_type(m, core->param_count), name, CC_TAIL);
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
    if (m->options->backend->joins_interpreter) return emit_pointer(m, core->closure);
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
    const char *library_name = (core->wraps ? core->wraps : core)->library_name;
    if (m->program->unit && library_name) emit_share(m, parts->closure, "library", library_name);
    return parts->closure;
}

/* Each capture with a count of its own; the closure is consumed. */
static void unpack_captures(FunctionEmitter *f, LLVMValueRef self, EmitValue *args)
{
    ModuleEmitter *m = f->m;
    int count = f->core->capture_count;
    if (!count) return;
    LLVMValueRef offset = emit_int(m, m->i64, offsetof(RtClosure, captures));
    LLVMValueRef captures = LLVMBuildInBoundsGEP2(m->builder, m->i8, self, &offset, 1, "captures");
    for (int i = 0; i < count; i++) args[i] = emit_with_type(m, f->core->captures[i]->type, load_value(m, captures, i));
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
    if (convention == CC_TAIL) {
        if (is_tail) LLVMSetTailCallKind(call, LLVMTailCallKindMustTail);
        LLVMBuildRet(m->builder, call);
        return;
    }
    LLVMBuildRet(m->builder, emit_pack(m, emit_known_result(f, f->core, NULL, call)));
}

/* Fixed arguments from rt_args, the others as a list. */
static void unpack_arguments(FunctionEmitter *f, LLVMValueRef argc, EmitValue *args)
{
    ModuleEmitter *m = f->m;
    int fixed = f->core->param_count - f->core->has_rest;
    LLVMValueRef base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
    for (int i = 0; i < fixed; i++) args[i] = load_value(m, base, i);
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
    for (int i = 0; i < count; i++) args[i] = emit_with_type(m, core_param(core, i)->type, load_value(m, base, i));
    finish_wrapper(&f, args, false);
    arena_free(f.arena);
    return function;
}

void emit_function_wrappers(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (!parts->code || parts->is_elsewhere) return;
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
    unpack_captures(&f, self, args);
    finish_wrapper(&f, args, true);
    arena_free(f.arena);
}
