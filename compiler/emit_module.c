/* A program to an LLVM module: declarations, the constants that all functions share, the globals' storage, and the
 * two things that the runtime sees of it.
 *
 *   consair_run       runs the top-level forms in order and returns the value of the last one
 *   consair_program   constant RtProgram
 *
 * Everything else is internal.  What an executable is linked with is one image, so its external names are hidden:
 * they are reached directly and not through a table of addresses.
 */
#include "emit_debug.h"
#include "halves.h"

/* ---- types and small constants --------------------------------------------------------------------------------- */

LLVMValueRef emit_int(ModuleEmitter *m, LLVMTypeRef type, int64_t n)
{
    (void)m;
    return LLVMConstInt(type, (unsigned long long)n, true);
}

LLVMTypeRef emit_signature(ModuleEmitter *m, const char *signature)
{
    LLVMTypeRef params[16];
    unsigned count = 0;
    for (const char *p = signature + 1; *p; p++) {
        if (*p == 'v') params[count++] = m->i32;
        params[count++] = *p == 'p' ? m->ptr : m->i64;
    }
    LLVMTypeRef result = *signature == 'v'   ? m->value_type
                         : *signature == 'l' ? m->i64
                         : *signature == 'p' ? m->ptr
                         : *signature == 'd' ? LLVMDoubleTypeInContext(m->context)
                                             : m->none;
    return LLVMFunctionType(result, params, count, false);
}

LLVMValueRef emit_external_global(ModuleEmitter *m, const char *name, LLVMTypeRef type)
{
    LLVMValueRef global = LLVMGetNamedGlobal(m->module, name);
    if (global) return global;
    global = LLVMAddGlobal(m->module, type, name);
    if (!m->options->in_process) LLVMSetVisibility(global, LLVMHiddenVisibility);
    return global;
}

LLVMValueRef emit_private_constant(ModuleEmitter *m, LLVMValueRef initial, const char *name)
{
    LLVMValueRef global = LLVMAddGlobal(m->module, LLVMTypeOf(initial), name);
    LLVMSetInitializer(global, initial);
    LLVMSetLinkage(global, LLVMInternalLinkage);
    LLVMSetGlobalConstant(global, true);
    return global;
}

LLVMValueRef emit_pointer(ModuleEmitter *m, const void *address)
{
    if (!address) return LLVMConstNull(m->ptr);
    return LLVMConstIntToPtr(emit_int(m, m->i64, (int64_t)(uintptr_t)address), m->ptr);
}

LLVMValueRef emit_text(ModuleEmitter *m, const char *text)
{
    if (!text || m->options->in_process) return emit_pointer(m, text);
    LLVMValueRef found = pointer_map_find(m->texts, text);
    if (found) return found;
    found = emit_private_constant(m, LLVMConstStringInContext2(m->context, text, strlen(text), false), "text");
    LLVMSetUnnamedAddress(found, LLVMGlobalUnnamedAddr);
    LLVMSetLinkage(found, LLVMPrivateLinkage); /* thousands of symbols would only cost time */
    pointer_map_set(m->texts, text, found);
    return found;
}

_Static_assert(offsetof(RtPlace, file) == 0 && offsetof(RtPlace, text) == 8 && offsetof(RtPlace, line) == 16 &&
                   offsetof(RtPlace, column) == 20 && offsetof(RtPlace, width) == 24 && sizeof(RtPlace) == 32,
               "place_type mirrors RtPlace");

LLVMValueRef emit_place(ModuleEmitter *m, const RtPlace *place)
{
    if (!place || m->options->in_process) return emit_pointer(m, place);
    LLVMValueRef found = pointer_map_find(m->places, place);
    if (found) return found;
    LLVMValueRef fields[] = {
        emit_text(m, place->file),          emit_text(m, place->text),         emit_int(m, m->i32, place->line),
        emit_int(m, m->i32, place->column), emit_int(m, m->i32, place->width),
    };
    found = emit_private_constant(m, LLVMConstNamedStruct(m->place_type, fields, 5), "place");
    LLVMSetUnnamedAddress(found, LLVMGlobalUnnamedAddr);
    LLVMSetLinkage(found, LLVMPrivateLinkage); /* thousands of symbols would only cost time */
    pointer_map_set(m->places, place, found);
    return found;
}

void emit_field_pointers(ModuleEmitter *m, LLVMValueRef value_pointer, LLVMValueRef fields[2])
{
    fields[0] = value_pointer;
    fields[1] = LLVMBuildStructGEP2(m->builder, m->value_type, value_pointer, 1, "");
}

/* ---- the runtime ----------------------------------------------------------------------------------------------- */

enum { NOUNWIND = 1, NORETURN = 2, COLD = 4, TAILCC = 8, SLOW = 16, PURE = 32 };

static const struct {
    const char *name, *signature;
    int flags;
} runtime_functions[RUNTIME_COUNT] = {
    [RUNTIME_DUP] = {"rt_dup_value", "nv", NOUNWIND},
    [RUNTIME_DROP] = {"rt_drop_value", "nv", NOUNWIND},
    [RUNTIME_DROP_PLAIN] = {"rt_drop_plain", "nv", NOUNWIND},
    [RUNTIME_OPEN_BOTH] = {"rt_open_both", "nv", NOUNWIND},
    [RUNTIME_LEAVE_SHARED] = {"rt_uncount_shared", "nv", NOUNWIND},
    [RUNTIME_OPEN_CAR] = {"rt_open_car", "nv", NOUNWIND},
    [RUNTIME_OPEN_CDR] = {"rt_open_cdr", "nv", NOUNWIND},
    [RUNTIME_OPEN_VECTOR] = {"rt_open_vector", "nvll", NOUNWIND},
    [RUNTIME_OPEN_SHELL] = {"rt_open_shell", "pvlll", NOUNWIND},
    [RUNTIME_FREE_SHELL] = {"rt_free_shell", "nvl", NOUNWIND},
    [RUNTIME_SHORT_VECTOR] = {"rt_short_vector", "pll", NOUNWIND},
    [RUNTIME_NEW_STRUCT] = {"rt_new_struct", "pl", NOUNWIND},
    [RUNTIME_DROP_STRUCT] = {"rt_drop_struct", "np", NOUNWIND},
    [RUNTIME_OWN_STRUCT] = {"rt_own_struct", "pp", NOUNWIND},
    [RUNTIME_OPEN_STRUCT] = {"rt_open_struct", "npll", NOUNWIND},
    [RUNTIME_OPEN_STRUCT_SHELL] = {"rt_open_struct_shell", "ppll", NOUNWIND},
    [RUNTIME_FREE_STRUCT] = {"rt_free_struct", "np", NOUNWIND},
    [RUNTIME_FREE_STRUCT_SHELL] = {"rt_free_struct_shell", "npl", NOUNWIND},
    [RUNTIME_COPY_NUMBERS] = {"rt_copy_numbers", "ppll", NOUNWIND},
    [RUNTIME_DROP_NUMBERS] = {"rt_drop_numbers", "npll", NOUNWIND},
    [RUNTIME_RAISE] = {"rt_raise", "nv", NORETURN | COLD},
    [RUNTIME_RAISE_DEPTH] = {"rt_raise_depth", "np", NORETURN | COLD},
    [RUNTIME_RAISE_UNBOUND] = {"rt_raise_unbound", "npp", NORETURN | COLD},
    [RUNTIME_RAISE_OUT_OF_MEMORY] = {"rt_raise_out_of_memory", "np", NORETURN | COLD},
    [RUNTIME_BEGIN_CLOSURE] = {"rt_begin_closure", "ppl", NOUNWIND},
    [RUNTIME_ENTER_CLOSURE] = {"rt_enter_closure", "lpl", NOUNWIND},
    [RUNTIME_ARGS_RESERVE] = {"rt_args_reserve", "nl", NOUNWIND},
    [RUNTIME_SPREAD_LIST] = {"rt_spread_list", "lvlvp", 0},
    [RUNTIME_APPLY_N] = {"rt_apply_n", "vvlp", TAILCC},
    [RUNTIME_LIST_FROM_ARGS] = {"rt_list_from_args", "vll", NOUNWIND},
    [RUNTIME_MAKE_IMMORTAL] = {"rt_make_immortal", "nv", NOUNWIND},
    [RUNTIME_EXPANDER_INIT] = {"consair_expander_init", "nppl", 0},
    [RUNTIME_EXPANDER_FILE] = {"consair_expander_file", "nppl", 0},
    [RUNTIME_FOREIGN_REFUSE] = {"rt_foreign_refuse", "nvppp", NORETURN | COLD},
    [RUNTIME_FOREIGN_DOUBLE] = {"rt_foreign_double", "dvpp", 0},
    [RUNTIME_FOREIGN_UINT64] = {"rt_foreign_uint64", "lvpp", 0},
    [RUNTIME_FOREIGN_POINTER] = {"rt_foreign_pointer", "lvpp", 0},
    [RUNTIME_FOREIGN_STRING] = {"rt_foreign_string", "pvpp", 0},
    [RUNTIME_FOREIGN_UNSIGNED] = {"rt_foreign_unsigned", "vl", NOUNWIND},
    [RUNTIME_FOREIGN_TEXT] = {"rt_foreign_text", "vp", NOUNWIND},
    [RUNTIME_FOREIGN_OWNED_TEXT] = {"rt_foreign_owned_text", "vp", NOUNWIND},
    [RUNTIME_TURNS_OVER] = {"rt_turns_over", "n", NOUNWIND | SLOW},
    [RUNTIME_ADD_OVERFLOW] = {"rt_add_overflow", "vll", NOUNWIND | SLOW},
    [RUNTIME_SUB_OVERFLOW] = {"rt_sub_overflow", "vll", NOUNWIND | SLOW},
    [RUNTIME_VECTOR_REF_FAIL] = {"rt_vector_ref_fail", "nvvp", NORETURN | SLOW},
    [RUNTIME_PART_REF_RARE] = {"rt_part_ref_rare", "vvv", NOUNWIND | SLOW | PURE},
    [RUNTIME_STRING_CODE_RARE] = {"rt_string_code_rare", "vvv", NOUNWIND | SLOW | PURE},
    [RUNTIME_STRING_CODE_FAIL] = {"rt_string_code_fail", "nvvp", NORETURN | SLOW},
    [RUNTIME_VECTOR_SET_RARE] = {"rt_vector_set_rare", "vvvv", NOUNWIND | SLOW},
    [RUNTIME_SETTLE_RARE] = {"rt_settle_rare", "vvvv", NOUNWIND | SLOW},
    [RUNTIME_VECTOR_SET_FAIL] = {"rt_vector_set_fail", "nvvvp", NORETURN | SLOW},
    [RUNTIME_ADD_RARE] = {"rt_add_rare", "vvv", NOUNWIND | SLOW},
    [RUNTIME_SUB_RARE] = {"rt_sub_rare", "vvv", NOUNWIND | SLOW},
    [RUNTIME_MUL_RARE] = {"rt_mul_rare", "vvv", NOUNWIND | SLOW},
    [RUNTIME_DIV_RARE] = {"rt_div_rare", "vvv", NOUNWIND | SLOW},
    [RUNTIME_ADD_FAIL] = {"rt_add_fail", "nvvp", NORETURN | SLOW},
    [RUNTIME_SUB_FAIL] = {"rt_sub_fail", "nvvp", NORETURN | SLOW},
    [RUNTIME_MUL_FAIL] = {"rt_mul_fail", "nvvp", NORETURN | SLOW},
    [RUNTIME_DIV_FAIL] = {"rt_div_fail", "nvvp", NORETURN | SLOW},
    [RUNTIME_CALL_QUIETLY] = {"rt_call_quietly", "vpvvp", NOUNWIND | SLOW},
    [RUNTIME_RAISE_KEPT] = {"rt_raise_kept", "n", NORETURN | SLOW},
    [RUNTIME_LEAST_ROW] = {"rt_least_row", "lp", NOUNWIND},
    [RUNTIME_KEEP_ROWS] = {"rt_keep_rows", "npv", NOUNWIND},
    [RUNTIME_MUL_OVERFLOW] = {"rt_mul_overflow", "vll", NOUNWIND | SLOW},
    [RUNTIME_BIGINT_PREPARE] = {"rt_bigint_prepare", "n", NOUNWIND},
    [RUNTIME_RATIO_PREPARE] = {"rt_ratio_prepare", "n", NOUNWIND},
    [RUNTIME_IMPORT] = {"rt_import", "np", 0},
    [RUNTIME_EXPORT_CALL] = {"rt_export_call", "lppppll", NOUNWIND},
    [RUNTIME_EXPORT_ERROR] = {"rt_export_error", "p", NOUNWIND},
};

/* memory(read): loops need not load again what they know (runtime/string_parts.h says what is hidden). */
static LLVMAttributeRef reads_only(ModuleEmitter *m)
{
    enum { READS = 1, PLACES = 3 }; /* two bits for each: LLVM's MemoryEffects */
    uint64_t effects = 0;
    for (int i = 0; i < PLACES; i++) effects |= (uint64_t)READS << 2 * i;
    return LLVMCreateEnumAttribute(m->context, LLVMGetEnumAttributeKindForName("memory", 6), effects);
}

LLVMValueRef emit_runtime_function(ModuleEmitter *m, enum RuntimeFunction id)
{
    if (m->runtime[id]) return m->runtime[id];
    int flags = runtime_functions[id].flags;
    m->runtime_types[id] = emit_signature(m, runtime_functions[id].signature);
    LLVMValueRef function = LLVMAddFunction(m->module, runtime_functions[id].name, m->runtime_types[id]);
    if (!m->options->in_process) LLVMSetVisibility(function, LLVMHiddenVisibility);
    if (flags & TAILCC) LLVMSetFunctionCallConv(function, CC_TAIL);
    /* Which is C's but for the registers that stay as they are: without optimisation that is nothing worth a slow selection. */
    if (flags & SLOW && m->options->backend->optimize > 0) LLVMSetFunctionCallConv(function, CC_PRESERVE_MOST);
    if (flags & SLOW) LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, m->cold);
    if (flags & NOUNWIND) LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, m->nounwind);
    if (flags & NORETURN) LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, m->noreturn);
    if (flags & COLD) LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, m->cold);
    if (flags & PURE) LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, reads_only(m));
    return m->runtime[id] = function;
}

LLVMValueRef emit_intrinsic(ModuleEmitter *m, const char *name, LLVMTypeRef type, LLVMValueRef *args, int count)
{
    unsigned id = LLVMLookupIntrinsicID(name, strlen(name));
    LLVMValueRef intrinsic = LLVMGetIntrinsicDeclaration(m->module, id, &type, 1);
    LLVMTypeRef function_type = LLVMIntrinsicGetType(m->context, id, &type, 1);
    return LLVMBuildCall2(m->builder, function_type, intrinsic, args, (unsigned)count, "");
}

/* ---- globals --------------------------------------------------------------------------------------------------- */

LLVMValueRef emit_global_slot(ModuleEmitter *m, CoreGlobal *g)
{
    if (m->options->backend->joins_interpreter) return emit_pointer(m, g->cells[WORLD_RUN]);
    if (m->options->backend->is_interactive) {
        if (m->options->in_process) return emit_pointer(m, g->cells[WORLD_RUN]);
        return emit_external_global(m, arena_format(m->arena, "global.%s", g->name),
                                    m->value_type); /* a text to look at */
    }
    if (g->outside_definitions) return emit_external_global(m, g->link_name, m->value_type);
    if (g->engine) return g->engine;
    RtValue first = g->primitive == PRIM_NONE ? rt_make(RT_UNBOUND, 0)
                                              : rt_from_object(RT_CLOSURE, primitives[g->primitive].closure);
    const char *name = g->link_name ? g->link_name : arena_format(m->arena, "global.%s", g->name);
    LLVMValueRef slot = LLVMAddGlobal(m->module, m->value_type, name);
    LLVMValueRef fields[2] = {emit_int(m, m->i32, first.tag), emit_literal_data(m, first)};
    LLVMSetInitializer(slot, LLVMConstNamedStruct(m->value_type, fields, 2));
    if (g->link_name) LLVMSetVisibility(slot, LLVMHiddenVisibility);
    else LLVMSetLinkage(slot, LLVMInternalLinkage);
    LLVMSetAlignment(slot, 8);
    ARENA_PUSH(m->arena, m->slots, m->slot_count, m->slot_capacity, g);
    g->engine = slot;
    return slot;
}

/* Constant array of RtGlobalSlot, or null. */
static LLVMValueRef slot_table(ModuleEmitter *m)
{
    if (!m->slot_count) return LLVMConstNull(m->ptr);
    LLVMValueRef *rows = arena_alloc(m->arena, (size_t)m->slot_count * sizeof *rows);
    for (int i = 0; i < m->slot_count; i++) {
        CoreGlobal *g = m->slots[i];
        bool can_be_read = rt_as_symbol(g->symbol)->interned; /* another symbol of the same name is another global */
        LLVMValueRef fields[2] = {g->engine, emit_text(m, can_be_read ? rt_as_symbol(g->symbol)->name : NULL)};
        rows[i] = LLVMConstStructInContext(m->context, fields, 2, false);
    }
    LLVMTypeRef row_type = LLVMTypeOf(rows[0]);
    return emit_private_constant(m, LLVMConstArray2(row_type, rows, (uint64_t)m->slot_count), "consair_globals");
}

/* ---- the program ----------------------------------------------------------------------------------------------- */

static LLVMValueRef call_plain(ModuleEmitter *m, LLVMValueRef function, LLVMTypeRef type, LLVMValueRef *args,
                               unsigned count)
{
    LLVMValueRef call = LLVMBuildCall2(m->builder, type, function, args, count, "");
    LLVMSetInstructionCallConv(call, LLVMGetFunctionCallConv(function));
    return call;
}

static void give_source(ModuleEmitter *m, enum RuntimeFunction id, const Source *source)
{
    LLVMValueRef text = emit_pointer(m, source->text);
    if (!m->options->in_process) {
        /* May contain NUL bytes, so it is no emit_text. */
        text = emit_private_constant(m, LLVMConstStringInContext2(m->context, source->text, source->size, false),
                                     "source");
    }
    LLVMValueRef args[] = {emit_text(m, source->name), text, emit_int(m, m->i64, (int64_t)source->size)};
    LLVMValueRef function = emit_runtime_function(m, id);
    call_plain(m, function, m->runtime_types[id], args, 3);
}

static void emit_expander_init(ModuleEmitter *m)
{
    const BackendOptions *o = m->options->backend;
    if (!o->expander_source) return;
    for (int i = 0; i < o->expander_file_count; i++) give_source(m, RUNTIME_EXPANDER_FILE, o->expander_files[i]);
    give_source(m, RUNTIME_EXPANDER_INIT, o->expander_source);
}

/* In this process the reader has made these numbers, and so prepared for them. */
static void emit_number_preparation(ModuleEmitter *m)
{
    const enum RuntimeFunction ids[] = {RUNTIME_BIGINT_PREPARE, RUNTIME_RATIO_PREPARE};
    const bool needed[] = {m->has_bigint, m->has_ratio};
    for (int i = 0; i < 2; i++)
        if (needed[i] && !m->options->in_process)
            call_plain(m, emit_runtime_function(m, ids[i]), m->runtime_types[ids[i]], NULL, 0);
}

/* Does the form only define a constant that every use already knows?  Then nothing is left to run, and a function that is
 * never used as a value needs no closure: half of the code of a program of small functions. */
static bool is_settled(const CoreProgram *p, const CoreFunction *core)
{
    const CoreNode *value = core->body;
    if (core->runs_module) return false;
    if (!core->is_toplevel || core == p->toplevel[p->toplevel_count - 1]) return false;
    if (value->kind == CORE_DEFINE) {
        if (!value->u.define.global->is_constant) return false;
        value = value->u.define.value;
    }
    return value->kind == CORE_FUNCTION || value->kind == CORE_CONST;
}

static void emit_import(ModuleEmitter *m, const char *name)
{
    LLVMValueRef module = emit_other_module(m, name);
    call_plain(m, emit_runtime_function(m, RUNTIME_IMPORT), m->runtime_types[RUNTIME_IMPORT], &module, 1);
}

/* Drops the values of all forms but the last; calls, because inlined drops would make the function huge. */
static void emit_run(ModuleEmitter *m, LLVMValueRef run, LLVMValueRef build_literals)
{
    LLVMPositionBuilderAtEnd(m->builder, LLVMAppendBasicBlockInContext(m->context, run, "entry"));
    emit_expander_init(m);
    emit_number_preparation(m);
    if (build_literals) call_plain(m, build_literals, LLVMGlobalGetValueType(build_literals), NULL, 0);
    LLVMValueRef result = NULL;
    for (int i = 0; i < m->program->toplevel_count; i++) {
        if (is_settled(m->program, m->program->toplevel[i])) continue;
        if (result) {
            LLVMValueRef function = emit_runtime_function(m, RUNTIME_DROP);
            LLVMValueRef args[] = {LLVMBuildExtractValue(m->builder, result, 0, ""),
                                   LLVMBuildExtractValue(m->builder, result, 1, "")};
            LLVMValueRef drop = call_plain(m, function, m->runtime_types[RUNTIME_DROP], args, 2);
            LLVMAddCallSiteAttribute(drop, LLVMAttributeFunctionIndex, m->noinline);
            LLVMAddCallSiteAttribute(drop, LLVMAttributeFunctionIndex, m->nounwind);
        }
        if (m->program->toplevel[i]->runs_module) emit_import(m, m->program->toplevel[i]->runs_module);
        FunctionParts *parts = m->program->toplevel[i]->engine;
        result = call_plain(m, parts->direct, parts->direct_type, NULL, 0);
    }
    LLVMBuildRet(m->builder, result ? result : LLVMConstNull(m->value_type));
}

_Static_assert(offsetof(RtProgram, run) == 0 && offsetof(RtProgram, globals) == 8 &&
                   offsetof(RtProgram, global_count) == 16 && offsetof(RtProgram, print_result) == 24 &&
                   sizeof(RtGlobalSlot) == 16,
               "the constants mirror RtProgram");

static LLVMValueRef emit_program_constant(ModuleEmitter *m, LLVMValueRef run)
{
    bool print_result = m->options->backend->print_result && m->program->toplevel_count > 0;
    LLVMValueRef fields[] = {run, slot_table(m), emit_int(m, m->i64, m->slot_count), emit_int(m, m->i8, print_result)};
    LLVMValueRef program = LLVMConstStructInContext(m->context, fields, 4, false);
    LLVMValueRef global = emit_private_constant(m, program, "consair_program");
    LLVMSetLinkage(global, LLVMExternalLinkage);
    return global;
}

static LLVMAttributeRef attribute(ModuleEmitter *m, const char *name, uint64_t value)
{
    return LLVMCreateEnumAttribute(m->context, LLVMGetEnumAttributeKindForName(name, strlen(name)), value);
}

static LLVMTypeRef named_struct(ModuleEmitter *m, const char *name, LLVMTypeRef *fields, unsigned count)
{
    LLVMTypeRef type = LLVMStructCreateNamed(m->context, name);
    LLVMStructSetBody(type, fields, count, false);
    return type;
}

static void init_types(ModuleEmitter *m)
{
    m->i8 = LLVMInt8TypeInContext(m->context);
    m->i16 = LLVMInt16TypeInContext(m->context);
    m->i32 = LLVMInt32TypeInContext(m->context);
    m->i64 = LLVMInt64TypeInContext(m->context);
    m->f64 = LLVMDoubleTypeInContext(m->context);
    m->ptr = LLVMPointerTypeInContext(m->context, 0);
    m->none = LLVMVoidTypeInContext(m->context);
    m->value_type = LLVMStructTypeInContext(m->context, (LLVMTypeRef[]){m->i32, m->i64}, 2, false);
    m->landing_pad_type = LLVMStructTypeInContext(m->context, (LLVMTypeRef[]){m->ptr, m->i32}, 2, false);
    m->place_type = named_struct(m, "RtPlace", (LLVMTypeRef[]){m->ptr, m->ptr, m->i32, m->i32, m->i32}, 5);
    m->code_type = named_struct(
        m, "RtCode", (LLVMTypeRef[]){m->ptr, m->ptr, m->ptr, m->ptr, m->i32, m->i32, m->ptr, m->i32, m->i32, m->ptr},
        10);
    m->closure_type = named_struct(m, "RtClosure", (LLVMTypeRef[]){m->i32, m->i8, m->ptr}, 3);
    m->swiftself = attribute(m, "swiftself", 0);
    m->uwtable = attribute(m, "uwtable", 2); /* 2: exact at every instruction */
    m->nounwind = attribute(m, "nounwind", 0);
    m->noreturn = attribute(m, "noreturn", 0);
    m->cold = attribute(m, "cold", 0);
    m->noinline = attribute(m, "noinline", 0);
    m->optnone = attribute(m, "optnone", 0);
    m->alwaysinline = attribute(m, "alwaysinline", 0);
    /* Never called; LLVM inlines only among functions with the same one, and the runtime's bitcode has this. */
    m->personality = LLVMAddFunction(m->module, "__gcc_personality_v0", LLVMFunctionType(m->i32, NULL, 0, true));
}

static void init_module(ModuleEmitter *m, LLVMTargetMachineRef target)
{
    LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(target);
    LLVMSetModuleDataLayout(m->module, layout);
    LLVMDisposeTargetData(layout);
    char *triple = LLVMGetTargetMachineTriple(target);
    LLVMSetTarget(m->module, triple);
    LLVMDisposeMessage(triple);
    /* Functions that LLVM makes itself need unwind tables too. */
    LLVMAddModuleFlag(m->module, LLVMModuleFlagBehaviorWarning, "uwtable", 7,
                      LLVMValueAsMetadata(emit_int(m, m->i32, 2)));
}

/* For calls of a session's form: the function that it defines is its global's scratch. */
static void guess_functions(ModuleEmitter *m, bool begin)
{
    const CoreProgram *p = m->program;
    if (!m->options->backend->is_interactive) return;
    for (int i = 0; i < p->toplevel_count; i++) {
        const CoreNode *body = p->toplevel[i]->body;
        if (body->kind != CORE_DEFINE) continue;
        const CoreNode *value = body->u.define.value;
        CoreFunction *function = value->kind == CORE_FUNCTION                              ? value->u.function
                                 : value->kind == CORE_CLOSURE && value->u.call.count == 0 ? value->u.call.function
                                                                                           : NULL;
        body->u.define.global->scratch = begin ? function : NULL;
    }
}

_Static_assert(offsetof(CompiledFunction, function) == 0 && offsetof(CompiledFunction, enter) == 8 &&
                   offsetof(CompiledFunction, code) == 16 && sizeof(CompiledFunction) == 24,
               "the rows mirror CompiledFunction");

/* What the interpreter is to call from now on. */
static void emit_function_table(ModuleEmitter *m, CoreFunction **functions, int count)
{
    LLVMValueRef *rows = arena_alloc(m->arena, ((size_t)count + 1) * sizeof *rows), null = LLVMConstNull(m->ptr);
    int row_count = 0;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = functions[i];
        if (f->lends) continue; /* the interpreter lends nothing to strangers */
        LLVMValueRef fields[] = {emit_pointer(m, f), f->wraps ? null : emit_function_enter(m, f),
                                 f->needs_closure ? emit_function_code(m, f) : null};
        rows[row_count++] = LLVMConstStructInContext(m->context, fields, 3, false);
    }
    LLVMTypeRef row = LLVMStructTypeInContext(m->context, (LLVMTypeRef[]){m->ptr, m->ptr, m->ptr}, 3, false);
    rows[row_count] = LLVMConstNull(row);
    LLVMValueRef table =
        emit_private_constant(m, LLVMConstArray2(row, rows, (uint64_t)row_count + 1), "consair_functions");
    LLVMSetLinkage(table, LLVMExternalLinkage);
}

/* The functions that what runs can reach; the scratch of each is set meanwhile. */
typedef struct Reached {
    Arena *arena;
    CoreFunction **items;
    int count, capacity;
} Reached;

static void reach_function(Reached *r, CoreFunction *f)
{
    if (f->scratch) return;
    f->scratch = f;
    ARENA_PUSH(r->arena, r->items, r->count, r->capacity, f);
    for (int i = 0; i < LEND_COUNT; i++)
        if (f->needs_closure && f->versions[i]) reach_function(r, f->versions[i]);
}

static void reach(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_FUNCTION) reach_function(data, node->u.function);
    if (node->kind == CORE_CALL_KNOWN || node->kind == CORE_CLOSURE) reach_function(data, node->u.call.function);
    core_each_child(node, reach, data);
}

/* Those functions in the program's order. */
static int reachable_functions(ModuleEmitter *m, CoreFunction **out)
{
    CoreProgram *p = m->program;
    Reached r = {.arena = m->arena};
    for (int i = 0; i < p->toplevel_count; i++)
        if (!is_settled(p, p->toplevel[i])) reach_function(&r, p->toplevel[i]);
    for (int i = 0; i < r.count; i++) reach(&r.items[i]->body, &r);
    int count = 0;
    for (int i = 0; i < p->function_count; i++)
        if (p->functions[i]->scratch) out[count++] = p->functions[i];
    for (int i = 0; i < r.count; i++) r.items[i]->scratch = NULL;
    return count;
}

typedef struct Callees {
    ModuleEmitter *m;
    const CoreFunction *caller;
} Callees;

/* A tail call of itself is a jump. */
static void note_callee(CoreNode **child, void *data)
{
    const Callees *callees = data;
    const CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN && !(node->tail && node->u.call.function == callees->caller))
        callees->m->is_called[node->u.call.function->id] = true;
    core_each_child(*child, note_callee, data);
}

static void find_called(ModuleEmitter *m, CoreFunction **functions, int count)
{
    m->is_called = arena_alloc(m->arena, m->program->next_function_id * sizeof(bool));
    for (int i = 0; i < count; i++) {
        Callees callees = {m, functions[i]};
        note_callee(&functions[i]->body, &callees);
    }
}

static void emit_functions(void *data)
{
    ModuleEmitter *m = data;
    CoreProgram *p = m->program;
    guess_functions(m, true);
    CoreFunction **emitted = arena_alloc(m->arena, ((size_t)p->function_count + 1) * sizeof *emitted);
    int count = reachable_functions(m, emitted);
    find_called(m, emitted, count);
    for (int i = 0; i < count; i++) emit_function_declare(m, emitted[i]);
    emit_find_guests(m, emitted, count);
    halves_split(m, emitted, count);
    for (int i = 0; i < count; i++)
        if (!emitted[i]->wraps) emit_function_body(m, emitted[i]);
    if (m->options->backend->joins_interpreter) emit_function_table(m, emitted, count);
    for (int i = 0; i < count; i++)
        if (emitted[i]->wraps) emit_wrapping_function(m, emitted[i]);
    debug_no_location(m);
    for (int i = 0; i < count; i++) emit_function_wrappers(m, emitted[i]);
    if (p->unit) emit_entry_names(m);
    guess_functions(m, false);
}

LLVMModuleRef emit_program(LLVMContextRef context, CoreProgram *p, const EmitOptions *o, LLVMTargetMachineRef target)
{
    ModuleEmitter m = {.context = context, .program = p, .options = o, .arena = arena_new()};
    m.module = LLVMModuleCreateWithNameInContext("consair", context);
    m.builder = LLVMCreateBuilderInContext(context);
    m.pad_builder = LLVMCreateBuilderInContext(context);
    m.texts = pointer_map_new();
    m.places = pointer_map_new();
    m.bindings = arena_alloc(m.arena, p->next_var_id * sizeof(EmitValue *));
    init_types(&m);
    init_module(&m, target);
    m.literals = literals_new(&m);
    debug_begin(&m);

    for (int i = 0; i < p->global_count; i++) p->globals[i]->engine = NULL;
    rt_on_lisp_stack(emit_functions, &m); /* recursive on the nesting of expressions */
    bool is_second_half = o->other && o->other->is_here;
    if (is_second_half) {
        literals_finish(&m);
    } else if (!o->backend->joins_interpreter) {
        LLVMValueRef run = emit_function_new(&m, emit_signature(&m, "v"), "consair_run", CC_C);
        emit_run(&m, run, literals_finish(&m));
        const CoreUnit *unit = p->unit;
        LLVMValueRef program = NULL;
        if (unit && unit->module) emit_module_constant(&m, run, slot_table(&m));
        else program = emit_program_constant(&m, run);
        if (unit) emit_description(&m);
        if (o->backend->library_name) emit_exports(&m, program);
    }
    debug_end(&m);

    literals_free(m.literals);
    pointer_map_free(m.texts);
    pointer_map_free(m.places);
    LLVMDisposeBuilder(m.builder);
    LLVMDisposeBuilder(m.pad_builder);
    for (int i = 0; i < m.slot_count; i++) m.slots[i]->engine = NULL;
    bool is_last = o->other && (o->other->process || is_second_half); /* nobody emits the program again */
    for (int i = 0; i < p->function_count && !is_last; i++) p->functions[i]->engine = NULL;
    arena_free(m.arena);
    return m.module;
}
