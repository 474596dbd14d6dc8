/* Flat tables; see flat.h. */
#include "flat.h"
#include "internal.h"

enum {
    BITS_MIN = 4, /* of an index */
    BITS_MAX = 31,
    ASK_BYTES = 4096 /* less is not worth a question */
};

static uint32_t room(uint32_t bits)
{
    return (uint32_t)((UINT64_C(3) << bits) / 4);
} /* above that, searches become long */
static size_t slots_bytes(uint32_t bits) { return sizeof(uint32_t) << bits; }
static size_t entries_bytes(const RtTable *table, uint32_t capacity) { return (size_t)capacity * table->entry_bytes; }

/* Has room for so many entries. */
static RtFlat plan(uint64_t wanted)
{
    RtFlat flat = {.capacity = 2};
    while (flat.capacity < RT_FLAT_FEW && flat.capacity < wanted) flat.capacity *= 2;
    if (wanted <= flat.capacity) return flat;
    flat.bits = BITS_MIN;
    while (flat.bits < BITS_MAX && room(flat.bits) < wanted) flat.bits++;
    flat.capacity = room(flat.bits);
    return flat;
}

static void squeeze(RtTable *table)
{
    if (table->live == table->next) return;
    uint32_t to = 0;
    for (uint32_t number = table->first; number < table->next; number++) {
        const RtEntry *entry = rt_flat_entry(table, number);
        if (!rt_is_entry_hole(entry)) memmove(rt_flat_entry(table, to++), entry, table->entry_bytes);
    }
    table->first = 0;
    table->next = table->live;
}

void rt_flat_index(RtTable *table)
{
    RtFlat *flat = &table->flat;
    if (!flat->slots) return;
    uint32_t bits = flat->bits, mask = (UINT32_C(1) << bits) - 1;
    memset(flat->slots, 0xff, slots_bytes(bits));
    for (uint32_t number = 0; number < table->next; number++) {
        uint32_t hash = rt_flat_entry(table, number)->hash, at = hash >> (32 - bits);
        while (flat->slots[at] != RT_NO_SLOT) at = (at + 1) & mask;
        flat->slots[at] = hash << bits | number;
    }
}

static void free_slots(RtFlat *flat)
{
    if (flat->slots) rt_free(flat->slots, slots_bytes(flat->bits));
    flat->slots = NULL;
}

static void free_entries(RtTable *table)
{
    if (table->flat.entries) rt_free(table->flat.entries, entries_bytes(table, table->flat.capacity));
    table->flat.entries = NULL;
}

static void resize_entries(RtTable *table, uint32_t capacity)
{
    RtEntry *larger = rt_alloc(entries_bytes(table, capacity));
    if (table->next) memcpy(larger, table->flat.entries, entries_bytes(table, table->next));
    free_entries(table);
    table->flat.entries = larger;
    table->flat.capacity = capacity;
}

bool rt_flat_fit(RtTable *table, uint64_t wanted)
{
    RtFlat *flat = &table->flat, next = plan(wanted);
    size_t size_bytes = entries_bytes(table, next.capacity) + (next.bits ? slots_bytes(next.bits) : 0);
    bool grows = next.capacity > flat->capacity;
    if (next.capacity < wanted || (grows && size_bytes > ASK_BYTES && !rt_ask_memory(size_bytes))) return false;
    squeeze(table);
    if (next.bits != flat->bits) free_slots(flat); /* first, for the sake of the largest size of memory */
    if (next.capacity != flat->capacity) resize_entries(table, next.capacity);
    flat->bits = next.bits;
    if (next.bits && !flat->slots) flat->slots = rt_alloc(slots_bytes(next.bits));
    rt_flat_index(table);
    return true;
}

void rt_flat_copy(RtTable *table, const RtTable *from)
{
    table->flat = from->flat;
    if (from->flat.entries) {
        table->flat.entries = rt_alloc(entries_bytes(from, from->flat.capacity));
        memcpy(table->flat.entries, from->flat.entries, entries_bytes(from, from->next));
    }
    if (from->flat.slots) {
        table->flat.slots = rt_alloc(slots_bytes(from->flat.bits));
        memcpy(table->flat.slots, from->flat.slots, slots_bytes(from->flat.bits));
    }
    for (uint32_t number = from->first; number < from->next; number++)
        rt_entry_dup(rt_flat_entry(table, number), table->entry_bytes);
}

uint32_t rt_flat_blocks(const RtTable *table) { return (table->flat.entries != NULL) + (table->flat.slots != NULL); }

void rt_flat_free(RtTable *table)
{
    free_slots(&table->flat);
    free_entries(table);
}
