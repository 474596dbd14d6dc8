/* The hash trie of maps and sets; what it is is in index_trie.h.
 *
 * Removing walks down to the slot, taking each node for itself, and on the way back pulls a slot that is alone in its
 * node up into the parent: that keeps the canonical form.  Recursion here is at most RT_TRIE_MAX_DEPTH deep.
 */
#include "index_trie.h"
#include "internal.h"

enum { PLACE_MASK = (1 << RT_TRIE_BITS) - 1 };

static inline bool is_bucket(uint32_t shift) { return shift >= RT_TRIE_HASH_BITS; }
static inline uint32_t place_bit(uint32_t hash, uint32_t shift) { return 1u << (hash >> shift & PLACE_MASK); }
static inline uint32_t position(const RtTrieNode *node, uint32_t bit)
{
    return (uint32_t)__builtin_popcount(node->used & (bit - 1));
}

static size_t node_size_bytes(uint32_t size) { return sizeof(RtTrieNode) + size * sizeof(RtTrieItem); }

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

static RtTrieNode *make_node(uint32_t size, uint32_t used, uint32_t branches)
{
    RtTrieNode *node = rt_alloc(node_size_bytes(size));
    node->count = 1;
    node->size = size;
    node->used = used;
    node->branches = branches;
    return node;
}

static RtTrieNode *make_single(uint64_t slot, uint32_t shift)
{
    RtTrieNode *node = make_node(1, is_bucket(shift) ? 0 : place_bit(rt_slot_hash(slot), shift), 0);
    node->items[0].slot = slot;
    return node;
}

RtTrieNode *rt_trie_dup(RtTrieNode *root)
{
    if (root && (int32_t)root->count >= 0) root->count++;
    return root;
}

static void dup_children(const RtTrieNode *node)
{
    for (uint32_t rest = node->branches; rest; rest &= rest - 1)
        rt_trie_dup(node->items[position(node, rest & -rest)].child);
}

/* The items of the node have been moved (if it was ours alone) or copied elsewhere. */
static void leave_node(RtTrieNode *node)
{
    if (node->count == 1) {
        rt_free(node, node_size_bytes(node->size));
        return;
    }
    dup_children(node);
    if ((int32_t)node->count >= 0) node->count--;
}

static RtTrieNode *own_node(RtTrieNode *node)
{
    if (rt_may_change(node, node->size)) return node;
    RtTrieNode *copy = make_node(node->size, node->used, node->branches);
    memcpy(copy->items, node->items, node->size * sizeof *node->items);
    leave_node(node);
    return copy;
}

/* The node with one more slot.  In a bucket `bit` is 0. */
static RtTrieNode *add_slot(RtTrieNode *node, uint32_t bit, uint64_t slot)
{
    uint32_t at = bit ? position(node, bit) : node->size;
    RtTrieNode *larger = make_node(node->size + 1, node->used | bit, node->branches);
    memcpy(larger->items, node->items, at * sizeof *node->items);
    larger->items[at].slot = slot;
    memcpy(larger->items + at + 1, node->items + at, (node->size - at) * sizeof *node->items);
    leave_node(node);
    return larger;
}

/* The node without the slot at this position; NULL when it was the only item. */
static RtTrieNode *remove_slot(RtTrieNode *node, uint32_t bit, uint32_t at)
{
    RtTrieNode *smaller = NULL;
    if (node->size > 1) {
        smaller = make_node(node->size - 1, node->used & ~bit, node->branches);
        memcpy(smaller->items, node->items, at * sizeof *node->items);
        memcpy(smaller->items + at, node->items + at + 1, (node->size - at - 1) * sizeof *node->items);
    }
    leave_node(node);
    return smaller;
}

/* ---- the trie ---------------------------------------------------------------------------------------------------- */

uint32_t rt_trie_find(const RtTrieNode *root, uint32_t hash, const RtTrieItem **items)
{
    const RtTrieNode *node = root;
    for (uint32_t shift = 0; node; shift += RT_TRIE_BITS) {
        if (is_bucket(shift)) {
            *items = node->items;
            return node->size;
        }
        uint32_t bit = place_bit(hash, shift);
        if (!(node->used & bit)) return 0;
        const RtTrieItem *item = &node->items[position(node, bit)];
        if (!(node->branches & bit)) {
            *items = item;
            return rt_slot_hash(item->slot) == hash;
        }
        node = item->child;
    }
    return 0;
}

void rt_trie_insert(RtTrieNode **root, uint32_t hash, uint32_t entry)
{
    uint64_t slot = rt_slot_make(hash, entry);
    RtTrieNode **place = root;
    if (!*place) {
        *place = make_single(slot, 0);
        return;
    }
    for (uint32_t shift = 0;; shift += RT_TRIE_BITS) {
        uint32_t bit = is_bucket(shift) ? 0 : place_bit(hash, shift);
        if (!((*place)->used & bit)) {
            *place = add_slot(*place, bit, slot);
            return;
        }
        RtTrieNode *node = *place = own_node(*place);
        RtTrieItem *item = &node->items[position(node, bit)];
        if (!(node->branches & bit)) { /* two hashes agree so far: both go one node deeper */
            item->child = make_single(item->slot, shift + RT_TRIE_BITS);
            node->branches |= bit;
        }
        place = &item->child;
    }
}

/* The node, consumed, without the slot. */
static RtTrieNode *remove_below(RtTrieNode *node, uint32_t shift, uint64_t slot)
{
    if (is_bucket(shift)) {
        uint32_t at = 0;
        while (node->items[at].slot != slot) at++;
        return remove_slot(node, 0, at);
    }
    uint32_t bit = place_bit(rt_slot_hash(slot), shift);
    if (!(node->branches & bit)) return remove_slot(node, bit, position(node, bit));
    node = own_node(node);
    RtTrieItem *item = &node->items[position(node, bit)];
    RtTrieNode *child = item->child = remove_below(item->child, shift + RT_TRIE_BITS, slot);
    if (child->size == 1 && !child->branches) { /* alone: its place is here; a child below us is never empty */
        uint64_t last = child->items[0].slot;
        leave_node(child);
        item->slot = last;
        node->branches &= ~bit;
    }
    return node;
}

void rt_trie_remove(RtTrieNode **root, uint32_t hash, uint32_t entry)
{
    *root = remove_below(*root, 0, rt_slot_make(hash, entry));
}

void rt_trie_drop(RtTrieNode *root)
{
    if (!root || (int32_t)root->count < 0) return;
    if (--root->count) return;
    for (uint32_t rest = root->branches; rest; rest &= rest - 1)
        rt_trie_drop(root->items[position(root, rest & -rest)].child);
    rt_free(root, node_size_bytes(root->size));
}

void rt_trie_make_immortal(RtTrieNode *root)
{
    if (!root || root->count & RT_IMMORTAL) return;
    root->count = RT_IMMORTAL;
    rt_count_immortal(1);
    for (uint32_t rest = root->branches; rest; rest &= rest - 1)
        rt_trie_make_immortal(root->items[position(root, rest & -rest)].child);
}

void rt_trie_each(const RtTrieNode *root, void (*visit)(void *context, uint64_t slot), void *context)
{
    if (!root) return;
    uint32_t used = root->used;
    for (uint32_t i = 0; i < root->size; i++, used &= used - 1) {
        if (root->branches & used & -used) rt_trie_each(root->items[i].child, visit, context);
        else visit(context, root->items[i].slot);
    }
}
