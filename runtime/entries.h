/* The entries of a map or set, numbered in the order of their insertion: a persistent vector.
 *
 * A radix tree over the entry's number: leaves hold up to 8 entries (a key, and in maps a value), branches up to 32
 * children.  8, not 32, entries a leaf: such a leaf still comes from the free lists, and one change copies 264 bytes.
 * Small maps stay small because nodes begin with one place and double.
 *
 * A removed entry leaves a hole, a value no program can have.  Whoever owns the entries (table.c) renumbers them when
 * holes prevail.  Nodes are counted like objects and changed in place when nobody else holds them, else copied.
 */
#ifndef CONSAIR_ENTRIES_H
#define CONSAIR_ENTRIES_H

#include "consair_rt.h"
#include "internal.h"

typedef struct RtEntryNode { /* followed by its places: RtValues in a leaf, pointers to nodes in a branch */
    uint32_t count;
    uint32_t size; /* places; those not used yet are holes or NULL */
} RtEntryNode;

typedef struct RtEntries {
    RtEntryNode *root; /* NULL: nothing yet */
    uint32_t levels; /* of branches above the leaves */
    uint32_t width; /* values an entry: 1 or 2 */
} RtEntries;

static inline RtValue rt_entry_hole(void) { return rt_make(RT_BOOL, -1); }
static inline bool rt_is_entry_hole(RtValue v) { return v.tag == RT_BOOL && v.data == -1; }

/* The values of an entry, borrowed.  It must have been there once. */
const RtValue *rt_entries_at(const RtEntries *entries, uint32_t number);
/* The same, for changing them: all nodes above it are then ours alone.  A new number follows the largest so far. */
RtValue *rt_entries_own(RtEntries *entries, uint32_t number);
RtEntries rt_entries_dup(const RtEntries *entries);
void rt_entries_release(const RtEntries *entries, RtReleaseList *list);
void rt_entries_make_immortal(const RtEntries *entries, RtImmortalList *list);

#endif
