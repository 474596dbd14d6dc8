/* Making and entering closures; inlined into user code like hot.c, whose rules hold here as well: there the number of captures is known,
 * and they go from registers to their places. */
#include "internal.h"

/* A function without captures is a static closure, and its entry does not count itself; so one made here, should
 * anybody ask for it, never dies. */
RtValue rt_make_closure(const RtCode *code, const RtValue *captures, int64_t count)
{
    RtClosure *closure = rt_alloc(rt_closure_size_bytes(count));
    closure->count = 1;
    closure->arity = code->entry && code->min_args == code->max_args ? code->min_args : -1;
    closure->entry = code->entry;
    closure->code = code;
    closure->capture_count = count;
    for (int64_t i = 0; i < count; i++) closure->captures[i] = captures[i];
    RtValue value = rt_from_object(RT_CLOSURE, closure);
    if (count == 0) rt_make_immortal(value);
    return value;
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
