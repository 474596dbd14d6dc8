/* Numbers as text, both ways: one numeric token to a value, a number to its written form.
 *
 * Reading: a scanner decides from the characters alone whether the token is an integer, a ratio or a float; only then
 * is it converted, so that strtod and GMP never see syntax of their own.  Tokens may have any length.
 * Writing a float: the fewest digits that read back to the same double and, among those, the ones closest to it.
 * 15 digits are enough for every decimal of up to 15 digits, so nearly all floats in real programs take one try.
 * Assumes the numeric locale "C", which nothing in the program changes.
 */
#include "number.h"
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* ---- reading ------------------------------------------------------------------------------------------------- */

typedef struct Scanner {
    const char *next, *end;
} Scanner;

static size_t skip_digits(Scanner *scanner)
{
    const char *start = scanner->next;
    while (scanner->next < scanner->end && *scanner->next >= '0' && *scanner->next <= '9') scanner->next++;
    return (size_t)(scanner->next - start);
}

static bool skip_char(Scanner *scanner, char c)
{
    if (scanner->next == scanner->end || *scanner->next != c) return false;
    scanner->next++;
    return true;
}

enum TokenKind { TOKEN_OTHER, TOKEN_INTEGER, TOKEN_RATIO, TOKEN_FLOAT };

/* integer: [-] digits   ratio: [-] digits / digits
 * float:   [-] (digits [. [digits]] | . digits) [(e|E) [+|-] digits]   with a point or an exponent */
static enum TokenKind classify(const char *text, size_t size_bytes)
{
    Scanner scanner = {text, text + size_bytes};
    skip_char(&scanner, '-');
    size_t whole_digits = skip_digits(&scanner);
    if (whole_digits > 0 && scanner.next == scanner.end) return TOKEN_INTEGER;
    if (whole_digits > 0 && skip_char(&scanner, '/')) {
        return skip_digits(&scanner) > 0 && scanner.next == scanner.end ? TOKEN_RATIO : TOKEN_OTHER;
    }
    size_t fraction_digits = skip_char(&scanner, '.') ? skip_digits(&scanner) : 0;
    if (whole_digits + fraction_digits == 0) return TOKEN_OTHER;
    if (skip_char(&scanner, 'e') || skip_char(&scanner, 'E')) {
        if (!skip_char(&scanner, '-')) skip_char(&scanner, '+');
        if (skip_digits(&scanner) == 0) return TOKEN_OTHER;
    }
    return scanner.next == scanner.end ? TOKEN_FLOAT : TOKEN_OTHER;
}

static bool read_special(const char *text, size_t size_bytes, double *out)
{
    static const struct {
        char text[7];
        double value;
    } specials[] = {{"+inf.0", HUGE_VAL}, {"-inf.0", -HUGE_VAL}, {"+nan.0", NAN}};
    for (size_t i = 0; i < sizeof specials / sizeof specials[0]; i++) {
        if (size_bytes != 6 || memcmp(text, specials[i].text, 6) != 0) continue;
        *out = specials[i].value;
        return true;
    }
    return false;
}

static RtValue read_short_integer(const char *digits, size_t count, bool negative)
{
    int64_t n = 0;
    for (size_t i = 0; i < count; i++) n = n * 10 + (digits[i] - '0');
    return rt_from_int(negative ? -n : n);
}

/* `text`: NUL-terminated copy of a ratio token, cut in two at its slash. */
static enum RtNumberSyntax read_ratio(char *text, bool negative, RtValue *out)
{
    char *slash = strchr(text, '/');
    *slash = '\0';
    RtValue denominator = rt_read_integer(slash + 1, false);
    if (rt_is_exact_zero(denominator)) return RT_NUMBER_ZERO_DENOMINATOR;
    *out = rt_ratio_of_integers(rt_read_integer(text, negative), denominator);
    return RT_NUMBER_OK;
}

enum RtNumberSyntax rt_read_number(const char *text, size_t size_bytes, RtValue *out)
{
    double special;
    if (read_special(text, size_bytes, &special)) {
        *out = rt_from_float(special);
        return RT_NUMBER_OK;
    }
    enum TokenKind kind = classify(text, size_bytes);
    if (kind == TOKEN_OTHER) return RT_NUMBER_NONE;
    bool negative = text[0] == '-';
    if (kind == TOKEN_INTEGER && size_bytes <= 18) {
        *out = read_short_integer(text + negative, size_bytes - negative, negative);
        return RT_NUMBER_OK;
    }
    char short_copy[64];
    char *copy = size_bytes < sizeof short_copy ? short_copy : rt_malloc(size_bytes + 1);
    memcpy(copy, text, size_bytes);
    copy[size_bytes] = '\0';
    enum RtNumberSyntax syntax = RT_NUMBER_OK;
    if (kind == TOKEN_INTEGER) *out = rt_read_integer(copy + negative, negative);
    else if (kind == TOKEN_RATIO) syntax = read_ratio(copy + negative, negative, out);
    else *out = rt_from_float(strtod(copy, NULL));
    if (copy != short_copy) free(copy);
    return syntax;
}

/* ---- writing floats ------------------------------------------------------------------------------------------ */

enum { MAX_DIGITS = 17 }; /* enough for every double */

typedef struct Decimal { /* d.ddd * 10^exponent, first digit not 0 */
    char digits[MAX_DIGITS];
    int count;
    int exponent;
} Decimal;

static bool reads_back(const Decimal *decimal, double x)
{
    char text[MAX_DIGITS + 16];
    snprintf(text, sizeof text, "%.*se%d", decimal->count, decimal->digits, decimal->exponent - decimal->count + 1);
    return strtod(text, NULL) == x;
}

/* The closest decimal of `count` digits. */
static void round_to_digits(double x, int count, Decimal *decimal)
{
    char text[MAX_DIGITS + 16];
    snprintf(text, sizeof text, "%.*e", count - 1, x);
    const char *rest = text + 1;
    decimal->digits[0] = text[0];
    if (count > 1) {
        memcpy(decimal->digits + 1, text + 2, (size_t)count - 1);
        rest = text + count + 1;
    }
    decimal->count = count;
    decimal->exponent = (int)strtol(rest + 1, NULL, 10);
}

static void next_decimal_up(Decimal *decimal) /* by one unit of its last digit */
{
    int i = decimal->count - 1;
    while (i >= 0 && decimal->digits[i] == '9') decimal->digits[i--] = '0';
    if (i >= 0) {
        decimal->digits[i]++;
    } else { /* 9.99 became 10.0 */
        decimal->digits[0] = '1';
        decimal->exponent++;
    }
}

/* Below a power of two doubles lie twice as close as above it.  There the closest decimal may lie below, outside of
 * what reads back, while the next one, a little farther above, does read back. */
static bool try_digits(double x, int count, Decimal *decimal)
{
    round_to_digits(x, count, decimal);
    if (reads_back(decimal, x)) return true;
    uint64_t bits = (uint64_t)rt_from_float(x).data;
    if ((bits & 0xfffffffffffffu) != 0) return false;
    next_decimal_up(decimal);
    return reads_back(decimal, x);
}

/* Most numbers that are written have few digits.  If some n / 10^places is x, with n below 10^DBL_DIG, then no other decimal of as few
 * digits reads back to x, and with the least such `places` it is the shortest: n and the power of ten are exact, so the quotient is what
 * reading gives (Clinger, How to Read Floating Point Numbers Accurately). */
static bool find_short_decimal(double x, Decimal *decimal)
{
    enum { MOST_PLACES = 9 };
    const double limit = 1e15;
    double power = 1;
    for (int places = 0; places <= MOST_PLACES && x * power < limit; places++, power *= 10) {
        int64_t n = (int64_t)(x * power + 0.5);
        if ((double)n / power != x) continue;
        char digits[RT_NUMBER_SIZE];
        int count = (int)rt_format_int(n, digits);
        decimal->exponent = count - 1 - places;
        while (count > 1 && digits[count - 1] == '0') count--;
        decimal->count = count;
        memcpy(decimal->digits, digits, (size_t)count);
        return true;
    }
    return false;
}

static void shortest_decimal(double x, Decimal *decimal)
{
    if (find_short_decimal(x, decimal)) return;
    /* A decimal of up to DBL_DIG digits survives the way to a normal double and back, so if there is such a one for x
     * it is x rounded to DBL_DIG digits.  Subnormals hold fewer digits: look for them one by one. */
    int count = x < DBL_MIN ? 1 : DBL_DIG;
    while (count < MAX_DIGITS && !try_digits(x, count, decimal)) count++;
    if (count == MAX_DIGITS) round_to_digits(x, count, decimal);
    while (decimal->count > 1 && decimal->digits[decimal->count - 1] == '0') decimal->count--;
}

static char *put(char *to, const char *bytes, int count)
{
    memcpy(to, bytes, (size_t)count);
    return to + count;
}

static char *put_zeros(char *to, int count)
{
    memset(to, '0', (size_t)count);
    return to + count;
}

static char *put_positional(char *to, const Decimal *decimal)
{
    if (decimal->exponent < 0) {
        to = put_zeros(put(to, "0.", 2), -decimal->exponent - 1);
        return put(to, decimal->digits, decimal->count);
    }
    int whole = decimal->exponent + 1;
    if (decimal->count <= whole) {
        to = put_zeros(put(to, decimal->digits, decimal->count), whole - decimal->count);
        return put(to, ".0", 2);
    }
    to = put(put(to, decimal->digits, whole), ".", 1);
    return put(to, decimal->digits + whole, decimal->count - whole);
}

static char *put_exponential(char *to, const Decimal *decimal)
{
    to = put(to, decimal->digits, 1);
    if (decimal->count > 1) to = put(put(to, ".", 1), decimal->digits + 1, decimal->count - 1);
    return to + sprintf(to, "e%d", decimal->exponent);
}

size_t rt_format_float(double x, char *buffer)
{
    if (isnan(x)) return (size_t)(stpcpy(buffer, "+nan.0") - buffer);
    if (isinf(x)) return (size_t)(stpcpy(buffer, x < 0 ? "-inf.0" : "+inf.0") - buffer);
    char *to = buffer;
    if (signbit(x)) *to++ = '-';
    x = fabs(x);
    if (x < 1e15 && x == (double)(int64_t)x) { /* whole, up to 15 digits: all of them are needed, zeros included */
        return (size_t)(to - buffer) + (size_t)sprintf(to, "%" PRId64 ".0", (int64_t)x);
    }
    Decimal decimal;
    shortest_decimal(x, &decimal);
    bool positional = decimal.exponent >= -4 && decimal.exponent < 16;
    to = positional ? put_positional(to, &decimal) : put_exponential(to, &decimal);
    *to = '\0';
    return (size_t)(to - buffer);
}

/* ---- writing any number -------------------------------------------------------------------------------------- */

#define TENS(digit)                                                                                                    \
    #digit "0" #digit "1" #digit "2" #digit "3" #digit "4" #digit "5" #digit "6" #digit "7" #digit "8" #digit "9"
static const char pairs[201] = TENS(0) TENS(1) TENS(2) TENS(3) TENS(4) TENS(5) TENS(6) TENS(7) TENS(8) TENS(9);

static uint64_t magnitude(int64_t n) { return n < 0 ? 0 - (uint64_t)n : (uint64_t)n; }

/* From the number of its bits, which is off by at most one digit (Warren, Hacker's Delight, section 11-4). */
static int count_digits(uint64_t n)
{
    static const uint64_t powers[] = {0,
                                      10,
                                      100,
                                      1000,
                                      10000,
                                      100000,
                                      1000000,
                                      10000000,
                                      100000000,
                                      1000000000,
                                      10000000000,
                                      100000000000,
                                      1000000000000,
                                      10000000000000,
                                      100000000000000,
                                      1000000000000000,
                                      10000000000000000,
                                      100000000000000000,
                                      1000000000000000000,
                                      10000000000000000000u};
    int bits = 64 - __builtin_clzll(n | 1);
    int least = bits * 1233 >> 12; /* log10(2) is 1233/4096, nearly */
    return least + (n >= powers[least]);
}

size_t rt_int_text_size(int64_t n) { return (size_t)(n < 0) + (size_t)count_digits(magnitude(n)); }

/* Two digits a division: Alexandrescu, Three Optimization Tips for C++. */
void rt_write_int_text(int64_t n, char *to, size_t size)
{
    if (n < 0) *to = '-';
    char *end = to + size;
    uint64_t rest = magnitude(n);
    for (; rest >= 100; rest /= 100) {
        end -= 2;
        memcpy(end, pairs + rest % 100 * 2, 2);
    }
    if (rest >= 10) memcpy(end - 2, pairs + rest * 2, 2);
    else end[-1] = (char)('0' + rest);
}

size_t rt_format_int(int64_t n, char *buffer)
{
    size_t size = rt_int_text_size(n);
    rt_write_int_text(n, buffer, size);
    return size;
}

static void write_mpz(RtText *out, mpz_srcptr z)
{
    char *text = rt_malloc(mpz_sizeinbase(z, 10) + 2); /* sign and NUL */
    mpz_get_str(text, 10, z);
    rt_text_add_text(out, text);
    free(text);
}

void rt_write_bigint_borrow(RtText *out, RtValue bigint) { write_mpz(out, rt_as_bigint(bigint)->z); }

void rt_write_ratio_borrow(RtText *out, RtValue ratio)
{
    write_mpz(out, mpq_numref(rt_as_ratio(ratio)->q));
    rt_text_add(out, "/", 1);
    write_mpz(out, mpq_denref(rt_as_ratio(ratio)->q));
}

void rt_write_number_borrow(RtText *out, RtValue number)
{
    char buffer[RT_NUMBER_SIZE];
    switch (number.tag) {
    case RT_INT: rt_text_add(out, buffer, rt_format_int(number.data, buffer)); break;
    case RT_BIGINT: rt_bigint_ops->write(out, number); break;
    case RT_RATIO: rt_ratio_ops->write(out, number); break;
    default: rt_text_add(out, buffer, rt_format_float(rt_float_bits(number), buffer));
    }
}
