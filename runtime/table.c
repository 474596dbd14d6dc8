/* Maps and sets as tables; the structure is described in table.h.
 *
 * Removing leaves a hole among the entries.  When more than half of the numbers are holes, the entries are numbered
 * anew; that costs as much as the removals that made the holes, so each is O(1) amortised (for a table
 * that is used linearly; who removes from the same shared version again and again may pay for it each time).
 */
#include "table.h"
#include "collection.h"
#include "flat.h"
#include <stdlib.h>

enum {
    COMPACT_MIN = 16, /* fewer numbers are not worth the work */
    COPIED_MAX = 16, /* entries of a shared flat table that is copied; a tree's nodes would be as much */
    FLATTENED_MIN = 64 /* entries of a tree that may become flat */
};

RtValue rt_table_make(uint32_t tag)
{
    RtTable *table = rt_alloc(sizeof *table);
    *table = (RtTable){.count = 1, .entry_bytes = (uint16_t)rt_entry_bytes(tag == RT_MAP || tag == RT_PMAP)};
    return rt_from_object(tag, table);
}

/* Room for the next entries. */
static uint64_t grown(const RtTable *table) { return (uint64_t)table->live + (table->live < 2 ? 1 : table->live / 2); }

/* ---- searching --------------------------------------------------------------------------------------------------- */

static RtEntry *entry_at(const RtTable *table, uint32_t number)
{
    return table->is_tree ? rt_entries_at(&table->tree.entries, number) : rt_flat_entry(table, number);
}

/* The entries with a hash. */
typedef struct Search {
    const RtTable *table;
    uint32_t hash;
    uint32_t number; /* to be looked at next, when there is no index */
    RtFlatWalk walk;
    const RtTrieItem *items; /* of a tree */
    uint32_t count;
} Search;

static Search search_begin(const RtTable *table, uint32_t hash)
{
    Search s = {.table = table, .hash = hash};
    if (table->is_tree) s.count = rt_trie_find(table->tree.index, hash, &s.items);
    else if (table->flat.slots) s.walk = rt_flat_walk(&table->flat, hash);
    return s;
}

/* The number of the next one, or -1. */
static int64_t search_next(Search *s)
{
    const RtTable *table = s->table;
    if (table->is_tree) return s->count == 0 ? -1 : (s->count--, (int64_t)rt_slot_entry((s->items++)->slot));
    for (;;) {
        uint32_t number = table->flat.slots         ? rt_flat_next(&table->flat, &s->walk)
                          : s->number < table->next ? s->number++
                                                    : RT_NO_SLOT;
        if (number == RT_NO_SLOT) return -1;
        const RtEntry *entry = rt_flat_entry(table, number);
        if (entry->hash == s->hash && !rt_is_entry_hole(entry)) return number;
    }
}

/* The number of the key's entry, or -1. */
static int64_t find_number(const RtTable *table, RtValue key, uint32_t hash)
{
    Search search = search_begin(table, hash);
    int64_t number;
    do number = search_next(&search);
    while (number >= 0 && !rt_is_key(entry_at(table, (uint32_t)number), key));
    return number;
}

const RtEntry *rt_table_find_in_tree(const RtTable *table, RtValue key, uint32_t hash)
{
    const RtTrieItem *items = NULL;
    uint32_t count = rt_trie_find(table->tree.index, hash, &items);
    for (uint32_t i = 0; i < count; i++) {
        const RtEntry *entry = rt_entries_at(&table->tree.entries, rt_slot_entry(items[i].slot));
        if (rt_is_key(entry, key)) return entry;
    }
    return NULL;
}

const RtEntry *rt_table_find_borrow(RtValue table, RtValue key)
{
    const RtTable *t = rt_as_table(table);
    uint32_t hash = rt_table_hash(key), place = 0;
    return t->is_tree ? rt_table_find_in_tree(t, key, hash) : rt_flat_find(t, key, hash, &place);
}

const RtEntry *rt_table_first_borrow(RtValue table)
{
    const RtTable *t = rt_as_table(table);
    return t->live == 0 ? NULL : entry_at(t, t->first);
}

const RtEntry *rt_table_entry_borrow(const RtTable *table, uint32_t number)
{
    const RtEntry *entry = entry_at(table, number);
    return rt_is_entry_hole(entry) ? NULL : entry;
}

int64_t rt_collection_entries_borrow(RtValue collection, RtValue *out)
{
    const RtTable *table = rt_as_table(collection);
    int64_t width = rt_has_values(table) ? 2 : 1;
    for (uint32_t number = table->first; out && number < table->next; number++) {
        const RtEntry *entry = rt_table_entry_borrow(table, number);
        if (!entry) continue;
        *out++ = rt_entry_key(entry);
        if (width == 2) *out++ = rt_entry_value(entry);
    }
    return table->live * width;
}

/* ---- from one form to the other ---------------------------------------------------------------------------------- */

/* The numbers stay. */
static void become_tree(RtTable *table)
{
    RtTree tree = {.entries = {.entry_bytes = table->entry_bytes}};
    rt_entries_take(&tree.entries, table->flat.entries, table->next);
    for (uint32_t number = 0; number < table->next; number++) {
        const RtEntry *entry = rt_flat_entry(table, number);
        if (!rt_is_entry_hole(entry)) rt_trie_insert(&tree.index, entry->hash, number);
    }
    rt_flat_free(table);
    table->is_tree = true;
    table->tree = tree;
}

void rt_table_reserve(RtValue table, int64_t count)
{
    RtTable *t = rt_as_table(table);
    if (count > 0 && !rt_flat_fit(t, (uint64_t)count)) become_tree(t); /* which grows in small steps, from a reserve */
}

void rt_table_trim(RtValue table)
{
    RtTable *t = rt_as_table(table);
    if (!t->is_tree && t->live < t->flat.capacity / 4) rt_flat_fit(t, t->live);
}

/* What is immortal stays so in the other form. */
static void become_shared(RtTable *table)
{
    int64_t blocks = rt_flat_blocks(table);
    become_tree(table);
    if (!(table->count & RT_IMMORTAL)) return;
    RtImmortalList list = {NULL, 0, 0}; /* all that comes into it is immortal already */
    rt_entries_make_immortal(&table->tree.entries, &list);
    rt_trie_make_immortal(table->tree.index);
    rt_count_immortal(-blocks);
    free(list.items);
}

/* The tree, consumed, as a flat table without holes; itself if there is no memory for that. */
static RtValue flattened(RtValue v)
{
    const RtTable *tree = rt_as_table(v);
    RtValue fresh = rt_table_make(v.tag);
    RtTable *flat = rt_as_table(fresh);
    if (!rt_flat_fit(flat, grown(tree))) {
        rt_drop(fresh);
        return v;
    }
    for (uint32_t number = tree->first; number < tree->next; number++) {
        const RtEntry *entry = rt_table_entry_borrow(tree, number);
        if (!entry) continue;
        rt_entry_dup(entry, tree->entry_bytes);
        memcpy(rt_flat_entry(flat, flat->next++), entry, tree->entry_bytes);
    }
    flat->live = flat->next;
    rt_flat_index(flat);
    rt_drop(v);
    return fresh;
}

/* ---- changing ---------------------------------------------------------------------------------------------------- */

/* The table, consumed, as one that is ours alone.  The numbers stay. */
static RtTable *own_table(RtValue v)
{
    RtTable *table = rt_as_table(v);
    if (rt_may_change(table, 0)) return table;
    if (!table->is_tree && table->next > COPIED_MAX)
        become_shared(table); /* what the others hold says the same as before */
    RtTable *copy = rt_alloc(sizeof *copy);
    *copy = *table;
    copy->count = 1;
    if (table->is_tree) {
        rt_entries_dup(&copy->tree.entries);
        rt_trie_dup(copy->tree.index);
    } else {
        rt_flat_copy(copy, table);
    }
    rt_drop(v);
    return copy;
}

static RtEntry *own_entry(RtTable *table, uint32_t number)
{
    return table->is_tree ? rt_entries_own(&table->tree.entries, number) : rt_flat_entry(table, number);
}

static void append_to_tree(RtTable *table, RtValue key, RtValue value, uint32_t hash)
{
    if (table->next == UINT32_MAX) rt_out_of_memory(); /* no number left */
    rt_entry_init(rt_entries_own(&table->tree.entries, table->next), table->entry_bytes, key, value, hash);
    rt_trie_insert(&table->tree.index, hash, table->next);
    table->next++;
    table->live++;
}

/* A table that was our own grows to where being flat pays for the work. */
static bool shall_be_flat(const RtTable *table)
{
    uint32_t next = table->next;
    return (next >= FLATTENED_MIN && (next & (next - 1)) == 0) || next == UINT32_MAX;
}

/* The key is not there. */
static RtValue append(RtValue v, RtValue key, RtValue value, uint32_t hash, const RtPlace *at)
{
    bool was_ours = rt_is_unique(v);
    RtTable *table = own_table(v);
    v = rt_from_object(v.tag, table);
    if (table->is_tree) {
        if (was_ours && shall_be_flat(table)) table = rt_as_table(v = flattened(v));
    } else if (table->next == table->flat.capacity && !rt_flat_fit(table, grown(table))) {
        rt_drop(v);
        rt_drop(key);
        rt_drop(value);
        rt_raise_out_of_memory(at);
    }
    if (table->is_tree) {
        append_to_tree(table, key, value, hash);
    } else {
        uint32_t place = 0;
        rt_flat_find(table, key, hash, &place);
        rt_flat_append(table, key, value, hash, place);
    }
    return v;
}

static RtValue replace(RtValue table, RtEntry *entry, RtValue key, RtValue value)
{
    RtValue old = rt_entry_value(entry);
    rt_entry_set_value(entry, value);
    rt_drop(key); /* the present key stays */
    rt_drop(old);
    return table;
}

/* Whatever rt_table_put does not do at once. */
static __attribute__((noinline)) RtValue put_slowly(RtValue table, RtValue key, RtValue value, const RtPlace *at)
{
    uint32_t hash = rt_table_hash(key);
    int64_t number = find_number(rt_as_table(table), key, hash);
    if (number < 0) return append(table, key, value, hash, at);
    if (!rt_has_values(rt_as_table(table))) {
        rt_drop(key);
        return table;
    }
    RtTable *owned = own_table(table);
    return replace(rt_from_object(table.tag, owned), own_entry(owned, (uint32_t)number), key, value);
}

RtValue rt_table_put(RtValue table, RtValue key, RtValue value, const RtPlace *at)
{
    RtTable *t = rt_as_table(table);
    if (RT_UNLIKELY(t->is_tree || !rt_may_change(t, 0))) return put_slowly(table, key, value, at);
    uint32_t place = 0;
    RtEntry *entry =
        rt_is_word(key) ? rt_flat_find_word(t, key, &place) : rt_flat_find(t, key, rt_table_hash(key), &place);
    if (entry && rt_has_values(t)) return replace(table, entry, key, value);
    if (RT_UNLIKELY(entry || t->next == t->flat.capacity)) return put_slowly(table, key, value, at);
    rt_flat_append(t, key, value, rt_table_hash(key), place);
    return table;
}

/* The table, which is ours alone, without holes if there are many. */
static RtValue compact(RtValue v)
{
    RtTable *table = rt_as_table(v);
    bool mostly_holes = table->next >= COMPACT_MIN && table->live < table->next / 2;
    if (!mostly_holes && table->live > 0) return v;
    if (table->is_tree) return flattened(v);
    rt_flat_fit(table, grown(table));
    return v;
}

RtValue rt_table_remove(RtValue table, RtValue key)
{
    uint32_t hash = rt_table_hash(key);
    int64_t number = find_number(rt_as_table(table), key, hash);
    rt_drop(key);
    if (number < 0) return table;
    RtTable *owned = own_table(table);
    if (owned->is_tree) rt_trie_remove(&owned->tree.index, hash, (uint32_t)number);
    RtEntry *entry = own_entry(owned, (uint32_t)number);
    rt_drop(rt_entry_key(entry));
    if (rt_has_values(owned)) rt_drop(rt_entry_value(entry));
    entry->key_tag = RT_UNBOUND;
    owned->live--;
    while (owned->first < owned->next && rt_is_entry_hole(entry_at(owned, owned->first))) owned->first++;
    return compact(rt_from_object(table.tag, owned));
}

/* ---- equality ---------------------------------------------------------------------------------------------------- */

static bool equal_values(const RtTable *table, const RtEntry *x, const RtEntry *y, RtEqualList *list)
{
    return !rt_has_values(table) || rt_equal_later(list, rt_entry_value(x), rt_entry_value(y));
}

/* Is the entry in the other table, too?  If only one there has its hash, the keys are compared later, like the values. */
static bool has_equal_entry(const RtTable *table, const RtEntry *entry, RtEqualList *list)
{
    Search search = search_begin(table, entry->hash);
    int64_t number = search_next(&search), next = number < 0 ? -1 : search_next(&search);
    if (number < 0) return false;
    const RtEntry *other = entry_at(table, (uint32_t)number);
    if (next < 0)
        return rt_equal_later(list, rt_entry_key(entry), rt_entry_key(other)) &&
               equal_values(table, entry, other, list);
    while (!rt_equal_borrow(rt_entry_key(entry), rt_entry_key(other))) {
        if (next < 0) return false;
        other = entry_at(table, (uint32_t)next);
        next = search_next(&search);
    }
    return equal_values(table, entry, other, list);
}

bool rt_table_equal(const void *a, const void *b, RtEqualList *list)
{
    const RtTable *x = a, *y = b;
    if (x->live != y->live) return false;
    if (x == y) return true;
    if (x->is_tree && y->is_tree && x->tree.index == y->tree.index && x->tree.entries.root == y->tree.entries.root)
        return true;
    for (uint32_t number = x->first; number < x->next; number++) {
        const RtEntry *entry = rt_table_entry_borrow(x, number);
        if (entry && !has_equal_entry(y, entry, list)) return false;
    }
    return true;
}

/* ---- the end of tables (internal.h) ------------------------------------------------------------------------------ */

static void release_flat(const RtTable *table, RtReleaseList *list)
{
    if (table->next == 0) return;
    const uint32_t entry_bytes = table->entry_bytes;
    const char *at = (const char *)table->flat.entries, *end = at + (size_t)table->next * entry_bytes;
    for (; at < end; at += entry_bytes) rt_entry_release((const RtEntry *)(const void *)at, entry_bytes, list);
}

void rt_release_collection(uint32_t tag, void *object, RtReleaseList *list)
{
    (void)tag;
    RtTable *table = object;
    if (table->is_tree) {
        rt_entries_release(&table->tree.entries, list);
        rt_trie_drop(table->tree.index);
    } else {
        release_flat(table, list);
        rt_flat_free(table);
    }
    rt_free(table, sizeof *table);
}

void rt_immortalize_collection(uint32_t tag, void *object, RtImmortalList *list)
{
    (void)tag;
    RtTable *table = object;
    if (table->is_tree) {
        rt_entries_make_immortal(&table->tree.entries, list);
        rt_trie_make_immortal(table->tree.index);
        return;
    }
    for (uint32_t number = table->first; number < table->next; number++)
        rt_entry_make_immortal(rt_flat_entry(table, number), table->entry_bytes, list);
    rt_count_immortal(rt_flat_blocks(table));
}
