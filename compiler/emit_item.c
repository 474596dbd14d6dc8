/* Reading and changing vectors whose storage is known, and reading pairs whose halves are known: loads and stores.
 *
 * Pass `types` says how the items of a vector lie (doubles, ints or values) and what they can be.  A read is then a comparison
 * with the length and a load; a write needs the vector to be unique, too.  Whatever is wrong or shared goes to the
 * runtime's slow function, which raises or copies.  Loads say what they are (length in its range; header and items of each
 * kind never overlap), so that LLVM moves them out of loops and makes vectors of them.
 */
#include "emit_debug.h"

_Static_assert(offsetof(RtVector, count) == 0 && offsetof(RtVector, length) == 8 && offsetof(RtVector, items) == 16 &&
                   offsetof(RtVector, items.values.data) == 24 && offsetof(RtCons, car_tag) == 4 &&
                   offsetof(RtCons, cdr_tag) == 5 && offsetof(RtCons, car) == 8 && offsetof(RtCons, cdr) == 16,
               "offsets below");

static LLVMValueRef field(ModuleEmitter *m, LLVMValueRef object, int64_t offset)
{
    LLVMValueRef index = emit_int(m, m->i64, offset);
    return LLVMBuildInBoundsGEP2(m->builder, m->i8, object, &index, 1, "");
}

static LLVMValueRef object_of(ModuleEmitter *m, EmitValue v)
{
    return LLVMBuildIntToPtr(m->builder, v.data, m->ptr, "");
}

static LLVMValueRef load_length(ModuleEmitter *m, LLVMValueRef vector)
{
    LLVMValueRef length = LLVMBuildLoad2(m->builder, m->i64, field(m, vector, offsetof(RtVector, length)), "length");
    LLVMMetadataRef range[2] = {LLVMValueAsMetadata(emit_int(m, m->i64, 0)),
                                LLVMValueAsMetadata(emit_int(m, m->i64, TYPE_LENGTH_MAX))};
    emit_set_metadata(m, length, "range", range, 2);
    emit_mark_access(m, length, ACCESS_LENGTH);
    return length;
}

LLVMValueRef emit_header(ModuleEmitter *m, LLVMValueRef vector)
{
    LLVMValueRef header = LLVMBuildLoad2(m->builder, m->i64, vector, "header");
    emit_mark_access(m, header, ACCESS_LENGTH);
    return header;
}

/* What the node, which is of no other value, gives. */
static EmitValue emit_length(ModuleEmitter *m, const CoreNode *node, EmitValue vector)
{
    if (type_is_one_int(node->type)) return emit_integer(m, emit_int(m, m->i64, node->type->lo));
    return emit_integer(m, load_length(m, object_of(m, vector)));
}

int emit_storage(const CoreType *type)
{
    if (!type_is(type, TAGS_VECTOR) || !type->kinds || (type->kinds & (type->kinds - 1))) return -1;
    return __builtin_ctz(type->kinds);
}

static enum Access access_of(int kind) /* packed */
{
    return kind == RT_VECTOR_FLOATS ? ACCESS_FLOAT_ITEMS
           : kind == RT_VECTOR_INTS ? ACCESS_INT_ITEMS
                                    : ACCESS_BOOL_ITEMS;
}

/* Of an index that is one of such a vector's. */
static bool is_near(const CoreType *type, LLVMValueRef index)
{
    if (LLVMIsAConstantInt(index)) return LLVMConstIntGetZExtValue(index) < RT_NEAR_TAGS;
    return type_is(type, TAGS_VECTOR) && type->most && type->most <= RT_NEAR_TAGS;
}

/* From the first tag on: rt_vector_tag. */
static LLVMValueRef tag_offset(ModuleEmitter *m, const CoreType *type, LLVMValueRef vector, LLVMValueRef index)
{
    if (is_near(type, index)) return index;
    LLVMBuilderRef b = m->builder;
    LLVMValueRef header = emit_header(m, vector); /* rt_vector_capacity */
    LLVMValueRef units = LLVMBuildLShr(b, header, emit_int(m, m->i64, 32 + RT_KIND_BITS + RT_SHIFT_BITS), "");
    units = LLVMBuildAnd(b, units, emit_int(m, m->i64, (1 << RT_UNIT_BITS) - 1), "units");
    LLVMValueRef shift = LLVMBuildLShr(b, header, emit_int(m, m->i64, 32 + RT_KIND_BITS), "");
    shift = LLVMBuildAnd(b, shift, emit_int(m, m->i64, (1 << RT_SHIFT_BITS) - 1), "shift");
    LLVMValueRef payloads = LLVMBuildShl(b, LLVMBuildShl(b, units, shift, ""), emit_int(m, m->i64, 3), "");
    LLVMValueRef near = LLVMBuildICmp(b, LLVMIntULT, index, emit_int(m, m->i64, RT_NEAR_TAGS), "");
    return LLVMBuildAdd(b, index, LLVMBuildSelect(b, near, emit_int(m, m->i64, 0), payloads, ""), "");
}

ItemPlace emit_value_place(ModuleEmitter *m, const CoreType *type, LLVMValueRef vector, LLVMValueRef index)
{
    LLVMValueRef data = field(m, vector, offsetof(RtVector, items.values.data));
    LLVMValueRef tags = field(m, vector, offsetof(RtVector, items.values.tags)),
                 tag = tag_offset(m, type, vector, index);
    return (ItemPlace){LLVMBuildInBoundsGEP2(m->builder, m->i8, tags, &tag, 1, "tag"),
                       LLVMBuildInBoundsGEP2(m->builder, m->i64, data, &index, 1, "item")};
}

ItemPlace emit_item_place(ModuleEmitter *m, const CoreType *type, LLVMValueRef vector, LLVMValueRef index, int kind)
{
    if (kind == RT_VECTOR_VALUES) return emit_value_place(m, type, vector, index);
    LLVMTypeRef item = kind == RT_VECTOR_FLOATS ? m->f64 : kind == RT_VECTOR_BOOLS ? m->i8 : m->i64;
    LLVMValueRef items = field(m, vector, offsetof(RtVector, items));
    return (ItemPlace){NULL, LLVMBuildInBoundsGEP2(m->builder, item, items, &index, 1, "item")};
}

static LLVMValueRef load_tag(ModuleEmitter *m, LLVMValueRef place)
{
    LLVMValueRef byte = LLVMBuildLoad2(m->builder, m->i8, place, "");
    emit_mark_access(m, byte, ACCESS_VALUE_TAGS);
    return LLVMBuildZExt(m->builder, byte, m->i32, "tag");
}

/* Not counted.  `type`: what the item can be. */
EmitValue emit_load_item(ModuleEmitter *m, ItemPlace place, int kind, const CoreType *type)
{
    if (kind == RT_VECTOR_FLOATS) {
        LLVMValueRef number = LLVMBuildLoad2(m->builder, m->f64, place.data, "");
        emit_mark_access(m, number, ACCESS_FLOAT_ITEMS);
        return emit_float(m, number);
    }
    if (kind == RT_VECTOR_INTS) {
        LLVMValueRef n = LLVMBuildLoad2(m->builder, m->i64, place.data, "");
        emit_mark_access(m, n, ACCESS_INT_ITEMS);
        return emit_integer(m, n);
    }
    if (kind == RT_VECTOR_BOOLS) {
        LLVMValueRef byte = LLVMBuildLoad2(m->builder, m->i8, place.data, "");
        emit_mark_access(m, byte, ACCESS_BOOL_ITEMS);
        return emit_truth(m, LLVMBuildICmp(m->builder, LLVMIntNE, byte, emit_int(m, m->i8, 0), ""));
    }
    LLVMValueRef data = LLVMBuildLoad2(m->builder, m->i64, place.data, "");
    emit_mark_access(m, data, ACCESS_VALUE_DATA);
    if (type_rep(type) == REP_OPTIONAL) return emit_from_words(m, type, &data); /* the data say the tag as well */
    bool is_known = type_is_one_tag(type);
    return emit_uncounted(is_known ? emit_int(m, m->i32, emit_only_tag(m, type)) : load_tag(m, place.tag), data);
}

/* In a vector of values, `old` is what the item that is replaced can be: its tag may be there already. */
static void store_item(ModuleEmitter *m, ItemPlace place, int kind, const CoreType *old, EmitValue item)
{
    if (kind != RT_VECTOR_VALUES) {
        LLVMValueRef packed = kind == RT_VECTOR_FLOATS  ? emit_double(m, item)
                              : kind == RT_VECTOR_BOOLS ? LLVMBuildTrunc(m->builder, item.tag, m->i8, "")
                                                        : item.data;
        emit_mark_access(m, LLVMBuildStore(m->builder, packed, place.data), access_of(kind));
        return;
    }
    emit_mark_access(m, LLVMBuildStore(m->builder, item.data, place.data), ACCESS_VALUE_DATA);
    if (type_is_one_tag(old) && emit_has_tag(item, emit_only_tag(m, old))) return;
    LLVMValueRef tag = LLVMBuildTrunc(m->builder, item.tag, m->i8, "");
    emit_mark_access(m, LLVMBuildStore(m->builder, tag, place.tag), ACCESS_VALUE_TAGS);
}

enum { SLOW_ARGS_MAX = 7 };

static int slow_args(LLVMValueRef *args, const EmitValue *values, int count)
{
    for (int i = 0; i < count; i++) {
        args[2 * i] = values[i].tag;
        args[2 * i + 1] = values[i].data;
    }
    return 2 * count;
}

void emit_item_fails(FunctionEmitter *f, enum RuntimeFunction id, const EmitValue *values, int count,
                     const RtPlace *place)
{
    LLVMValueRef args[SLOW_ARGS_MAX];
    int arg_count = slow_args(args, values, count);
    args[arg_count++] = emit_place(f->m, place);
    emit_runtime_call(f, id, args, arg_count);
    LLVMBuildUnreachable(f->m->builder);
}

LLVMValueRef emit_rare_item(FunctionEmitter *f, enum RuntimeFunction rare, enum RuntimeFunction fail,
                            const EmitValue *values, int count, const RtPlace *place)
{
    LLVMValueRef args[SLOW_ARGS_MAX];
    int arg_count = slow_args(args, values, count);
    LLVMValueRef result = emit_runtime_call(f, rare, args, arg_count);
    args[arg_count++] = emit_place(f->m, place);
    emit_fail_if_unbound(f, result, fail, args, arg_count);
    return result;
}

/* Do the types say that the index, the second operand, is one of the vector's, the first? */
static bool is_known_inside(const CoreNode *node)
{
    const CoreNode *vector = node->u.call.args[0], *index = node->u.call.args[1];
    int64_t least = type_least_length(vector->type);
    if (!type_is(vector->type, TAGS_VECTOR)) return false;
    if (core_is_int(index)) return index->u.constant.data >= 0 && index->u.constant.data < least;
    return type_is_int(index->type) && index->type->lo >= 0 && index->type->hi < least;
}

static bool is_natural(const CoreNode *node)
{
    return core_is_int(node) ? node->u.constant.data >= 0 : type_is_int(node->type) && node->type->lo >= 0;
}

/* Is the index, which may be anything, one of the vector's? */
LLVMValueRef emit_is_inside(ModuleEmitter *m, const CoreNode *node, EmitValue index, LLVMValueRef vector)
{
    if (is_known_inside(node)) return LLVMConstInt(LLVMInt1TypeInContext(m->context), 1, 0);
    /* Of a natural number it is the same, and LLVM knows that of a signed counter which goes down only the first value matters. */
    LLVMIntPredicate below = is_natural(node->u.call.args[1]) ? LLVMIntSLT : LLVMIntULT;
    LLVMValueRef is_below = LLVMBuildICmp(m->builder, below, index.data, load_length(m, vector), "");
    if (emit_has_tag(index, RT_INT)) return is_below;
    LLVMValueRef is_int = LLVMBuildICmp(m->builder, LLVMIntEQ, index.tag, emit_int(m, m->i32, RT_INT), "");
    return LLVMBuildAnd(m->builder, is_int, is_below, "");
}

static LLVMValueRef emit_is_unique(ModuleEmitter *m, LLVMValueRef vector)
{
    LLVMValueRef count = LLVMBuildLoad2(m->builder, m->i32, vector, "count");
    emit_mark_access(m, count, ACCESS_COUNT);
    return LLVMBuildICmp(m->builder, LLVMIntEQ, count, emit_int(m, m->i32, 1), "");
}

EmitValue emit_vector_ref(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, int kind)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef vector = object_of(m, values[0]), index = values[1].data;
    LLVMBasicBlockRef outside = emit_block(f, "outside"), inside = emit_block(f, "inside");
    bool may_ask = !is_known_inside(node) && emit_has_tag(values[1], RT_INT);
    LLVMValueRef least_row = may_ask ? emit_least_row(f, node->u.call.args[0]) : NULL;
    if (least_row) {
        LLVMBasicBlockRef measure = emit_block(f, "measure");
        emit_unlikely_branch(f, LLVMBuildICmp(m->builder, LLVMIntUGE, index, least_row, ""), measure, inside);
        LLVMPositionBuilderAtEnd(m->builder, measure);
    }
    LLVMValueRef is_inside = emit_is_inside(m, node, values[1], vector);
    LLVMValueRef is_outside = LLVMBuildNot(m->builder, is_inside, "");
    emit_unlikely_branch(f, is_outside, outside, inside);
    LLVMPositionBuilderAtEnd(m->builder, outside);
    emit_item_fails(f, RUNTIME_VECTOR_REF_FAIL, values, 2, node->place);
    LLVMPositionBuilderAtEnd(m->builder, inside);
    EmitValue item =
        emit_load_item(m, emit_item_place(m, node->u.call.args[0]->type, vector, index, kind), kind, node->type);
    bool is_part = primitives[node->u.call.primitive].result == RESULT_PART;
    if (is_part || kind != RT_VECTOR_VALUES || type_is_immediate(node->type)) return item;
    emit_dup(f, item);
    return emit_owned(f, item.tag, item.data);
}

/* ---- several fields of one vector ------------------------------------------------------------------------------- */

enum { MOST_FIELDS = RT_NEAR_TAGS };

typedef struct Fields { /* of a vector about which nothing is known, read one after the other */
    CoreNode *lets[MOST_FIELDS];
    int count;
    int64_t last; /* the largest index */
    LLVMValueRef tags[MOST_FIELDS][3], data[MOST_FIELDS][3]; /* as read in each of these */
    LLVMBasicBlockRef blocks[3];
    int block_count;
} Fields;

static int64_t index_of(const Fields *fields, int i)
{
    return fields->lets[i]->u.let.init->u.call.args[1]->u.constant.data;
}

static bool reads_field(const CoreNode *let, const CoreVar *whole)
{
    const CoreNode *init = let->u.let.init;
    if (!core_is_prim(init, PRIM_part_ref)) return false;
    const CoreNode *vector = init->u.call.args[0], *index = init->u.call.args[1];
    if (vector->kind != CORE_LOCAL || (whole && vector->u.local != whole)) return false;
    return core_is_int(index) && index->u.constant.data >= 0 && index->u.constant.data < RT_NEAR_TAGS;
}

/* The builder is where all fields are known. */
static void end_way(FunctionEmitter *f, Fields *fields, LLVMBasicBlockRef join)
{
    fields->blocks[fields->block_count++] = LLVMGetInsertBlock(f->m->builder);
    LLVMBuildBr(f->m->builder, join);
}

static void load_values(FunctionEmitter *f, Fields *fields, LLVMValueRef vector)
{
    ModuleEmitter *m = f->m;
    for (int i = 0; i < fields->count; i++) {
        LLVMValueRef index = emit_int(m, m->i64, index_of(fields, i));
        const CoreType *type = fields->lets[i]->u.let.init->type;
        EmitValue item = emit_load_item(m, emit_value_place(m, NULL, vector, index), RT_VECTOR_VALUES, type);
        fields->tags[i][fields->block_count] = item.tag;
        fields->data[i][fields->block_count] = item.data;
    }
}

/* The kind of a packed vector of numbers is the tag of each. */
static void load_numbers(FunctionEmitter *f, Fields *fields, LLVMValueRef vector, LLVMValueRef kind)
{
    ModuleEmitter *m = f->m;
    for (int i = 0; i < fields->count; i++) {
        LLVMValueRef place =
            field(m, vector, offsetof(RtVector, items.ints) + index_of(fields, i) * (int64_t)sizeof(int64_t));
        fields->tags[i][fields->block_count] = kind;
        fields->data[i][fields->block_count] = LLVMBuildLoad2(m->builder, m->i64, place, "");
    }
}

static void call_for_fields(FunctionEmitter *f, Fields *fields, EmitValue whole)
{
    ModuleEmitter *m = f->m;
    for (int i = 0; i < fields->count; i++) {
        const CoreNode *read = fields->lets[i]->u.let.init;
        LLVMMetadataRef outer = debug_enter(f, read);
        EmitValue operands[2] = {whole, emit_integer(m, emit_int(m, m->i64, index_of(fields, i)))};
        LLVMValueRef item = emit_rare_item(f, RUNTIME_PART_REF_RARE, RUNTIME_VECTOR_REF_FAIL, operands, 2, read->place);
        fields->tags[i][fields->block_count] = LLVMBuildExtractValue(m->builder, item, 0, "");
        fields->data[i][fields->block_count] = LLVMBuildExtractValue(m->builder, item, 1, "");
        debug_restore(f, outer);
    }
}

/* The vector is looked at once: is it one, long enough, and what are its items? */
static void read_fields(FunctionEmitter *f, Fields *fields, EmitValue whole)
{
    ModuleEmitter *m = f->m;
    LLVMBuilderRef b = m->builder;
    LLVMBasicBlockRef look = emit_block(f, "look"), inside = emit_block(f, "inside"), values = emit_block(f, "values"),
                      packed = emit_block(f, "packed"), numbers = emit_block(f, "numbers"),
                      other = emit_block(f, "other"), join = emit_block(f, "fields");
    LLVMValueRef vector = object_of(m, whole);
    LLVMValueRef is_other = LLVMBuildICmp(b, LLVMIntNE, whole.tag, emit_int(m, m->i32, RT_VECTOR), "");
    emit_unlikely_branch(f, is_other, other, look);

    LLVMPositionBuilderAtEnd(b, look);
    LLVMValueRef last = emit_int(m, m->i64, fields->last);
    emit_unlikely_branch(f, LLVMBuildICmp(b, LLVMIntULE, load_length(m, vector), last, ""), other, inside);

    LLVMPositionBuilderAtEnd(b, inside);
    LLVMValueRef header = LLVMBuildLoad2(b, m->i32, field(m, vector, sizeof(uint32_t)), "header");
    LLVMValueRef kind = LLVMBuildAnd(b, header, emit_int(m, m->i32, (1 << RT_KIND_BITS) - 1), "kind");
    LLVMValueRef is_of_values = LLVMBuildICmp(b, LLVMIntEQ, kind, emit_int(m, m->i32, RT_VECTOR_VALUES), "");
    LLVMBuildCondBr(b, is_of_values, values, packed);

    LLVMPositionBuilderAtEnd(b, values);
    load_values(f, fields, vector);
    end_way(f, fields, join);
    LLVMPositionBuilderAtEnd(b, packed);
    LLVMValueRef is_of_bools = LLVMBuildICmp(b, LLVMIntEQ, kind, emit_int(m, m->i32, RT_VECTOR_BOOLS), "");
    LLVMBuildCondBr(b, is_of_bools, other, numbers);
    LLVMPositionBuilderAtEnd(b, numbers);
    load_numbers(f, fields, vector, kind);
    end_way(f, fields, join);
    LLVMPositionBuilderAtEnd(b, other);
    call_for_fields(f, fields, whole);
    end_way(f, fields, join);
    LLVMPositionBuilderAtEnd(b, join);
}

static void bind_field(FunctionEmitter *f, const Fields *fields, int i)
{
    LLVMValueRef tag = LLVMBuildPhi(f->m->builder, f->m->i32, ""), data = LLVMBuildPhi(f->m->builder, f->m->i64, "");
    LLVMAddIncoming(tag, (LLVMValueRef *)fields->tags[i], (LLVMBasicBlockRef *)fields->blocks, 3);
    LLVMAddIncoming(data, (LLVMValueRef *)fields->data[i], (LLVMBasicBlockRef *)fields->blocks, 3);
    const CoreNode *let = fields->lets[i];
    emit_bind(f, let->u.let.var, emit_with_type(f->m, let->u.let.init->type, emit_uncounted(tag, data)));
}

CoreNode *emit_fields(FunctionEmitter *f, CoreNode *let)
{
    if (!reads_field(let, NULL)) return NULL;
    CoreNode *vector = let->u.let.init->u.call.args[0];
    if (vector->u.local->parts) return NULL;
    EmitValue known = emit_with_type(f->m, vector->type, *emit_binding(f, vector->u.local));
    bool is_no_vector = LLVMIsAConstantInt(known.tag) && !emit_has_tag(known, RT_VECTOR);
    if (emit_storage(vector->type) >= 0 || is_no_vector || emit_layout(f->m, vector->u.local->type)) return NULL;
    Fields fields = {.count = 0};
    CoreNode *node = let;
    for (; node->kind == CORE_LET && fields.count < MOST_FIELDS && reads_field(node, vector->u.local);
         node = node->u.let.body) {
        fields.lets[fields.count++] = node;
        if (index_of(&fields, fields.count - 1) > fields.last) fields.last = index_of(&fields, fields.count - 1);
    }
    if (fields.count < 2) return NULL;
    LLVMMetadataRef outer = debug_enter(f, let->u.let.init);
    read_fields(f, &fields, emit_value(f, vector));
    debug_restore(f, outer);
    for (int i = 0; i < fields.count; i++) bind_field(f, &fields, i);
    return node;
}

/* At a place that is one of the vector's, which nobody else holds. */
static void put_item(FunctionEmitter *f, const CoreNode *node, LLVMValueRef vector, LLVMValueRef index, int kind,
                     EmitValue item)
{
    const CoreType *type = node->u.call.args[0]->type, *was = type->item;
    if (core_is_int(node->u.call.args[1])) was = type_item_at(f->arena, type, node->u.call.args[1]->u.constant.data);
    ItemPlace place = emit_item_place(f->m, type, vector, index, kind);
    bool may_free = kind == RT_VECTOR_VALUES && !type_is_immediate(was);
    EmitValue old = {0};
    if (may_free) old = emit_load_item(f->m, place, kind, was);
    store_item(f->m, place, kind, was, item);
    bool may_have_rows = may_free && (!was || was->tags & TAG_BIT(RT_VECTOR));
    if (may_have_rows) emit_runtime_call(f, RUNTIME_KEEP_ROWS, (LLVMValueRef[]){vector, item.tag, item.data}, 3);
    if (may_free) emit_runtime_call(f, RUNTIME_DROP, (LLVMValueRef[]){old.tag, old.data}, 2);
}

/* Has the item the tag of a packed vector's items? */
static LLVMValueRef emit_fits(ModuleEmitter *m, EmitValue item, int kind)
{
    return LLVMBuildICmp(m->builder, LLVMIntEQ, item.tag, emit_int(m, m->i32, kind), "fits");
}

/* The operands are released.  An item that may not fit into the packed vector is one of the rare cases. */
static EmitValue emit_vector_set(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, int kind)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef vector = object_of(m, values[0]), index = values[1].data;
    bool always_fits = emit_storage(node->type) == kind;
    LLVMValueRef is_fast = emit_is_inside(m, node, values[1], vector);
    if (!node->is_unique) is_fast = LLVMBuildAnd(m->builder, emit_is_unique(m, vector), is_fast, "");
    if (!always_fits) is_fast = LLVMBuildAnd(m->builder, emit_fits(m, values[2], kind), is_fast, "");
    RareCase slow;
    rare_case_begin(f, &slow, LLVMBuildNot(m->builder, is_fast, ""));
    put_item(f, node, vector, index, kind, values[2]);
    emit_note_packed(f, values[0].data, emit_always_packed(m, kind)); /* here */
    rare_case_switch(f, &slow, emit_owned(f, values[0].tag, values[0].data));
    emit_forget_packed(f, values[0].data);
    if (node->is_unique && always_fits) { /* the index is wrong */
        emit_item_fails(f, RUNTIME_VECTOR_SET_FAIL, values, 3, node->place);
        return rare_case_raises(f, &slow);
    }
    int64_t few = emit_count_numbers(node->u.call.args[0]->type);
    if (few && always_fits && is_known_inside(node))
        return rare_case_finish(f, &slow, emit_set_in_copy(f, values, kind, few));
    LLVMValueRef copy = emit_rare_item(f, RUNTIME_VECTOR_SET_RARE, RUNTIME_VECTOR_SET_FAIL, values, 3, node->place);
    LLVMValueRef changed = LLVMBuildExtractValue(m->builder, copy, 1, "");
    if (!always_fits) emit_note_changed(f, emit_uncounted(values[0].tag, changed), kind);
    return rare_case_finish(f, &slow, emit_owned(f, values[0].tag, changed));
}

/* rt_vacate where the whole is known to hold values, and the item is on the heap. */
static EmitValue emit_vacate(FunctionEmitter *f, const CoreNode *node, const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef whole = object_of(m, values[0]), item = object_of(m, values[2]), one = emit_int(m, m->i32, 1);
    LLVMBasicBlockRef look = emit_block(f, "look"), take = emit_block(f, "take"), end = emit_block(f, "vacated");
    LLVMValueRef may_look = emit_is_inside(m, node, values[1], whole);
    if (!node->is_unique) may_look = LLVMBuildAnd(m->builder, emit_is_unique(m, whole), may_look, "");
    LLVMBuildCondBr(m->builder, may_look, look, end);

    LLVMPositionBuilderAtEnd(m->builder, look);
    ItemPlace place = emit_value_place(m, node->u.call.args[0]->type, whole, values[1].data);
    LLVMValueRef held = LLVMBuildLoad2(m->builder, m->i64, place.data, ""),
                 item_count = LLVMBuildLoad2(m->builder, m->i32, item, "count");
    emit_mark_access(m, held, ACCESS_VALUE_DATA);
    emit_mark_access(m, item_count, ACCESS_COUNT);
    LLVMValueRef is_same = LLVMBuildICmp(m->builder, LLVMIntEQ, held, values[2].data, "");
    if (!type_is_one_tag(node->u.call.args[0]->type->item)) { /* else no number can look like the item's address */
        LLVMValueRef has_tag = LLVMBuildICmp(m->builder, LLVMIntEQ, load_tag(m, place.tag), values[2].tag, "");
        is_same = LLVMBuildAnd(m->builder, is_same, has_tag, "");
    }
    LLVMValueRef is_ours = LLVMBuildICmp(m->builder, LLVMIntEQ, item_count, emit_int(m, m->i32, 2), "");
    LLVMBuildCondBr(m->builder, LLVMBuildAnd(m->builder, is_same, is_ours, ""), take, end);

    LLVMPositionBuilderAtEnd(m->builder, take);
    LLVMValueRef vacant = LLVMBuildPtrToInt(m->builder, emit_external_global(m, "rt_vacant", m->i64), m->i64, "");
    emit_mark_access(m, LLVMBuildStore(m->builder, vacant, place.data), ACCESS_VALUE_DATA);
    emit_mark_access(m, LLVMBuildStore(m->builder, one, item), ACCESS_COUNT);
    LLVMBuildBr(m->builder, end);
    LLVMPositionBuilderAtEnd(m->builder, end);
    return emit_owned(f, values[2].tag, values[2].data);
}

/* The slot has the item that is given up, and nobody else has: both counts become one.  The rest is rare. */
static EmitValue emit_settle(FunctionEmitter *f, const CoreNode *node, const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef item = object_of(m, values[2]);
    LLVMBasicBlockRef take = emit_block(f, "take"), other = emit_block(f, "other"), end = emit_block(f, "settled");
    ItemPlace place = emit_value_place(m, node->u.call.args[0]->type, object_of(m, values[0]), values[1].data);
    LLVMValueRef held = LLVMBuildLoad2(m->builder, m->i64, place.data, ""),
                 count = LLVMBuildLoad2(m->builder, m->i32, item, "count");
    emit_mark_access(m, held, ACCESS_VALUE_DATA);
    emit_mark_access(m, count, ACCESS_COUNT);
    LLVMValueRef is_same = LLVMBuildICmp(m->builder, LLVMIntEQ, held, values[2].data, ""),
                 is_ours = LLVMBuildICmp(m->builder, LLVMIntEQ, count, emit_int(m, m->i32, 2), "");
    LLVMValueRef is_fast = LLVMBuildAnd(m->builder, is_same, is_ours, "");
    emit_unlikely_branch(f, LLVMBuildNot(m->builder, is_fast, ""), other, take);

    LLVMPositionBuilderAtEnd(m->builder, take);
    emit_mark_access(m, LLVMBuildStore(m->builder, emit_int(m, m->i32, 1), item), ACCESS_COUNT);
    LLVMBuildBr(m->builder, end);
    LLVMPositionBuilderAtEnd(m->builder, other);
    LLVMValueRef args[SLOW_ARGS_MAX];
    LLVMValueRef own = emit_runtime_call(f, RUNTIME_SETTLE_RARE, args, slow_args(args, values, 3));
    args[0] = emit_place(m, node->place);
    emit_fail_if_unbound(f, own, RUNTIME_RAISE_OUT_OF_MEMORY, args, 1);
    LLVMValueRef copy = LLVMBuildExtractValue(m->builder, own, 1, "");
    LLVMBasicBlockRef copied = LLVMGetInsertBlock(m->builder);
    LLVMBuildBr(m->builder, end);

    LLVMPositionBuilderAtEnd(m->builder, end);
    LLVMValueRef data = LLVMBuildPhi(m->builder, m->i64, "");
    LLVMAddIncoming(data, (LLVMValueRef[]){values[2].data, copy}, (LLVMBasicBlockRef[]){take, copied}, 2);
    return emit_uncounted(values[2].tag, data);
}

static EmitValue emit_amend(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, int kind)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef vector = object_of(m, values[0]);
    LLVMBasicBlockRef outside = emit_block(f, "outside"), inside = emit_block(f, "inside");
    LLVMValueRef is_inside = emit_is_inside(m, node, values[1], vector);
    emit_unlikely_branch(f, LLVMBuildNot(m->builder, is_inside, ""), outside, inside);
    LLVMPositionBuilderAtEnd(m->builder, outside);
    emit_dup(f, values[0]);
    emit_item_fails(f, RUNTIME_VECTOR_SET_FAIL, values, 3, node->place);
    LLVMPositionBuilderAtEnd(m->builder, inside);
    put_item(f, node, vector, values[1].data, kind, values[2]);
    return emit_literal(m, rt_nil());
}

/* Can it be the number that a packed vector of them takes as it is? */
static bool may_fit(const CoreNode *item, int kind)
{
    return kind >= RT_VECTOR_INTS && (!item->type || item->type->tags & TAG_BIT(kind));
}

bool emit_item_prim(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result)
{
    int primitive = node->u.call.primitive;
    const CoreType *operand = node->u.call.count ? node->u.call.args[0]->type : NULL;
    int kind = emit_storage(operand);
    switch (primitive) {
    case PRIM_length:
    case PRIM_vector_length:
        if (!type_is(operand, TAGS_VECTOR)) return false;
        *result = emit_length(f->m, node, values[0]);
        return true;
    case PRIM_check_vector:
        if (!type_is(node->u.call.args[1]->type, TAGS_VECTOR)) return false;
        *result = emit_length(f->m, node, values[1]);
        return true;
    case PRIM_is_shared: /* the tag is not asked once more: then its test is the one with which a unique object ends */
        if (!operand || operand->tags & TAGS_IMMEDIATE) return false;
        *result = emit_truth(f->m, LLVMBuildNot(f->m->builder, emit_is_unique(f->m, object_of(f->m, values[0])), ""));
        return true;
    case PRIM_is_ints_vector:
    case PRIM_is_floats_vector: return emit_known_packed(f, primitive, values[0], result);
    case PRIM_vector_ref:
    case PRIM_part_ref:
        if (kind < 0) return emit_likely_ref(f, node, values, result);
        *result = emit_vector_ref(f, node, values, kind);
        return true;
    case PRIM_vector_set:
        if (kind < 0 || !type_is_one_tag(operand)) return false;
        if (emit_storage(node->type) != kind && !may_fit(node->u.call.args[2], kind)) return false;
        *result = emit_vector_set(f, node, values, kind);
        return true;
    case PRIM_vacate:
        if (kind != RT_VECTOR_VALUES || !type_is(operand->item, ~TAGS_IMMEDIATE)) return false;
        if (!emit_is_on_heap(values[2])) return false;
        *result = emit_vacate(f, node, values);
        return true;
    case PRIM_settle:
        if (kind != RT_VECTOR_VALUES || !type_is(operand->item, TAG_BIT(RT_VECTOR))) return false;
        *result = emit_settle(f, node, values);
        return true;
    case PRIM_amend:
        if (kind < 0) return false;
        *result = emit_amend(f, node, values, kind);
        return true;
    case PRIM_forget:
        if (kind < 0 || (kind == RT_VECTOR_VALUES && !type_is_immediate(operand->item))) return false;
        *result = emit_owned(f, values[0].tag, values[0].data); /* nothing to drop */
        return true;
    case PRIM_car:
    case PRIM_cdr:
    case PRIM_part_car:
    case PRIM_part_cdr: {
        bool is_part = primitive == PRIM_part_car || primitive == PRIM_part_cdr;
        if (!type_is(operand, TAG_BIT(RT_CONS)) || !(is_part || type_is_immediate(node->type))) return false;
        *result = emit_half(f, node, values[0], primitive == PRIM_car || primitive == PRIM_part_car);
        return true;
    }
    default: return false;
    }
}
