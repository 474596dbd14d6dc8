/* Records with a layout of their own (RtStruct in value.h): what is rare.  hot.c has the rest, refcount.c their end. */
#include "internal.h"

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
