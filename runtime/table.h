/* What maps, sets, pmaps and psets are: a hash table that is a value.
 *
 * The entries are numbered in the order of their insertion, an index finds them by the hash of the key.  A table has one of
 * two forms.  Most are built, changed and asked by one owner, in place, and are flat (flat.h).  When a table that others
 * hold as well is changed, a small one is copied; a larger one becomes two persistent trees, of entries (entries.h)
 * and an index (index_trie.h), in place, and the new version shares these: the few nodes on the way to a change are copied.
 * One owner's tree becomes flat again when so many entries were added that a power of two is passed, so all these
 * conversions together cost no more than what was added between them did.
 *
 * All four types look alike; the entries of a map are a key and a value, those of a set a key.
 */
#ifndef CONSAIR_TABLE_H
#define CONSAIR_TABLE_H

#include "entries.h"
#include "index_trie.h"

typedef struct RtFlat {
    RtEntry *entries; /* NULL: none yet */
    uint32_t *slots; /* of the index; NULL: there is none */
    uint32_t capacity; /* so many entries fit */
    uint32_t bits; /* there are 1 << bits slots; the home of an entry are the top bits of its hash; 0: no index */
} RtFlat;

typedef struct RtTree {
    RtEntries entries;
    RtTrieNode *index;
} RtTree;

typedef struct RtTable {
    uint32_t count;
    uint32_t info;
    uint32_t live; /* entries */
    uint32_t first; /* no entry has a smaller number */
    uint32_t next; /* number of the next entry */
    uint16_t entry_bytes;
    bool is_tree;
    union {
        RtFlat flat;
        RtTree tree;
    };
} RtTable;

static inline RtTable *rt_as_table(RtValue v) { return rt_object(v); }
static inline bool rt_is_map_value(RtValue v) { return v.tag == RT_MAP || v.tag == RT_PMAP; }
static inline bool rt_is_set_value(RtValue v) { return v.tag == RT_SET || v.tag == RT_PSET; }
static inline bool rt_is_table_value(RtValue v) { return rt_is_map_value(v) || rt_is_set_value(v); }
static inline bool rt_has_values(const RtTable *table) { return table->entry_bytes > sizeof(RtEntry); }

RtValue rt_table_make(uint32_t tag); /* empty */
/* Room for so many entries in an empty table: putting them into it does not raise. */
void rt_table_reserve(RtValue table, int64_t count);
void rt_table_trim(RtValue table); /* gives back most of the room that was not needed */
/* The entry with the key; NULL when there is none. */
const RtEntry *rt_table_find_borrow(RtValue table, RtValue key);
const RtEntry *rt_table_find_in_tree(const RtTable *table, RtValue key, uint32_t hash);
/* The entry inserted first of those still there; NULL for an empty table. */
const RtEntry *rt_table_first_borrow(RtValue table);
/* The entry with a number from `first` to below `next`; NULL: a hole. */
const RtEntry *rt_table_entry_borrow(const RtTable *table, uint32_t number);
/* These consume all operands.  Sets ignore the value, which is then nil.  For lack of memory, put raises. */
RtValue rt_table_put(RtValue table, RtValue key, RtValue value, const RtPlace *at);
RtValue rt_table_remove(RtValue table, RtValue key);

#endif
