/* The form of a table that has one owner: its entries one behind the other, and an index of open addressing with linear probing.
 *
 * A slot of the index has 32 bits: the number of the entry, and above it those bits of the hash that do not say where its home is.  So
 * a look-up in a large table is two cache misses, of the slot and of the entry.  Every entry has its slot, holes too, until the
 * entries are numbered anew: then there is nothing to do when one is removed, and the entries are all that is needed
 * for a new index.  A few entries are looked through without an index.
 */
#ifndef CONSAIR_FLAT_H
#define CONSAIR_FLAT_H

#include "hash.h"
#include "table.h"

enum { RT_FLAT_FEW = 8 /* entries that have no index */ };
#define RT_NO_SLOT UINT32_MAX /* no entry has this number */

static inline uint32_t rt_fold_hash(uint64_t hash) { return (uint32_t)(hash ^ hash >> 32); }
static inline uint32_t rt_table_hash(RtValue key) { return rt_fold_hash(rt_hash_quick(key)); } /* borrowed */

static inline RtEntry *rt_flat_entry(const RtTable *table, uint32_t number)
{
    return (void *)((char *)table->flat.entries + (size_t)number * table->entry_bytes);
}

/* Of keys with one hash. */
static inline bool rt_is_key(const RtEntry *entry, RtValue key)
{
    if (entry->key_tag != key.tag) return false;
    if (rt_is_word(key)) return entry->key == key.data;
    if (key.tag == RT_STRING) return rt_same_bytes(rt_as_string(rt_entry_key(entry)), rt_as_string(key));
    return rt_equal_borrow(rt_entry_key(entry), key);
}

/* A walk along the slots of entries that may have a hash. */
typedef struct RtFlatWalk {
    uint32_t mask, at, wanted;
} RtFlatWalk;
static inline RtFlatWalk rt_flat_walk(const RtFlat *flat, uint32_t hash)
{
    return (RtFlatWalk){(UINT32_C(1) << flat->bits) - 1, hash >> (32 - flat->bits), hash << flat->bits};
}
/* The number of the next entry; RT_NO_SLOT at the end, which is where an entry with that hash would go. */
static inline uint32_t rt_flat_next(const RtFlat *flat, RtFlatWalk *walk)
{
    for (;; walk->at = (walk->at + 1) & walk->mask) {
        uint32_t slot = flat->slots[walk->at];
        if (slot == RT_NO_SLOT) return slot;
        if ((slot ^ walk->wanted) > walk->mask) continue;
        walk->at = (walk->at + 1) & walk->mask;
        return slot & walk->mask;
    }
}

/* The entry, or NULL; then, if there is an index, *place is its free slot for that key. */
static inline RtEntry *rt_flat_find(const RtTable *table, RtValue key, uint32_t hash, uint32_t *place)
{
    const RtFlat *flat = &table->flat;
    if (!flat->slots) {
        for (uint32_t number = 0; number < table->next; number++) {
            RtEntry *entry = rt_flat_entry(table, number);
            if (entry->hash == hash && rt_is_key(entry, key)) return entry;
        }
        return NULL;
    }
    RtFlatWalk walk = rt_flat_walk(flat, hash);
    for (;;) {
        uint32_t number = rt_flat_next(flat, &walk);
        if (number == RT_NO_SLOT) break;
        RtEntry *entry = rt_flat_entry(table, number);
        if (entry->hash == hash && rt_is_key(entry, key)) return entry;
    }
    *place = walk.at;
    return NULL;
}

/* The same for such a key, without a call and, where there is no index, without its hash. */
static inline __attribute__((always_inline)) RtEntry *rt_flat_find_word(const RtTable *table, RtValue key,
                                                                        uint32_t *place)
{
    const RtFlat *flat = &table->flat;
    if (!flat->slots) {
        RtEntry *entry = flat->entries;
        for (uint32_t left = table->next; left > 0; left--) {
            if (entry->key == key.data && entry->key_tag == key.tag) return entry;
            entry = (void *)((char *)entry + table->entry_bytes);
        }
        return NULL;
    }
    uint32_t hash = rt_fold_hash(rt_hash_word(key));
    uint32_t bits = flat->bits, mask = (UINT32_C(1) << bits) - 1, wanted = hash << bits;
    for (uint32_t at = hash >> (32 - bits);; at = (at + 1) & mask) {
        uint32_t slot = flat->slots[at];
        if (slot == RT_NO_SLOT) {
            *place = at;
            return NULL;
        }
        if ((slot ^ wanted) > mask) continue;
        RtEntry *entry = rt_flat_entry(table, slot & mask);
        if (entry->key == key.data && entry->key_tag == key.tag) return entry;
    }
}

/* Numbers the entries anew, without holes, and gives room for so many; false: there is no memory for that, and nothing was done. */
bool rt_flat_fit(RtTable *table, uint64_t wanted);
void rt_flat_index(RtTable *table); /* makes the index, if any, anew */
/* Gets the entries and the index of another one, which goes on sharing what they hold. */
void rt_flat_copy(RtTable *table, const RtTable *from);
/* Room for a few entries in an empty table. */
static inline void rt_flat_begin(RtTable *table, uint32_t few)
{
    table->flat.entries = rt_alloc((size_t)few * table->entry_bytes);
    table->flat.capacity = few;
}
/* The key is not there; place: what rt_flat_find said.  There is room. */
static inline void rt_flat_append(RtTable *table, RtValue key, RtValue value, uint32_t hash, uint32_t place)
{
    uint32_t number = table->next++;
    table->live++;
    rt_entry_init(rt_flat_entry(table, number), table->entry_bytes, key, value, hash);
    if (table->flat.slots) table->flat.slots[place] = hash << table->flat.bits | number;
}
uint32_t rt_flat_blocks(const RtTable *table); /* of rt_alloc, beyond the table */
void rt_flat_free(RtTable *table); /* but not what it holds */

#endif
