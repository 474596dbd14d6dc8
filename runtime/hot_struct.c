/* Making and ending structs; inlined into user code like hot.c, whose rules hold here as well: there the layout is known.  A file of its
 * own, as it names what frees structs (internal.h).
 */
#include "internal.h"

RT_NOTHROW RtStruct *rt_new_struct(int64_t info)
{
    RtStruct *object = rt_alloc(rt_struct_size_bytes((uint32_t)info));
    object->count = 1;
    object->info = (uint32_t)info;
    return object;
}

RT_NOTHROW void rt_drop_struct(RtStruct *object)
{
    if (!object) return;
    if (object->count == 1) rt_free_struct(object);
    else if (RT_LIKELY(object->count < RT_STICKY)) object->count--;
}

RT_NOTHROW RtStruct *rt_own_struct(RtStruct *object)
{
    return RT_LIKELY(object->count == 1) ? object : rt_leave_struct_shell(object, UINT64_MAX);
}

static inline void drop_word(const RtStruct *object, uint32_t info, uint64_t wanted, int word)
{
    uint32_t held = rt_struct_held(info) >> RT_HELD_BITS * word & ((1u << RT_HELD_BITS) - 1);
    if (held == RT_HELD_PLAIN || wanted >> word & 1) return;
    if (held == RT_HELD_STRUCT) rt_drop_struct((RtStruct *)(uintptr_t)object->words[word]);
    else rt_drop(rt_struct_word(object, info, word, held));
}

/* No loop: the info is a constant where it is inlined, and most of it goes. */
static inline void drop_words(const RtStruct *object, uint32_t info, uint64_t wanted)
{
    _Static_assert(RT_STRUCT_HELD_MAX == 7, "one line for each");
    drop_word(object, info, wanted, 0);
    drop_word(object, info, wanted, 1);
    drop_word(object, info, wanted, 2);
    drop_word(object, info, wanted, 3);
    drop_word(object, info, wanted, 4);
    drop_word(object, info, wanted, 5);
    drop_word(object, info, wanted, 6);
}

RT_NOTHROW void rt_open_struct(RtStruct *object, int64_t info, int64_t wanted)
{
    if (RT_UNLIKELY(object->count != 1)) {
        rt_leave_struct(object, (uint64_t)wanted);
        return;
    }
    drop_words(object, (uint32_t)info, (uint64_t)wanted);
    rt_free(object, rt_struct_size_bytes((uint32_t)info));
}

RT_NOTHROW RtStruct *rt_open_struct_shell(RtStruct *object, int64_t info, int64_t wanted)
{
    if (RT_UNLIKELY(object->count != 1)) return rt_leave_struct_shell(object, (uint64_t)wanted);
    drop_words(object, (uint32_t)info, (uint64_t)wanted);
    return object;
}

RT_NOTHROW void rt_free_struct_shell(RtStruct *shell, int64_t info)
{
    rt_free(shell, rt_struct_size_bytes((uint32_t)info));
}
