/* format: a template with directives and the operands they show.
 *
 *   ~a      displayed, as println does          ~,Nf    number with N digits after the point
 *   ~s      written, strings in quotes          ~,Ne    the same with one digit before the point and an exponent
 *   ~d ~x ~b ~o   integer in radix 10, 16, 2, 8       ~%  newline       ~~  tilde
 *
 * The template and all operands are checked before anything is written, so nothing is held when an error is raised.
 * ~f and ~e take the exact value of any number, floats too, and round it correctly, a tie to the even digit.
 */
#include "number.h"
#include "string_parts.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_DIGITS = 1000000 }; /* after the point */

static const char who[] = "format";

/* ---- the template ---------------------------------------------------------------------------------------------- */

typedef struct Template {
    const char *next, *end;
} Template;

typedef struct Directive {
    char kind; /* 0: none, the template ends */
    int64_t digits;
    const char *text; /* before it, literal text of this size */
    size_t text_size;
} Directive;

static bool takes_operand(const Directive *directive) { return directive->kind != '%' && directive->kind != '~'; }

/* The digits of ~,N; more than allowed stays more than allowed. */
static int64_t read_digits(Template *template)
{
    int64_t digits = 0;
    for (; *template->next >= '0' && *template->next <= '9'; template->next++) {
        if (digits <= MAX_DIGITS) digits = digits * 10 + (*template->next - '0');
    }
    return digits;
}

static RT_NORETURN void raise_bad_directive(const Template *template, const char *begin, const RtPlace *at)
{
    const char *end = template->next;
    if (end < template->end) end++;
    while ((*end & 0xC0) == 0x80) end++; /* the final NUL ends it */
    rt_raise_type(at, who, "a directive (~a ~s ~d ~x ~b ~o ~,3f ~,3e ~% ~~)",
                  rt_make_string(begin, (size_t)(end - begin)));
}

/* The next directive and the text before it; raises for one that there is not. */
static Directive next_directive(Template *template, const RtPlace *at)
{
    size_t rest = (size_t)(template->end - template->next);
    const char *tilde = memchr(template->next, '~', rest);
    Directive directive = {.text = template->next, .text_size = tilde ? (size_t)(tilde - template->next) : rest};
    if (!tilde) return directive;
    template->next = tilde + 1;
    const char *kinds = "asdxbo%~";
    if (*template->next == ',') {
        const char *first_digit = ++template->next;
        directive.digits = read_digits(template);
        kinds = template->next > first_digit ? "fe" : "";
    }
    char kind = *template->next;
    if (kind == '\0' || !strchr(kinds, kind)) raise_bad_directive(template, tilde, at);
    directive.kind = kind;
    template->next++;
    return directive;
}

/* ---- checks ---------------------------------------------------------------------------------------------------- */

static void check_operand(const Directive *directive, RtValue operand, const RtPlace *at)
{
    switch (directive->kind) {
    case 'f':
    case 'e':
        if (directive->digits > MAX_DIGITS) {
            rt_raise_message(at, "%s: expected at most %d digits after the point in a directive", who, MAX_DIGITS);
        }
        if (!rt_is_number_value(operand)) rt_raise_type(at, who, "a number", rt_dup(operand));
        return;
    case 'd':
    case 'x':
    case 'b':
    case 'o':
        if (operand.tag != RT_INT && operand.tag != RT_BIGINT) rt_raise_type(at, who, "an integer", rt_dup(operand));
        return;
    default: return;
    }
}

static void check_operands(Template template, const RtValue *operands, int64_t count, const RtPlace *at)
{
    int64_t used = 0;
    for (Directive directive; (directive = next_directive(&template, at)).kind != 0;) {
        if (!takes_operand(&directive)) continue;
        if (used < count) check_operand(&directive, operands[used], at);
        used++;
    }
    if (used != count) {
        rt_raise_message(at, "%s: expected %ld operand%s after this template, got %ld", who, (long)used,
                         used == 1 ? "" : "s", (long)count);
    }
}

/* ---- rounding -------------------------------------------------------------------------------------------------- */

/* z = x * 10^exponent, rounded to an integer, ties to even; x >= 0. */
static void scale_and_round(mpz_t z, mpq_srcptr x, int64_t exponent)
{
    mpz_t divisor, rest;
    mpz_inits(divisor, rest, NULL);
    mpz_ui_pow_ui(rest, 10, (unsigned long)(exponent < 0 ? -exponent : exponent));
    if (exponent < 0) mpz_set(z, mpq_numref(x));
    else mpz_mul(z, mpq_numref(x), rest);
    if (exponent < 0) mpz_mul(divisor, mpq_denref(x), rest);
    else mpz_set(divisor, mpq_denref(x));
    mpz_fdiv_qr(z, rest, z, divisor);
    mpz_mul_2exp(rest, rest, 1);
    int order = mpz_cmp(rest, divisor);
    if (order > 0 || (order == 0 && mpz_odd_p(z))) mpz_add_ui(z, z, 1);
    mpz_clears(divisor, rest, NULL);
}

/* x >= 10^exponent */
static bool reaches_power(mpq_srcptr x, int64_t exponent)
{
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)(exponent < 0 ? -exponent : exponent));
    if (exponent < 0) mpz_mul(power, power, mpq_numref(x));
    else mpz_mul(power, power, mpq_denref(x));
    int order = exponent < 0 ? mpz_cmp(power, mpq_denref(x)) : mpz_cmp(mpq_numref(x), power);
    mpz_clear(power);
    return order >= 0;
}

/* The greatest e with 10^e <= x; x > 0. */
static int64_t decimal_exponent(mpq_srcptr x)
{
    /* mpz_sizeinbase may be one too large. */
    int64_t exponent = (int64_t)mpz_sizeinbase(mpq_numref(x), 10) - (int64_t)mpz_sizeinbase(mpq_denref(x), 10) + 1;
    while (!reaches_power(x, exponent)) exponent--;
    return exponent;
}

/* x > 0 as z * 10^(result - digits), z of digits + 1 digits; 0 as itself. */
static int64_t round_to_exponent(mpz_t z, mpq_srcptr x, int64_t digits)
{
    if (mpq_sgn(x) == 0) return 0;
    int64_t exponent = decimal_exponent(x);
    scale_and_round(z, x, digits - exponent);
    mpz_t limit;
    mpz_init(limit);
    mpz_ui_pow_ui(limit, 10, (unsigned long)digits + 1);
    if (mpz_cmp(z, limit) == 0) { /* 9.99 became 10.0 */
        mpz_divexact_ui(z, z, 10);
        exponent++;
    }
    mpz_clear(limit);
    return exponent;
}

/* The digits of z >= 0, the last `after` of them behind a point. */
static void add_with_point(RtText *out, mpz_srcptr z, int64_t after)
{
    char *digits = mpz_get_str(NULL, 10, z);
    int64_t count = (int64_t)strlen(digits), fraction = count < after ? count : after;
    if (count > after) rt_text_add(out, digits, (size_t)(count - after));
    else rt_text_add(out, "0", 1);
    if (after > 0) rt_text_add(out, ".", 1);
    for (int64_t i = count; i < after; i++) rt_text_add(out, "0", 1);
    rt_text_add(out, digits + count - fraction, (size_t)fraction);
    free(digits);
}

/* The exact magnitude, rounded; before it the sign, also that of -0.0 and of what is rounded to 0. */
static void add_rounded(RtText *out, const Directive *directive, RtValue number)
{
    if (number.tag == RT_FLOAT && !isfinite(rt_float_bits(number))) {
        rt_write_number_borrow(out, number);
        return;
    }
    mpq_t x;
    mpz_t z;
    mpq_init(x);
    mpz_init(z);
    rt_set_exact_borrow(x, number);
    if (number.tag == RT_FLOAT ? signbit(rt_float_bits(number)) : mpq_sgn(x) < 0) rt_text_add(out, "-", 1);
    mpq_abs(x, x);
    if (directive->kind == 'f') {
        scale_and_round(z, x, directive->digits);
        add_with_point(out, z, directive->digits);
    } else {
        char suffix[32];
        int64_t exponent = round_to_exponent(z, x, directive->digits);
        add_with_point(out, z, directive->digits);
        snprintf(suffix, sizeof suffix, "e%lld", (long long)exponent);
        rt_text_add_text(out, suffix);
    }
    mpz_clear(z);
    mpq_clear(x);
}

/* ---- writing --------------------------------------------------------------------------------------------------- */

static void add_in_radix(RtText *out, RtValue integer, int radix)
{
    RtIntegerView view;
    char *digits = mpz_get_str(NULL, radix, rt_view_integer_borrow(integer, &view));
    rt_text_add_text(out, digits);
    free(digits);
}

static void add_operand(RtText *out, const Directive *directive, RtValue operand)
{
    switch (directive->kind) {
    case 'a': rt_display_value_borrow(out, operand); break;
    case 's': rt_write_value_borrow(out, operand, 0); break;
    case 'd': rt_write_number_borrow(out, operand); break;
    case 'x': add_in_radix(out, operand, 16); break;
    case 'b': add_in_radix(out, operand, 2); break;
    case 'o': add_in_radix(out, operand, 8); break;
    default: add_rounded(out, directive, operand);
    }
}

RtValue rt_format(RtValue *args, int64_t count, const RtPlace *at)
{
    const RtString *s = rt_expect_string(args[0], who, at);
    Template template = {s->bytes, s->bytes + s->size_bytes};
    check_operands(template, args + 1, count - 1, at);
    RtText out = {0};
    const RtValue *operand = args + 1;
    for (;;) {
        Directive directive = next_directive(&template, at);
        rt_text_add(&out, directive.text, directive.text_size);
        if (directive.kind == 0) break;
        if (directive.kind == '%') rt_text_add(&out, "\n", 1);
        else if (directive.kind == '~') rt_text_add(&out, "~", 1);
        else add_operand(&out, &directive, *operand++);
    }
    RtValue result = rt_make_string(out.bytes, out.size);
    rt_text_free(&out);
    return result;
}
