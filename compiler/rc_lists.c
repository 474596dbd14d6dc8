/* Part of pass rc: lists of variables. */
#include "rc_lists.h"
#include <stdlib.h>

static int compare_ids(const void *a, const void *b)
{
    const CoreVar *x = *(CoreVar *const *)a, *y = *(CoreVar *const *)b;
    return (x->id > y->id) - (x->id < y->id);
}

void list_sort(VarList *list)
{
    if (list->count) qsort(list->items, (size_t)list->count, sizeof list->items[0], compare_ids);
}

void list_cancel(VarList *a, VarList *b)
{
    int kept_a = 0, kept_b = 0, i = 0, j = 0;
    while (i < a->count || j < b->count) {
        int order = i == a->count ? 1 : j == b->count ? -1 : compare_ids(&a->items[i], &b->items[j]);
        if (order == 0) i++, j++;
        else if (order < 0) a->items[kept_a++] = a->items[i++];
        else b->items[kept_b++] = b->items[j++];
    }
    a->count = kept_a;
    b->count = kept_b;
}
