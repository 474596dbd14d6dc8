/* The index of a map or set: from the hash of a key to the number of its entry (entries.h holds the entry itself).
 *
 * It has one of two forms.  Most large tables are built and asked by one owner, and then a flat table is best: open
 * addressing with linear probing, one cache miss a look-up where a trie takes three (a million random look-ups in a map of as
 * many keys took 2.8 times C's time with the trie alone).  But it cannot be shared, so when a table that has other owners is
 * changed, its index becomes a hash trie (index_trie.h) for good, in place, and the new version shares that.
 * A small index is a trie as well; one that is changed by its only owner becomes flat when its size
 * passes a power of two.  Hence all conversions together cost no more than the insertions between them did.
 *
 * The index knows nothing of keys: who searches compares the keys of the few entries that have the right hash.  It is
 * therefore plain data, and giving a present key a new value does not touch it.
 */
#ifndef CONSAIR_INDEX_H
#define CONSAIR_INDEX_H

#include "index_trie.h"

#define RT_NO_SLOT UINT64_MAX /* no entry has this number */

typedef struct RtFlatIndex {
    uint32_t count; /* 1: it has one owner */
    uint32_t used; /* slots */
    uint32_t bits; /* there are 1 << bits places; a slot's home are the top bits of its hash */
    uint32_t unused;
    uint64_t slots
        []; /* a slot lies at its home, or behind it with no free place between: the last place is next to the first */
} RtFlatIndex;

typedef struct RtIndex { /* one of them, or neither: empty */
    RtTrieNode *trie;
    RtFlatIndex *flat;
} RtIndex;

typedef struct RtIndexSearch { /* the slots with a hash */
    const uint64_t *slots;
    uint32_t hash;
    uint32_t next; /* position in slots */
    uint32_t mask; /* 0: a trie's, all of the slots have the hash */
    uint32_t left; /* a trie's */
} RtIndexSearch;

RtIndexSearch rt_index_search_trie(const RtTrieNode *root, uint32_t hash);

static inline uint32_t rt_index_home(const RtFlatIndex *flat, uint32_t hash) { return hash >> (32 - flat->bits); }

static inline RtIndexSearch rt_index_search(const RtIndex *index, uint32_t hash)
{
    const RtFlatIndex *flat = index->flat;
    if (!flat) return rt_index_search_trie(index->trie, hash);
    return (RtIndexSearch){flat->slots, hash, rt_index_home(flat, hash), (UINT32_C(1) << flat->bits) - 1, 0};
}

/* The number of the next entry with the hash, or -1. */
static inline int64_t rt_index_next(RtIndexSearch *s)
{
    if (!s->mask && s->left == 0) return -1;
    if (!s->mask) {
        s->left--;
        return rt_slot_entry(s->slots[s->next++]);
    }
    for (;;) {
        uint64_t slot = s->slots[s->next];
        if (slot == RT_NO_SLOT) return -1;
        s->next = (s->next + 1) & s->mask;
        if (rt_slot_hash(slot) == s->hash) return rt_slot_entry(slot);
    }
}

void rt_index_insert(RtIndex *index, uint32_t hash, uint32_t entry,
                     uint32_t size); /* not there yet; `size` others are */
void rt_index_remove(RtIndex *index, uint32_t hash, uint32_t entry); /* the entry is there */
/* Another owner of the same slots. */
RtIndex rt_index_dup(RtIndex *index);
/* The form whose shape depends on the hashes only. */
RtTrieNode *rt_index_as_trie(RtIndex *index);
void rt_index_drop(RtIndex *index);
void rt_index_make_immortal(RtIndex *index);
/* Calls visit for each slot, in any order. */
void rt_index_each(const RtIndex *index, void (*visit)(void *context, uint64_t slot), void *context);

#endif
