/* Records with a layout of their own (RtStruct in value.h): their end, and what is rare.  hot_struct.c has the rest.
 *
 * A struct has an info of 18 bits, and its tag goes without saying in a list of its own.  Programs without structs do not carry this file
 * (internal.h).
 */
#include "heap.h"
#include "internal.h"

enum { ADDRESS_SHIFT = RT_RELEASE_ADDRESS_SHIFT, ALIGNMENT = 8 };

_Static_assert(1 << RT_STRUCT_INFO_BITS <= ALIGNMENT << ADDRESS_SHIFT, "the info of a struct fits below the address");

/* Of a struct that died: its words.  Structs that die with it wait in the list. */
static inline void release_struct(RtReleaseList *list, RtStruct *object, uint32_t info)
{
    const uint32_t mask = (1u << RT_HELD_BITS) - 1;
    const int64_t *word = object->words;
    for (uint32_t held = rt_struct_held(info); held; held >>= RT_HELD_BITS, word++) {
        if ((held & mask) == RT_HELD_VALUE) {
            RtValue value = rt_struct_word(object, info, (int)(word - object->words), RT_HELD_VALUE);
            if (rt_is_heap(value)) rt_release_child(list, value);
            continue;
        }
        RtStruct *child = (RtStruct *)(uintptr_t)*word;
        if (!child) continue;
        if (child->count == 1) rt_list_dead_struct(list, child);
        else if (child->count < RT_STICKY) child->count--;
    }
    rt_free(object, rt_struct_size_bytes(info));
}

void rt_release_structs(RtReleaseList *list)
{
    int64_t freed = 0;
    for (; list->first_struct; freed++) {
        RtStruct *object = list->first_struct;
        uint64_t word;
        memcpy(&word, object, sizeof word);
        list->first_struct = (void *)(uintptr_t)(word >> ADDRESS_SHIFT & ~(uint64_t)(ALIGNMENT - 1));
        release_struct(list, object, (uint32_t)word & ((1u << RT_STRUCT_INFO_BITS) - 1));
    }
    rt_deaths_left -= freed;
}

RT_SLOW RT_NOTHROW void rt_free_struct(RtStruct *object)
{
    RtReleaseList list = {NULL, NULL};
    int64_t before = rt_deaths_left;
    rt_list_dead_struct(&list, object);
    rt_release_structs(&list);
    if (RT_UNLIKELY(list.first || rt_deaths_left < 0 || before - rt_deaths_left >= RT_WAVE))
        rt_free_listed(&list, before);
}

static bool is_wanted(uint64_t wanted, int word) { return wanted >> word & 1; }

RT_SLOW void rt_leave_struct(RtStruct *object, uint64_t wanted)
{
    int word = 0;
    for (uint32_t held = rt_struct_held(object->info); held; held >>= RT_HELD_BITS, word++)
        if (is_wanted(wanted, word))
            rt_dup(rt_struct_word(object, object->info, word, held & ((1u << RT_HELD_BITS) - 1)));
    rt_drop_struct(object);
}

RT_SLOW RtStruct *rt_leave_struct_shell(RtStruct *object, uint64_t wanted)
{
    size_t size_bytes = rt_struct_size_bytes(object->info);
    RtStruct *shell = rt_alloc(size_bytes);
    memcpy(shell, object, size_bytes);
    shell->count = 1;
    rt_leave_struct(object, wanted);
    return shell;
}
