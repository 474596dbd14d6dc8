/* Making and entering closures; inlined into user code like hot.c, whose rules hold here as well: there the number of captures is known. */
#include "internal.h"

enum { ARITY_SHIFT = 32, MARK_SHIFT = 40 };
_Static_assert(offsetof(RtClosure, code) == sizeof(uint64_t), "the fields before it are written by one store");

/* All but the captures. */
RT_NOTHROW RtClosure *rt_begin_closure(const RtCode *code, int64_t count)
{
    RtClosure *closure = rt_alloc(rt_closure_size_bytes(count));
    int32_t arity = code->entry && code->min_args == code->max_args ? code->min_args : -1;
    uint64_t header = 1 | (uint64_t)(uint8_t)arity << ARITY_SHIFT | (uint64_t)RT_CLOSURE_MARK << MARK_SHIFT;
    memcpy(closure, &header, sizeof header);
    closure->code = code;
    return closure;
}

/* A closure is entered, and ends there for its caller.  True when that was its only owner: it gives its captures, which have been read,
 * away without counting.  Otherwise each needs a count of its own. */
RT_NOTHROW int64_t rt_enter_closure(RtClosure *closure, int64_t count)
{
    if (closure->count == 1) {
        rt_free(closure, rt_closure_size_bytes(count));
        return true;
    }
    if (RT_LIKELY(closure->count < RT_STICKY)) closure->count--;
    return false;
}
