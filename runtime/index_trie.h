/* The index of a table as a hash trie, whose versions share what they have in common.
 *
 * A compressed hash trie in the canonical form of CHAMP (Steindorfer & Vinju, OOPSLA 2015): five bits of the hash
 * choose the place in a node, a node stores only the places that are used, and an entry lies in the shallowest node
 * where its hash is alone.  So the shape depends on the set of hashes only, never on the history.  Below the last bit
 * of the hash lie buckets: all items have the same hash, in any order.
 *
 * Nodes are counted like objects (a count with the top bit set is sticky) and changed in place when nobody else holds
 * them, else copied: the functions that change take the address of the pointer that owns the root.
 */
#ifndef CONSAIR_INDEX_TRIE_H
#define CONSAIR_INDEX_TRIE_H

#include "value.h"

enum { RT_TRIE_BITS = 5, RT_TRIE_HASH_BITS = 32, RT_TRIE_MAX_DEPTH = 8 /* nodes from the root to a bucket */ };

/* hash << 32 | number of the entry */
static inline uint64_t rt_slot_make(uint32_t hash, uint32_t entry) { return (uint64_t)hash << 32 | entry; }
static inline uint32_t rt_slot_hash(uint64_t slot) { return (uint32_t)(slot >> 32); }
static inline uint32_t rt_slot_entry(uint64_t slot) { return (uint32_t)slot; }

struct RtTrieNode;
typedef union RtTrieItem {
    uint64_t slot;
    struct RtTrieNode *child;
} RtTrieItem;

typedef struct RtTrieNode {
    uint32_t count;
    uint32_t size; /* items; never 0 */
    uint32_t used; /* bit i: place i has an item; they lie in the order of the bits.  0 in a bucket */
    uint32_t branches; /* bit i: the item is a child, else a slot */
    RtTrieItem items[];
} RtTrieNode;

/* The items with this hash; gives how many there are, all of them slots.  Root NULL: empty. */
uint32_t rt_trie_find(const RtTrieNode *root, uint32_t hash, const RtTrieItem **items);
void rt_trie_insert(RtTrieNode **root, uint32_t hash, uint32_t entry); /* the entry is not there yet */
void rt_trie_remove(RtTrieNode **root, uint32_t hash, uint32_t entry); /* the entry is there */
RtTrieNode *rt_trie_dup(RtTrieNode *root);
void rt_trie_drop(RtTrieNode *root);
void rt_trie_make_immortal(RtTrieNode *root);
/* Calls visit for each slot, in the order of the hashes' low bits. */
void rt_trie_each(const RtTrieNode *root, void (*visit)(void *context, uint64_t slot), void *context);

#endif
