/* Records while types are inferred: where they are made, changed and read (core_record.c says what they are).
 *
 * A place that makes a short vector, (prim vector ...) or a literal, has its record in the type of its node until that is known:
 * an empty type.
 */
#include "types_internal.h"

static bool makes_record(const CoreNode *node)
{
    int64_t length = core_is_prim(node, PRIM_vector) ? node->u.call.count : 0;
    if (node->kind == CORE_CONST && node->u.constant.tag == RT_VECTOR) length = rt_as_vector(node->u.constant)->length;
    return length > 1 && length <= RECORD_FIELDS_MAX;
}

void types_begin_record(Types *t, CoreNode *node)
{
    if (!makes_record(node)) return;
    CoreType type = {.record = record_new(t->records)};
    node->type = type_copy(t->program->arena, type);
}

void types_end_record(CoreNode *node)
{
    if (node->kind == CORE_CONST || (node->type && !node->type->tags)) node->type = NULL;
}

static CoreRecord *record_of(const CoreNode *node)
{
    return node->type && makes_record(node) ? record_root(node->type->record) : NULL;
}

static void put_field(Types *t, CoreRecord *record, int64_t field, const CoreType *type)
{
    if (t->mode == GROWING) record_grow(record, (int)field, type);
    if (t->mode == NARROWING) record_narrow(record, (int)field, type);
}

/* The function is evaluated again when a field grows. */
static void note_reader(Types *t, CoreRecord *record)
{
    FunctionState *state = t->function;
    if (t->mode != GROWING || !record) return;
    record = record_root(record);
    for (int i = 0; i < state->read_count; i++)
        if (record_root(state->read[i]) == record) return;
    ARENA_PUSH(t->scratch, state->read, state->read_count, state->read_capacity, record);
    ARENA_PUSH(t->program->arena, record->readers, record->reader_count, record->reader_capacity, state->function);
}

/* One of these fields gets such a value. */
static void change_fields(Types *t, const CoreType *vector, const CoreType *index, const CoreType *item)
{
    int64_t last = index->hi < RECORD_FIELDS_MAX ? index->hi : RECORD_FIELDS_MAX - 1;
    if (vector->most && last >= vector->most) last = vector->most - 1;
    for (int64_t i = index->lo > 0 ? index->lo : 0; i <= last; i++) put_field(t, vector->record, i, item);
}

void types_of_record(Types *t, const CoreNode *prim, const CoreType *operands, CoreType *type)
{
    CoreRecord *record;
    if (!type->tags && prim->u.call.primitive != PRIM_vector_ref) return;
    switch (prim->u.call.primitive) {
    case PRIM_vector:
        if (!(record = record_of(prim))) return;
        for (int i = 0; i < prim->u.call.count; i++) put_field(t, record, i, &operands[i]);
        type->record = record_root(record);
        break;
    case PRIM_vector_set:
        if (type->record) change_fields(t, type, &operands[1], &operands[2]);
        break;
    case PRIM_vector_ref:
    case PRIM_vector_to_list: note_reader(t, operands[0].record); break;
    default: break;
    }
}

CoreType types_of_constant(Types *t, const CoreNode *node)
{
    CoreType type = type_of_constant(t->arena, node->u.constant);
    CoreRecord *record = record_of(node);
    if (!record) return type;
    const RtVector *vector = rt_as_vector(node->u.constant);
    for (int64_t i = 0; i < vector->length; i++) {
        CoreType item = type_of_constant(t->arena, rt_vector_item_borrow(vector, i));
        put_field(t, record, i, &item);
    }
    type.record = record_root(record);
    return type;
}
