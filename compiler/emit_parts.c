/* Structures that are passed as their parts (pass parts).
 *
 * A function with CoreFunction.parts returns them in one LLVM struct of words; an EmitValue of such a structure has them in `apart`, each
 * with its own obligation to be dropped, and variables with CoreVar.parts are bound to that.  Whoever needs the structure whole gets
 * one that is made of the parts at that place: emit_value does it, so only those know of parts who can do with them.
 */
#include "emit_internal.h"

const CoreParts *emit_parts_of(const CoreFunction *core)
{
    return ((const FunctionParts *)core->engine)->is_entry ? NULL : core->parts;
}

static EmitValue new_apart(FunctionEmitter *f, const CoreParts *shape, int count)
{
    Apart *apart = arena_alloc(f->arena, sizeof *apart);
    *apart = (Apart){.shape = shape, .count = count};
    apart->values = arena_alloc(f->arena, (size_t)count * sizeof *apart->values);
    return (EmitValue){.apart = apart};
}

/* They are no more to be dropped here. */
static void release(FunctionEmitter *f, const Apart *apart) { owned_remove(f, apart->values, apart->count); }

/* ---- results -------------------------------------------------------------------------------------------------------------- */

enum { MOST_RESULT_WORDS = 2 * RECORD_FIELDS_MAX };

/* What is always nil takes none. */
static int part_word_count(const CoreType *type) { return core_part_is_nil(type) ? 0 : emit_word_count(type); }

LLVMTypeRef emit_parts_llvm_type(ModuleEmitter *m, const CoreParts *parts)
{
    LLVMTypeRef types[MOST_RESULT_WORDS];
    int count = 0;
    for (int i = 0; i < parts->count; i++)
        if (part_word_count(parts->types[i])) count += emit_word_types(m, parts->types[i], types + count);
    return LLVMStructTypeInContext(m->context, types, (unsigned)count, false);
}

void emit_return_parts(FunctionEmitter *f, const CoreParts *parts, EmitValue v)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef result = LLVMGetPoison(emit_parts_llvm_type(m, parts)), words[2];
    unsigned index = 0;
    release(f, v.apart);
    for (int i = 0; i < parts->count; i++) {
        emit_words(m, parts->types[i], v.apart->values[i], words);
        for (int j = 0; j < part_word_count(parts->types[i]); j++)
            result = LLVMBuildInsertValue(m->builder, result, words[j], index++, "");
    }
    if (!owned_is_empty(f)) rt_internal_error("emit: a function returns while it owns values");
    LLVMBuildRet(m->builder, result);
}

EmitValue emit_parts_result(FunctionEmitter *f, const CoreParts *parts, LLVMValueRef result)
{
    ModuleEmitter *m = f->m;
    EmitValue v = new_apart(f, parts, parts->count);
    unsigned index = 0;
    for (int i = 0; i < parts->count; i++) {
        LLVMValueRef words[2] = {emit_int(m, m->i64, 0), NULL};
        for (int j = 0; j < part_word_count(parts->types[i]); j++)
            words[j] = LLVMBuildExtractValue(m->builder, result, index++, "");
        EmitValue part = emit_from_words(m, parts->types[i], words);
        bool is_counted = !type_is_immediate(parts->types[i]) && !emit_is_immediate(part);
        v.apart->values[i] = is_counted ? emit_owned(f, part.tag, part.data) : part;
    }
    return v;
}

/* ---- whole ---------------------------------------------------------------------------------------------------------------- */

EmitValue emit_whole(FunctionEmitter *f, EmitValue v)
{
    const Apart *apart = v.apart;
    if (!apart) return v;
    if (apart->shape->is_vector)
        return emit_prim_typed(f, PRIM_vector, apart->values, apart->count, NULL, apart->shape->whole);
    EmitValue list = apart->values[apart->count - 1];
    for (int i = apart->count - 2; i >= 0; i--)
        list = emit_prim_typed(f, PRIM_cons, (EmitValue[]){apart->values[i], list}, 2, NULL, NULL);
    return list;
}

/* ---- values --------------------------------------------------------------------------------------------------------------- */

/* For code that is never reached. */
static EmitValue nothing(FunctionEmitter *f, const CoreParts *shape, int count)
{
    EmitValue v = new_apart(f, shape, count);
    for (int i = 0; i < count; i++) v.apart->values[i] = emit_literal(f->m, rt_nil());
    return v;
}

static void make_cells(FunctionEmitter *f, const CoreNode *node, EmitValue *values, int count)
{
    CoreNode **args = node->u.call.args;
    if (core_is_prim(node, PRIM_cons)) {
        values[0] = emit_value(f, args[0]);
        if (count > 2) make_cells(f, args[1], values + 1, count - 1);
        else values[1] = emit_value(f, args[1]);
        return;
    }
    for (int i = 0; i < count - 1; i++) values[i] = emit_value(f, args[i]);
    int behind = node->u.call.count - (count - 1);
    if (!behind) {
        values[count - 1] = emit_literal(f->m, rt_nil());
        return;
    }
    const EmitValue *rest = emit_operands(f, args + count - 1, behind);
    values[count - 1] = emit_prim_typed(f, PRIM_list, rest, behind, NULL, NULL);
}

static EmitValue make_apart(FunctionEmitter *f, const CoreNode *node, const CoreParts *shape, int count)
{
    EmitValue v = new_apart(f, shape, count);
    if (!shape->is_vector) make_cells(f, node, v.apart->values, count);
    else
        for (int i = 0; i < count; i++) v.apart->values[i] = emit_value(f, node->u.call.args[i]);
    return v;
}

/* The cells behind the first one; borrowed, or with what their values own. */
static EmitValue rest_of(FunctionEmitter *f, const Apart *apart, bool is_borrowed)
{
    EmitValue v = new_apart(f, apart->shape, apart->count - 1);
    for (int i = 0; i < v.apart->count; i++) {
        v.apart->values[i] = apart->values[i + 1];
        if (!is_borrowed) continue;
        v.apart->values[i].item = NULL;
        v.apart->values[i].is_borrowed = true;
    }
    return v;
}

static EmitValue emit_parts_if(FunctionEmitter *f, CoreNode *node, const CoreParts *shape)
{
    Join join;
    join_init(f, &join, "join");
    join.shape = shape;
    emit_into(f, node, &join);
    return join_finish_parts(f, &join);
}

EmitValue emit_apart(FunctionEmitter *f, CoreNode *node, const CoreParts *shape)
{
    node = emit_prefix(f, node);
    EmitValue v;
    switch ((enum CoreKind)node->kind) {
    case CORE_IF: return emit_parts_if(f, node, shape);
    case CORE_LOCAL: return *emit_binding(f, node->u.local);
    case CORE_CALL_KNOWN: v = emit_call_node(f, node); break;
    default:
        if (node->is_apart) return make_apart(f, node, shape, shape->count);
        v = emit_value_of(f, node);
        break;
    }
    if (v.apart) return v;
    emit_drop(f, v);
    return nothing(f, shape, shape->count);
}

/* ---- reads ---------------------------------------------------------------------------------------------------------------- */

typedef struct PartRead {
    int index; /* of the part, or of the first one of the rest */
    bool is_rest; /* of a list: cells that are apart themselves */
    bool is_taken; /* the structure ends with it */
    bool is_lent; /* the part goes on belonging to it */
} PartRead;

static PartRead read_of(const CoreNode *node, const Apart *apart)
{
    int primitive = node->u.call.primitive;
    PartRead read = {
        .is_taken = primitive == PRIM_take_car || primitive == PRIM_take_cdr,
        .is_lent = primitive == PRIM_part_car || primitive == PRIM_part_cdr || primitive == PRIM_part_ref,
    };
    if (apart->shape->is_vector) {
        read.index = (int)node->u.call.args[1]->u.constant.data;
    } else if (primitive == PRIM_cdr || primitive == PRIM_part_cdr || primitive == PRIM_take_cdr) {
        read.index = 1;
        read.is_rest = apart->count > 2;
    }
    return read;
}

static EmitValue take_part(FunctionEmitter *f, const Apart *apart, PartRead read)
{
    for (int i = 0; i < apart->count; i++) {
        bool is_wanted = i == read.index || (read.is_rest && i > read.index);
        if (!is_wanted) emit_drop(f, apart->values[i]);
    }
    return read.is_rest ? rest_of(f, apart, false) : apart->values[read.index];
}

bool emit_part_read(FunctionEmitter *f, const CoreNode *node, EmitValue *result)
{
    const CoreNode *whole = node->u.call.count ? node->u.call.args[0] : NULL;
    if (!whole || whole->kind != CORE_LOCAL || !whole->u.local->parts) return false;
    const Apart *apart = emit_binding(f, whole->u.local)->apart;
    PartRead read = read_of(node, apart);
    if (read.is_taken) *result = take_part(f, apart, read);
    else if (read.is_rest) *result = rest_of(f, apart, true);
    else *result = emit_uncounted(apart->values[read.index].tag, apart->values[read.index].data);
    if (read.is_rest) return true;
    *result = emit_with_type(f->m, node->type, *result);
    if (read.is_taken || read.is_lent || type_is_immediate(node->type) || emit_is_immediate(*result)) return true;
    emit_dup(f, *result);
    *result = emit_owned(f, result->tag, result->data);
    return true;
}

/* ---- joins ---------------------------------------------------------------------------------------------------------------- */

void join_add_parts(FunctionEmitter *f, Join *join, EmitValue v)
{
    int count = join->count;
    release(f, v.apart);
    ARENA_PUSH(f->arena, join->aparts, count, join->aparts_capacity, v.apart);
    ARENA_PUSH(f->arena, join->blocks, join->count, join->blocks_capacity, LLVMGetInsertBlock(f->m->builder));
    join->owned = f->owned;
    LLVMBuildBr(f->m->builder, join->block);
}

static bool all_have_tag(const Join *join, int part)
{
    LLVMValueRef tag = join->aparts[0]->values[part].tag;
    for (int i = 0; i < join->count; i++)
        if (join->aparts[i]->values[part].tag != tag) return false;
    return LLVMIsAConstantInt(tag);
}

static LLVMValueRef join_doubles(FunctionEmitter *f, const Join *join, int part)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef phi = LLVMBuildPhi(m->builder, m->f64, "");
    for (int i = 0; i < join->count; i++) {
        LLVMPositionBuilderBefore(m->builder, LLVMGetBasicBlockTerminator(join->blocks[i]));
        LLVMValueRef number = emit_double(m, join->aparts[i]->values[part]);
        LLVMAddIncoming(phi, &number, &join->blocks[i], 1);
    }
    LLVMPositionBuilderAtEnd(m->builder, join->block);
    return phi;
}

static LLVMValueRef join_words(FunctionEmitter *f, const Join *join, int part, bool is_tag)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef phi = LLVMBuildPhi(m->builder, is_tag ? m->i32 : m->i64, "");
    for (int i = 0; i < join->count; i++) {
        const EmitValue *v = &join->aparts[i]->values[part];
        LLVMValueRef word = is_tag ? v->tag : v->data;
        LLVMAddIncoming(phi, &word, &join->blocks[i], 1);
    }
    return phi;
}

EmitValue join_finish_parts(FunctionEmitter *f, Join *join)
{
    ModuleEmitter *m = f->m;
    LLVMPositionBuilderAtEnd(m->builder, join->block);
    f->owned = join->owned;
    int count = join->aparts[0]->count;
    EmitValue v = new_apart(f, join->shape, count);
    EmitValue *values = v.apart->values;
    for (int i = 0; i < count; i++) { /* all phis first */
        const EmitValue *first = &join->aparts[0]->values[i];
        bool has_tag = all_have_tag(join, i), are_floats = has_tag && emit_has_tag(*first, RT_FLOAT);
        values[i].tag = has_tag ? first->tag : join_words(f, join, i, true);
        values[i].data = are_floats ? join_doubles(f, join, i) : join_words(f, join, i, false);
    }
    for (int i = 0; i < count; i++) {
        bool is_counted = false;
        for (int j = 0; j < join->count; j++) is_counted |= join->aparts[j]->values[i].item != NULL;
        if (LLVMTypeOf(values[i].data) == m->f64) values[i] = emit_float(m, values[i].data);
        else if (is_counted) values[i] = emit_owned(f, values[i].tag, values[i].data);
    }
    return v;
}
