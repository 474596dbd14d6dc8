/* The entries of a table that shares them with other versions of itself: a persistent vector, by the number of the entry.
 *
 * A radix tree: leaves hold up to 8 entries, branches up to 16 children.  8, not 32, entries a leaf: one change copies
 * 200 bytes.  Nodes begin with one place and double.
 *
 * A removed entry leaves a hole.  Nodes are counted like objects and changed in place when nobody else holds them, else copied.
 */
#ifndef CONSAIR_ENTRIES_H
#define CONSAIR_ENTRIES_H

#include "entry.h"
#include "internal.h"

typedef struct RtEntryNode { /* followed by its places: entries in a leaf, pointers to nodes in a branch */
    uint32_t count;
    uint32_t size; /* places; those not used yet are holes or NULL */
} RtEntryNode;

typedef struct RtEntries {
    RtEntryNode *root; /* NULL: nothing yet */
    uint32_t levels; /* of branches above the leaves */
    uint32_t entry_bytes;
} RtEntries;

/* An entry, which must have been there once. */
RtEntry *rt_entries_at(const RtEntries *entries, uint32_t number);
/* The same, for changing it: all nodes above it are then ours alone.  A new number follows the largest so far. */
RtEntry *rt_entries_own(RtEntries *entries, uint32_t number);
/* So many entries, which move from an array to the empty vector. */
void rt_entries_take(RtEntries *entries, const RtEntry *from, uint32_t count);
RtEntries rt_entries_dup(const RtEntries *entries);
void rt_entries_release(const RtEntries *entries, RtReleaseList *list);
void rt_entries_make_immortal(const RtEntries *entries, RtImmortalList *list);
/* Most keys are numbers or symbols, and literals live for ever: no call for these. */
static inline void rt_release_part(RtValue part, RtReleaseList *list)
{
    if (rt_is_heap(part) && *rt_count_of(rt_object(part)) < RT_STICKY) rt_release_child(list, part);
}
/* The same for an entry of any form, hole or not. */
static inline void rt_entry_release(const RtEntry *entry, uint32_t entry_bytes, RtReleaseList *list)
{
    if (rt_is_entry_hole(entry)) return;
    rt_release_part(rt_entry_key(entry), list);
    if (entry_bytes > sizeof *entry) rt_release_part(rt_entry_value(entry), list);
}
static inline void rt_entry_make_immortal(const RtEntry *entry, uint32_t entry_bytes, RtImmortalList *list)
{
    if (rt_is_entry_hole(entry)) return;
    rt_immortal_child(list, rt_entry_key(entry));
    if (entry_bytes > sizeof *entry) rt_immortal_child(list, rt_entry_value(entry));
}

#endif
