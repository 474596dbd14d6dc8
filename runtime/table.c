/* Maps and sets as tables; the structure is described in table.h.
 *
 * Removing leaves a hole among the entries.  When more than half of the numbers are holes, the entries are numbered
 * anew; that costs as much as the removals that made the holes, so each is O(1) amortised (for a table
 * that is used linearly; who removes from the same shared version again and again may pay for it each time).
 */
#include "table.h"
#include "collection.h"
#include "equal.h"
#include <stdlib.h>

enum { MIN_COMPACT = 16 /* fewer numbers are not worth the work */ };

uint32_t rt_table_hash_borrow(RtValue key)
{
    uint64_t hash = rt_hash_borrow(key);
    return (uint32_t)(hash ^ hash >> 32);
}

RtValue rt_table_make(uint32_t tag)
{
    RtTable *table = rt_alloc(sizeof *table);
    *table = (RtTable){.count = 1, .entries = {.width = tag == RT_MAP || tag == RT_PMAP ? 2 : 1}};
    return rt_from_object(tag, table);
}

/* ---- searching --------------------------------------------------------------------------------------------------- */

/* The number of the key's entry, or -1. */
static int64_t find_number(const RtTable *table, RtValue key, uint32_t hash)
{
    RtIndexSearch search = rt_index_search(&table->index, hash);
    int64_t number;
    do number = rt_index_next(&search);
    while (number >= 0 && !rt_equal_borrow(rt_entries_at(&table->entries, (uint32_t)number)[0], key));
    return number;
}

const RtValue *rt_table_find_borrow(RtValue table, RtValue key)
{
    const RtTable *t = rt_as_table(table);
    if (t->live == 0) return NULL;
    int64_t number = find_number(t, key, rt_table_hash_borrow(key));
    return number < 0 ? NULL : rt_entries_at(&t->entries, (uint32_t)number);
}

const RtValue *rt_table_first_borrow(RtValue table)
{
    const RtTable *t = rt_as_table(table);
    return t->live == 0 ? NULL : rt_entries_at(&t->entries, t->first);
}

int64_t rt_collection_entries_borrow(RtValue collection, RtValue *out)
{
    const RtTable *table = rt_as_table(collection);
    uint32_t width = table->entries.width;
    if (out) {
        for (uint32_t number = table->first; number < table->next; number++) {
            const RtValue *entry = rt_entries_at(&table->entries, number);
            if (rt_is_entry_hole(entry[0])) continue;
            memcpy(out, entry, width * sizeof *out);
            out += width;
        }
    }
    return (int64_t)table->live * width;
}

/* ---- changing ---------------------------------------------------------------------------------------------------- */

/* The table, consumed, as one that is ours alone. */
static RtTable *own_table(RtValue v)
{
    RtTable *table = rt_as_table(v);
    if (rt_may_change(table, 0)) return table;
    RtTable *copy = rt_alloc(sizeof *copy);
    *copy = *table;
    copy->count = 1;
    rt_entries_dup(&copy->entries);
    copy->index = rt_index_dup(&table->index); /* which may change the form of this one's, not what it says */
    rt_drop(v);
    return copy;
}

/* The key is not there. */
static void append_entry(RtTable *table, RtValue key, RtValue value, uint32_t hash)
{
    RtValue *entry = rt_entries_own(&table->entries, table->next);
    entry[0] = key;
    if (table->entries.width == 2) entry[1] = value;
    rt_index_insert(&table->index, hash, table->next, table->live);
    table->next++;
    table->live++;
}

static void note_hash(void *context, uint64_t slot) { ((uint32_t *)context)[rt_slot_entry(slot)] = rt_slot_hash(slot); }

/* The table, consumed, without holes. */
static RtValue compact(RtValue v)
{
    const RtTable *table = rt_as_table(v);
    RtValue fresh = rt_table_make(v.tag);
    uint32_t *hashes = rt_malloc((size_t)table->next * sizeof *hashes + 1);
    rt_index_each(&table->index, note_hash, hashes);
    for (uint32_t number = table->first; number < table->next; number++) {
        const RtValue *entry = rt_entries_at(&table->entries, number);
        if (rt_is_entry_hole(entry[0])) continue;
        RtValue value = table->entries.width == 2 ? rt_dup(entry[1]) : rt_nil();
        append_entry(rt_as_table(fresh), rt_dup(entry[0]), value, hashes[number]);
    }
    free(hashes);
    rt_drop(v);
    return fresh;
}

RtValue rt_table_put(RtValue table, RtValue key, RtValue value)
{
    uint32_t hash = rt_table_hash_borrow(key);
    int64_t number = find_number(rt_as_table(table), key, hash);
    if (number >= 0) {
        rt_drop(key); /* the present key stays */
        if (rt_is_set_value(table)) return table;
        RtTable *owned = own_table(table);
        RtValue *entry = rt_entries_own(&owned->entries, (uint32_t)number);
        RtValue old = entry[1];
        entry[1] = value;
        rt_drop(old);
        return rt_from_object(table.tag, owned);
    }
    if (rt_as_table(table)->next == UINT32_MAX) { /* no number left */
        if (rt_as_table(table)->live == UINT32_MAX) rt_out_of_memory();
        table = compact(table);
    }
    RtTable *owned = own_table(table);
    append_entry(owned, key, value, hash);
    return rt_from_object(table.tag, owned);
}

RtValue rt_table_remove(RtValue table, RtValue key)
{
    uint32_t hash = rt_table_hash_borrow(key);
    int64_t number = find_number(rt_as_table(table), key, hash);
    rt_drop(key);
    if (number < 0) return table;
    RtTable *owned = own_table(table);
    table = rt_from_object(table.tag, owned);
    rt_index_remove(&owned->index, hash, (uint32_t)number);
    RtValue *entry = rt_entries_own(&owned->entries, (uint32_t)number);
    for (uint32_t i = 0; i < owned->entries.width; i++) {
        RtValue old = entry[i];
        entry[i] = rt_entry_hole();
        rt_drop(old);
    }
    owned->live--;
    while (owned->first < owned->next && rt_is_entry_hole(rt_entries_at(&owned->entries, owned->first)[0]))
        owned->first++;
    bool mostly_holes = owned->next >= MIN_COMPACT && owned->live < owned->next / 2;
    return mostly_holes || owned->live == 0 ? compact(table) : table;
}

/* ---- equality ---------------------------------------------------------------------------------------------------- */

/* The values (and, unless known to be equal, the keys) of two entries. */
static bool equal_entries(const RtTable *a, const RtValue *x, const RtValue *y, bool keys_too, RtEqualList *list)
{
    if (keys_too && !rt_equal_later(list, x[0], y[0])) return false;
    return a->entries.width == 1 || rt_equal_later(list, x[1], y[1]);
}

/* All items of a bucket have one hash; which of them belong together must be found out here. */
static bool equal_buckets(const RtTable *a, const RtTrieNode *x, const RtTable *b, const RtTrieNode *y,
                          RtEqualList *list)
{
    for (uint32_t i = 0; i < x->size; i++) {
        const RtValue *entry = rt_entries_at(&a->entries, rt_slot_entry(x->items[i].slot)), *other = NULL;
        for (uint32_t j = 0; j < y->size; j++) {
            other = rt_entries_at(&b->entries, rt_slot_entry(y->items[j].slot));
            if (rt_equal_borrow(entry[0], other[0])) break;
            other = NULL;
        }
        if (!other || !equal_entries(a, entry, other, false, list)) return false;
    }
    return true;
}

/* The shape of an index depends on the hashes only, so equal tables have indexes of the same shape, item by item. */
static bool equal_nodes(const RtTable *a, const RtTrieNode *x, const RtTable *b, const RtTrieNode *y, RtEqualList *list)
{
    if (x->size != y->size || x->used != y->used || x->branches != y->branches) return false;
    if (!x->used) return equal_buckets(a, x, b, y, list);
    uint32_t used = x->used;
    for (uint32_t i = 0; i < x->size; i++, used &= used - 1) {
        if (x->branches & used & -used) {
            if (!equal_nodes(a, x->items[i].child, b, y->items[i].child, list)) return false;
            continue;
        }
        uint64_t left = x->items[i].slot, right = y->items[i].slot;
        if (rt_slot_hash(left) != rt_slot_hash(right)) return false;
        if (!equal_entries(a, rt_entries_at(&a->entries, rt_slot_entry(left)),
                           rt_entries_at(&b->entries, rt_slot_entry(right)), true, list))
            return false;
    }
    return true;
}

bool rt_table_equal(const void *a, const void *b, RtEqualList *list)
{
    RtTable *x = (RtTable *)a, *y = (RtTable *)b; /* the form of an index is no part of the value */
    if (x->live != y->live) return false;
    if (x->live == 0 || x == y) return true;
    const RtTrieNode *x_index = rt_index_as_trie(&x->index), *y_index = rt_index_as_trie(&y->index);
    if (x_index == y_index && x->entries.root == y->entries.root) return true;
    return equal_nodes(x, x_index, y, y_index, list);
}

/* ---- the end of tables (internal.h) ------------------------------------------------------------------------------ */

void rt_release_collection(uint32_t tag, void *object, RtReleaseList *list)
{
    (void)tag;
    RtTable *table = object;
    rt_entries_release(&table->entries, list);
    rt_index_drop(&table->index);
    rt_free(table, sizeof *table);
}

void rt_immortalize_collection(uint32_t tag, void *object, RtImmortalList *list)
{
    (void)tag;
    RtTable *table = object;
    rt_entries_make_immortal(&table->entries, list);
    rt_index_make_immortal(&table->index);
}
