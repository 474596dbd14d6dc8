/* The index of a map or set: from the hash of a key to the number of its entry (entries.h holds the entry itself).
 *
 * A compressed hash trie in the canonical form of CHAMP (Steindorfer & Vinju, OOPSLA 2015): five bits of the hash
 * choose the place in a node, a node stores only the places that are used, and an entry lies in the shallowest node
 * where its hash is alone.  So the shape depends on the set of hashes only, never on the history.  Below the last bit
 * of the hash lie buckets: all items have the same hash, in any order.
 *
 * The index knows nothing of keys: who searches compares the keys of the few entries that have the right hash.  It is
 * therefore plain data, and giving a present key a new value does not touch it.
 *
 * Nodes are counted like objects (a count with the top bit set is sticky) and changed in place when nobody else holds
 * them, else copied: the functions that change take the address of the pointer that owns the root.
 */
#ifndef CONSAIR_INDEX_H
#define CONSAIR_INDEX_H

#include "value.h"

enum { RT_INDEX_BITS = 5, RT_INDEX_HASH_BITS = 32, RT_INDEX_MAX_DEPTH = 8 /* nodes from the root to a bucket */ };

struct RtIndexNode;
typedef union RtIndexItem {
    uint64_t slot; /* hash << 32 | number of the entry */
    struct RtIndexNode *child;
} RtIndexItem;

typedef struct RtIndexNode {
    uint32_t count;
    uint32_t size; /* items */
    uint32_t used; /* bit i: place i has an item; they lie in the order of the bits.  0 in a bucket */
    uint32_t branches; /* bit i: the item is a child, else a slot */
    RtIndexItem items[];
} RtIndexNode;

static inline uint32_t rt_slot_hash(uint64_t slot) { return (uint32_t)(slot >> 32); }
static inline uint32_t rt_slot_entry(uint64_t slot) { return (uint32_t)slot; }

/* The items with this hash; gives how many there are, all of them slots.  Root NULL: empty. */
uint32_t rt_index_find(const RtIndexNode *root, uint32_t hash, const RtIndexItem **items);
void rt_index_insert(RtIndexNode **root, uint32_t hash, uint32_t entry); /* the entry is not there yet */
void rt_index_remove(RtIndexNode **root, uint32_t hash, uint32_t entry); /* the entry is there */
RtIndexNode *rt_index_dup(RtIndexNode *root);
void rt_index_drop(RtIndexNode *root);
void rt_index_make_immortal(RtIndexNode *root);
/* Calls visit for each slot, in the order of the hashes' low bits. */
void rt_index_each(const RtIndexNode *root, void (*visit)(void *context, uint64_t slot), void *context);

#endif
