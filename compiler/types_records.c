/* Records while types are inferred: where they are made, changed and read (core_record.c says what they are).
 *
 * A place that makes a short vector or pairs, an operation or a literal, has its record in the type of its node until that is known:
 * an empty type.
 */
#include "types_internal.h"

static bool makes_record(const CoreNode *node)
{
    int64_t length = core_is_prim(node, PRIM_vector) ? node->u.call.count : 0;
    if (node->kind == CORE_CONST && node->u.constant.tag == RT_VECTOR) length = rt_as_vector(node->u.constant)->length;
    return length > 1 && length <= RECORD_FIELDS_MAX;
}

/* How many: each cell of a short list has its own. */
static int makes_cells(const CoreNode *node)
{
    if (node->kind == CORE_CONST) return node->u.constant.tag == RT_CONS;
    if (node->kind != CORE_PRIM) return 0;
    int primitive = node->u.call.primitive;
    if (primitive == PRIM_list) return node->u.call.count <= RECORD_FIELDS_MAX ? node->u.call.count : 0;
    return primitive == PRIM_cons || primitive == PRIM_extend;
}

static void begin_record(Types *t, CoreNode *node)
{
    CoreType type = {0};
    if (makes_record(node)) type.record = record_new(t->records);
    for (int i = 0; i < makes_cells(node); i++) {
        CoreRecord *cell = record_new(t->records);
        cell->is_cell = true;
        if (i == 0) type.cell = cell;
    }
    if (type.record || type.cell) node->type = type_copy(t->program->arena, type);
}

/* Is it made of new vectors of one length, or of new pairs: a table? */
static bool is_table(const CoreNode *node)
{
    if (!core_is_prim(node, PRIM_vector) && !core_is_prim(node, PRIM_list)) return false;
    CoreNode *const *args = node->u.call.args;
    for (int i = 0; i < node->u.call.count; i++) {
        if (!core_is_prim(args[i], PRIM_vector) && !core_is_prim(args[i], PRIM_cons)) return false;
        bool is_same = args[i]->u.call.primitive == args[0]->u.call.primitive;
        if (!is_same || args[i]->u.call.count != args[0]->u.call.count) return false;
    }
    return node->u.call.count > 1;
}

void types_begin_record(Types *t, CoreNode *node)
{
    if (!node->type) begin_record(t, node);
    if (!is_table(node)) return;
    begin_record(t, node->u.call.args[0]);
    for (int i = 1; i < node->u.call.count; i++) node->u.call.args[i]->type = node->u.call.args[0]->type;
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

/* The i-th of those that were begun for the node, one behind the other. */
static CoreRecord *cell_of(const Types *t, const CoreNode *node, int i)
{
    if (!node->type || i >= makes_cells(node)) return NULL;
    return record_root(t->records->items[node->type->cell->number - 1 + i]);
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

static void make_cells(Types *t, const CoreNode *list, const CoreType *operands, CoreType *type)
{
    CoreType nil = type_tags(TAG_BIT(RT_NIL)), rest = *type;
    int count = makes_cells(list);
    for (int i = 0; i < count; i++) {
        rest.cell = cell_of(t, list, i + 1);
        put_field(t, cell_of(t, list, i), 0, &operands[i]);
        put_field(t, cell_of(t, list, i), 1, i + 1 < count ? &rest : &nil);
    }
    type->cell = cell_of(t, list, 0);
}

/* A pair gets its cdr. */
static void fill_cell(Types *t, const CoreType *hole, const CoreType *cdr)
{
    if (hole->cell) put_field(t, record_root(hole->cell), 1, cdr);
}

void types_of_record(Types *t, const CoreNode *prim, const CoreType *operands, CoreType *type)
{
    CoreRecord *record;
    int primitive = prim->u.call.primitive;
    bool is_read = primitive == PRIM_vector_ref || primitive == PRIM_car || primitive == PRIM_cdr;
    if (!type->tags && !is_read) return;
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
    case PRIM_cons:
        type->cell = cell_of(t, prim, 0);
        for (int i = 0; i < 2; i++) put_field(t, type->cell, i, &operands[i]);
        break;
    case PRIM_list: make_cells(t, prim, operands, type); break;
    case PRIM_extend:
        type->cell = cell_of(t, prim, 0);
        put_field(t, type->cell, 0, &operands[1]);
        fill_cell(t, &operands[0], type);
        break;
    case PRIM_fill: fill_cell(t, &operands[0], &operands[1]); break;
    case PRIM_car:
    case PRIM_cdr: note_reader(t, operands[0].cell); break;
    default: break;
    }
}

/* All pairs of a literal are one cell. */
enum { LITERAL_CELLS_MAX = 50 };

static int literal_size(RtValue v, int limit)
{
    int size = 0;
    for (; v.tag == RT_CONS && size < limit; v = rt_cdr_of(rt_as_cons(v)))
        size += 1 + literal_size(rt_car_of(rt_as_cons(v)), limit - size);
    return size;
}

static void put_literal(Types *t, CoreRecord *cell, RtValue v)
{
    for (; v.tag == RT_CONS; v = rt_cdr_of(rt_as_cons(v))) {
        RtValue halves[2] = {rt_car_of(rt_as_cons(v)), rt_cdr_of(rt_as_cons(v))};
        for (int i = 0; i < 2; i++) {
            CoreType type = type_of_constant(t->arena, halves[i]);
            if (halves[i].tag == RT_CONS) type.cell = record_root(cell);
            put_field(t, record_root(cell), i, &type);
        }
        put_literal(t, cell, halves[0]);
    }
}

static CoreType pair_constant(Types *t, const CoreNode *node, CoreType type)
{
    CoreRecord *cell = cell_of(t, node, 0);
    if (!cell || literal_size(node->u.constant, LITERAL_CELLS_MAX) >= LITERAL_CELLS_MAX) return type;
    if (t->mode == NARROWING || !cell->fields[0]) put_literal(t, cell, node->u.constant);
    type.cell = record_root(cell);
    return type;
}

CoreType types_of_constant(Types *t, const CoreNode *node)
{
    CoreType type = type_of_constant(t->arena, node->u.constant);
    CoreRecord *record = record_of(node);
    if (type_is(&type, TAG_BIT(RT_CONS))) return pair_constant(t, node, type);
    if (!record) return type;
    const RtVector *vector = rt_as_vector(node->u.constant);
    for (int64_t i = 0; i < vector->length; i++) {
        CoreType item = type_of_constant(t->arena, rt_vector_item_borrow(vector, i));
        put_field(t, record, i, &item);
    }
    type.record = record_root(record);
    return type;
}
