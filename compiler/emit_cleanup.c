/* What is owned at each point, and the code that drops it when an error passes.
 *
 * The one idea: an owned set is a persistent stack.  The cleanup block of a set drops its top value and jumps to the
 * cleanup block of the set below; that of the empty set resumes, that of a TRY's mark enters the handler.  So pads
 * are shared between all calls made with the same set, sets share the code of what they have in common, and the code
 * is linear in the number of values, also for a call with ten thousand operands.
 *
 * A value stays at its place in the set from where it is made to where it is consumed; moving a variable into an
 * operand changes nothing.
 */
#include "emit_internal.h"

void owned_init(FunctionEmitter *f) { f->owned = arena_alloc(f->arena, sizeof *f->owned); }

bool owned_is_empty(const FunctionEmitter *f) { return !f->owned->item; }

static void push_item(FunctionEmitter *f, OwnedItem *item)
{
    OwnedSet *set = arena_alloc(f->arena, sizeof *set);
    set->item = item;
    set->below = f->owned;
    set->in_try = item->handler || f->owned->in_try;
    f->owned = set;
}

OwnedItem *owned_push(FunctionEmitter *f, OwnedItem item)
{
    OwnedItem *copy = arena_alloc(f->arena, sizeof *copy);
    *copy = item;
    push_item(f, copy);
    return copy;
}

/* Takes out the `leaving` items that are marked; what lies above the deepest of them is pushed again. */
static void remove_marked(FunctionEmitter *f, int leaving)
{
    OwnedItem **kept = NULL;
    int kept_count = 0, kept_capacity = 0;
    while (leaving) {
        OwnedItem *item = f->owned->item;
        if (!item) rt_internal_error("emit: a value is consumed that is not owned");
        f->owned = f->owned->below;
        if (item->is_leaving) {
            item->is_leaving = false;
            leaving--;
        } else {
            ARENA_PUSH(f->arena, kept, kept_count, kept_capacity, item);
        }
    }
    while (kept_count) push_item(f, kept[--kept_count]);
}

void owned_remove(FunctionEmitter *f, const EmitValue *values, int count)
{
    int leaving = 0;
    for (int i = 0; i < count; i++) {
        if (!values[i].item) continue;
        if (values[i].item->is_leaving) rt_internal_error("emit: a value is consumed twice");
        values[i].item->is_leaving = true;
        leaving++;
    }
    remove_marked(f, leaving);
}

void owned_remove_item(FunctionEmitter *f, OwnedItem *item)
{
    item->is_leaving = true;
    remove_marked(f, 1);
}

void owned_leave_shell(FunctionEmitter *f, LLVMValueRef shell)
{
    OwnedItem **inside = NULL;
    int count = 0, capacity = 0;
    for (const OwnedSet *set = f->owned; set->item; set = set->below) {
        if (set->item->home != shell) continue;
        set->item->home = NULL;
        set->item->is_leaving = true;
        ARENA_PUSH(f->arena, inside, count, capacity, set->item);
    }
    remove_marked(f, count); /* the code that was made for the set until now still looks into the shell */
    while (count) push_item(f, inside[--count]);
}

static LLVMValueRef free_struct_shell(ModuleEmitter *m, LLVMBuilderRef builder, const OwnedItem *shell)
{
    LLVMValueRef function = emit_runtime_function(m, RUNTIME_FREE_STRUCT_SHELL);
    LLVMValueRef args[2] = {shell->home, emit_int(m, m->i64, shell->layout->info)};
    return LLVMBuildCall2(builder, m->runtime_types[RUNTIME_FREE_STRUCT_SHELL], function, args, 2, "");
}

/* Of the value, or, not NULL, of the item that is a shell. */
static LLVMValueRef call_drop(ModuleEmitter *m, LLVMBuilderRef builder, LLVMValueRef tag, LLVMValueRef data,
                              const OwnedItem *shell)
{
    int shell_length = shell ? shell->shell_length : 0;
    if (shell && shell->layout) return free_struct_shell(m, builder, shell);
    enum RuntimeFunction id = shell_length ? RUNTIME_FREE_SHELL : RUNTIME_DROP;
    LLVMValueRef function = emit_runtime_function(m, id), args[3] = {tag, data, emit_int(m, m->i64, shell_length)};
    LLVMValueRef call = LLVMBuildCall2(builder, m->runtime_types[id], function, args, shell_length ? 3 : 2, "");
    LLVMAddCallSiteAttribute(call, LLVMAttributeFunctionIndex, m->nounwind);
    return call;
}

static void load_from_home(ModuleEmitter *m, const OwnedItem *item, LLVMValueRef *tag, LLVMValueRef *data)
{
    LLVMBuilderRef b = m->pad_builder;
    if (item->layout) {
        EmitValue field = emit_field_at_home(m, item->layout, item->home, item->home_index);
        *tag = field.tag;
        *data = field.data;
        return;
    }
    int64_t index = item->home_index, size = sizeof(int64_t);
    LLVMValueRef tag_offset = emit_int(m, m->i64, (int64_t)offsetof(RtVector, items.values.tags) + index);
    LLVMValueRef data_offset = emit_int(m, m->i64, (int64_t)offsetof(RtVector, items.values.data) + index * size);
    LLVMValueRef tag_place = LLVMBuildInBoundsGEP2(b, m->i8, item->home, &tag_offset, 1, "");
    LLVMValueRef data_place = LLVMBuildInBoundsGEP2(b, m->i8, item->home, &data_offset, 1, "");
    *tag = LLVMBuildZExt(b, LLVMBuildLoad2(b, m->i8, tag_place, ""), m->i32, "");
    *data = LLVMBuildLoad2(b, m->i64, data_place, "");
}

/* Starts the cleanup block of a set: what it drops, and the phi that its predecessors feed.  The block still needs
 * its end. */
static void open_cleanup(FunctionEmitter *f, OwnedSet *set)
{
    ModuleEmitter *m = f->m;
    set->cleanup = emit_block(f, "cleanup");
    LLVMPositionBuilderAtEnd(m->pad_builder, set->cleanup);
    set->error = LLVMBuildPhi(m->pad_builder, m->ptr, "error");
    if (!set->item || set->item->handler) return;
    LLVMValueRef tag = set->item->tag, data = set->item->data;
    if (set->item->slot) {
        LLVMValueRef data_slot = LLVMBuildStructGEP2(m->pad_builder, m->value_type, set->item->slot, 1, "");
        tag = LLVMBuildLoad2(m->pad_builder, m->i32, set->item->slot, "");
        data = LLVMBuildLoad2(m->pad_builder, m->i64, data_slot, "");
    }
    if (set->item->home && !set->item->shell_length) load_from_home(m, set->item, &tag, &data);
    LLVMValueRef drop = call_drop(m, m->pad_builder, tag, data, set->item->shell_length ? set->item : NULL);
    LLVMAddCallSiteAttribute(drop, LLVMAttributeFunctionIndex, m->cold);
    LLVMAddCallSiteAttribute(drop, LLVMAttributeFunctionIndex, m->noinline);
}

/* Lets the block `from`, which has no end yet, go on with the cleanup of the set. */
static void chain_cleanups(FunctionEmitter *f, OwnedSet *set, LLVMBasicBlockRef from, LLVMValueRef error)
{
    LLVMBuilderRef builder = f->m->pad_builder;
    for (;;) {
        bool is_new = !set->cleanup;
        if (is_new) open_cleanup(f, set);
        LLVMPositionBuilderAtEnd(builder, from);
        LLVMBuildBr(builder, set->cleanup);
        LLVMAddIncoming(set->error, &error, &from, 1);
        if (!is_new) return;
        LLVMPositionBuilderAtEnd(builder, set->cleanup);
        if (!set->item) {
            LLVMValueRef whole = LLVMGetPoison(f->m->landing_pad_type); /* the other part is not used */
            LLVMBuildResume(builder, LLVMBuildInsertValue(builder, whole, set->error, 0, ""));
            return;
        }
        if (set->item->handler) {
            LLVMBuildBr(builder, set->item->handler);
            return;
        }
        from = set->cleanup;
        error = set->error;
        set = set->below;
    }
}

static LLVMBasicBlockRef landing_pad(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    OwnedSet *set = f->owned;
    if (set->pad) return set->pad;
    LLVMSetPersonalityFn(f->function, m->personality);
    set->pad = emit_block(f, "pad");
    LLVMPositionBuilderAtEnd(m->pad_builder, set->pad);
    LLVMValueRef error = LLVMBuildLandingPad(m->pad_builder, m->landing_pad_type, NULL, set->in_try, "");
    if (set->in_try) LLVMAddClause(error, LLVMConstNull(m->ptr));
    else LLVMSetCleanup(error, true);
    chain_cleanups(f, set, set->pad, LLVMBuildExtractValue(m->pad_builder, error, 0, ""));
    return set->pad;
}

LLVMValueRef emit_call(FunctionEmitter *f, LLVMTypeRef type, LLVMValueRef callee, unsigned convention,
                       LLVMValueRef *args, int count, bool may_raise)
{
    LLVMBuilderRef builder = f->m->builder;
    LLVMValueRef call;
    if (may_raise && f->owned->item) {
        LLVMBasicBlockRef pad = landing_pad(f);
        LLVMBasicBlockRef next = emit_block(f, "ok");
        call = LLVMBuildInvoke2(builder, type, callee, args, (unsigned)count, next, pad, "");
        LLVMPositionBuilderAtEnd(builder, next);
    } else {
        call = LLVMBuildCall2(builder, type, callee, args, (unsigned)count, "");
    }
    LLVMSetInstructionCallConv(call, convention);
    if (!may_raise) LLVMAddCallSiteAttribute(call, LLVMAttributeFunctionIndex, f->m->nounwind);
    return call;
}

LLVMValueRef emit_runtime_call(FunctionEmitter *f, enum RuntimeFunction id, LLVMValueRef *args, int count)
{
    LLVMValueRef function = emit_runtime_function(f->m, id);
    bool may_raise = id == RUNTIME_RAISE || id == RUNTIME_RAISE_DEPTH || id == RUNTIME_RAISE_UNBOUND ||
                     id == RUNTIME_SPREAD_LIST || id == RUNTIME_VECTOR_REF_FAIL || id == RUNTIME_VECTOR_SET_FAIL ||
                     id == RUNTIME_STRING_CODE_FAIL || (id >= RUNTIME_ADD_FAIL && id <= RUNTIME_DIV_FAIL) ||
                     id == RUNTIME_RAISE_KEPT || id == RUNTIME_APPLY_N;
    return emit_call(f, f->m->runtime_types[id], function, LLVMGetFunctionCallConv(function), args, count, may_raise);
}

void emit_fail_if_unbound(FunctionEmitter *f, LLVMValueRef result, enum RuntimeFunction fail, LLVMValueRef *args,
                          int count)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef tag = LLVMBuildExtractValue(m->builder, result, 0, "");
    LLVMValueRef raises = LLVMBuildICmp(m->builder, LLVMIntEQ, tag, emit_int(m, m->i32, RT_UNBOUND), "");
    LLVMBasicBlockRef failed = emit_block(f, "failed"), done = emit_block(f, "done");
    emit_unlikely_branch(f, raises, failed, done);
    LLVMPositionBuilderAtEnd(m->builder, failed);
    emit_runtime_call(f, fail, args, count);
    LLVMBuildUnreachable(m->builder);
    LLVMPositionBuilderAtEnd(m->builder, done);
}

EmitValue emit_owned(FunctionEmitter *f, LLVMValueRef tag, LLVMValueRef data)
{
    return (EmitValue){.tag = tag, .data = data, .item = owned_push(f, (OwnedItem){.tag = tag, .data = data})};
}

void emit_dup(FunctionEmitter *f, EmitValue v)
{
    if (emit_is_immediate(v)) return;
    emit_runtime_call(f, RUNTIME_DUP, (LLVMValueRef[]){v.tag, v.data}, 2);
}

void emit_drop(FunctionEmitter *f, EmitValue v)
{
    if (!v.item) return;
    const OwnedItem *shell = v.item->shell_length ? v.item : NULL;
    owned_remove_item(f, v.item);
    if (shell) owned_leave_shell(f, shell->home);
    else if (emit_is_immediate(v)) return;
    call_drop(f->m, f->m->builder, v.tag, v.data, shell);
}
