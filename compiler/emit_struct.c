/* Structs: records with a layout (pass structs) are made, read, taken apart and made again by loads and stores.
 *
 * A struct has a tag of its own, RT_STRUCT, wherever a value has a tag: then counting and cleanup code work as for any object.
 * Loads and stores have no type (emit_open.c says why).
 */
#include "emit_internal.h"

const StructLayout *emit_layout(const ModuleEmitter *m, const CoreType *type)
{
    const BackendOptions *o = m->options->backend;
    return o->joins_interpreter || o->is_interactive ? NULL : type_layout(type); /* the interpreter has vectors */
}

uint32_t emit_only_tag(const ModuleEmitter *m, const CoreType *type)
{
    uint32_t tag = type_only_tag(type);
    return tag == RT_VECTOR && emit_layout(m, type) ? RT_STRUCT : tag;
}

static LLVMValueRef place_of(ModuleEmitter *m, LLVMBuilderRef b, LLVMValueRef object, int offset)
{
    LLVMValueRef index = emit_int(m, m->i64, offset);
    return LLVMBuildInBoundsGEP2(b, m->i8, object, &index, 1, "");
}

static LLVMValueRef object_of(ModuleEmitter *m, EmitValue v)
{
    return LLVMBuildIntToPtr(m->builder, v.data, m->ptr, "");
}

static LLVMTypeRef int_type(ModuleEmitter *m, int size_bytes)
{
    return LLVMIntTypeInContext(m->context, 8 * (unsigned)size_bytes);
}

/* Of a word that is the address of a struct or 0; `type`: what is known of it, or NULL. */
static LLVMValueRef struct_tag(ModuleEmitter *m, LLVMBuilderRef b, const CoreType *type, LLVMValueRef data)
{
    if (type_is_one_tag(type)) return emit_int(m, m->i32, emit_only_tag(m, type));
    LLVMValueRef is_nil = LLVMBuildICmp(b, LLVMIntEQ, data, emit_int(m, m->i64, 0), "is_nil");
    return LLVMBuildSelect(b, is_nil, emit_int(m, m->i32, RT_NIL), emit_int(m, m->i32, RT_STRUCT), "tag");
}

/* Not counted. */
static EmitValue load_field(ModuleEmitter *m, LLVMBuilderRef b, LLVMValueRef object, const StructField *field,
                            const CoreType *type)
{
    LLVMValueRef place = place_of(m, b, object, field->offset);
    switch (field->form) {
    case FORM_NIL: return emit_uncounted(emit_int(m, m->i32, RT_NIL), emit_int(m, m->i64, 0));
    case FORM_TRUE: return emit_uncounted(emit_int(m, m->i32, RT_BOOL), emit_int(m, m->i64, 1));
    case FORM_BOOL: {
        LLVMValueRef byte = LLVMBuildLoad2(b, m->i8, place, "");
        return emit_truth(m, LLVMBuildICmp(b, LLVMIntNE, byte, emit_int(m, m->i8, 0), ""));
    }
    case FORM_INT: {
        LLVMValueRef n = LLVMBuildLoad2(b, int_type(m, field->size_bytes), place, "");
        return emit_integer(m, LLVMBuildSExt(b, n, m->i64, ""));
    }
    case FORM_FLOAT: return emit_float(m, LLVMBuildLoad2(b, m->f64, place, ""));
    case FORM_STRUCT: {
        LLVMValueRef data = LLVMBuildLoad2(b, m->i64, place, "");
        return emit_uncounted(struct_tag(m, b, type, data), data);
    }
    case FORM_VALUE: break;
    }
    LLVMValueRef data = LLVMBuildLoad2(b, m->i64, place, "");
    if (type_is_one_tag(type)) return emit_uncounted(emit_int(m, m->i32, emit_only_tag(m, type)), data);
    LLVMValueRef tag = LLVMBuildLoad2(b, m->i8, place_of(m, b, object, field->tag_offset), "");
    return emit_uncounted(LLVMBuildZExt(b, tag, m->i32, "tag"), data);
}

static void store_field(ModuleEmitter *m, LLVMValueRef object, const StructField *field, EmitValue v)
{
    LLVMBuilderRef b = m->builder;
    if (!field->size_bytes) return;
    LLVMValueRef data = v.data;
    if (field->form == FORM_BOOL) data = LLVMBuildTrunc(b, v.tag, m->i8, "");
    if (field->form == FORM_INT) data = LLVMBuildTrunc(b, v.data, int_type(m, field->size_bytes), "");
    if (field->form == FORM_FLOAT) data = emit_double(m, v);
    LLVMBuildStore(b, data, place_of(m, b, object, field->offset));
    if (field->form != FORM_VALUE) return;
    LLVMBuildStore(b, LLVMBuildTrunc(b, v.tag, m->i8, ""), place_of(m, b, object, field->tag_offset));
}

static EmitValue owned_struct(FunctionEmitter *f, LLVMValueRef object)
{
    ModuleEmitter *m = f->m;
    return emit_owned(f, emit_int(m, m->i32, RT_STRUCT), LLVMBuildPtrToInt(m->builder, object, m->i64, "struct"));
}

static EmitValue make_struct(FunctionEmitter *f, const StructLayout *layout, const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    f->allocates = true;
    emit_end_of_structs(m);
    LLVMValueRef info = emit_int(m, m->i64, layout->info);
    LLVMValueRef object = emit_runtime_call(f, RUNTIME_NEW_STRUCT, &info, 1);
    for (int i = 0; i < layout->count; i++) store_field(m, object, &layout->fields[i], values[i]);
    return owned_struct(f, object);
}

/* Is the second operand the index of a field?  Code that is never reached may have any there. */
static bool is_field(const CoreNode *node, const StructLayout *layout)
{
    const CoreNode *index = node->u.call.args[1];
    return core_is_int(index) && index->u.constant.data >= 0 && index->u.constant.data < layout->count;
}

/* The first operand is a struct, or the error is raised. */
static void expect_struct(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, enum RuntimeFunction fail)
{
    ModuleEmitter *m = f->m;
    if (emit_has_tag(values[0], RT_STRUCT)) return;
    LLVMBasicBlockRef other = emit_block(f, "other"), next = emit_block(f, "struct");
    LLVMValueRef is_struct = emit_test_tags(m, node->u.call.args[0]->type, values[0], TAG_BIT(RT_VECTOR));
    emit_unlikely_branch(f, LLVMBuildNot(m->builder, is_struct, ""), other, next);
    LLVMPositionBuilderAtEnd(m->builder, other);
    LLVMValueRef args[7];
    int count = 0;
    for (int i = 0; i < node->u.call.count; i++) {
        args[count++] = values[i].tag;
        args[count++] = values[i].data;
    }
    args[count++] = emit_place(m, node->place);
    emit_runtime_call(f, fail, args, count);
    LLVMBuildUnreachable(m->builder);
    LLVMPositionBuilderAtEnd(m->builder, next);
}

static EmitValue read_struct(FunctionEmitter *f, const CoreNode *node, const StructLayout *layout,
                             const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    expect_struct(f, node, values, RUNTIME_VECTOR_REF_FAIL);
    int64_t index = node->u.call.args[1]->u.constant.data;
    EmitValue item = load_field(m, m->builder, object_of(m, values[0]), &layout->fields[index], node->type);
    if (primitives[node->u.call.primitive].result == RESULT_PART || type_is_immediate(node->type) ||
        emit_is_immediate(item))
        return item;
    emit_dup(f, item);
    return emit_owned(f, item.tag, item.data);
}

/* In its place if nobody else has it, else in a copy. */
static EmitValue set_field(FunctionEmitter *f, const CoreNode *node, const StructLayout *layout,
                           const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    expect_struct(f, node, values, RUNTIME_VECTOR_SET_FAIL);
    f->allocates = true;
    LLVMValueRef object = object_of(m, values[0]);
    if (!node->is_unique) object = emit_runtime_call(f, RUNTIME_OWN_STRUCT, &object, 1);
    int64_t index = node->u.call.args[1]->u.constant.data;
    const StructField *field = &layout->fields[index];
    EmitValue old = {0};
    if (field->word >= 0) old = load_field(m, m->builder, object, field, NULL);
    store_field(m, object, field, values[2]);
    if (field->word >= 0) emit_runtime_call(f, RUNTIME_DROP, (LLVMValueRef[]){old.tag, old.data}, 2);
    return owned_struct(f, object);
}

static EmitValue refill_struct(FunctionEmitter *f, const CoreNode *node, const StructLayout *layout,
                               const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    const CoreVar *shell = node->u.call.args[0]->u.local;
    LLVMValueRef object = object_of(m, values[0]);
    if (values[0].item) owned_leave_shell(f, values[0].item->home);
    for (int i = 0; i < layout->count; i++)
        if (!core_is_in_shell(shell, node->u.call.args[i + 1], i))
            store_field(m, object, &layout->fields[i], values[i + 1]);
    return emit_owned(f, values[0].tag, values[0].data);
}

/* The field has this very item: by its address, and by the tag where a number could look like that. */
static LLVMValueRef has_item(ModuleEmitter *m, LLVMValueRef object, const StructField *field, EmitValue item)
{
    EmitValue held = load_field(m, m->builder, object, field, NULL);
    LLVMValueRef is_same = LLVMBuildICmp(m->builder, LLVMIntEQ, held.data, item.data, "");
    if (field->form == FORM_STRUCT) return is_same;
    return LLVMBuildAnd(m->builder, is_same, LLVMBuildICmp(m->builder, LLVMIntEQ, held.tag, item.tag, ""), "");
}

static LLVMValueRef has_count(ModuleEmitter *m, LLVMValueRef object, int count)
{
    LLVMValueRef loaded = LLVMBuildLoad2(m->builder, m->i32, object, "count");
    return LLVMBuildICmp(m->builder, LLVMIntEQ, loaded, emit_int(m, m->i32, count), "");
}

/* rt_vacate: a struct that nobody else has gives up the item if that has no other owner but the operand. */
static EmitValue vacate_field(FunctionEmitter *f, const CoreNode *node, const StructLayout *layout,
                              const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    LLVMBuilderRef b = m->builder;
    const StructField *field = &layout->fields[node->u.call.args[1]->u.constant.data];
    if (field->word < 0 || !emit_is_on_heap(values[2])) return emit_owned(f, values[2].tag, values[2].data);
    LLVMBasicBlockRef look = emit_block(f, "look"), take = emit_block(f, "take"), end = emit_block(f, "vacated");
    LLVMBuildCondBr(b, emit_test_tags(m, node->u.call.args[0]->type, values[0], TAG_BIT(RT_VECTOR)), look, end);
    LLVMPositionBuilderAtEnd(b, look);
    LLVMValueRef object = object_of(m, values[0]), item = object_of(m, values[2]);
    LLVMValueRef is_unique = LLVMBuildAnd(b, has_count(m, object, 1), has_count(m, item, 2), "");
    LLVMBuildCondBr(b, LLVMBuildAnd(b, is_unique, has_item(m, object, field, values[2]), ""), take, end);
    LLVMPositionBuilderAtEnd(b, take);
    LLVMValueRef vacant = LLVMBuildPtrToInt(b, emit_external_global(m, "rt_vacant", m->i64), m->i64, "");
    LLVMBuildStore(b, field->form == FORM_STRUCT ? emit_int(m, m->i64, 0) : vacant,
                   place_of(m, b, object, field->offset));
    LLVMBuildStore(b, emit_int(m, m->i32, 1), item);
    LLVMBuildBr(b, end);
    LLVMPositionBuilderAtEnd(b, end);
    return emit_owned(f, values[2].tag, values[2].data);
}

static EmitValue emit_is_unique_struct(FunctionEmitter *f, const CoreType *type, EmitValue v)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef before = LLVMGetInsertBlock(m->builder), look = emit_block(f, "look"),
                      end = emit_block(f, "looked");
    LLVMValueRef no = LLVMConstInt(LLVMInt1TypeInContext(m->context), 0, 0);
    LLVMBuildCondBr(m->builder, emit_test_tags(m, type, v, TAG_BIT(RT_VECTOR)), look, end);
    LLVMPositionBuilderAtEnd(m->builder, look);
    LLVMValueRef is_one = has_count(m, object_of(m, v), 1);
    LLVMBuildBr(m->builder, end);
    LLVMPositionBuilderAtEnd(m->builder, end);
    LLVMValueRef phi = LLVMBuildPhi(m->builder, LLVMTypeOf(no), "is_unique");
    LLVMAddIncoming(phi, (LLVMValueRef[]){no, is_one}, (LLVMBasicBlockRef[]){before, look}, 2);
    return emit_truth(m, phi);
}

/* What makes a struct, or gives a changed one. */
static bool emit_making(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result)
{
    const StructLayout *layout = emit_layout(f->m, node->type);
    int primitive = node->u.call.primitive, count = node->u.call.count;
    if (!layout) return false;
    if (primitive == PRIM_vector && count == layout->count) *result = make_struct(f, layout, values);
    else if (primitive == PRIM_refill && count == layout->count + 1) *result = refill_struct(f, node, layout, values);
    else if (primitive == PRIM_vector_set && is_field(node, layout)) *result = set_field(f, node, layout, values);
    else return false;
    return true;
}

/* What looks at one. */
static bool emit_looking(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result)
{
    const CoreNode *first = node->u.call.count ? node->u.call.args[0] : NULL;
    const StructLayout *layout = first && first->kind == CORE_LOCAL ? emit_layout(f->m, first->u.local->type) : NULL;
    if (!layout) return false;
    switch (node->u.call.primitive) {
    case PRIM_vector_ref:
    case PRIM_part_ref:
        if (!is_field(node, layout)) return false;
        *result = read_struct(f, node, layout, values);
        return true;
    case PRIM_vacate:
        if (!is_field(node, layout)) return false;
        *result = vacate_field(f, node, layout, values);
        return true;
    case PRIM_is_plain_vector:
        *result = emit_truth(f->m, emit_test_tags(f->m, first->type, values[0], TAG_BIT(RT_VECTOR)));
        return true;
    case PRIM_is_ints_vector:
    case PRIM_is_floats_vector:
        *result = emit_truth(f->m, LLVMConstInt(LLVMInt1TypeInContext(f->m->context), 0, 0));
        return true;
    case PRIM_is_unique_vector: *result = emit_is_unique_struct(f, first->type, values[0]); return true;
    default: return false;
    }
}

bool emit_struct_prim(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result)
{
    return emit_making(f, node, values, result) || emit_looking(f, node, values, result);
}

/* ---- the end ------------------------------------------------------------------------------------------------------ */

/* The words of those fields. */
static LLVMValueRef words_of(ModuleEmitter *m, const StructLayout *layout, uint64_t fields)
{
    int64_t words = 0;
    for (uint64_t rest = fields; rest; rest &= rest - 1) {
        int field = __builtin_ctzll(rest), word = field < layout->count ? layout->fields[field].word : -1;
        if (word >= 0) words |= INT64_C(1) << word;
    }
    return emit_int(m, m->i64, words);
}

void emit_open_struct(FunctionEmitter *f, const StructLayout *layout, EmitValue v, uint64_t wanted)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef args[] = {object_of(m, v), emit_int(m, m->i64, layout->info), words_of(m, layout, wanted)};
    emit_runtime_call(f, RUNTIME_OPEN_STRUCT, args, 3);
}

LLVMValueRef emit_open_struct_shell(FunctionEmitter *f, const StructLayout *layout, EmitValue v, uint64_t wanted)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef args[] = {object_of(m, v), emit_int(m, m->i64, layout->info), words_of(m, layout, wanted)};
    return emit_runtime_call(f, RUNTIME_OPEN_STRUCT_SHELL, args, 3);
}

bool emit_drop_struct(FunctionEmitter *f, const CoreType *type, EmitValue v)
{
    if (!emit_layout(f->m, type) || !type_is(type, TAG_BIT(RT_NIL) | TAG_BIT(RT_VECTOR))) return false;
    owned_remove_item(f, v.item);
    LLVMValueRef object = object_of(f->m, v);
    emit_runtime_call(f, RUNTIME_DROP_STRUCT, &object, 1);
    return true;
}

EmitValue emit_field_at_home(ModuleEmitter *m, const StructLayout *layout, LLVMValueRef object, int index)
{
    if (layout->fields[index].word < 0) return emit_uncounted(emit_int(m, m->i32, RT_NIL), emit_int(m, m->i64, 0));
    return load_field(m, m->pad_builder, object, &layout->fields[index], NULL);
}
