/* Values seen from outside compiled code: the checked getters, the names of the types, and the rare half of `eq`.
 *
 * Making and testing values is inline in consair_rt.h; a getter is for callers that do not know the type yet.  It
 * leaves *out alone when the type is another one, so that a default may be put there first.
 */
#include "equal.h"
#include "consair_rt.h"

bool rt_to_bool(RtValue v, bool *out)
{
    if (v.tag != RT_NIL && v.tag != RT_BOOL) return false;
    *out = v.tag == RT_BOOL;
    return true;
}

bool rt_to_int(RtValue v, int64_t *out)
{
    if (v.tag != RT_INT) return false;
    *out = v.data;
    return true;
}

bool rt_to_float(RtValue v, double *out)
{
    if (v.tag != RT_FLOAT) return false;
    *out = rt_float_bits(v);
    return true;
}

RtValue rt_literal(RtValue a) { return rt_dup(*(const RtValue *)(uintptr_t)a.data); }

const char *rt_type_name(uint32_t tag)
{
    static const char *const names[RT_TAG_COUNT] = {
        [RT_NIL] = "nil",
        [RT_BOOL] = "boolean",
        [RT_INT] = "integer",
        [RT_FLOAT] = "float",
        [RT_CONS] = "cons",
        [RT_SYMBOL] = "symbol",
        [RT_CLOSURE] = "function",
        [RT_STRING] = "string",
        [RT_VECTOR] = "vector",
        [RT_BIGINT] = "big integer",
        [RT_RATIO] = "ratio",
        [RT_MAP] = "map",
        [RT_SET] = "set",
        [RT_PVEC] = "persistent vector",
        [RT_PMAP] = "persistent map",
        [RT_PSET] = "persistent set",
        [RT_REDUCED] = "reduced value",
        [RT_MACRO] = "macro",
        [RT_ERROR] = "error",
        [RT_ENV] = "environment",
    };
    return tag < RT_TAG_COUNT ? names[tag] : "unbound";
}

/* ---- eq -------------------------------------------------------------------------------------------------------- */

/* Local functions that see each other share one environment record and hold none of their siblings; a sibling used as
 * a value is a closure made anew.  To the program two such closures are one function. */
static bool closures_equal(const RtClosure *a, const RtClosure *b)
{
    if (a->code != b->code || a->code->capture_count != 1) return false;
    RtValue x = rt_capture(a, 0), y = rt_capture(b, 0);
    return x.tag == RT_ENV && y.tag == RT_ENV && x.data == y.data;
}

RT_SLOW int rt_eq_slow(RtValue a, RtValue b)
{
    switch (a.tag) {
    case RT_STRING: return rt_same_bytes(rt_as_string(a), rt_as_string(b));
    case RT_BIGINT:
    case RT_RATIO: return rt_number_eqv(a, b);
    case RT_CLOSURE: return closures_equal(rt_as_closure(a), rt_as_closure(b));
    default: return false;
    }
}
