/* Calls of Lisp functions.
 *
 *   known function    call of its direct function; a tail call of itself is a jump to the loop header
 *   unknown callee    when it is a closure whose entry takes just these arguments: call of that entry.  Otherwise the
 *                     arguments go to rt_args and rt_apply_n finds out what to do or to say
 *   apply             arguments and the list's elements go to rt_args, then rt_apply_n
 *
 * All operands are consumed, so they leave the owned set before the call.  A tail call is a musttail: nothing else is
 * owned there.
 */
#include "emit_internal.h"
#include "known_calls.h"

/* How the function ends or goes on after a call; all calls of one node share it. */
typedef struct CallSite {
    bool is_tail;
    enum CoreLending lending;
    const RtPlace *place;
} CallSite;

EmitValue emit_result(FunctionEmitter *f, LLVMValueRef result)
{
    LLVMBuilderRef builder = f->m->builder;
    LLVMValueRef tag = LLVMBuildExtractValue(builder, result, 0, "");
    return emit_owned(f, tag, LLVMBuildExtractValue(builder, result, 1, ""));
}

static int flatten(const EmitValue *values, int count, LLVMValueRef *args)
{
    for (int i = 0; i < count; i++) {
        args[2 * i] = values[i].tag;
        args[2 * i + 1] = values[i].data;
    }
    return 2 * count;
}

/* In tail position the call ends the function; the result is then of no use. */
static LLVMValueRef emit_lisp_call(FunctionEmitter *f, bool is_tail, LLVMTypeRef type, LLVMValueRef callee,
                                   unsigned convention, LLVMValueRef *args, int count)
{
    if (!is_tail) f->makes_calls = true;
    if (is_tail && !owned_is_empty(f)) rt_internal_error("emit: values are owned at a tail call");
    LLVMValueRef call = emit_call(f, type, callee, convention, args, count, true);
    if (is_tail) {
        LLVMSetTailCallKind(call, LLVMTailCallKindMustTail);
        LLVMBuildRet(f->m->builder, call);
    }
    return call;
}

/* For what raises without a place of its own: builtins that are called as values, and the library. */
static void note_place(FunctionEmitter *f, const CallSite *site)
{
    if (!site->place) return; /* library code: its caller's place stays */
    LLVMBuildStore(f->m->builder, emit_place(f->m, site->place),
                   emit_external_global(f->m, "rt_call_place", f->m->ptr));
}

/* ---- through rt_args ------------------------------------------------------------------------------------------- */

static LLVMValueRef call_apply_n(FunctionEmitter *f, CallSite *site, EmitValue callee, LLVMValueRef argc)
{
    LLVMValueRef function = emit_runtime_function(f->m, RUNTIME_APPLY_N);
    LLVMValueRef args[] = {callee.tag, callee.data, argc, emit_place(f->m, site->place)};
    return emit_lisp_call(f, site->is_tail, f->m->runtime_types[RUNTIME_APPLY_N], function, CC_TAIL, args, 4);
}

/* values: the callee, the arguments, the list */
static EmitValue emit_spread_call(FunctionEmitter *f, CallSite *site, const EmitValue *values, int count)
{
    ModuleEmitter *m = f->m;
    EmitValue callee = values[0], list = values[count - 1];
    owned_remove(f, values, count);
    emit_store_arguments(f, values + 1, count - 2);
    LLVMValueRef args[] = {callee.tag, callee.data, emit_int(m, m->i64, count - 2),
                           list.tag,   list.data,   emit_place(m, site->place)};
    LLVMValueRef argc = emit_runtime_call(f, RUNTIME_SPREAD_LIST, args, 6);
    LLVMValueRef result = call_apply_n(f, site, callee, argc);
    return site->is_tail ? (EmitValue){0} : emit_result(f, result);
}

/* ---- unknown callee -------------------------------------------------------------------------------------------- */

/* Branches on "is a closure whose entry takes `count` arguments"; leaves the builder in the block where it is, and
 * gives that block's counterpart. */
static LLVMBasicBlockRef emit_arity_test(FunctionEmitter *f, EmitValue callee, int count)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef closure = emit_block(f, "closure"), fast = emit_block(f, "call"), slow = emit_block(f, "apply");
    LLVMValueRef is_closure = LLVMBuildICmp(m->builder, LLVMIntEQ, callee.tag, emit_int(m, m->i32, RT_CLOSURE), "");
    LLVMBuildCondBr(m->builder, is_closure, closure, slow);
    LLVMPositionBuilderAtEnd(m->builder, closure);
    LLVMValueRef self = LLVMBuildIntToPtr(m->builder, callee.data, m->ptr, "self");
    LLVMValueRef arity =
        LLVMBuildLoad2(m->builder, m->i8, LLVMBuildStructGEP2(m->builder, m->closure_type, self, 1, ""), "arity");
    LLVMValueRef fits = LLVMBuildICmp(m->builder, LLVMIntEQ, arity, emit_int(m, m->i8, count), "");
    LLVMBuildCondBr(m->builder, fits, fast, slow);
    LLVMPositionBuilderAtEnd(m->builder, fast);
    return slow;
}

_Static_assert(LEND_NOTHING == 0 && LEND_CLOSURE == 1 && LEND_ALL == 2, "the fields of RtCode in this order");

static LLVMValueRef load_entry(ModuleEmitter *m, const CallSite *site, LLVMValueRef self)
{
    LLVMValueRef field = LLVMBuildStructGEP2(m->builder, m->closure_type, self, 2, "");
    LLVMValueRef code = LLVMBuildLoad2(m->builder, m->ptr, field, "code");
    LLVMValueRef entry = LLVMBuildStructGEP2(m->builder, m->code_type, code, site->lending, "");
    return LLVMBuildLoad2(m->builder, m->ptr, entry, "entry");
}

static LLVMValueRef call_entry(FunctionEmitter *f, CallSite *site, const EmitValue *values, int count)
{
    ModuleEmitter *m = f->m;
    note_place(f, site);
    LLVMTypeRef types[1 + 2 * RT_MAX_DIRECT_ARGS];
    LLVMValueRef args[1 + 2 * RT_MAX_DIRECT_ARGS];
    types[0] = m->ptr;
    args[0] = LLVMBuildIntToPtr(m->builder, values[0].data, m->ptr, "self");
    for (int i = 0; i < 2 * count; i++) types[1 + i] = i % 2 ? m->i64 : m->i32;
    int total = 1 + flatten(values + 1, count, args + 1);
    LLVMTypeRef type = LLVMFunctionType(m->value_type, types, (unsigned)total, false);
    LLVMValueRef entry = load_entry(m, site, args[0]);
    LLVMValueRef call = emit_lisp_call(f, site->is_tail, type, entry, CC_TAIL, args, total);
    LLVMAddCallSiteAttribute(call, 1, m->swiftself);
    return call;
}

/* What is lent gets a count where it has to be given away. */
static void emit_give(FunctionEmitter *f, const CallSite *site, const EmitValue *values, int count)
{
    int lent_count = site->lending == LEND_ALL ? count + 1 : site->lending == LEND_CLOSURE;
    for (int i = 0; i < lent_count; i++) emit_dup(f, values[i]);
}

/* values: the callee, then `count` arguments */
static EmitValue emit_unknown_call(FunctionEmitter *f, CallSite *site, const EmitValue *values, int count)
{
    ModuleEmitter *m = f->m;
    f->allocates = true; /* for all that is known of it */
    owned_remove(f, values, count + 1);
    LLVMValueRef argc = emit_int(m, m->i64, count);
    if (count > RT_MAX_DIRECT_ARGS) {
        emit_give(f, site, values, count);
        emit_store_arguments(f, values + 1, count);
        LLVMValueRef result = call_apply_n(f, site, values[0], argc);
        return site->is_tail ? (EmitValue){0} : emit_result(f, result);
    }
    Join join;
    if (!site->is_tail) join_init(f, &join, "called");
    LLVMBasicBlockRef slow = emit_arity_test(f, values[0], count);
    LLVMValueRef fast_result = call_entry(f, site, values, count);
    if (!site->is_tail) join_add(f, &join, emit_result(f, fast_result));
    LLVMPositionBuilderAtEnd(m->builder, slow);
    emit_give(f, site, values, count);
    emit_store_arguments(f, values + 1, count);
    LLVMValueRef slow_result = call_apply_n(f, site, values[0], argc);
    LLVMAddCallSiteAttribute(slow_result, LLVMAttributeFunctionIndex, m->cold);
    if (site->is_tail) return (EmitValue){0};
    join_add(f, &join, emit_result(f, slow_result));
    return join_finish(f, &join);
}

/* ---- known functions ------------------------------------------------------------------------------------------- */

/* Is it a jump in this LLVM function? */
static bool is_jump(const FunctionEmitter *f, const CoreFunction *callee)
{
    return (callee == f->core && f->part->loop_phis) || emit_is_part(f, callee);
}

/* From a variant that pass specialize made to the generic function: it happens once, and its body would cost the loop registers. */
static void mark_way_out(FunctionEmitter *f, LLVMValueRef call)
{
    LLVMAddCallSiteAttribute(call, LLVMAttributeFunctionIndex, f->m->cold);
    LLVMAddCallSiteAttribute(call, LLVMAttributeFunctionIndex, f->m->noinline);
}

static EmitValue emit_known_call(FunctionEmitter *f, CallSite *site, const CoreNode *node, const EmitValue *values)
{
    CoreFunction *callee = node->u.call.function;
    FunctionParts *parts = callee->engine;
    owned_remove(f, values, node->u.call.count);
    if (callee->is_library && !(site->is_tail && callee == f->core)) note_place(f, site);
    if (site->is_tail && is_jump(f, callee)) {
        emit_jump(f, callee, values);
        return (EmitValue){0};
    }
    f->allocates |= parts->allocates; /* without a test of its own, if it calls nothing */
    LLVMValueRef *args = arena_alloc(f->arena, (size_t)(2 * node->u.call.count + 1) * sizeof *args);
    int count = emit_arguments(f, callee, values, args);
    LLVMValueRef result =
        emit_lisp_call(f, site->is_tail, parts->direct_type, parts->direct, emit_convention(callee), args, count);
    emit_mark_self(f->m, callee, result);
    if (callee->is_generic && !f->core->is_generic && !f->core->is_toplevel) mark_way_out(f, result);
    return site->is_tail ? (EmitValue){0} : emit_known_result(f, callee, node->type, result);
}

/* ---- calls through a global of a session --------------------------------------------------------------------------
 *
 * The global may be redefined at any time, but mostly it is what it was: a builtin, or the function that this very
 * form defines.  So the cell is compared with the closure that is expected, and the call is direct when it is the
 * same. */

typedef struct Guess {
    RtValue builtin; /* the closure expected, when `function` is NULL */
    int row; /* its row for so many operands */
    CoreFunction *function; /* of this program, without captures */
} Guess;

static bool guess_callee(const FunctionEmitter *f, const CallSite *site, const CoreNode *node, Guess *out)
{
    if (!f->m->options->backend->is_interactive || !f->m->program->open_world) return false;
    if (node->kind != CORE_CALL || node->u.call.callee->kind != CORE_GLOBAL) return false;
    const CoreGlobal *g = node->u.call.callee->u.global;
    *out = (Guess){.function = g->scratch};
    if (out->function) {
        bool fits = !out->function->has_rest && out->function->param_count == node->u.call.count;
        return fits && (!site->is_tail || out->function->needs_tailcc);
    }
    if (g->primitive == PRIM_NONE || primitives[g->primitive].shape == SHAPE_TAIL) return false;
    out->builtin = rt_from_object(RT_CLOSURE, primitives[g->primitive].closure);
    out->row = builtin_row(g->primitive, node->u.call.count);
    return out->row != PRIM_NONE;
}

/* The global's value, borrowed, and whether it is the closure expected. */
static LLVMValueRef emit_guard(FunctionEmitter *f, const Guess *guess, CoreGlobal *g, EmitValue *callee)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef expected = guess->function ? LLVMConstPtrToInt(emit_function_closure(m, guess->function), m->i64)
                                            : emit_literal(m, guess->builtin).data;
    LLVMValueRef fields[2];
    emit_field_pointers(m, emit_global_slot(m, g), fields);
    callee->tag = LLVMBuildLoad2(m->builder, m->i32, fields[0], "");
    callee->data = LLVMBuildLoad2(m->builder, m->i64, fields[1], "");
    LLVMValueRef is_closure = LLVMBuildICmp(m->builder, LLVMIntEQ, callee->tag, emit_int(m, m->i32, RT_CLOSURE), "");
    LLVMValueRef is_same = LLVMBuildICmp(m->builder, LLVMIntEQ, callee->data, expected, "");
    return LLVMBuildAnd(m->builder, is_same, is_closure, "expected");
}

static void emit_unbound_check(FunctionEmitter *f, const CoreNode *callee, LLVMValueRef tag)
{
    if (callee->u.global->primitive != PRIM_NONE) return;
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef unbound = emit_block(f, "unbound"), bound = emit_block(f, "bound");
    LLVMBuildCondBr(m->builder, LLVMBuildICmp(m->builder, LLVMIntEQ, tag, emit_int(m, m->i32, RT_UNBOUND), ""), unbound,
                    bound);
    LLVMPositionBuilderAtEnd(m->builder, unbound);
    emit_unbound_error(f, callee);
    LLVMPositionBuilderAtEnd(m->builder, bound);
}

/* Where operands may redefine the global: its value goes to the operand array if it is not the one expected, else nil
 * does. */
static OwnedItem *emit_keep_callee(FunctionEmitter *f, const CoreNode *callee_node, EmitValue callee,
                                   LLVMValueRef is_expected)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef other = emit_block(f, "redefined"), operands = emit_block(f, "operands");
    LLVMValueRef fields[2];
    emit_field_pointers(m, emit_array_element(f, f->array_top++), fields);
    LLVMBuildStore(m->builder, emit_int(m, m->i32, RT_NIL), fields[0]);
    LLVMBuildCondBr(m->builder, is_expected, operands, other);
    LLVMPositionBuilderAtEnd(m->builder, other);
    emit_unbound_check(f, callee_node, callee.tag);
    emit_dup(f, callee);
    LLVMBuildStore(m->builder, callee.tag, fields[0]);
    LLVMBuildStore(m->builder, callee.data, fields[1]);
    LLVMBuildBr(m->builder, operands);
    LLVMPositionBuilderAtEnd(m->builder, operands);
    return owned_push(f, (OwnedItem){.slot = fields[0]});
}

/* The call of what was expected.  A primitive borrows some of the operands, which end with it. */
static EmitValue emit_expected_call(FunctionEmitter *f, CallSite *site, const Guess *guess, EmitValue *values,
                                    const CoreNode *node)
{
    int count = node->u.call.count;
    if (guess->function) {
        FunctionParts *parts = guess->function->engine;
        LLVMValueRef *args = arena_alloc(f->arena, (size_t)(2 * count + 1) * sizeof *args);
        owned_remove(f, values, count);
        int words = emit_arguments(f, guess->function, values, args);
        unsigned convention = emit_convention(guess->function);
        LLVMValueRef result =
            emit_lisp_call(f, site->is_tail, parts->direct_type, parts->direct, convention, args, words);
        emit_mark_self(f->m, guess->function, result);
        return site->is_tail ? (EmitValue){0} : emit_known_result(f, guess->function, NULL, result);
    }
    EmitValue result = emit_prim_values(f, guess->row, values, count, node->place);
    for (int i = 0; i < count; i++)
        if (prim_borrows(&primitives[guess->row], i)) emit_drop(f, values[i]);
    if (!site->is_tail) return result;
    owned_remove(f, &result, 1);
    emit_return_value(f, result);
    return (EmitValue){0};
}

static EmitValue emit_guarded_call(FunctionEmitter *f, CallSite *site, CoreNode *node, const Guess *guess)
{
    ModuleEmitter *m = f->m;
    CoreNode *callee_node = node->u.call.callee;
    int count = node->u.call.count, array_top = f->array_top;
    bool is_late = true; /* the value is read when the operands are there: none of them redefines a global */
    for (int i = 0; i < count; i++) is_late = is_late && core_is_atom(node->u.call.args[i]);
    EmitValue *values = arena_alloc(f->arena, ((size_t)count + 1) * sizeof *values);
    LLVMValueRef is_expected = NULL;
    if (!is_late) {
        is_expected = emit_guard(f, guess, callee_node->u.global, &values[0]);
        values[0].item = emit_keep_callee(f, callee_node, values[0], is_expected);
    }
    for (int i = 0; i < count; i++) values[i + 1] = emit_value(f, node->u.call.args[i]);
    if (is_late) is_expected = emit_guard(f, guess, callee_node->u.global, &values[0]);

    Join join;
    if (!site->is_tail) join_init(f, &join, "called");
    LLVMBasicBlockRef fast = emit_block(f, "direct"), slow = emit_block(f, "other");
    LLVMBuildCondBr(m->builder, is_expected, fast, slow);
    OwnedSet *owned = f->owned;
    LLVMPositionBuilderAtEnd(m->builder, fast);
    if (!is_late) owned_remove(f, values, 1);
    EmitValue result = emit_expected_call(f, site, guess, values + 1, node);
    if (!site->is_tail) join_add(f, &join, result);

    f->owned = owned;
    LLVMPositionBuilderAtEnd(m->builder, slow);
    if (is_late) {
        emit_unbound_check(f, callee_node, values[0].tag);
        emit_dup(f, values[0]);
        values[0] = emit_owned(f, values[0].tag, values[0].data);
    } else {
        LLVMValueRef fields[2];
        emit_field_pointers(m, values[0].item->slot, fields);
        values[0].tag = LLVMBuildLoad2(m->builder, m->i32, fields[0], "");
        values[0].data = LLVMBuildLoad2(m->builder, m->i64, fields[1], "");
    }
    f->array_top = array_top;
    EmitValue called = emit_unknown_call(f, site, values, count);
    if (site->is_tail) return (EmitValue){0};
    join_add(f, &join, called);
    return join_finish(f, &join);
}

/* ---- functions of other objects -------------------------------------------------------------------------------- */

/* The entry by which other objects call a function that they know, when it takes so many operands. */
static LLVMValueRef outside_entry(FunctionEmitter *f, const CoreNode *node)
{
    const CoreNode *callee = node->kind == CORE_CALL ? node->u.call.callee : NULL;
    if (!callee || callee->kind != CORE_GLOBAL || !callee->u.global->outside_function) return NULL;
    const CoreFunction *function = callee->u.global->outside_function;
    if (!emit_has_outside_entry(function) || function->param_count != node->u.call.count) return NULL;
    return emit_outside_entry(f->m, callee->u.global);
}

/* Its module has run: the function is there. */
static EmitValue emit_outside_call(FunctionEmitter *f, CallSite *site, const CoreNode *node, LLVMValueRef entry)
{
    int count = node->u.call.count;
    EmitValue *values = emit_operands(f, node->u.call.args, count);
    owned_remove(f, values, count);
    f->allocates = true; /* for all that is known of it */
    if (node->u.call.callee->u.global->outside_function->is_library) note_place(f, site);
    LLVMValueRef args[1 + 2 * RT_MAX_DIRECT_ARGS] = {LLVMConstNull(f->m->ptr)}; /* it has no captures */
    int total = 1 + flatten(values, count, args + 1);
    LLVMValueRef call = emit_lisp_call(f, site->is_tail, LLVMGlobalGetValueType(entry), entry, CC_TAIL, args, total);
    LLVMAddCallSiteAttribute(call, 1, f->m->swiftself);
    return site->is_tail ? (EmitValue){0} : emit_result(f, call);
}

/* ---- the nodes ------------------------------------------------------------------------------------------------- */

static EmitValue emit_site(FunctionEmitter *f, CallSite *site, CoreNode *node)
{
    if (node->kind == CORE_CALL_KNOWN)
        return emit_known_call(f, site, node, emit_operands(f, node->u.call.args, node->u.call.count));
    Guess guess;
    if (guess_callee(f, site, node, &guess)) return emit_guarded_call(f, site, node, &guess);
    LLVMValueRef outside = outside_entry(f, node);
    if (outside) return emit_outside_call(f, site, node, outside);
    int count = node->u.call.count + 1;
    CoreNode **operands = arena_alloc(f->arena, (size_t)count * sizeof *operands);
    operands[0] = node->u.call.callee;
    if (node->u.call.count) memcpy(operands + 1, node->u.call.args, (size_t)node->u.call.count * sizeof *operands);
    EmitValue *values = emit_operands(f, operands, count);
    if (node->kind == CORE_APPLY) return emit_spread_call(f, site, values, count);
    site->lending = core_lending(node);
    return emit_unknown_call(f, site, values, count - 1);
}

EmitValue emit_call_node(FunctionEmitter *f, CoreNode *node)
{
    CallSite site = {.place = node->place};
    f->effects++;
    return emit_site(f, &site, node);
}

void emit_tail_call_node(FunctionEmitter *f, CoreNode *node)
{
    /* An unknown callee has the tail convention: only a function that has it too can leave its frame to it. */
    bool is_inside = node->kind == CORE_CALL_KNOWN && node->tail && is_jump(f, node->u.call.function);
    bool is_tail = is_inside || f->core->needs_tailcc;
    CallSite site = {.is_tail = is_tail, .place = node->place};
    EmitValue v = emit_site(f, &site, node);
    if (is_tail) return;
    if (emit_parts_of(f->core)) {
        emit_return_parts(f, emit_parts_of(f->core), v);
        return;
    }
    v = emit_whole(f, v);
    owned_remove(f, &v, 1);
    emit_return_value(f, v);
}
