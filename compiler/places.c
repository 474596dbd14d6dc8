/* The side table of places: where in the sources each datum was read.
 *
 * Data are ordinary run-time values without room for a place, so the table is keyed by the addresses inside them: a
 * cons cell or vector itself (PLACE_SELF), the element a cell holds (PLACE_CAR), an item of a vector.  An entry is a
 * pair of offsets; the RtPlace is made when somebody asks for it.  Every key is distinct because objects are aligned to
 * 8 bytes and the slot sits in the low bits.
 */
#include "frontend.h"

#include <stdlib.h>

/* Neighbours in memory are neighbours in the table: a reader fills it block by block, not cache line by cache line at
 * random. */
static size_t hash_key(uintptr_t key)
{
    uint64_t h = (uint64_t)(key >> 7) * 0x9e3779b97f4a7c15u;
    return (size_t)(h >> 32) << 4 | (key >> 3 & 15);
}

static PlaceEntry *find_entry(const PlaceTable *table, uintptr_t key)
{
    size_t mask = table->capacity - 1;
    size_t i = hash_key(key) & mask;
    while (table->entries[i].key && table->entries[i].key != key) i = (i + 1) & mask;
    return &table->entries[i];
}

static void grow(PlaceTable *table)
{
    PlaceTable old = *table;
    table->capacity = old.capacity ? 2 * old.capacity : 64;
    table->entries = calloc(table->capacity, sizeof *table->entries);
    if (!table->entries) rt_out_of_memory();
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key) *find_entry(table, old.entries[i].key) = old.entries[i];
    free(old.entries);
}

static void set_key(PlaceTable *table, uintptr_t key, uint32_t begin, uint32_t end)
{
    if (3 * (table->count + 1) > 2 * table->capacity) grow(table);
    PlaceEntry *entry = find_entry(table, key);
    if (!entry->key) table->count++;
    *entry = (PlaceEntry){key, begin, end};
}

static uintptr_t item_key(const void *vector, int64_t index)
{
    return (uintptr_t)vector + 8 * ((uintptr_t)index + 1) + PLACE_CAR;
}

void place_table_set(PlaceTable *table, const void *object, enum PlaceSlot slot, uint32_t begin, uint32_t end)
{
    set_key(table, (uintptr_t)object + slot, begin, end);
}

void place_table_set_item(PlaceTable *table, const void *vector, int64_t index, uint32_t begin, uint32_t end)
{
    set_key(table, item_key(vector, index), begin, end);
}

void place_table_add_all(PlaceTable *table, const PlaceTable *from)
{
    for (size_t i = 0; i < from->capacity; i++) {
        const PlaceEntry *entry = &from->entries[i];
        if (entry->key) set_key(table, entry->key, entry->begin, entry->end);
    }
}

void place_table_free(PlaceTable *table)
{
    free(table->entries);
    *table = (PlaceTable){0};
}

/* NULL: not read from a source */
static const PlaceEntry *known_entry(const Compiler *c, uintptr_t key)
{
    const PlaceEntry *entry = NULL;
    for (const PlaceTable *table = &c->places; table && !(entry && entry->key); table = table->older)
        if (table->count) entry = find_entry(table, key);
    return entry && entry->key ? entry : NULL;
}

static const RtPlace *find_place(const Compiler *c, uintptr_t key)
{
    if (c->ignores_places) return NULL;
    const PlaceEntry *entry = known_entry(c, key);
    if (!entry) return NULL;
    SourceFile *s = c->sources;
    while (s && s->base_offset > entry->begin) s = s->next;
    if (!s) return NULL;
    /* The place goes into the arena, which does not change what the compiler knows. */
    return source_place((Compiler *)(uintptr_t)c, &s->base, entry->begin - s->base_offset, entry->end - s->base_offset);
}

const RtPlace *reader_place_of_datum(const Compiler *c, RtValue cons_or_vector)
{
    return rt_is_heap(cons_or_vector) ? find_place(c, (uintptr_t)rt_object(cons_or_vector) + PLACE_SELF) : NULL;
}

const RtPlace *reader_place_of_car(const Compiler *c, const RtCons *cell)
{
    return find_place(c, (uintptr_t)cell + PLACE_CAR);
}

bool place_is_within(const Compiler *c, const RtCons *cell, RtValue form)
{
    const PlaceEntry *inner = known_entry(c, (uintptr_t)cell + PLACE_CAR);
    const PlaceEntry *outer = known_entry(c, (uintptr_t)rt_object(form) + PLACE_SELF);
    return inner && outer && inner->begin >= outer->begin && inner->end <= outer->end;
}

const RtPlace *reader_place_of_item(const Compiler *c, RtValue vector, int64_t index)
{
    return find_place(c, item_key(rt_object(vector), index));
}
