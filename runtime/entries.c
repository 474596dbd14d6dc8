/* The persistent vector of entries; see entries.h.
 *
 * Level 0 are the leaves.  All recursion here is as deep as the tree, at most 9.
 */
#include "entries.h"

enum { LEAF_BITS = 3, BRANCH_BITS = 4, LEAF_MASK = (1 << LEAF_BITS) - 1, BRANCH_MASK = (1 << BRANCH_BITS) - 1 };

static inline RtEntry *leaf_entry(RtEntryNode *node, uint32_t position, uint32_t entry_bytes)
{
    return (void *)((char *)(node + 1) + (size_t)position * entry_bytes);
}
static inline RtEntryNode **branch_children(RtEntryNode *node) { return (void *)(node + 1); }

static size_t place_size_bytes(uint32_t level, uint32_t entry_bytes)
{
    return level == 0 ? entry_bytes : sizeof(RtEntryNode *);
}
static size_t node_size_bytes(uint32_t level, uint32_t size, uint32_t entry_bytes)
{
    return sizeof(RtEntryNode) + size * place_size_bytes(level, entry_bytes);
}

static uint32_t position_at(uint32_t number, uint32_t level)
{
    return number >> (LEAF_BITS + BRANCH_BITS * (level - 1)) & BRANCH_MASK;
}

/* The places from `filled` on are empty, those before it still to be set. */
static RtEntryNode *make_node(uint32_t level, uint32_t size, uint32_t filled, uint32_t entry_bytes)
{
    RtEntryNode *node = rt_alloc(node_size_bytes(level, size, entry_bytes));
    node->count = 1;
    node->size = size;
    for (uint32_t i = filled; i < size; i++) {
        if (level == 0) leaf_entry(node, i, entry_bytes)->key_tag = RT_UNBOUND;
        else branch_children(node)[i] = NULL;
    }
    return node;
}

static RtEntryNode *dup_node(RtEntryNode *node)
{
    if (node && (int32_t)node->count >= 0) node->count++;
    return node;
}

/* Somebody else holds the node too and our copy shares its contents. */
static void leave_shared(RtEntryNode *node, uint32_t level, uint32_t entry_bytes)
{
    for (uint32_t i = 0; i < node->size; i++) {
        if (level == 0) rt_entry_dup(leaf_entry(node, i, entry_bytes), entry_bytes);
        else dup_node(branch_children(node)[i]);
    }
    if ((int32_t)node->count >= 0) node->count--;
}

/* A node that is ours alone and has at least `needed` places, from `node` (consumed; NULL: nothing yet). */
static RtEntryNode *own_node(RtEntryNode *node, uint32_t level, uint32_t needed, uint32_t entry_bytes)
{
    if (node && node->size >= needed && rt_may_change(node, node->size)) return node;
    uint32_t filled = node ? node->size : 0;
    uint32_t size = filled;
    if (size < needed) {
        size = 1;
        while (size < needed) size *= 2;
    }
    RtEntryNode *copy = make_node(level, size, filled, entry_bytes);
    if (!node) return copy;
    memcpy(copy + 1, node + 1, filled * place_size_bytes(level, entry_bytes));
    if (node->count == 1) rt_free(node, node_size_bytes(level, filled, entry_bytes));
    else leave_shared(node, level, entry_bytes);
    return copy;
}

RtEntry *rt_entries_at(const RtEntries *entries, uint32_t number)
{
    RtEntryNode *node = entries->root;
    for (uint32_t level = entries->levels; level > 0; level--) node = branch_children(node)[position_at(number, level)];
    return leaf_entry(node, number & LEAF_MASK, entries->entry_bytes);
}

static uint64_t tree_capacity(uint32_t levels) { return UINT64_C(1) << (LEAF_BITS + BRANCH_BITS * levels); }

/* The entry, in a leaf with at least so many places. */
static RtEntry *own_entry(RtEntries *entries, uint32_t number, uint32_t places)
{
    uint32_t entry_bytes = entries->entry_bytes;
    while (number >= tree_capacity(entries->levels)) {
        RtEntryNode *root = make_node(entries->levels + 1, 1, 1, entry_bytes);
        branch_children(root)[0] = entries->root;
        entries->root = root;
        entries->levels++;
    }
    RtEntryNode **place = &entries->root;
    for (uint32_t level = entries->levels; level > 0; level--) {
        uint32_t position = position_at(number, level);
        *place = own_node(*place, level, position + 1, entry_bytes);
        place = &branch_children(*place)[position];
    }
    uint32_t position = number & LEAF_MASK;
    *place = own_node(*place, 0, places, entry_bytes);
    return leaf_entry(*place, position, entry_bytes);
}

RtEntry *rt_entries_own(RtEntries *entries, uint32_t number)
{
    return own_entry(entries, number, (number & LEAF_MASK) + 1);
}

void rt_entries_take(RtEntries *entries, const RtEntry *from, uint32_t count)
{
    const char *at = (const char *)from;
    for (uint32_t number = 0; number < count;) {
        uint32_t left = count - number, places = left > LEAF_MASK ? LEAF_MASK + 1 : left;
        size_t size_bytes = (size_t)places * entries->entry_bytes;
        memcpy(own_entry(entries, number, places), at, size_bytes);
        at += size_bytes;
        number += places;
    }
}

RtEntries rt_entries_dup(const RtEntries *entries)
{
    dup_node(entries->root);
    return *entries;
}

static void release_node(RtEntryNode *node, uint32_t level, uint32_t entry_bytes, RtReleaseList *list)
{
    if (!node || (int32_t)node->count < 0) return;
    if (--node->count) return;
    for (uint32_t i = 0; i < node->size; i++) {
        if (level == 0) rt_entry_release(leaf_entry(node, i, entry_bytes), entry_bytes, list);
        else release_node(branch_children(node)[i], level - 1, entry_bytes, list);
    }
    rt_free(node, node_size_bytes(level, node->size, entry_bytes));
}

void rt_entries_release(const RtEntries *entries, RtReleaseList *list)
{
    release_node(entries->root, entries->levels, entries->entry_bytes, list);
}

static void make_node_immortal(RtEntryNode *node, uint32_t level, uint32_t entry_bytes, RtImmortalList *list)
{
    if (!node || node->count & RT_IMMORTAL) return;
    node->count = RT_IMMORTAL;
    rt_count_immortal(1);
    for (uint32_t i = 0; i < node->size; i++) {
        if (level == 0) rt_entry_make_immortal(leaf_entry(node, i, entry_bytes), entry_bytes, list);
        else make_node_immortal(branch_children(node)[i], level - 1, entry_bytes, list);
    }
}

void rt_entries_make_immortal(const RtEntries *entries, RtImmortalList *list)
{
    make_node_immortal(entries->root, entries->levels, entries->entry_bytes, list);
}
