/* Strings made from strings and numbers: string-append, string-join, number->string.
 *
 * Each measures its operands first and allocates the result once, so that joining is linear.
 */
#include "consair_rt.h"

#include <stdlib.h>

static void check_string(RtValue v, const char *who, const RtPlace *at)
{
    if (v.tag != RT_STRING) rt_raise_type(at, who, "a string", rt_dup(v));
}

/* A string of known size and length in code points, its bytes to be filled in by the caller. */
static RtString *string_reserve(int64_t size_bytes, int64_t length)
{
    RtString *string = rt_alloc(sizeof *string + (size_t)size_bytes + 1);
    *string = (RtString){.count = 1, .size_bytes = size_bytes, .length = length, .capacity_bytes = size_bytes};
    string->bytes[size_bytes] = 0;
    return string;
}

static char *add_bytes(char *to, const RtString *part)
{
    memcpy(to, part->bytes, (size_t)part->size_bytes);
    return to + part->size_bytes;
}

RtValue rt_string_append(RtValue *args, int64_t count, const RtPlace *at)
{
    int64_t size = 0, length = 0;
    for (int64_t i = 0; i < count; i++) {
        check_string(args[i], "string-append", at);
        size += rt_as_string(args[i])->size_bytes;
        length += rt_as_string(args[i])->length;
    }
    RtString *result = string_reserve(size, length);
    char *to = result->bytes;
    for (int64_t i = 0; i < count; i++) to = add_bytes(to, rt_as_string(args[i]));
    return rt_from_object(RT_STRING, result);
}

RtValue rt_string_join(RtValue *args, int64_t count, const RtPlace *at)
{
    static const char who[] = "string-join";
    const RtString *separator = NULL;
    if (count == 2) {
        check_string(args[1], who, at);
        separator = rt_as_string(args[1]);
    }
    int64_t size = 0, length = 0, pieces = 0;
    RtValue rest = args[0];
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest)), pieces++) {
        RtValue piece = rt_car_of(rt_as_cons(rest));
        check_string(piece, who, at);
        size += rt_as_string(piece)->size_bytes;
        length += rt_as_string(piece)->length;
    }
    if (rest.tag != RT_NIL) rt_raise_type(at, who, "a list of strings", rt_dup(args[0]));
    if (separator && pieces > 1) {
        size += (pieces - 1) * separator->size_bytes;
        length += (pieces - 1) * separator->length;
    }
    RtString *result = string_reserve(size, length);
    char *to = result->bytes;
    for (rest = args[0]; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
        to = add_bytes(to, rt_as_string(rt_car_of(rt_as_cons(rest))));
        if (separator && rt_as_cons(rest)->cdr_tag == RT_CONS) to = add_bytes(to, separator);
    }
    return rt_from_object(RT_STRING, result);
}

/* The written form in radix 10; another radix (2 to 36) is for exact numbers. */
RtValue rt_number_to_string(RtValue *args, int64_t count, const RtPlace *at)
{
    static const char who[] = "number->string";
    RtValue number = args[0];
    if (number.tag != RT_INT && number.tag != RT_FLOAT && number.tag != RT_BIGINT && number.tag != RT_RATIO)
        rt_raise_type(at, who, "a number", rt_dup(number));
    int64_t radix = 10;
    if (count == 2 && (!rt_to_int(args[1], &radix) || radix < 2 || radix > 36))
        rt_raise_type(at, who, "a radix from 2 to 36", rt_dup(args[1]));
    if (radix == 10) {
        RtText text = {0};
        rt_write_number_borrow(&text, number);
        RtValue result = rt_make_string(text.bytes, text.size);
        rt_text_free(&text);
        return result;
    }
    if (number.tag == RT_FLOAT) rt_raise_type(at, who, "an exact number for this radix", number);
    mpq_t exact;
    mpq_init(exact);
    if (number.tag == RT_INT) mpz_set_si(mpq_numref(exact), number.data);
    else if (number.tag == RT_BIGINT) mpz_set(mpq_numref(exact), rt_as_bigint(number)->z);
    else mpq_set(exact, rt_as_ratio(number)->q);
    char *digits = mpq_get_str(NULL, (int)radix, exact);
    RtValue result = rt_string_from_text(digits);
    free(digits);
    mpq_clear(exact);
    return result;
}
