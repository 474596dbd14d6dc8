/* The two forms of an index, and when one becomes the other; index.h says why.
 *
 * Removing from a flat index moves the slots behind the free place back towards their homes (Knuth, The Art of Computer
 * Programming, volume 3, section 6.4, algorithm R), so there are no marks of removed slots.
 */
#include "index.h"
#include "internal.h"

enum { FLAT_MIN = 64 /* slots; a smaller trie is a node or two */, FLAT_BITS_MAX = 31 };

static size_t flat_size_bytes(uint32_t bits) { return sizeof(RtFlatIndex) + ((size_t)8 << bits); }
static uint32_t mask_of(const RtFlatIndex *flat) { return (UINT32_C(1) << flat->bits) - 1; }
static uint64_t room(uint32_t bits) { return (UINT64_C(3) << bits) / 4; } /* above that, searches become long */

static RtFlatIndex *flat_new(uint32_t bits)
{
    RtFlatIndex *flat = rt_alloc(flat_size_bytes(bits));
    *flat = (RtFlatIndex){.count = 1, .bits = bits};
    memset(flat->slots, 0xff, (size_t)8 << bits);
    return flat;
}

static void flat_free(RtFlatIndex *flat) { rt_free(flat, flat_size_bytes(flat->bits)); }

static void flat_add(void *context, uint64_t slot)
{
    RtFlatIndex *flat = context;
    uint32_t at = rt_index_home(flat, rt_slot_hash(slot));
    while (flat->slots[at] != RT_NO_SLOT) at = (at + 1) & mask_of(flat);
    flat->slots[at] = slot;
    flat->used++;
}

static void flat_each(const RtFlatIndex *flat, void (*visit)(void *context, uint64_t slot), void *context)
{
    for (uint32_t i = 0; i <= mask_of(flat); i++)
        if (flat->slots[i] != RT_NO_SLOT) visit(context, flat->slots[i]);
}

static RtFlatIndex *flat_grown(RtFlatIndex *flat)
{
    RtFlatIndex *larger = flat_new(flat->bits + 1);
    flat_each(flat, flat_add, larger);
    flat_free(flat);
    return larger;
}

static void flat_remove(RtFlatIndex *flat, uint64_t slot)
{
    uint32_t mask = mask_of(flat), hole = rt_index_home(flat, rt_slot_hash(slot));
    while (flat->slots[hole] != slot) hole = (hole + 1) & mask;
    for (uint32_t at = (hole + 1) & mask; flat->slots[at] != RT_NO_SLOT; at = (at + 1) & mask) {
        uint32_t home = rt_index_home(flat, rt_slot_hash(flat->slots[at]));
        if (((at - home) & mask) < ((at - hole) & mask)) continue; /* the hole is in front of its home */
        flat->slots[hole] = flat->slots[at];
        hole = at;
    }
    flat->slots[hole] = RT_NO_SLOT;
    flat->used--;
}

/* ---- from one form to the other ---------------------------------------------------------------------------------- */

static void trie_add(void *context, uint64_t slot) { rt_trie_insert(context, rt_slot_hash(slot), rt_slot_entry(slot)); }

RtTrieNode *rt_index_as_trie(RtIndex *index)
{
    if (index->flat) {
        flat_each(index->flat, trie_add, &index->trie);
        flat_free(index->flat);
        index->flat = NULL;
    }
    return index->trie;
}

static void make_flat(RtIndex *index, uint32_t size)
{
    uint32_t bits = (uint32_t)(32 - __builtin_clz(size)); /* at least twice as many places */
    if (bits > FLAT_BITS_MAX) return;
    index->flat = flat_new(bits);
    rt_trie_each(index->trie, flat_add, index->flat);
    rt_trie_drop(index->trie);
    index->trie = NULL;
}

/* ---- an index ------------------------------------------------------------------------------------------------------ */

RtIndexSearch rt_index_search_trie(const RtTrieNode *root, uint32_t hash)
{
    const RtTrieItem *items = NULL;
    uint32_t count = rt_trie_find(root, hash, &items);
    return (RtIndexSearch){.slots = (const uint64_t *)items, .hash = hash, .left = count};
}

void rt_index_insert(RtIndex *index, uint32_t hash, uint32_t entry, uint32_t size)
{
    bool is_power = (size & (size - 1)) == 0;
    if (!index->flat && size >= FLAT_MIN && is_power) make_flat(index, size);
    if (index->flat && index->flat->used >= room(index->flat->bits)) {
        if (index->flat->bits < FLAT_BITS_MAX) index->flat = flat_grown(index->flat);
        else rt_index_as_trie(index);
    }
    if (index->flat) flat_add(index->flat, rt_slot_make(hash, entry));
    else rt_trie_insert(&index->trie, hash, entry);
}

void rt_index_remove(RtIndex *index, uint32_t hash, uint32_t entry)
{
    if (index->flat) flat_remove(index->flat, rt_slot_make(hash, entry));
    else rt_trie_remove(&index->trie, hash, entry);
}

RtIndex rt_index_dup(RtIndex *index) { return (RtIndex){.trie = rt_trie_dup(rt_index_as_trie(index))}; }

void rt_index_drop(RtIndex *index)
{
    if (index->flat) flat_free(index->flat);
    rt_trie_drop(index->trie);
}

void rt_index_make_immortal(RtIndex *index) { rt_trie_make_immortal(rt_index_as_trie(index)); }

void rt_index_each(const RtIndex *index, void (*visit)(void *context, uint64_t slot), void *context)
{
    if (index->flat) flat_each(index->flat, visit, context);
    else rt_trie_each(index->trie, visit, context);
}
