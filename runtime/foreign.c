/* Operands and results of C functions: what compiled code and the interpreter share of a call of one (compiler/foreign.h).
 *
 * Operands are borrowed; who is called, and where, is for the message of the error.  A string's bytes and a packed vector's elements
 * are handed to C where they are: they live as long as the call.
 */
#include "internal.h"
#include "number.h"

#include <stdlib.h>

RtValue (*rt_foreign_hook)(RtValue *args, int64_t count, const RtPlace *at);

/* Compiled code calls C functions itself; this is the interpreter's way, which belongs to the compiler. */
RtValue rt_foreign_call(RtValue *args, int64_t count, const RtPlace *at)
{
    if (!rt_foreign_hook) rt_internal_error("a C function is called without the interpreter");
    return rt_foreign_hook(args, count, at);
}

/* ---- operands -------------------------------------------------------------------------------------------------- */

void rt_foreign_refuse(RtValue v, const char *who, const char *expected, const RtPlace *at)
{
    rt_raise_type(at, who, expected, rt_dup(v));
}

double rt_foreign_double(RtValue v, const char *who, const RtPlace *at)
{
    if (!rt_is_number_value(v)) rt_foreign_refuse(v, who, "a number", at);
    return rt_number_to_double_borrow(v);
}

int64_t rt_foreign_uint64(RtValue v, const char *who, const RtPlace *at)
{
    if (v.tag == RT_INT && v.data >= 0) return v.data;
    if (v.tag != RT_BIGINT || mpz_sgn(rt_as_bigint(v)->z) < 0 || mpz_sizeinbase(rt_as_bigint(v)->z, 2) > 64)
        rt_foreign_refuse(v, who, "an integer of 64 bits without sign", at);
    return (int64_t)mpz_get_ui(rt_as_bigint(v)->z);
}

int64_t rt_foreign_pointer(RtValue v, const char *who, const RtPlace *at)
{
    if (v.tag != RT_INT && v.tag != RT_NIL) rt_foreign_refuse(v, who, "a pointer (an address or nil)", at);
    return v.data;
}

const char *rt_foreign_string(RtValue v, const char *who, const RtPlace *at)
{
    if (v.tag == RT_NIL) return NULL;
    if (v.tag != RT_STRING) rt_foreign_refuse(v, who, "a string or nil", at);
    const RtString *s = rt_as_string(v);
    if (strlen(s->bytes) != (size_t)s->size_bytes) rt_foreign_refuse(v, who, "a string without NUL characters", at);
    return s->bytes;
}

static bool is_packable(const RtVector *v, uint32_t kind)
{
    for (int64_t i = 0; i < v->length; i++) {
        RtValue item = rt_vector_item_borrow(v, i);
        if (kind == RT_VECTOR_FLOATS ? !rt_is_number_value(item) : item.tag != RT_INT) return false;
    }
    return true;
}

static RtValue packed_copy(const RtVector *v, uint32_t kind)
{
    RtVector *copy = rt_vector_make(kind, v->length);
    for (int64_t i = 0; i < v->length; i++) {
        RtValue item = rt_vector_item_borrow(v, i);
        if (kind == RT_VECTOR_FLOATS) copy->items.floats[i] = rt_number_to_double_borrow(item);
        else copy->items.ints[i] = item.data;
    }
    return rt_from_object(RT_VECTOR, copy);
}

RtValue rt_foreign_vector(RtValue name, RtValue how, RtValue v, const RtPlace *at)
{
    uint32_t kind = (uint32_t)how.data & ~(uint32_t)RT_FOREIGN_INOUT;
    bool is_inout = how.data & RT_FOREIGN_INOUT;
    bool is_vector = v.tag == RT_VECTOR;
    if (is_vector && rt_as_vector(v)->kind == kind && (!is_inout || rt_is_unique(v))) return v;
    if (!is_vector || !is_packable(rt_as_vector(v), kind))
        rt_raise_type(at, rt_as_string(name)->bytes,
                      kind == RT_VECTOR_FLOATS ? "a vector of numbers" : "a vector of integers of 64 bits", v);
    RtValue copy = packed_copy(rt_as_vector(v), kind);
    rt_drop(v);
    return copy;
}

/* ---- results --------------------------------------------------------------------------------------------------- */

RtValue rt_foreign_unsigned(uint64_t n)
{
    if (n <= INT64_MAX) return rt_from_int((int64_t)n);
    mpz_t z;
    mpz_init_set_ui(z, n);
    return rt_integer_from_mpz(z);
}

RtValue rt_foreign_text(const char *text) { return text ? rt_make_string_repaired(text, strlen(text)) : rt_nil(); }

RtValue rt_foreign_owned_text(char *text)
{
    RtValue string = rt_foreign_text(text);
    free(text);
    return string;
}
