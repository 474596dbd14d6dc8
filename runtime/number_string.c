/* Numbers as strings, both ways, in any radix: number->string, string->number.
 *
 * In radix 10 the text is what the printer writes and the reader reads.  Other radices are for exact numbers: the
 * digits 0-9 and a-z, an optional minus, an optional denominator.
 */
#include "number.h"
#include "string_parts.h"

#include <stdlib.h>

/* The optional operand after the first. */
static int radix_operand(const RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    int64_t radix = 10;
    if (count == 2 && (!rt_to_int(args[1], &radix) || radix < 2 || radix > 36)) {
        rt_raise_type(at, who, "a radix from 2 to 36", rt_dup(args[1]));
    }
    return (int)radix;
}

void rt_set_exact_borrow(mpq_t exact, RtValue number)
{
    switch (number.tag) {
    case RT_INT: mpq_set_si(exact, number.data, 1); break;
    case RT_BIGINT: mpq_set_z(exact, rt_as_bigint(number)->z); break;
    case RT_RATIO: mpq_set(exact, rt_as_ratio(number)->q); break;
    default: mpq_set_d(exact, rt_float_bits(number));
    }
}

/* Without a text that grows: programs write many numbers. */
static RtValue int_string(int64_t n)
{
    int64_t size = (int64_t)rt_int_text_size(n), capacity = rt_fresh_capacity(size);
    RtString *s = rt_alloc(rt_string_size_bytes(capacity));
    rt_string_init(s, size, capacity);
    rt_write_int_text(n, s->bytes, (size_t)size);
    return rt_from_object(RT_STRING, s);
}

static RtValue float_string(double number)
{
    char buffer[RT_NUMBER_SIZE];
    return rt_make_string(buffer, rt_format_float(number, buffer));
}

RtValue rt_number_to_string(RtValue *args, int64_t count, const RtPlace *at)
{
    static const char who[] = "number->string";
    RtValue number = args[0];
    if (!rt_is_number_value(number)) rt_raise_type(at, who, "a number", rt_dup(number));
    int radix = radix_operand(args, count, who, at);
    if (radix == 10 && number.tag == RT_INT) return int_string(number.data);
    if (radix == 10 && number.tag == RT_FLOAT) return float_string(rt_float_bits(number));
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
    rt_set_exact_borrow(exact, number);
    char *digits = mpq_get_str(NULL, radix, exact);
    RtValue result = rt_string_from_text(digits);
    free(digits);
    mpq_clear(exact);
    return result;
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static int digit_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'z') return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    return 36;
}

/* So many digits begin here; stops at the final NUL at the latest. */
static int64_t count_digits(const char *bytes, int radix)
{
    int64_t count = 0;
    while (digit_value(bytes[count]) < radix) count++;
    return count;
}

static RtValue integer_of_digits(const char *digits, int64_t count, bool negative, int radix)
{
    char *copy = rt_malloc((size_t)count + 1);
    memcpy(copy, digits, (size_t)count);
    copy[count] = '\0';
    mpz_t z;
    mpz_init_set_str(z, copy, radix);
    free(copy);
    if (negative) mpz_neg(z, z);
    return rt_integer_from_mpz(z);
}

/* [-] digits [/ digits], the whole string; nil for anything else. */
static RtValue read_exact(const RtString *s, int radix)
{
    bool negative = s->bytes[0] == '-';
    const char *whole = s->bytes + negative, *end = s->bytes + s->size_bytes;
    int64_t whole_count = count_digits(whole, radix);
    if (whole_count == 0) return rt_nil();
    const char *next = whole + whole_count;
    if (next == end) return integer_of_digits(whole, whole_count, negative, radix);
    if (*next++ != '/') return rt_nil();
    int64_t count = count_digits(next, radix);
    if (count == 0 || next + count != end) return rt_nil();
    RtValue denominator = integer_of_digits(next, count, false, radix);
    if (rt_is_exact_zero(denominator)) return rt_nil();
    return rt_ratio_of_integers(integer_of_digits(whole, whole_count, negative, radix), denominator);
}

RtValue rt_string_to_number(RtValue *args, int64_t count, const RtPlace *at)
{
    static const char who[] = "string->number";
    const RtString *s = rt_expect_string(args[0], who, at);
    int radix = radix_operand(args, count, who, at);
    if (radix != 10) return read_exact(s, radix);
    RtValue number;
    return rt_read_number(s->bytes, (size_t)s->size_bytes, &number) == RT_NUMBER_OK ? number : rt_nil();
}
