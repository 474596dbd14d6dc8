/* The hash trie of maps and sets; what it is and why is in index.h.
 *
 * Removing walks down to the slot, taking each node for itself, and on the way back pulls a slot that is alone in its
 * node up into the parent: that keeps the canonical form.  Recursion here is at most RT_INDEX_MAX_DEPTH deep.
 */
#include "index.h"
#include "internal.h"

enum { PLACE_MASK = (1 << RT_INDEX_BITS) - 1 };

static inline bool is_bucket(uint32_t shift) { return shift >= RT_INDEX_HASH_BITS; }
static inline uint32_t place_bit(uint32_t hash, uint32_t shift) { return 1u << (hash >> shift & PLACE_MASK); }
static inline uint32_t position(const RtIndexNode *node, uint32_t bit)
{
    return (uint32_t)__builtin_popcount(node->used & (bit - 1));
}
static inline uint64_t make_slot(uint32_t hash, uint32_t entry) { return (uint64_t)hash << 32 | entry; }

static size_t node_size_bytes(uint32_t size) { return sizeof(RtIndexNode) + size * sizeof(RtIndexItem); }

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

static RtIndexNode *make_node(uint32_t size, uint32_t used, uint32_t branches)
{
    RtIndexNode *node = rt_alloc(node_size_bytes(size));
    node->count = 1;
    node->size = size;
    node->used = used;
    node->branches = branches;
    return node;
}

static RtIndexNode *make_single(uint64_t slot, uint32_t shift)
{
    RtIndexNode *node = make_node(1, is_bucket(shift) ? 0 : place_bit(rt_slot_hash(slot), shift), 0);
    node->items[0].slot = slot;
    return node;
}

RtIndexNode *rt_index_dup(RtIndexNode *root)
{
    if (root && (int32_t)root->count >= 0) root->count++;
    return root;
}

static void dup_children(const RtIndexNode *node)
{
    for (uint32_t rest = node->branches; rest; rest &= rest - 1)
        rt_index_dup(node->items[position(node, rest & -rest)].child);
}

/* The items of the node have been moved (if it was ours alone) or copied elsewhere. */
static void leave_node(RtIndexNode *node)
{
    if (node->count == 1) {
        rt_free(node, node_size_bytes(node->size));
        return;
    }
    dup_children(node);
    if ((int32_t)node->count >= 0) node->count--;
}

static RtIndexNode *own_node(RtIndexNode *node)
{
    if (rt_may_change(node, node->size)) return node;
    RtIndexNode *copy = make_node(node->size, node->used, node->branches);
    memcpy(copy->items, node->items, node->size * sizeof *node->items);
    leave_node(node);
    return copy;
}

/* The node with one more slot.  In a bucket `bit` is 0. */
static RtIndexNode *add_slot(RtIndexNode *node, uint32_t bit, uint64_t slot)
{
    uint32_t at = bit ? position(node, bit) : node->size;
    RtIndexNode *larger = make_node(node->size + 1, node->used | bit, node->branches);
    memcpy(larger->items, node->items, at * sizeof *node->items);
    larger->items[at].slot = slot;
    memcpy(larger->items + at + 1, node->items + at, (node->size - at) * sizeof *node->items);
    leave_node(node);
    return larger;
}

/* The node without the slot at this position; NULL when it was the only item. */
static RtIndexNode *remove_slot(RtIndexNode *node, uint32_t bit, uint32_t at)
{
    RtIndexNode *smaller = NULL;
    if (node->size > 1) {
        smaller = make_node(node->size - 1, node->used & ~bit, node->branches);
        memcpy(smaller->items, node->items, at * sizeof *node->items);
        memcpy(smaller->items + at, node->items + at + 1, (node->size - at - 1) * sizeof *node->items);
    }
    leave_node(node);
    return smaller;
}

/* ---- the trie ---------------------------------------------------------------------------------------------------- */

uint32_t rt_index_find(const RtIndexNode *root, uint32_t hash, const RtIndexItem **items)
{
    const RtIndexNode *node = root;
    for (uint32_t shift = 0; node; shift += RT_INDEX_BITS) {
        if (is_bucket(shift)) {
            *items = node->items;
            return node->size;
        }
        uint32_t bit = place_bit(hash, shift);
        if (!(node->used & bit)) return 0;
        const RtIndexItem *item = &node->items[position(node, bit)];
        if (!(node->branches & bit)) {
            *items = item;
            return rt_slot_hash(item->slot) == hash;
        }
        node = item->child;
    }
    return 0;
}

void rt_index_insert(RtIndexNode **root, uint32_t hash, uint32_t entry)
{
    uint64_t slot = make_slot(hash, entry);
    RtIndexNode **place = root;
    if (!*place) {
        *place = make_single(slot, 0);
        return;
    }
    for (uint32_t shift = 0;; shift += RT_INDEX_BITS) {
        uint32_t bit = is_bucket(shift) ? 0 : place_bit(hash, shift);
        if (!((*place)->used & bit)) {
            *place = add_slot(*place, bit, slot);
            return;
        }
        RtIndexNode *node = *place = own_node(*place);
        RtIndexItem *item = &node->items[position(node, bit)];
        if (!(node->branches & bit)) { /* two hashes agree so far: both go one node deeper */
            item->child = make_single(item->slot, shift + RT_INDEX_BITS);
            node->branches |= bit;
        }
        place = &item->child;
    }
}

/* The node, consumed, without the slot. */
static RtIndexNode *remove_below(RtIndexNode *node, uint32_t shift, uint64_t slot)
{
    if (is_bucket(shift)) {
        uint32_t at = 0;
        while (node->items[at].slot != slot) at++;
        return remove_slot(node, 0, at);
    }
    uint32_t bit = place_bit(rt_slot_hash(slot), shift);
    if (!(node->branches & bit)) return remove_slot(node, bit, position(node, bit));
    node = own_node(node);
    RtIndexItem *item = &node->items[position(node, bit)];
    RtIndexNode *child = item->child = remove_below(item->child, shift + RT_INDEX_BITS, slot);
    if (child->size == 1 && !child->branches) { /* alone: its place is here; a child below us is never empty */
        uint64_t last = child->items[0].slot;
        leave_node(child);
        item->slot = last;
        node->branches &= ~bit;
    }
    return node;
}

void rt_index_remove(RtIndexNode **root, uint32_t hash, uint32_t entry)
{
    *root = remove_below(*root, 0, make_slot(hash, entry));
}

void rt_index_drop(RtIndexNode *root)
{
    if (!root || (int32_t)root->count < 0) return;
    if (--root->count) return;
    for (uint32_t rest = root->branches; rest; rest &= rest - 1)
        rt_index_drop(root->items[position(root, rest & -rest)].child);
    rt_free(root, node_size_bytes(root->size));
}

void rt_index_make_immortal(RtIndexNode *root)
{
    if (!root || root->count & RT_IMMORTAL) return;
    root->count = RT_IMMORTAL;
    rt_count_immortal(1);
    for (uint32_t rest = root->branches; rest; rest &= rest - 1)
        rt_index_make_immortal(root->items[position(root, rest & -rest)].child);
}

void rt_index_each(const RtIndexNode *root, void (*visit)(void *context, uint64_t slot), void *context)
{
    if (!root) return;
    uint32_t used = root->used;
    for (uint32_t i = 0; i < root->size; i++, used &= used - 1) {
        if (root->branches & used & -used) rt_index_each(root->items[i].child, visit, context);
        else visit(context, root->items[i].slot);
    }
}
