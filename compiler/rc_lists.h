/* Lists of variables that pass rc drops or keeps at one point. */
#ifndef CONSAIR_RC_LISTS_H
#define CONSAIR_RC_LISTS_H

#include "core.h"

typedef struct VarList {
    CoreVar **items;
    int count, capacity;
} VarList;

/* Sorted, so that dumps read the same whatever order the walk met them in. */
void list_sort(VarList *list);
/* Takes out of both lists, which are sorted, what stands in both. */
void list_cancel(VarList *a, VarList *b);

#endif
