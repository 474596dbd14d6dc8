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

/* ---- nil in place of it -------------------------------------------------------------------------------------------------- */

static bool is_constant_bit(LLVMValueRef bit, unsigned value)
{
    return LLVMIsAConstantInt(bit) && LLVMConstIntGetZExtValue(bit) == value;
}

/* For code that gives nil, or is never reached.  All words are 0, so that a part, taken for nil, is that. */
static EmitValue nothing(FunctionEmitter *f, const CoreParts *shape)
{
    EmitValue v = new_apart(f, shape, shape->count);
    v.apart->is_nothing = true;
    if (shape->is_optional) v.apart->is_there = LLVMConstInt(LLVMInt1TypeInContext(f->m->context), 0, 0);
    for (int i = 0; i < shape->count; i++) v.apart->values[i] = emit_literal(f->m, rt_nil());
    return v;
}

static LLVMValueRef tag_of_part(ModuleEmitter *m, const Apart *apart, LLVMValueRef tag)
{
    LLVMValueRef nil = emit_int(m, m->i32, RT_NIL);
    if (!apart->is_there || tag == nil || is_constant_bit(apart->is_there, 1)) return tag;
    return LLVMBuildSelect(m->builder, apart->is_there, tag, nil, "");
}

EmitValue emit_part_of(FunctionEmitter *f, const Apart *apart, int index)
{
    EmitValue part = apart->values[index];
    part.tag = tag_of_part(f->m, apart, part.tag);
    return part;
}

/* The part with the obligation to drop it, if it is there. */
static void own_part(FunctionEmitter *f, const Apart *apart, int index)
{
    EmitValue *part = &apart->values[index];
    part->item = owned_push(f, (OwnedItem){.tag = tag_of_part(f->m, apart, part->tag), .data = part->data});
}

/* ---- results -------------------------------------------------------------------------------------------------------------- */

enum { MOST_RESULT_WORDS = 2 * RECORD_FIELDS_MAX + 1 };

/* What is always nil takes none. */
static int part_word_count(const CoreType *type) { return core_part_is_nil(type) ? 0 : emit_word_count(type); }

/* A part that tells by itself when all is nil: an object, whose word is 0 then, or a value with a tag, which is RT_UNBOUND then.  -1: there
 * is none, and a bit says it. */
static int telling_part(const CoreParts *parts)
{
    int found = -1;
    for (int i = 0; i < parts->count; i++) {
        const CoreType *type = parts->types[i];
        if (type_is_one_tag(type) && !type_is_immediate(type)) return i;
        if (type_rep(type) == REP_VALUE) found = i;
    }
    return found;
}

static bool has_bit(const CoreParts *parts) { return parts->is_optional && telling_part(parts) < 0; }

bool emit_parts_take_four(const CoreParts *parts)
{
    int count = has_bit(parts);
    for (int i = 0; i < parts->count; i++)
        if (type_rep(parts->types[i]) != REP_FLOAT) count += part_word_count(parts->types[i]);
    return count == 4;
}

LLVMTypeRef emit_parts_llvm_type(ModuleEmitter *m, const CoreParts *parts)
{
    LLVMTypeRef types[MOST_RESULT_WORDS];
    int count = 0;
    if (has_bit(parts)) types[count++] = LLVMInt1TypeInContext(m->context);
    for (int i = 0; i < parts->count; i++)
        if (part_word_count(parts->types[i])) count += emit_word_types(m, parts->types[i], types + count);
    return LLVMStructTypeInContext(m->context, types, (unsigned)count, false);
}

/* The word that tells, for what may be nil. */
static LLVMValueRef telling_word(ModuleEmitter *m, const CoreType *type, const Apart *apart, LLVMValueRef word)
{
    if (!apart->is_there) return word;
    LLVMValueRef none = type_rep(type) == REP_VALUE ? emit_int(m, m->i32, RT_UNBOUND) : emit_int(m, m->i64, 0);
    return apart->is_nothing ? none : LLVMBuildSelect(m->builder, apart->is_there, word, none, "");
}

static LLVMValueRef is_told(ModuleEmitter *m, const CoreType *type, EmitValue part)
{
    bool by_tag = type_rep(type) == REP_VALUE;
    LLVMValueRef none = by_tag ? emit_int(m, m->i32, RT_UNBOUND) : emit_int(m, m->i64, 0);
    return LLVMBuildICmp(m->builder, LLVMIntNE, by_tag ? part.tag : part.data, none, "is_there");
}

void emit_return_parts(FunctionEmitter *f, const CoreParts *parts, EmitValue v)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef result = LLVMGetPoison(emit_parts_llvm_type(m, parts)), words[2];
    unsigned index = 0;
    release(f, v.apart);
    if (has_bit(parts)) {
        LLVMValueRef bit = v.apart->is_there;
        if (!bit) bit = LLVMConstInt(LLVMInt1TypeInContext(m->context), 1, 0);
        result = LLVMBuildInsertValue(m->builder, result, bit, index++, "");
    }
    for (int i = 0; i < parts->count; i++) {
        emit_words(m, parts->types[i], v.apart->values[i], words);
        if (parts->is_optional && i == telling_part(parts))
            words[0] = telling_word(m, parts->types[i], v.apart, words[0]);
        for (int j = 0; j < part_word_count(parts->types[i]); j++)
            result = LLVMBuildInsertValue(m->builder, result, words[j], index++, "");
    }
    if (!owned_is_empty(f)) rt_internal_error("emit: a function returns while it owns values");
    LLVMBuildRet(m->builder, result);
}

EmitValue emit_parts_result(FunctionEmitter *f, const CoreParts *parts, LLVMValueRef result)
{
    ModuleEmitter *m = f->m;
    EmitValue v = new_apart(f, parts, parts->count), *values = v.apart->values;
    unsigned index = 0;
    if (has_bit(parts)) v.apart->is_there = LLVMBuildExtractValue(m->builder, result, index++, "is_there");
    for (int i = 0; i < parts->count; i++) {
        LLVMValueRef words[2] = {emit_int(m, m->i64, 0), NULL};
        for (int j = 0; j < part_word_count(parts->types[i]); j++)
            words[j] = LLVMBuildExtractValue(m->builder, result, index++, "");
        values[i] = emit_from_words(m, parts->types[i], words);
    }
    int telling = parts->is_optional ? telling_part(parts) : -1;
    if (telling >= 0) v.apart->is_there = is_told(m, parts->types[telling], values[telling]);
    for (int i = 0; i < parts->count; i++)
        if (!type_is_immediate(parts->types[i]) && !emit_is_immediate(values[i])) own_part(f, v.apart, i);
    return v;
}

LLVMValueRef emit_parts_test(FunctionEmitter *f, const CoreNode *node)
{
    if (node->kind != CORE_LOCAL || !node->u.local->parts) return NULL;
    LLVMValueRef bit = emit_binding(f, node->u.local)->apart->is_there;
    return bit ? bit : LLVMConstInt(LLVMInt1TypeInContext(f->m->context), 1, 0);
}

/* ---- whole ---------------------------------------------------------------------------------------------------------------- */

static EmitValue make_whole(FunctionEmitter *f, const Apart *apart, const CoreParts *shape)
{
    if (shape->is_vector) return emit_prim_typed(f, PRIM_vector, apart->values, apart->count, NULL, shape->whole);
    EmitValue list = apart->values[apart->count - 1];
    for (int i = apart->count - 2; i >= 0; i--)
        list = emit_prim_typed(f, PRIM_cons, (EmitValue[]){apart->values[i], list}, 2, NULL, NULL);
    return list;
}

static EmitValue whole_of(FunctionEmitter *f, EmitValue v, const CoreParts *shape)
{
    if (!v.apart->is_there) return make_whole(f, v.apart, shape);
    Join join;
    join_init(f, &join, "whole");
    LLVMBasicBlockRef made = emit_block(f, "make"), nil = emit_block(f, "nil");
    OwnedSet *owned = f->owned;
    LLVMBuildCondBr(f->m->builder, v.apart->is_there, made, nil);
    LLVMPositionBuilderAtEnd(f->m->builder, made);
    join_add(f, &join, make_whole(f, v.apart, shape));
    f->owned = owned;
    LLVMPositionBuilderAtEnd(f->m->builder, nil);
    release(f, v.apart);
    join_add(f, &join, emit_literal(f->m, rt_nil()));
    return join_finish(f, &join);
}

EmitValue emit_whole(FunctionEmitter *f, EmitValue v) { return v.apart ? whole_of(f, v, v.apart->shape) : v; }

EmitValue emit_whole_variable(FunctionEmitter *f, const CoreVar *var)
{
    return whole_of(f, *emit_binding(f, var), var->parts);
}

/* ---- values --------------------------------------------------------------------------------------------------------------- */

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
    emit_drop(f, v); /* nil */
    return nothing(f, shape);
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

/* Is it nil, a pair, a vector? */
static bool emit_asks(FunctionEmitter *f, const CoreNode *node, const Apart *apart, EmitValue *result)
{
    uint32_t tags;
    if (!prim_tests_tags(node->u.call.primitive, &tags)) return false;
    bool if_there = tags >> (apart->shape->is_vector ? RT_VECTOR : RT_CONS) & 1, if_nil = tags >> RT_NIL & 1;
    LLVMValueRef yes = LLVMConstInt(LLVMInt1TypeInContext(f->m->context), 1, 0);
    LLVMValueRef bit = apart->is_there ? apart->is_there : yes;
    if (if_there == if_nil) bit = if_there ? yes : LLVMConstNull(LLVMTypeOf(yes));
    else if (if_nil) bit = LLVMBuildNot(f->m->builder, bit, "");
    *result = emit_truth(f->m, bit);
    return true;
}

/* Nil has no parts: the primitive says so. */
static void check_is_there(FunctionEmitter *f, const CoreNode *node, const Apart *apart)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef failed = emit_block(f, "failed"), next = emit_block(f, "there");
    OwnedSet *owned = f->owned;
    emit_unlikely_branch(f, LLVMBuildNot(m->builder, apart->is_there, ""), failed, next);
    LLVMPositionBuilderAtEnd(m->builder, failed);
    EmitValue operands[2] = {emit_literal(m, rt_nil())};
    for (int i = 1; i < node->u.call.count; i++) operands[i] = emit_value(f, node->u.call.args[i]);
    emit_prim_typed(f, node->u.call.primitive, operands, node->u.call.count, node->place, NULL);
    LLVMBuildUnreachable(m->builder);
    f->owned = owned;
    LLVMPositionBuilderAtEnd(m->builder, next);
}

/* What it is where it is read. */
static Apart there(FunctionEmitter *f, const CoreNode *node, const Apart *apart)
{
    Apart now = *apart;
    const CoreNode *whole = node->u.call.args[0];
    const CoreType *type = whole->type ? whole->type : whole->u.local->type;
    if (apart->is_there && type->tags & TAG_BIT(RT_NIL)) check_is_there(f, node, apart);
    now.is_there = NULL;
    return now;
}

bool emit_part_read(FunctionEmitter *f, const CoreNode *node, EmitValue *result)
{
    const CoreNode *whole = node->u.call.count ? node->u.call.args[0] : NULL;
    if (!whole || whole->kind != CORE_LOCAL || !whole->u.local->parts) return false;
    const Apart *held = emit_binding(f, whole->u.local)->apart;
    if (emit_asks(f, node, held, result)) return true;
    Apart apart = there(f, node, held);
    PartRead read = read_of(node, &apart);
    if (read.is_taken) *result = take_part(f, &apart, read);
    else if (read.is_rest) *result = rest_of(f, &apart, true);
    else *result = apart.values[read.index];
    if (read.is_rest) return true;
    if (!read.is_taken) *result = emit_uncounted(result->tag, result->data);
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

/* The constant tag of the part, or NULL. */
static LLVMValueRef only_tag(const Join *join, int part)
{
    LLVMValueRef tag = NULL;
    for (int i = 0; i < join->count; i++) {
        const Apart *apart = join->aparts[i];
        if (apart->is_nothing) continue;
        if (tag && apart->values[part].tag != tag) return NULL;
        tag = apart->values[part].tag;
    }
    if (!tag) return join->aparts[0]->values[part].tag;
    return LLVMIsAConstantInt(tag) ? tag : NULL;
}

static LLVMValueRef join_bits(FunctionEmitter *f, const Join *join)
{
    LLVMTypeRef type = LLVMInt1TypeInContext(f->m->context);
    bool any = false;
    for (int i = 0; i < join->count; i++) any |= join->aparts[i]->is_there != NULL;
    if (!any) return NULL;
    LLVMValueRef phi = LLVMBuildPhi(f->m->builder, type, "is_there");
    for (int i = 0; i < join->count; i++) {
        LLVMValueRef bit = join->aparts[i]->is_there ? join->aparts[i]->is_there : LLVMConstInt(type, 1, 0);
        LLVMAddIncoming(phi, &bit, &join->blocks[i], 1);
    }
    return phi;
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
    v.apart->is_there = join_bits(f, join);
    for (int i = 0; i < count; i++) { /* all phis first */
        values[i].tag = only_tag(join, i);
        bool are_floats = values[i].tag && emit_has_tag(values[i], RT_FLOAT);
        if (!values[i].tag) values[i].tag = join_words(f, join, i, true);
        values[i].data = are_floats ? join_doubles(f, join, i) : join_words(f, join, i, false);
    }
    for (int i = 0; i < count; i++) {
        bool is_counted = false;
        for (int j = 0; j < join->count; j++) is_counted |= join->aparts[j]->values[i].item != NULL;
        if (LLVMTypeOf(values[i].data) == m->f64) values[i] = emit_float(m, values[i].data);
        else if (is_counted) own_part(f, v.apart, i);
    }
    return v;
}
