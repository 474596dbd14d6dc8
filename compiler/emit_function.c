/* One Core function to its LLVM function: the direct one with the body.
 *
 * The entry block is completed last, when it is known whether the body needs an operand array and makes calls that let
 * the stack grow.  Behind it comes the body; with self tail calls that is a loop header with a phi pair for each
 * capture and parameter.  Functions that only this one jumps to are further parts of its code (emit_guests.c).
 */
#include "emit_debug.h"

#include <llvm-c/DebugInfo.h>

LLVMBasicBlockRef emit_block(FunctionEmitter *f, const char *name)
{
    return LLVMAppendBasicBlockInContext(f->m->context, f->function, name);
}

static bool is_entry(const CoreFunction *core) { return ((const FunctionParts *)core->engine)->is_entry; }

unsigned emit_convention(const CoreFunction *core)
{
    if (core->needs_tailcc || is_entry(core)) return CC_TAIL;
    return core->parts && emit_parts_take_four(core->parts) ? CC_SWIFT : CC_FAST;
}

enum { MOST_WORDS = 2 * RT_MAX_DIRECT_ARGS };
enum ArgumentPlace { IN_REGISTERS, IN_SELF, IN_MEMORY };

/* Where the direct function takes each value.  With the tail convention none may be on the stack, see RT_TAILCC in value.h; but the
 * register of the closure is free for a value of one word.  Gives the number of those in memory. */
static int place_arguments(const CoreFunction *core, enum ArgumentPlace *places)
{
    int words = 0, in_memory = 0;
    bool is_self_free = true;
    for (int i = 0; i < core_param_count(core); i++) {
        const CoreType *type = core_param(core, i)->type;
        int count = emit_word_count(type);
        bool fits = !core->needs_tailcc || words + count <= MOST_WORDS;
        places[i] = fits ? IN_REGISTERS : IN_MEMORY;
        if (!fits && is_self_free && count == 1 && type_rep(type) != REP_FLOAT) places[i] = IN_SELF;
        is_self_free = is_self_free && places[i] != IN_SELF;
        words += fits ? count : 0;
        in_memory += places[i] == IN_MEMORY;
    }
    return in_memory;
}

static enum ArgumentPlace *argument_places(Arena *arena, const CoreFunction *core, int *in_memory)
{
    enum ArgumentPlace *places = arena_alloc(arena, ((size_t)core_param_count(core) + 1) * sizeof *places);
    *in_memory = place_arguments(core, places);
    return places;
}

void emit_mark_self(ModuleEmitter *m, const CoreFunction *core, LLVMValueRef call)
{
    const FunctionParts *parts = core->engine;
    if (parts->self_index) LLVMAddCallSiteAttribute(call, parts->self_index, m->swiftself);
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
    int count = 0, total = core_param_count(core), in_memory;
    FunctionParts *parts = core->engine;
    const enum ArgumentPlace *places = argument_places(m->arena, core, &in_memory);
    LLVMTypeRef *types = arena_alloc(m->arena, (size_t)(2 * total + 1) * sizeof *types);
    bool has_self = false;
    for (int i = 0; i < total; i++) {
        if (places[i] == IN_REGISTERS) count += emit_word_types(m, core_param(core, i)->type, types + count);
        has_self |= places[i] == IN_SELF;
    }
    if (has_self) {
        types[count++] = m->ptr;
        parts->self_index = (unsigned)count;
    }
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

/* Is it only entered through closures?  The interpreter calls all but versions for those who lend. */
static bool is_only_entry(const ModuleEmitter *m, const CoreFunction *core)
{
    if (core->lends) return true;
    bool has_direct_calls = m->options->backend->joins_interpreter || m->options->backend->is_interactive;
    return core->needs_closure && !emit_has_generic_entry(core) && !m->is_called[core->id] && !has_direct_calls;
}

void emit_function_declare(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = arena_alloc(m->arena, sizeof *parts);
    core->engine = parts;
    parts->is_entry = is_only_entry(m, core);
    parts->direct_type = parts->is_entry ? emit_entry_type(m, core->param_count) : direct_type(m, core);
    const char *name = core->is_toplevel ? arena_format(m->arena, "toplevel.%u", core->place ? core->place->line : 0)
                                         : arena_format(m->arena, "lisp.%s", core->name);
    parts->direct = emit_function_new(m, parts->direct_type, name, emit_convention(core));
    if (parts->is_entry) {
        parts->entry = parts->direct;
        parts->self_index = 1;
    }
    if (parts->self_index) LLVMAddAttributeAtIndex(parts->direct, parts->self_index, m->swiftself);
    /* Forms run once: optimising them earns nothing, and inlining what they call would only make huge functions. */
    bool is_large = !core->is_inlined && core_size(core->body) > MAX_INLINED;
    if (core->is_toplevel || is_large) LLVMAddAttributeAtIndex(parts->direct, LLVMAttributeFunctionIndex, m->noinline);
    if (core->is_toplevel) LLVMAddAttributeAtIndex(parts->direct, LLVMAttributeFunctionIndex, m->optnone);
    if (core->is_inlined) LLVMAddAttributeAtIndex(parts->direct, LLVMAttributeFunctionIndex, m->alwaysinline);
    note_allocation(&core->body, &parts->allocates);
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
    if (!v.apart && LLVMIsAInstruction(v.data) && (LLVMGetValueName2(v.data, &length), length == 0))
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

EmitValue emit_load_value(ModuleEmitter *m, LLVMValueRef base, int index)
{
    LLVMValueRef offset = emit_int(m, m->i64, index), fields[2];
    emit_field_pointers(m, LLVMBuildInBoundsGEP2(m->builder, m->value_type, base, &offset, 1, ""), fields);
    LLVMValueRef tag = LLVMBuildLoad2(m->builder, m->i32, fields[0], "");
    return emit_uncounted(tag, LLVMBuildLoad2(m->builder, m->i64, fields[1], ""));
}

static void name_value(FunctionEmitter *f, const CoreVar *var, const LLVMValueRef *words, int count)
{
    int last = count - 1;
    LLVMSetValueName2(words[last], var->name, strlen(var->name));
    if (last == 0) return;
    const char *tag = arena_format(f->arena, "%s.tag", var->name);
    LLVMSetValueName2(words[0], tag, strlen(tag));
}

/* Of a closure entry. */
static EmitValue *take_entry_arguments(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    int captures = f->core->capture_count, params = f->core->param_count;
    EmitValue *incoming = arena_alloc(f->arena, (size_t)(captures + params + 1) * sizeof *incoming);
    LLVMPositionBuilderAtEnd(m->builder, f->entry);
    f->self = LLVMGetParam(f->function, 0);
    LLVMSetValueName2(f->self, "self", 4);
    for (int i = 0; i < params; i++) {
        const CoreVar *var = f->core->params[i];
        LLVMValueRef words[2] = {LLVMGetParam(f->function, (unsigned)(2 * i + 1)),
                                 LLVMGetParam(f->function, (unsigned)(2 * i + 2))};
        name_value(f, var, words, 2);
        incoming[captures + i] = emit_with_type(m, var->type, emit_uncounted(words[0], words[1]));
    }
    if (!captures) return incoming;
    f->opening = emit_block(f, "closure");
    LLVMPositionBuilderAtEnd(m->builder, f->opening);
    emit_open_closure(f, f->self, incoming);
    f->opened = LLVMGetInsertBlock(m->builder);
    return incoming;
}

/* The values in registers, and the others out of rt_args before anything can refill it.  Floats are cast in the body. */
static EmitValue *take_arguments(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    const FunctionParts *parts = f->core->engine;
    int count = core_param_count(f->core), in_memory, loaded = 0;
    unsigned next = 0;
    const enum ArgumentPlace *places = argument_places(f->arena, f->core, &in_memory);
    EmitValue *incoming = arena_alloc(f->arena, (size_t)(count + 1) * sizeof *incoming);
    LLVMPositionBuilderAtEnd(m->builder, f->entry);
    LLVMValueRef base = NULL;
    if (in_memory) base = LLVMBuildLoad2(m->builder, m->ptr, emit_external_global(m, "rt_args", m->ptr), "args");
    for (int i = 0; i < count; i++) {
        const CoreVar *var = core_param(f->core, i);
        if (places[i] == IN_MEMORY) {
            incoming[i] = emit_with_type(m, var->type, emit_load_value(m, base, loaded++));
            continue;
        }
        LLVMValueRef words[2];
        int word_count = emit_word_count(var->type);
        if (places[i] == IN_SELF)
            words[0] = LLVMBuildPtrToInt(m->builder, LLVMGetParam(f->function, parts->self_index - 1), m->i64, "");
        else
            for (int j = 0; j < word_count; j++) words[j] = LLVMGetParam(f->function, next++);
        name_value(f, var, words, word_count);
        incoming[i] = emit_from_words(m, var->type, words);
    }
    return incoming;
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
    int total = core_param_count(callee), in_memory, count = 0, stored = 0;
    const enum ArgumentPlace *places = argument_places(f->arena, callee, &in_memory);
    EmitValue *others = arena_alloc(f->arena, ((size_t)in_memory + 1) * sizeof *others);
    LLVMValueRef self = NULL, unused[2];
    for (int i = 0; i < total; i++) {
        if (places[i] == IN_REGISTERS) count += emit_words(f->m, core_param(callee, i)->type, values[i], words + count);
        else if (places[i] == IN_MEMORY) others[stored++] = values[i];
        else emit_words(f->m, core_param(callee, i)->type, values[i], unused), self = unused[0];
    }
    if (self) words[count++] = LLVMBuildIntToPtr(f->m->builder, self, f->m->ptr, "");
    emit_store_arguments(f, others, in_memory);
    return count;
}

LLVMValueRef *emit_parameter_phis(FunctionEmitter *f, const CoreFunction *core, LLVMBasicBlockRef block)
{
    int count = core_param_count(core), next = 0;
    LLVMValueRef *phis = arena_alloc(f->arena, (size_t)(2 * count + 1) * sizeof *phis);
    LLVMPositionBuilderAtEnd(f->m->builder, block);
    for (int i = 0; i < count; i++) {
        const CoreVar *var = core_param(core, i);
        LLVMTypeRef types[2];
        int words = emit_word_types(f->m, emit_phi_type(var->type), types);
        for (int j = 0; j < words; j++) phis[next + j] = LLVMBuildPhi(f->m->builder, types[j], "");
        name_value(f, var, phis + next, words);
        next += words;
    }
    return phis;
}

/* What the words of the phis are. */
static EmitValue *values_of_phis(FunctionEmitter *f, LLVMValueRef const *phis)
{
    int count = core_param_count(f->core), next = 0;
    EmitValue *values = arena_alloc(f->arena, ((size_t)count + 1) * sizeof *values);
    for (int i = 0; i < count; i++) {
        const CoreType *type = emit_phi_type(core_param(f->core, i)->type);
        values[i] = emit_from_words(f->m, type, phis + next);
        next += emit_word_count(type);
    }
    return values;
}

/* Binds captures and parameters, to the incoming values or to the phis of the loop header. */
static void bind_parameters(FunctionEmitter *f, Part *part)
{
    ModuleEmitter *m = f->m;
    const EmitValue *values = part->incoming;
    if (f->core->self_tail_calls) {
        part->loop_phis = emit_parameter_phis(f, f->core, part->body);
        LLVMPositionBuilderAtEnd(m->builder, part->start);
        emit_add_incoming(f, f->core, part->incoming, part->loop_phis);
        LLVMPositionBuilderAtEnd(m->builder, part->body);
        values = values_of_phis(f, part->loop_phis);
    }
    for (int i = 0; i < core_param_count(f->core); i++) {
        CoreVar *var = core_param(f->core, i);
        EmitValue v = values[i];
        emit_bind(f, var, var->is_unboxed ? v : emit_owned(f, v.tag, v.data));
        debug_parameter(f, i, v.tag, v.data);
    }
}

static void drop_out_of_line(FunctionEmitter *f, LLVMValueRef tag, LLVMValueRef data)
{
    LLVMValueRef drop = emit_runtime_call(f, RUNTIME_DROP, (LLVMValueRef[]){tag, data}, 2);
    LLVMAddCallSiteAttribute(drop, LLVMAttributeFunctionIndex, f->m->noinline);
}

/* Where the frame is too deep: the parameters that are not lent are owned, nothing else is; a closure was not opened yet. */
static void emit_depth_error(FunctionEmitter *f, LLVMBasicBlockRef block, const EmitValue *arguments)
{
    ModuleEmitter *m = f->m;
    LLVMPositionBuilderAtEnd(m->builder, block);
    owned_init(f);
    bool is_open = !f->opening || f->core->lends;
    if (!is_open) {
        LLVMValueRef self = LLVMBuildPtrToInt(m->builder, f->self, m->i64, "");
        drop_out_of_line(f, emit_int(m, m->i32, RT_CLOSURE), self);
    }
    for (int i = is_open ? 0 : f->core->capture_count; i < core_param_count(f->core); i++) {
        if (core_param(f->core, i)->is_borrowed || core_param(f->core, i)->is_unboxed) continue;
        drop_out_of_line(f, arguments[i].tag, arguments[i].data);
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

void emit_finish_entry(FunctionEmitter *f, LLVMBasicBlockRef next, const EmitValue *arguments)
{
    ModuleEmitter *m = f->m;
    if (f->array) LLVMSetOperand(f->array, 0, emit_int(m, m->i32, f->array_length));
    if (f->opening) {
        LLVMPositionBuilderAtEnd(m->builder, f->opened);
        LLVMBuildBr(m->builder, next);
        next = f->opening;
    }
    LLVMPositionBuilderAtEnd(m->builder, f->entry);
    bool is_part_of_loop = f->core && f->core->needs_tailcc;
    bool is_safe_point = f->makes_calls || (is_part_of_loop && f->allocates);
    if (!m->options->backend->stack_check || !(is_safe_point || m->options->backend->is_interactive)) {
        LLVMBuildBr(m->builder, next);
        return;
    }
    LLVMBasicBlockRef too_deep = emit_block(f, "too_deep");
    LLVMBuildCondBr(m->builder, emit_frame_is_too_deep(m, true), too_deep, next);
    emit_depth_error(f, too_deep, arguments);
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

/* Ends the head of a part that is come back to, when its body is known.  An interrupt must end the loop of a session's form although its
 * frame does not grow, and lack of memory that of any which allocates. */
static void emit_poll(FunctionEmitter *f, const Part *part)
{
    ModuleEmitter *m = f->m;
    bool is_loop = part->loop_phis || part->is_on_cycle;
    bool allocates = (part->loop_phis && part->allocates) || (part->is_on_cycle && f->allocates);
    LLVMPositionBuilderAtEnd(m->builder, part->body);
    f->owned = part->owned;
    if (is_loop && m->options->backend->is_interactive && m->options->backend->stack_check)
        emit_raise_if(f, emit_frame_is_too_deep(m, false), f->core->place, part->turn);
    else if (allocates) emit_count_turn(f, part->turn);
    else LLVMBuildBr(m->builder, part->turn);
}

/* Turns that call or allocate gain nothing from being laid end to end, and their code is long (programs grew by a quarter). */
static void keep_loop_rolled(FunctionEmitter *f, const Part *part)
{
    ModuleEmitter *m = f->m;
    LLVMMetadataRef text = LLVMMDStringInContext2(m->context, "llvm.loop.unroll.disable", 24);
    LLVMMetadataRef parts[] = {NULL, LLVMMDNodeInContext2(m->context, &text, 1)};
    parts[0] = LLVMTemporaryMDNode(m->context, NULL, 0); /* a loop's node is told from others by naming itself */
    LLVMMetadataRef loop = LLVMMDNodeInContext2(m->context, parts, 2);
    LLVMMetadataReplaceAllUsesWith(parts[0], loop);
    unsigned kind = LLVMGetMDKindIDInContext(m->context, "llvm.loop", 9);
    for (LLVMUseRef use = LLVMGetFirstUse(LLVMBasicBlockAsValue(part->body)); use; use = LLVMGetNextUse(use)) {
        LLVMValueRef jump = LLVMGetUser(use);
        if (LLVMIsABranchInst(jump) && LLVMGetInstructionParent(jump) != part->start)
            LLVMSetMetadata(jump, kind, LLVMMetadataAsValue(m->context, loop));
    }
}

static void emit_part(FunctionEmitter *f, Part *part)
{
    ModuleEmitter *m = f->m;
    f->core = part->core;
    f->part = part;
    f->allocates = f->makes_calls = false;
    f->restart.block = NULL;
    owned_init(f);
    if (part->start_phis) {
        LLVMPositionBuilderAtEnd(m->builder, part->start);
        part->incoming = values_of_phis(f, part->start_phis);
    }
    part->body = emit_block(f, f->core->self_tail_calls ? "loop" : "body");
    LLVMPositionBuilderAtEnd(m->builder, part->body);
    bind_parameters(f, part);
    part->owned = f->owned;
    if (part->loop_phis || part->start_phis) part->turn = emit_block(f, "turn");
    if (part->turn) LLVMPositionBuilderAtEnd(m->builder, part->turn);
    debug_begin_body(f);
    emit_tail(f, f->core->body);
    debug_no_location(m);
    part->allocates = f->allocates;
    part->makes_calls = f->makes_calls;
}

/* What could not be said before all parts were emitted. */
static void finish_part(FunctionEmitter *f, Part *part)
{
    f->core = part->core;
    f->part = part;
    if (part->turn) emit_poll(f, part);
    if (part->loop_phis && (part->allocates || part->makes_calls)) keep_loop_rolled(f, part);
    if (!part->start_phis) return;
    LLVMPositionBuilderAtEnd(f->m->builder, part->start);
    LLVMBuildBr(f->m->builder, part->body);
}

static void emit_parts(FunctionEmitter *f)
{
    bool allocates = false, makes_calls = false;
    for (Part *part = f->first; part; part = part->next) { /* each may add more of them */
        emit_part(f, part);
        allocates |= part->allocates;
        makes_calls |= part->makes_calls;
    }
    f->allocates = allocates;
    f->makes_calls = makes_calls;
    for (Part *part = f->first; part; part = part->next) finish_part(f, part);
    f->core = f->first->core;
}

void emit_function_body(ModuleEmitter *m, CoreFunction *core)
{
    FunctionParts *parts = core->engine;
    if (parts->is_elsewhere) return;
    if (parts->is_guest_only) {
        LLVMDeleteFunction(parts->direct);
        return;
    }
    FunctionEmitter f = {.m = m, .core = core, .function = parts->direct, .arena = arena_new()};
    f.is_compact = core->is_toplevel || m->options->backend->optimize == 0;
    f.entry = emit_block(&f, "entry");
    debug_begin_function(&f);
    EmitValue *arguments = parts->is_entry ? take_entry_arguments(&f) : take_arguments(&f);
    LLVMBasicBlockRef start = f.opened ? f.opened : f.entry;
    if (parts->has_guests) {
        emit_part_new(&f, core);
        LLVMPositionBuilderAtEnd(m->builder, start);
        emit_add_incoming(&f, core, arguments, f.first->start_phis);
    } else {
        f.first = f.last = arena_alloc(f.arena, sizeof *f.first);
        *f.first = (Part){.core = core, .start = start, .incoming = arguments};
    }
    emit_parts(&f);
    emit_finish_entry(&f, parts->has_guests ? f.first->start : f.first->body, arguments);
    for (int i = 0; i < f.bound_count; i++) m->bindings[f.bound[i]->id] = NULL;
    arena_free(f.arena);
}

void emit_wrapping_function(ModuleEmitter *m, CoreFunction *core)
{
    const FunctionParts *parts = core->engine;
    if (parts->code) emit_function_body(m, core);
    else LLVMDeleteFunction(parts->direct);
}
