/* Records: short vectors by where they were made, and what each of their fields can be.
 *
 * Each place that makes a short vector begins as a record of its own.  Where vectors of two records come together, in a variable, a
 * result, a field or the elements of a list, the two become one for good (union-find), so that there are never more than places,
 * and a node, the nodes below it and those that are made of it are one soon.  Values never change: whatever happens to a vector
 * later, and wherever it goes, its fields stay what they are.  A vector that is changed at a field belongs to the record of the
 * old one, of which that field can then be more.
 *
 * Two records become one in the middle of a join of types; their fields are joined when that is done, which may join others.
 *
 * Rejected: item types one level deep for each field with a mark "the same again": a tree of two kinds of nodes
 * is a cycle of two, and the depth of types costs turns of the evaluation.  Sets of places instead of union-find: their joins
 * would have to be bounded in turn.
 */
#include "core_type.h"

enum { CHANGES_BEFORE_WIDENING = 3 };

RecordTable *records_new(Arena *arena, const TypeLimits *limits)
{
    RecordTable *table = arena_alloc(arena, sizeof *table);
    *table = (RecordTable){.arena = arena, .limits = limits, .is_open = true};
    return table;
}

CoreRecord *record_new(RecordTable *table)
{
    CoreRecord *record = arena_alloc(table->arena, sizeof *record);
    *record = (CoreRecord){.table = table, .number = table->count + 1};
    ARENA_PUSH(table->arena, table->items, table->count, table->capacity, record);
    return record;
}

CoreRecord *record_root(CoreRecord *record)
{
    while (record && record->same) {
        if (record->same->same) record->same = record->same->same;
        record = record->same;
    }
    return record;
}

/* ---- growing ------------------------------------------------------------------------------------------------------ */

static void note_change(CoreRecord *record)
{
    RecordTable *table = record->table;
    ARENA_PUSH(table->arena, table->changed, table->changed_count, table->changed_capacity, record);
}

/* What the field was, if anything, joined with more; *record becomes the one of which it is a part then.  The join may make it a part of
 * another one, or let this very field grow: then once more. */
static CoreType joined_field(CoreRecord **record, bool is_next, int field, const CoreType *more, const CoreType **old)
{
    CoreType joined;
    const CoreType **place;
    do {
        *record = record_root(*record);
        place = is_next ? &(*record)->next[field] : &(*record)->fields[field];
        *old = *place;
        joined = *old ? type_join((*record)->table->arena, *old, more) : *more;
    } while ((*record)->same || *place != *old);
    return joined;
}

static void add_to_field(CoreRecord *record, int field, const CoreType *more)
{
    Arena *arena = record->table->arena;
    const CoreType *old;
    CoreType next = joined_field(&record, false, field, more, &old);
    if (old && type_equal(old, &next)) return;
    if (old && ++record->changes[field] > CHANGES_BEFORE_WIDENING) {
        bool to_limits = record->changes[field] <= CHANGES_BEFORE_WIDENING + TYPE_WIDENINGS_TO_LIMITS;
        next = type_widen(arena, old, &next, to_limits ? record->table->limits : NULL);
    }
    record->fields[field] = type_keep(arena, &next);
    note_change(record);
}

static void add_to_next(CoreRecord *record, int field, const CoreType *more)
{
    const CoreType *old;
    CoreType next = joined_field(&record, true, field, more, &old);
    if (!old || !type_equal(old, &next)) record->next[field] = type_keep(record->table->arena, &next);
}

/* Does its readers' record say more of some field now?  All readers of the whole would be too many for each part that joins it. */
static bool has_grown(CoreRecord *part)
{
    const CoreRecord *whole = record_root(part);
    for (int i = 0; i < RECORD_FIELDS_MAX; i++)
        if (whole->fields[i] && !type_equal(whole->fields[i], part->fields[i])) return true;
    return false;
}

/* Of those that became a part of another one while types were joined. */
static void join_fields(RecordTable *table)
{
    if (table->is_joining) return;
    table->is_joining = true;
    while (table->joined_count) {
        CoreRecord *part = table->joined[--table->joined_count];
        for (int i = 0; i < RECORD_FIELDS_MAX; i++) {
            if (part->fields[i]) add_to_field(part, i, part->fields[i]);
            if (part->next[i]) add_to_next(part, i, part->next[i]);
        }
        if (has_grown(part)) note_change(part);
    }
    table->is_joining = false;
}

CoreRecord *record_join(CoreRecord *a, CoreRecord *b)
{
    RecordTable *table = a->table;
    a = record_root(a);
    b = record_root(b);
    if (a == b) return a;
    if (!table->is_open) return NULL;
    if (b->number < a->number) {
        CoreRecord *first = b;
        b = a;
        a = first;
    }
    b->same = a;
    for (int i = 0; i < b->reader_count; i++)
        ARENA_PUSH(table->arena, a->readers, a->reader_count, a->reader_capacity, b->readers[i]);
    ARENA_PUSH(table->arena, table->joined, table->joined_count, table->joined_capacity, b);
    join_fields(table);
    return record_root(a);
}

void record_grow(CoreRecord *record, int field, const CoreType *type) { add_to_field(record, field, type); }

void record_narrow(CoreRecord *record, int field, const CoreType *type) { add_to_next(record, field, type); }

void records_end_narrowing(RecordTable *table)
{
    for (int i = 0; i < table->count; i++) {
        CoreRecord *record = table->items[i];
        for (int j = 0; j < RECORD_FIELDS_MAX; j++) {
            if (!record->same) record->fields[j] = record->next[j];
            record->next[j] = NULL;
        }
    }
}

/* ---- what records tell --------------------------------------------------------------------------------------------- */

/* Of a field, something else than of another one? */
static bool tells(const CoreRecord *record)
{
    if (record->is_cell)
        return (record->fields[0] && record->fields[0]->tags != TAGS_ALL) ||
               (record->fields[1] && record->fields[1]->tags != TAGS_ALL);
    const CoreType *first = record->fields[0];
    if (first && (first->record || first->cell)) return true; /* of an item at a depth that is known no more */
    for (int i = 1; first && i < RECORD_FIELDS_MAX && record->fields[i]; i++)
        if (!type_equal(first, record->fields[i])) return true;
    return false;
}

void records_close(RecordTable *table)
{
    int number = 0;
    for (int i = 0; i < table->count; i++) table->items[i]->number = 0;
    for (int i = 0; i < table->count; i++) {
        CoreRecord *record = table->items[i];
        if (!record->same && tells(record)) record->number = ++number;
    }
    table->is_open = false;
}

const CoreType *type_field(Arena *arena, const CoreType *vector, const CoreType *index)
{
    static const CoreType none = {0};
    const CoreRecord *record = vector ? record_root(vector->record) : NULL;
    if (!record || !record->number) return NULL;
    const CoreType *field = &none;
    int64_t last = index->hi < RECORD_FIELDS_MAX ? index->hi : RECORD_FIELDS_MAX - 1;
    for (int64_t i = index->lo > 0 ? index->lo : 0; i <= last; i++) {
        const CoreType *one = record->fields[i];
        if (one) field = field->tags ? type_copy(arena, type_join_apart(arena, field, one)) : one;
    }
    return field;
}

const CoreType *type_half(const CoreType *pair, int half)
{
    static const CoreType none = {0};
    const CoreRecord *record = pair ? record_root(pair->cell) : NULL;
    if (!record || !record->number) return NULL;
    return record->fields[half] ? record->fields[half] : &none;
}

const CoreType *type_item_at(Arena *arena, const CoreType *vector, int64_t index)
{
    CoreType at = type_int(index, index);
    const CoreType *field = type_field(arena, vector, &at);
    if (!field || !vector->item) return field ? field : vector->item;
    return type_copy(arena, type_meet(vector->item, field));
}
