/* Core expressions to LLVM IR, except calls (emit_call.c) and primitives (emit_prim.c).
 *
 * Input: Core after pass `rc`.  Each expression gives a value in SSA form; variables are bound to such values, there
 * is no memory.  An expression whose value is the function's result ends the function (ret, tail call, jump to the
 * loop header); branches whose values meet go to a join.  Sequences, bindings and the last branch of an IF are walked
 * in a loop, so long bodies and long `cond`s need no stack.
 */
#include "emit_debug.h"
#include "map_loop.h"

/* ---- joins ----------------------------------------------------------------------------------------------------- */

void join_init(FunctionEmitter *f, Join *join, const char *name) { *join = (Join){.block = emit_block(f, name)}; }

void join_add(FunctionEmitter *f, Join *join, EmitValue v)
{
    if (join->shape) {
        join_add_parts(f, join, v);
        return;
    }
    if (v.item) {
        owned_remove_item(f, v.item);
        join->is_counted = true;
    }
    int tag_count = join->count, data_count = join->count, packed_count = join->count;
    ARENA_PUSH(f->arena, join->tags, tag_count, join->tags_capacity, v.tag);
    ARENA_PUSH(f->arena, join->datas, data_count, join->datas_capacity, v.data);
    ARENA_PUSH(f->arena, join->packed, packed_count, join->packed_capacity, emit_packed(f, v.data));
    ARENA_PUSH(f->arena, join->blocks, join->count, join->blocks_capacity, LLVMGetInsertBlock(f->m->builder));
    join->owned = f->owned;
    LLVMBuildBr(f->m->builder, join->block);
}

/* Constants are unique, so it is enough to compare them. */
static bool all_have_tag(const Join *join, LLVMValueRef tag)
{
    if (!LLVMIsAConstantInt(tag)) return false;
    for (int i = 0; i < join->count; i++)
        if (join->tags[i] != tag) return false;
    return true;
}

static bool all_floats(const Join *join)
{
    return emit_has_tag((EmitValue){.tag = join->tags[0]}, RT_FLOAT) && all_have_tag(join, join->tags[0]);
}

EmitValue join_finish(FunctionEmitter *f, Join *join)
{
    ModuleEmitter *m = f->m;
    LLVMPositionBuilderAtEnd(m->builder, join->block);
    f->owned = join->owned;
    if (all_floats(join)) {
        LLVMValueRef number = LLVMBuildPhi(m->builder, m->f64, "");
        for (int i = 0; i < join->count; i++) {
            LLVMPositionBuilderBefore(m->builder, LLVMGetBasicBlockTerminator(join->blocks[i]));
            LLVMValueRef incoming = emit_double(m, (EmitValue){.data = join->datas[i]});
            LLVMAddIncoming(number, &incoming, &join->blocks[i], 1);
        }
        LLVMPositionBuilderAtEnd(m->builder, join->block);
        return emit_float(m, number);
    }
    LLVMValueRef tag = join->tags[0];
    if (!all_have_tag(join, tag)) {
        tag = LLVMBuildPhi(m->builder, m->i32, "tag");
        LLVMAddIncoming(tag, join->tags, join->blocks, (unsigned)join->count);
    }
    LLVMValueRef data = LLVMBuildPhi(m->builder, m->i64, "");
    LLVMAddIncoming(data, join->datas, join->blocks, (unsigned)join->count);
    emit_join_packed(f, join, data);
    if (join->is_counted) return emit_owned(f, tag, data);
    return emit_uncounted(tag, data);
}

void rare_case_begin(FunctionEmitter *f, RareCase *rare, LLVMValueRef is_rare)
{
    *rare = (RareCase){.block = emit_block(f, "rare"), .owned = f->owned};
    LLVMBasicBlockRef usual = emit_block(f, "usual");
    emit_unlikely_branch(f, is_rare, rare->block, usual);
    join_init(f, &rare->join, "either");
    LLVMPositionBuilderAtEnd(f->m->builder, usual);
}

void rare_case_switch(FunctionEmitter *f, RareCase *rare, EmitValue usual)
{
    join_add(f, &rare->join, usual);
    f->owned = rare->owned;
    LLVMPositionBuilderAtEnd(f->m->builder, rare->block);
}

EmitValue rare_case_finish(FunctionEmitter *f, RareCase *rare, EmitValue v)
{
    join_add(f, &rare->join, v);
    return join_finish(f, &rare->join);
}

EmitValue rare_case_raises(FunctionEmitter *f, RareCase *rare) { return join_finish(f, &rare->join); }

/* Nothing was done yet that could not be done again: what was evaluated is forgotten. */
bool emit_restart_if(FunctionEmitter *f, LLVMValueRef is_rare)
{
    const Restart *restart = &f->restart;
    if (!restart->block || restart->owned != f->owned || restart->effects != f->effects) return false;
    LLVMBasicBlockRef usual = emit_block(f, "usual");
    emit_unlikely_branch(f, is_rare, restart->block, usual);
    LLVMPositionBuilderAtEnd(f->m->builder, usual);
    return true;
}

/* ---- variables and globals ------------------------------------------------------------------------------------- */

EmitValue *emit_binding(const FunctionEmitter *f, const CoreVar *var)
{
    EmitValue *binding = f->m->bindings[var->id];
    if (!binding) rt_internal_error("emit: a variable is used outside its scope");
    return binding;
}

static EmitValue emit_local(FunctionEmitter *f, const CoreNode *node)
{
    if (node->u.local->parts) return emit_whole_variable(f, node->u.local);
    EmitValue v = emit_with_type(f->m, node->type, *emit_binding(f, node->u.local));
    emit_note_local(f, node->u.local, v.data);
    if (node->use == USE_MOVE) return v;
    if (node->use == USE_BORROW || !(v.item || v.is_borrowed)) return emit_uncounted(v.tag, v.data);
    emit_dup(f, v);
    return emit_owned(f, v.tag, v.data);
}

void emit_unbound_error(FunctionEmitter *f, const CoreNode *node)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef args[2] = {emit_place(m, node->place), emit_text(m, node->u.global->name)};
    emit_runtime_call(f, RUNTIME_RAISE_UNBOUND, args, 2);
    LLVMBuildUnreachable(m->builder);
}

static EmitValue emit_global(FunctionEmitter *f, const CoreNode *node)
{
    ModuleEmitter *m = f->m;
    CoreGlobal *g = node->u.global;
    bool is_defined = g->definition_count || m->program->open_world;
    if (!is_defined && g->primitive != PRIM_NONE)
        return emit_literal(m, rt_from_object(RT_CLOSURE, primitives[g->primitive].closure));
    if (!is_defined) {
        emit_unbound_error(f, node);
        LLVMPositionBuilderAtEnd(m->builder, emit_block(f, "unreachable"));
        return emit_literal(m, rt_nil());
    }
    LLVMValueRef fields[2];
    emit_field_pointers(m, emit_global_slot(m, g), fields);
    LLVMValueRef tag = LLVMBuildLoad2(m->builder, m->i32, fields[0], "");
    LLVMValueRef data = LLVMBuildLoad2(m->builder, m->i64, fields[1], "");
    if (g->primitive == PRIM_NONE) {
        LLVMBasicBlockRef unbound = emit_block(f, "unbound"), bound = emit_block(f, "bound");
        LLVMValueRef is_unbound = LLVMBuildICmp(m->builder, LLVMIntEQ, tag, emit_int(m, m->i32, RT_UNBOUND), "");
        LLVMBuildCondBr(m->builder, is_unbound, unbound, bound);
        LLVMPositionBuilderAtEnd(m->builder, unbound);
        emit_unbound_error(f, node);
        LLVMPositionBuilderAtEnd(m->builder, bound);
    }
    if (node->use == USE_BORROW) return emit_uncounted(tag, data);
    emit_dup(f, emit_uncounted(tag, data));
    return emit_owned(f, tag, data);
}

/* Drops what the global held, unless that is nothing. */
static void emit_drop_old(FunctionEmitter *f, LLVMValueRef tag, LLVMValueRef data)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef drop = emit_block(f, "drop_old"), next = emit_block(f, "defined");
    LLVMValueRef is_bound = LLVMBuildICmp(m->builder, LLVMIntNE, tag, emit_int(m, m->i32, RT_UNBOUND), "");
    LLVMBuildCondBr(m->builder, is_bound, drop, next);
    LLVMPositionBuilderAtEnd(m->builder, drop);
    emit_runtime_call(f, RUNTIME_DROP, (LLVMValueRef[]){tag, data}, 2);
    LLVMBuildBr(m->builder, next);
    LLVMPositionBuilderAtEnd(m->builder, next);
}

static EmitValue emit_define(FunctionEmitter *f, const CoreNode *node)
{
    ModuleEmitter *m = f->m;
    CoreGlobal *g = node->u.define.global;
    EmitValue v = emit_value(f, node->u.define.value);
    f->effects++;
    if (g->is_constant) return v; /* nothing reads it by name */
    LLVMValueRef fields[2];
    emit_field_pointers(m, emit_global_slot(m, g), fields);
    /* A form runs once, so its definition is the first if it is the only one. */
    bool is_first =
        f->core->is_toplevel && g->definition_count == 1 && g->primitive == PRIM_NONE && !m->program->open_world;
    LLVMValueRef old_tag = is_first ? NULL : LLVMBuildLoad2(m->builder, m->i32, fields[0], "old.tag");
    LLVMValueRef old_data = is_first ? NULL : LLVMBuildLoad2(m->builder, m->i64, fields[1], "old");
    if (v.item) emit_dup(f, v);
    LLVMBuildStore(m->builder, v.tag, fields[0]);
    LLVMBuildStore(m->builder, v.data, fields[1]);
    if (!is_first) emit_drop_old(f, old_tag, old_data);
    return v;
}

/* ---- sequences and branches ------------------------------------------------------------------------------------ */

void emit_become_owned(FunctionEmitter *f, EmitValue *binding)
{
    binding->item = owned_push(f, (OwnedItem){.tag = binding->tag, .data = binding->data});
    ARENA_PUSH(f->arena, f->kept, f->kept_count, f->kept_capacity, binding);
}

/* A branch ends: what it kept is borrowed again in the other one. */
static void undo_kept(FunctionEmitter *f, int count)
{
    while (f->kept_count > count) f->kept[--f->kept_count]->item = NULL;
}

/* What a variable is bound to. */
static EmitValue emit_init(FunctionEmitter *f, const CoreVar *var, CoreNode *init)
{
    if (var->is_in_frame) return emit_frame_pair(f, init);
    return var->parts ? emit_apart(f, init, var->parts) : emit_value(f, init);
}

CoreNode *emit_prefix(FunctionEmitter *f, CoreNode *node)
{
    for (;;) {
        switch ((enum CoreKind)node->kind) {
        case CORE_LET: {
            CoreNode *behind = emit_fields(f, node);
            if (!behind) emit_bind(f, node->u.let.var, emit_init(f, node->u.let.var, node->u.let.init));
            node = behind ? behind : node->u.let.body;
            break;
        }
        case CORE_SEQ:
            for (int i = 0; i < node->u.call.count - 1; i++) emit_drop(f, emit_value(f, node->u.call.args[i]));
            node = node->u.call.args[node->u.call.count - 1];
            break;
        case CORE_DROP:
            emit_drops(f, node);
            node = node->u.drop.body;
            break;
        default: return node;
        }
    }
}

/* Emits the test and the branch; the builder is left in the first arm, the other one's block is the result. */
static LLVMBasicBlockRef emit_test(FunctionEmitter *f, const CoreNode *node)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef is_true = emit_parts_test(f, node->u.branch.test);
    if (!is_true) {
        EmitValue test = emit_value(f, node->u.branch.test);
        is_true = emit_truth_bit(m, test);
        if (!is_true) {
            is_true = emit_test_tags(m, node->u.branch.test->type, test, TAGS_ALL & ~TAG_BIT(RT_NIL));
            LLVMSetValueName2(is_true, "test", 4);
        }
        emit_drop(f, test);
    }
    LLVMBasicBlockRef then = emit_block(f, "then"), otherwise = emit_block(f, "else");
    LLVMBuildCondBr(m->builder, is_true, then, otherwise);
    LLVMPositionBuilderAtEnd(m->builder, then);
    return otherwise;
}

static void emit_return(FunctionEmitter *f, CoreNode *node)
{
    bool is_call = node->kind == CORE_CALL || node->kind == CORE_APPLY || node->kind == CORE_CALL_KNOWN;
    LLVMMetadataRef outer = debug_enter(f, node);
    if (is_call && node->tail) {
        f->tail_calls++;
        emit_tail_call_node(f, node);
        debug_restore(f, outer);
        return;
    }
    const CoreParts *parts = emit_parts_of(f->core);
    if (parts) {
        emit_return_parts(f, parts, emit_apart(f, node, parts));
        debug_restore(f, outer);
        return;
    }
    EmitValue v = emit_value(f, node);
    owned_remove(f, &v, 1);
    if (!owned_is_empty(f)) rt_internal_error("emit: a function returns while it owns values");
    emit_return_value(f, v);
    debug_restore(f, outer);
}

static LLVMBasicBlockRef emit_restart_test(FunctionEmitter *f, const Join *join)
{
    LLVMBasicBlockRef here = LLVMGetInsertBlock(f->m->builder), restart = emit_block(f, "restart");
    f->restart = (Restart){join ? NULL : restart, f->owned, f->effects};
    LLVMPositionBuilderAtEnd(f->m->builder, restart);
    return here;
}

/* Emits the node so that its value goes to the join, or with NULL is the function's result. */
void emit_into(FunctionEmitter *f, CoreNode *node, Join *join)
{
    bool allocated = f->allocates;
    int tail_calls = -1; /* when the branch was entered that it is in, if any */
    int most_effects = 0;
    for (;;) {
        node = emit_prefix(f, node);
        if (node->kind != CORE_IF) break;
        bool is_restart = core_is_prim(node->u.branch.test, PRIM_restart);
        LLVMBasicBlockRef otherwise = is_restart ? emit_restart_test(f, join) : emit_test(f, node);
        OwnedSet *owned = f->owned;
        int kept_count = f->kept_count, effects = f->effects;
        allocated = f->allocates;
        tail_calls = f->tail_calls;
        emit_into(f, node->u.branch.then, join);
        bool is_last = !join && f->tail_calls == tail_calls;
        bool is_once = !f->core->needs_tailcc && map_loop_is_once(f->core, node->u.branch.test);
        if (is_last || is_once) f->allocates = allocated; /* not in each turn */
        allocated = f->allocates;
        tail_calls = f->tail_calls;
        if (f->effects > most_effects) most_effects = f->effects;
        f->effects = effects;
        f->owned = owned;
        undo_kept(f, kept_count);
        LLVMPositionBuilderAtEnd(f->m->builder, otherwise);
        node = node->u.branch.otherwise;
    }
    if (join) join_add(f, join, join->shape ? emit_apart(f, node, join->shape) : emit_value(f, node));
    else emit_return(f, node);
    if (!join && f->tail_calls == tail_calls) f->allocates = allocated;
    if (f->effects < most_effects) f->effects = most_effects;
}

void emit_tail(FunctionEmitter *f, CoreNode *node) { emit_into(f, node, NULL); }

static __attribute__((noinline)) EmitValue emit_if(FunctionEmitter *f, CoreNode *node)
{
    Join join;
    join_init(f, &join, "join");
    emit_into(f, node, &join);
    return join_finish(f, &join);
}

/* `exit` is no error: it goes on to whoever catches outside. */
static void emit_pass_exit_on(FunctionEmitter *f, LLVMValueRef tag, LLVMValueRef data)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef leave = emit_block(f, "exit"), caught = emit_block(f, "caught");
    LLVMValueRef is_error = LLVMBuildICmp(m->builder, LLVMIntEQ, tag, emit_int(m, m->i32, RT_ERROR), "");
    LLVMBuildCondBr(m->builder, is_error, caught, leave);
    LLVMPositionBuilderAtEnd(m->builder, leave);
    emit_runtime_call(f, RUNTIME_RAISE, (LLVMValueRef[]){tag, data}, 2);
    LLVMBuildUnreachable(m->builder);
    LLVMPositionBuilderAtEnd(m->builder, caught);
}

/* The error that was caught; it moves out of the runtime's variable. */
static EmitValue emit_caught_error(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef fields[2];
    emit_field_pointers(m, emit_external_global(m, "rt_current_error", m->value_type), fields);
    LLVMValueRef tag = LLVMBuildLoad2(m->builder, m->i32, fields[0], "error.tag");
    LLVMValueRef data = LLVMBuildLoad2(m->builder, m->i64, fields[1], "");
    LLVMBuildStore(m->builder, emit_int(m, m->i32, RT_NIL), fields[0]);
    emit_pass_exit_on(f, tag, data);
    return emit_owned(f, tag, data);
}

static __attribute__((noinline)) EmitValue emit_try(FunctionEmitter *f, const CoreNode *node)
{
    Join join;
    join_init(f, &join, "tried");
    LLVMBasicBlockRef handler = emit_block(f, "catch");
    OwnedSet *outside = f->owned;
    OwnedItem *mark = owned_push(f, (OwnedItem){.handler = handler});
    EmitValue v = emit_value(f, node->u.try_.body);
    emit_raise_if_short(f, node->place); /* a safe point: what the body lacked is caught here */
    owned_remove_item(f, mark);
    join_add(f, &join, v);
    f->owned = outside;
    LLVMPositionBuilderAtEnd(f->m->builder, handler);
    emit_bind(f, node->u.try_.error, emit_caught_error(f));
    emit_into(f, node->u.try_.handler, &join);
    return join_finish(f, &join);
}

/* ---- all kinds ------------------------------------------------------------------------------------------------- */

static EmitValue emit_function_value(FunctionEmitter *f, const CoreNode *node)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef closure = emit_function_closure(m, node->u.function);
    return emit_uncounted(emit_int(m, m->i32, RT_CLOSURE), LLVMConstPtrToInt(closure, m->i64));
}

EmitValue emit_value_of(FunctionEmitter *f, CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: return emit_literal(f->m, node->u.constant);
    case CORE_LOCAL: return emit_local(f, node);
    case CORE_GLOBAL: return emit_global(f, node);
    case CORE_FUNCTION: return emit_function_value(f, node);
    case CORE_DEFINE: return emit_define(f, node);
    case CORE_IF: return emit_if(f, node);
    case CORE_CLOSURE: return emit_closure(f, node);
    case CORE_CALL:
    case CORE_APPLY:
    case CORE_CALL_KNOWN: return emit_call_node(f, node);
    case CORE_PRIM: return emit_prim(f, node);
    case CORE_TRY: return emit_try(f, node);
    case CORE_LET:
    case CORE_SEQ:
    case CORE_DROP:
    case CORE_LAMBDA:
    case CORE_FIX: break;
    }
    rt_internal_error("emit: a node that an earlier pass should have removed");
}

EmitValue emit_value(FunctionEmitter *f, CoreNode *node)
{
    node = emit_prefix(f, node);
    LLVMMetadataRef outer = debug_enter(f, node);
    EmitValue value = emit_whole(f, emit_value_of(f, node));
    debug_restore(f, outer);
    return value;
}

EmitValue *emit_operands(FunctionEmitter *f, CoreNode **nodes, int count)
{
    EmitValue *values = arena_alloc(f->arena, (size_t)(count + 1) * sizeof *values);
    for (int i = 0; i < count; i++) values[i] = emit_value(f, nodes[i]);
    return values;
}
