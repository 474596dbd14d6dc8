/* Addition, subtraction, multiplication, division and negation over all number types. */
#include "number_testing.h"
#include <math.h>

#define MAX "9223372036854775807"
#define MIN "-9223372036854775808"
#define BEYOND "9223372036854775808"
#define BELOW "-9223372036854775809"

START_TEST(test_ints)
{
    assert_binary(rt_add, "2", "3", "5");
    assert_binary(rt_sub, "10", "3", "7");
    assert_binary(rt_mul, "6", "7", "42");
    assert_binary(rt_div, "10", "2", "5");
    assert_binary(rt_div, "-10", "5", "-2");
    assert_binary(rt_div, "10", "-1", "-10");
    assert_binary(rt_div, "0", "-7", "0");
    assert_binary(rt_mul, "0", MIN, "0");
    assert_written(rt_neg(rt_from_int(5), NULL), "-5", "neg 5");
    assert_written(rt_neg(rt_from_int(0), NULL), "0", "neg 0");
}
END_TEST

START_TEST(test_overflow_grows)
{
    assert_binary(rt_add, MAX, "1", BEYOND);
    assert_binary(rt_add, MIN, "-1", BELOW);
    assert_binary(rt_sub, MIN, "1", BELOW);
    assert_binary(rt_sub, "0", MIN, BEYOND);
    assert_binary(rt_mul, MAX, "2", "18446744073709551614");
    assert_binary(rt_mul, MIN, "-1", BEYOND);
    assert_binary(rt_mul, MIN, MIN, "85070591730234615865843651857942052864");
    assert_binary(rt_div, MIN, "-1", BEYOND);
    assert_binary(rt_div, MIN, "1", MIN);
    assert_written(rt_neg(value_of(MIN), NULL), BEYOND, "neg min");
}
END_TEST

START_TEST(test_results_shrink)
{
    assert_binary(rt_sub, BEYOND, "1", MAX);
    assert_binary(rt_add, BELOW, "1", MIN);
    assert_binary(rt_add, BEYOND, MIN, "0");
    assert_binary(rt_div, "18446744073709551614", "2", MAX);
    assert_binary(rt_mul, BEYOND, "0", "0");
    assert_binary(rt_div, BEYOND, BEYOND, "1");
    RtValue v = rt_neg(value_of(BEYOND), NULL);
    ck_assert_uint_eq(v.tag, RT_INT);
    ck_assert_int_eq(v.data, INT64_MIN);
    v = rt_sub(value_of(BEYOND), rt_from_int(1), NULL);
    ck_assert_uint_eq(v.tag, RT_INT);
    v = rt_add(value_of(MAX), rt_from_int(1), NULL);
    ck_assert_uint_eq(v.tag, RT_BIGINT);
    rt_drop(v);
}
END_TEST

START_TEST(test_bigints)
{
    assert_binary(rt_add, "100000000000000000000", "1", "100000000000000000001");
    assert_binary(rt_sub, "1", "100000000000000000000", "-99999999999999999999");
    assert_binary(rt_mul, "100000000000000000000", "-10000000000", "-1000000000000000000000000000000");
    assert_binary(rt_mul, "18446744073709551616", "18446744073709551616", "340282366920938463463374607431768211456");
    assert_binary(rt_div, "100000000000000000000", "10000000000", "10000000000");
    assert_binary(rt_div, "100000000000000000000", "3", "100000000000000000000/3");
    assert_binary(rt_div, "2", "100000000000000000000", "1/50000000000000000000");
    assert_written(rt_neg(value_of("100000000000000000000"), NULL), "-100000000000000000000", "neg");
}
END_TEST

START_TEST(test_ratios)
{
    assert_binary(rt_div, "7", "2", "7/2");
    assert_binary(rt_div, "6", "-4", "-3/2");
    assert_binary(rt_div, MIN, "3", MIN "/3");
    assert_binary(rt_div, "3", MIN, "-3/" BEYOND);
    assert_binary(rt_add, "1/2", "1/3", "5/6");
    assert_binary(rt_add, "1/2", "1/2", "1");
    assert_binary(rt_sub, "1/2", "1/2", "0");
    assert_binary(rt_sub, "1", "1/3", "2/3");
    assert_binary(rt_mul, "2/3", "3/2", "1");
    assert_binary(rt_mul, "0", "3/2", "0");
    assert_binary(rt_mul, "2", "1/2", "1");
    assert_binary(rt_div, "0", "3/2", "0");
    assert_binary(rt_div, "1", "-3/2", "-2/3");
    assert_binary(rt_div, "1/2", "1/4", "2");
    assert_binary(rt_div, "1/2", "-4", "-1/8");
    assert_binary(rt_mul, BEYOND, "1/2", "4611686018427387904");
    assert_binary(rt_add, BEYOND, "1/2", "18446744073709551617/2");
    assert_binary(rt_mul, "1/3", "55340232221128654848", "18446744073709551616");
    assert_written(rt_neg(value_of("1/2"), NULL), "-1/2", "neg");
    RtValue shared = value_of("-2/3");
    assert_written(rt_neg(rt_dup(shared), NULL), "2/3", "neg of a shared ratio");
    assert_written(shared, "-2/3", "shared");
}
END_TEST

START_TEST(test_same_object_twice)
{
    BinaryOperator *operators[] = {rt_add, rt_sub, rt_mul, rt_div};
    const char *big[] = {"36893488147419103232", "0", "340282366920938463463374607431768211456", "1"};
    const char *ratio[] = {"2/3", "0", "1/9", "1"};
    for (int i = 0; i < 4; i++) {
        RtValue b = value_of("18446744073709551616"), r = value_of("1/3");
        assert_written(operators[i](rt_dup(b), b, NULL), big[i], "bigint with itself");
        assert_written(operators[i](rt_dup(r), r, NULL), ratio[i], "ratio with itself");
    }
}
END_TEST

START_TEST(test_unique_operand_is_reused)
{
    RtValue v = value_of("100000000000000000000");
    void *object = rt_object(v);
    v = rt_add(v, rt_from_int(1), NULL);
    ck_assert_ptr_eq(rt_object(v), object);
    v = rt_sub(rt_from_int(1), v, NULL);
    ck_assert_ptr_eq(rt_object(v), object);
    assert_written(v, "-100000000000000000000", "reused");
}
END_TEST

START_TEST(test_immortal_operand_is_kept)
{
    RtValue v = value_of("100000000000000000000");
    rt_as_bigint(v)->count |= RT_IMMORTAL;
    assert_written(rt_add(v, v, NULL), "200000000000000000000", "sum of a literal");
    assert_written(v, "100000000000000000000", "literal");
    rt_as_bigint(v)->count = 1;
    rt_drop(v);
}
END_TEST

START_TEST(test_floats)
{
    assert_binary(rt_add, "1", "2.5", "3.5");
    assert_binary(rt_add, "1.5", "2.5", "4.0");
    assert_binary(rt_sub, "0.5", "1/2", "0.0");
    assert_binary(rt_mul, "100000000000000000000", "0.5", "5e19");
    assert_binary(rt_div, "1/2", "0.25", "2.0");
    assert_binary(rt_mul, "1e308", "10", "+inf.0");
    assert_written(rt_neg(value_of("0.0"), NULL), "-0.0", "neg 0.0");
    assert_written(rt_sub(value_of("+inf.0"), value_of("+inf.0"), NULL), "+nan.0", "inf - inf");
    assert_written(rt_mul(value_of("0"), value_of("+inf.0"), NULL), "+nan.0", "0 * inf");
}
END_TEST

START_TEST(test_division_by_zero)
{
    const char *exact[] = {"0", "1", "-7", MIN, BEYOND, "1/2"};
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        assert_binary_raises(rt_div, exact[i], "0", "division by zero");
    }
    assert_binary(rt_div, "1.0", "0", "+inf.0");
    assert_binary(rt_div, "-1", "0.0", "-inf.0");
    assert_binary(rt_div, "1", "-0.0", "-inf.0");
    assert_binary(rt_div, "0.0", "0", "+nan.0");
    assert_binary(rt_div, BEYOND, "0.0", "+inf.0");
    assert_binary(rt_div, "-1/2", "0.0", "-inf.0");
}
END_TEST

/* The decimal text of the exact number is read by strtod, which rounds correctly. */
static void assert_nearest(RtValue exact, const char *decimal)
{
    RtValue sum = rt_add(exact, rt_from_float(0.0), NULL);
    ck_assert_uint_eq(sum.tag, RT_FLOAT);
    double got = rt_float_bits(sum), expected = strtod(decimal, NULL);
    ck_assert_msg(got == expected, "%s: expected %a, got %a", decimal, expected, got);
}

START_TEST(test_bigint_to_nearest_double)
{
    assert_nearest(value_of("9007199254740993"), "9007199254740993");
    assert_nearest(value_of("9223372036854776832"), "9223372036854776832"); /* 2^63 + 2^10: tie, to even */
    assert_nearest(value_of("9223372036854776833"), "9223372036854776833");
    assert_nearest(value_of("9223372036854778880"), "9223372036854778880"); /* tie, upwards */
    assert_nearest(value_of("-36893488147419111424"), "-36893488147419111424");
    uint64_t state = 1;
    for (int i = 0; i < 4000; i++) {
        mpz_t z;
        mpz_init_set_ui(z, next_random(&state) >> next_random(&state) % 63);
        mpz_setbit(z, 63);
        mpz_mul_2exp(z, z, next_random(&state) % 980);
        /* Half a unit of the last place of the double, give or take one: ties and their neighbours. */
        if (i % 4) {
            mp_bitcnt_t half = mpz_sizeinbase(z, 2) - 54;
            mpz_tdiv_q_2exp(z, z, half);
            mpz_setbit(z, 0);
            mpz_mul_2exp(z, z, half);
            if (i % 4 == 2) mpz_add_ui(z, z, 1);
            if (i % 4 == 3) mpz_sub_ui(z, z, 1);
        }
        if (i & 16) mpz_neg(z, z);
        char *text = mpz_get_str(NULL, 10, z);
        assert_nearest(rt_integer_from_mpz(z), text);
        free(text);
    }
}
END_TEST

START_TEST(test_bigint_beyond_doubles)
{
    mpz_t z;
    mpz_init(z);
    mpz_ui_pow_ui(z, 2, 1024);
    mpz_t half; /* of the largest double's last place */
    mpz_init(half);
    mpz_ui_pow_ui(half, 2, 970);
    mpz_sub(z, z, half);
    mpz_clear(half);
    mpz_t below;
    mpz_init(below);
    mpz_sub_ui(below, z, 1);
    assert_written(rt_add(rt_integer_from_mpz(below), rt_from_float(0), NULL), "1.7976931348623157e308", "largest");
    assert_written(rt_mul(rt_integer_from_mpz(z), rt_from_float(-1), NULL), "-inf.0", "tie at the largest");
}
END_TEST

/* N/10^k against the text Ne-k, from infinity through all normal and subnormal exponents to zero. */
START_TEST(test_ratio_to_nearest_double)
{
    uint64_t state = 2;
    for (int i = 0; i < 6000; i++) {
        char decimal[64];
        int scale = (int)(next_random(&state) % 380);
        uint64_t digits = next_random(&state) >> next_random(&state) % 40;
        const char *sign = next_random(&state) & 1 ? "-" : "";
        uint64_t more = next_random(&state) % 100;
        snprintf(decimal, sizeof decimal, "%s%lu%02lue-%d", sign, digits, more, scale);
        char ratio[500];
        int size = snprintf(ratio, sizeof ratio, "%.*s/1", (int)(strchr(decimal, 'e') - decimal), decimal);
        memset(ratio + size, '0', (size_t)scale);
        ratio[size + scale] = '\0';
        assert_nearest(value_of(ratio), decimal);
    }
}
END_TEST

START_TEST(test_ratio_ties_at_subnormals)
{
    mpq_t q;
    mpq_init(q);
    for (unsigned long n = 1; n < 40; n++) { /* n/8 units of the least subnormal: ties at odd multiples of 4 */
        mpq_set_ui(q, n, 1);
        mpq_div_2exp(q, q, 1077);
        mpq_t copy;
        mpq_init(copy);
        mpq_set(copy, q);
        RtValue sum = rt_add(rt_ratio_from_mpq(copy), rt_from_float(0.0), NULL);
        double expected = ldexp(nearbyint((double)n / 8), -1074);
        ck_assert_msg(rt_float_bits(sum) == expected, "%lu: %a, %a", n, rt_float_bits(sum), expected);
    }
    mpq_clear(q);
}
END_TEST

static RtValue random_exact(uint64_t *state)
{
    mpq_t q;
    mpq_init(q);
    uint64_t kind = next_random(state) % 4;
    mpz_set_si(mpq_numref(q), (int64_t)(next_random(state) >> next_random(state) % 64));
    if (kind & 1) mpz_mul_si(mpq_numref(q), mpq_numref(q), (int64_t)next_random(state));
    if (kind & 2) mpz_set_ui(mpq_denref(q), 1 + next_random(state) % 12);
    mpq_canonicalize(q);
    return rt_ratio_from_mpq(q);
}

START_TEST(test_laws_of_exact_arithmetic)
{
    uint64_t state = 3;
    for (int i = 0; i < 20000; i++) {
        RtValue a = random_exact(&state), b = random_exact(&state), c = random_exact(&state);
        RtValue back = rt_sub(rt_add(rt_dup(a), rt_dup(b), NULL), rt_dup(b), NULL);
        ck_assert(rt_number_eqv(a, back));
        rt_drop(back);
        if (!(b.tag == RT_INT && b.data == 0)) {
            back = rt_div(rt_mul(rt_dup(b), rt_dup(a), NULL), rt_dup(b), NULL);
            ck_assert(rt_number_eqv(a, back));
            ck_assert_uint_eq(rt_number_hash(a), rt_number_hash(back));
            rt_drop(back);
        }
        RtValue left = rt_mul(rt_add(rt_dup(a), rt_dup(b), NULL), rt_dup(c), NULL);
        RtValue right = rt_add(rt_mul(a, rt_dup(c), NULL), rt_mul(b, c, NULL), NULL);
        ck_assert(rt_number_eqv(left, right));
        rt_drop(rt_add(left, rt_neg(right, NULL), NULL));
    }
}
END_TEST

START_TEST(test_wrong_operands)
{
    assert_binary_raises(rt_add, "\"x", "1", "+: expected a number, got \"x\"");
    assert_binary_raises(rt_sub, BEYOND, "nil", "-: expected a number, got nil");
    assert_binary_raises(rt_mul, "\"x", "\"y", "*: expected a number, got \"x\"");
    assert_binary_raises(rt_mul, "1/2", "t", "*: expected a number, got t");
    assert_binary_raises(rt_div, "\"x", "0", "/: expected a number, got \"x\"");
    assert_binary_raises(rt_div, "1.5", "\"y", "/: expected a number, got \"y\"");
}
END_TEST

START_TEST(test_variadic)
{
    assert_variadic(rt_add_n, "", "0");
    assert_variadic(rt_mul_n, "", "1");
    assert_variadic(rt_add_n, "5", "5");
    assert_variadic(rt_mul_n, BEYOND, BEYOND);
    assert_variadic(rt_sub_n, "5", "-5");
    assert_variadic(rt_sub_n, "0.0", "-0.0");
    assert_variadic(rt_div_n, "4", "1/4");
    assert_variadic(rt_div_n, "-1/4", "-4");
    assert_variadic(rt_div_n, "0.0", "+inf.0");
    assert_variadic(rt_add_n, "1 2 3 4 5", "15");
    assert_variadic(rt_sub_n, "10 1 2 3", "4");
    assert_variadic(rt_mul_n, "1 2 3 4 5", "120");
    assert_variadic(rt_div_n, "60 2 3 4", "5/2");
    assert_variadic(rt_add_n, "1/2 1/2 0.5", "1.5");
    assert_variadic(rt_add_n, MAX " " MAX " 2", "18446744073709551616");
}
END_TEST

START_TEST(test_variadic_errors)
{
    assert_variadic(rt_add_n, "\"x", "!+: expected a number, got \"x\"");
    assert_variadic(rt_mul_n, "nil", "!*: expected a number, got nil");
    assert_variadic(rt_sub_n, "\"x", "!-: expected a number, got \"x\"");
    assert_variadic(rt_div_n, "\"x", "!/: expected a number, got \"x\"");
    assert_variadic(rt_div_n, "0", "!division by zero");
    assert_variadic(rt_add_n, "\"x \"y " BEYOND " 1/2", "!+: expected a number, got \"x\"");
    assert_variadic(rt_add_n, BEYOND " 1/2 \"y " BEYOND " \"z", "!+: expected a number, got \"y\"");
    assert_variadic(rt_div_n, BEYOND " 0 \"y " BEYOND, "!division by zero");
    assert_variadic(rt_div_n, BEYOND " \"y 0 " BEYOND, "!/: expected a number, got \"y\"");
    assert_variadic(rt_div_n, "1.0 0 " BEYOND, "+inf.0");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arith");
    TCase *basic = add_case(suite, "operators");
    tcase_add_test(basic, test_ints);
    tcase_add_test(basic, test_overflow_grows);
    tcase_add_test(basic, test_results_shrink);
    tcase_add_test(basic, test_bigints);
    tcase_add_test(basic, test_ratios);
    tcase_add_test(basic, test_same_object_twice);
    tcase_add_test(basic, test_unique_operand_is_reused);
    tcase_add_test(basic, test_immortal_operand_is_kept);
    tcase_add_test(basic, test_floats);
    tcase_add_test(basic, test_laws_of_exact_arithmetic);
    TCase *conversion = add_case(suite, "conversion to floats");
    tcase_add_test(conversion, test_bigint_to_nearest_double);
    tcase_add_test(conversion, test_bigint_beyond_doubles);
    tcase_add_test(conversion, test_ratio_to_nearest_double);
    tcase_add_test(conversion, test_ratio_ties_at_subnormals);
    TCase *errors = add_case(suite, "errors");
    tcase_add_test(errors, test_division_by_zero);
    tcase_add_test(errors, test_wrong_operands);
    TCase *variadic = add_case(suite, "variadic");
    tcase_add_test(variadic, test_variadic);
    tcase_add_test(variadic, test_variadic_errors);
    return run_suite(suite);
}
