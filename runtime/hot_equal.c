/* The quick answers of equal?; inlined into user code like hot.c, whose rules hold here as well. */
#include "internal.h"

RtValue rt_equal(RtValue a, RtValue b)
{
    if (a.tag != b.tag) return rt_nil();
    if (a.tag <= RT_INT || a.tag == RT_SYMBOL) return rt_from_bool(a.data == b.data);
    if (a.tag == RT_STRING) {
        const RtString *x = rt_as_string(a), *y = rt_as_string(b);
        if (x->size_bytes != y->size_bytes || x->bytes[0] != y->bytes[0]) return rt_nil(); /* there is always a NUL */
        if (x->size_bytes <= 1) return rt_true();
    }
    return rt_from_bool(rt_equal_slow(a, b));
}
