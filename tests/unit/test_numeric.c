/* The numeric functions over random operands of all types, against GMP, the C library, or the law that defines them. */
#include "number_testing.h"
#include "number.h"
#include <math.h>

enum { ROUNDS = 3000 };

static uint64_t state = 20240601;
static uint64_t word(void) { return next_random(&state); }

/* An integer of up to 200 bits, of random sign and size: as often a small int as a bigint. */
static RtValue random_integer(void)
{
    mpz_t z;
    mpz_init(z);
    int words = (int)(word() % 4);
    for (int i = 0; i < words; i++) {
        mpz_mul_2exp(z, z, 64);
        mpz_add_ui(z, z, word());
    }
    mpz_fdiv_q_2exp(z, z, word() % 64);
    if (word() & 1) mpz_neg(z, z);
    return rt_integer_from_mpz(z);
}

static RtValue random_nonzero(void)
{
    RtValue v = random_integer();
    return rt_is_exact_zero(v) ? rt_from_int(7) : v;
}

static RtValue random_ratio(void) /* often an integer, or half of one */
{
    return rt_div(random_integer(), word() % 4 == 0 ? rt_from_int(2) : random_nonzero(), NULL);
}

static double random_double(void) /* any finite one */
{
    for (;;) {
        double x = rt_float_bits(rt_make(RT_FLOAT, (int64_t)word()));
        if (isfinite(x)) return x;
    }
}

static void init_from_value(mpz_t z, RtValue integer)
{
    RtIntegerView view;
    mpz_init_set(z, rt_view_integer_borrow(integer, &view));
}

static void assert_same(RtValue got, RtValue expected) /* both consumed */
{
    RtText text = {0};
    rt_write_value_borrow(&text, got, 0);
    ck_assert_msg(rt_number_eqv(got, expected), "got %s", text.bytes);
    rt_text_free(&text);
    rt_drop(got);
    rt_drop(expected);
}

typedef void MpzOperation(mpz_t result, const mpz_t a, const mpz_t b);

/* Each operand is sometimes shared, so that both ways of consuming it are taken. */
static void compare_with_gmp(VariadicOperator *operator, MpzOperation * oracle)
{
    for (int i = 0; i < ROUNDS; i++) {
        RtValue args[] = {random_integer(), random_integer()};
        mpz_t a, b, expected;
        init_from_value(a, args[0]);
        init_from_value(b, args[1]);
        mpz_init(expected);
        oracle(expected, a, b);
        bool is_shared = word() & 1;
        if (is_shared) rt_dup(args[0]);
        assert_same(operator(args, 2, NULL), rt_integer_from_mpz(expected));
        if (is_shared) {
            mpz_t unchanged;
            init_from_value(unchanged, args[0]);
            ck_assert_int_eq(mpz_cmp(unchanged, a), 0);
            mpz_clear(unchanged);
            rt_drop(args[0]);
        }
        mpz_clears(a, b, NULL);
    }
}

START_TEST(test_gcd_lcm)
{
    compare_with_gmp(rt_gcd, mpz_gcd);
    compare_with_gmp(rt_lcm, mpz_lcm);
}
END_TEST

START_TEST(test_bitwise)
{
    compare_with_gmp(rt_bitwise_and, mpz_and);
    compare_with_gmp(rt_bitwise_ior, mpz_ior);
    compare_with_gmp(rt_bitwise_xor, mpz_xor);
    for (int i = 0; i < ROUNDS; i++) { /* ~n = -n - 1 */
        RtValue n = random_integer();
        assert_same(rt_bitwise_not(rt_dup(n), NULL), rt_sub(rt_neg(n, NULL), rt_from_int(1), NULL));
    }
}
END_TEST

START_TEST(test_bit_count_is_sum_of_bits)
{
    for (int i = 0; i < ROUNDS / 10; i++) {
        RtValue n = random_integer();
        int64_t expected = 0;
        mpz_t z;
        init_from_value(z, n);
        bool is_negative = mpz_sgn(z) < 0;
        for (mp_bitcnt_t bit = 0; bit < 260; bit++) expected += mpz_tstbit(z, bit) != is_negative;
        ck_assert_int_eq(rt_bit_count(n, NULL).data, expected);
        mpz_clear(z);
        rt_drop(n);
    }
}
END_TEST

START_TEST(test_shift_is_floored_product_with_a_power_of_two)
{
    for (int i = 0; i < ROUNDS; i++) {
        RtValue n = random_integer();
        int64_t k = (int64_t)(word() % 300) - 150;
        RtValue expected = rt_floor(rt_mul(rt_dup(n), rt_expt(rt_from_int(2), rt_from_int(k), NULL), NULL), NULL);
        assert_same(rt_arithmetic_shift(n, rt_from_int(k), NULL), expected);
    }
}
END_TEST

START_TEST(test_power_is_repeated_product)
{
    for (int i = 0; i < ROUNDS / 5; i++) {
        RtValue base = word() & 1 ? random_ratio() : rt_from_int((int64_t)(word() % 21) - 10);
        if (rt_is_exact_zero(base)) base = rt_from_int(3);
        int64_t exponent = (int64_t)(word() % 41) - 20;
        RtValue expected = rt_from_int(1);
        for (int64_t j = 0; j < llabs(exponent); j++)
            expected = exponent > 0 ? rt_mul(expected, rt_dup(base), NULL) : rt_div(expected, rt_dup(base), NULL);
        assert_same(rt_expt(base, rt_from_int(exponent), NULL), expected);
    }
}
END_TEST

/* (operator a b) holds; consumes both. */
static void assert_relation(BinaryOperator *operator, RtValue a, RtValue b)
{
    ck_assert(rt_is_truthy(operator(a, b, NULL)));
}

START_TEST(test_rounding_obeys_its_definition)
{
    for (int i = 0; i < ROUNDS; i++) {
        RtValue x = word() % 8 ? random_ratio() : rt_from_float(random_double());
        RtValue floored = rt_floor(rt_dup(x), NULL), ceiled = rt_ceiling(rt_dup(x), NULL);
        RtValue exact_x = rt_exact(rt_dup(x), NULL), exact_floor = rt_exact(floored, NULL);
        RtValue exact_ceiling = rt_exact(ceiled, NULL);
        assert_relation(rt_lte, rt_dup(exact_floor), rt_dup(exact_x));
        assert_relation(rt_lt, rt_dup(exact_x), rt_add(rt_dup(exact_floor), rt_from_int(1), NULL));
        assert_relation(rt_gte, rt_dup(exact_ceiling), rt_dup(exact_x));
        assert_relation(rt_gt, rt_dup(exact_x), rt_sub(rt_dup(exact_ceiling), rt_from_int(1), NULL));
        bool is_negative = rt_is_truthy(rt_lt(rt_dup(x), rt_from_int(0), NULL));
        assert_same(rt_exact(rt_truncate(rt_dup(x), NULL), NULL), rt_dup(is_negative ? exact_ceiling : exact_floor));
        RtValue rounded = rt_exact(rt_round(x, NULL), NULL);
        RtValue distance = rt_abs(rt_sub(exact_x, rt_dup(rounded), NULL), NULL);
        RtValue twice = rt_mul(distance, rt_from_int(2), NULL);
        bool is_half = rt_is_truthy(rt_num_eq(rt_dup(twice), rt_from_int(1), NULL));
        assert_relation(rt_lte, twice, rt_from_int(1));
        RtValue parity = rt_remainder(rounded, rt_from_int(2), NULL);
        ck_assert(!is_half || rt_is_exact_zero(parity));
        rt_drop(exact_floor);
        rt_drop(exact_ceiling);
    }
}
END_TEST

START_TEST(test_root_of_square_is_exact)
{
    for (int i = 0; i < ROUNDS; i++) {
        RtValue x = random_ratio();
        RtValue root = rt_abs(rt_dup(x), NULL);
        assert_same(rt_sqrt(rt_mul(rt_dup(x), x, NULL), NULL), root);
    }
}
END_TEST

START_TEST(test_root_of_other_numbers_is_near)
{
    for (int i = 0; i < ROUNDS; i++) { /* 10^-900 to 10^900, so that most of them are no doubles */
        RtValue scale = rt_expt(rt_from_int(10), rt_from_int((int64_t)(word() % 1200) - 600), NULL);
        RtValue x = rt_mul(rt_abs(random_nonzero(), NULL), scale, NULL);
        mpq_t q;
        mpq_init(q);
        RtIntegerView view;
        if (x.tag == RT_RATIO) mpq_set(q, rt_as_ratio(x)->q);
        else mpq_set_z(q, rt_view_integer_borrow(x, &view));
        mpf_t expected;
        mpf_init2(expected, 512);
        mpf_set_q(expected, q);
        mpf_sqrt(expected, expected);
        double nearest = mpf_get_d(expected); /* truncated: within one unit */
        RtValue root = rt_inexact(rt_sqrt(x, NULL), NULL);
        double relative = isinf(rt_float_bits(root)) ? 0 : fabs(rt_float_bits(root) - nearest) / nearest;
        ck_assert_msg(relative < 0x1p-51, "got %.17g, expected %.17g", rt_float_bits(root), nearest);
        mpf_clear(expected);
        mpq_clear(q);
    }
}
END_TEST

START_TEST(test_exact_and_back)
{
    for (int i = 0; i < ROUNDS; i++) {
        double x = random_double();
        RtValue exact = rt_exact(rt_from_float(x), NULL);
        ck_assert(exact.tag != RT_FLOAT);
        assert_relation(rt_num_eq, rt_dup(exact), rt_from_float(x));
        assert_same(rt_inexact(exact, NULL), rt_from_float(x));
    }
}
END_TEST

START_TEST(test_ratio_is_quotient_of_its_parts)
{
    for (int i = 0; i < ROUNDS; i++) {
        RtValue x = random_ratio();
        RtValue parts[] = {rt_numerator(rt_dup(x), NULL), rt_denominator(rt_dup(x), NULL)};
        assert_same(rt_div(rt_dup(parts[0]), rt_dup(parts[1]), NULL), x);
        assert_same(rt_gcd(parts, 2, NULL), rt_from_int(1));
    }
}
END_TEST

START_TEST(test_extremes_bound_their_operands)
{
    for (int i = 0; i < ROUNDS; i++) {
        RtValue args[] = {random_ratio(), rt_from_float(random_double()), random_integer()};
        for (int j = 0; j < 3; j++) rt_dup(args[j]);
        RtValue least = rt_min(args, 3, NULL);
        for (int j = 0; j < 3; j++) rt_dup(args[j]);
        RtValue greatest = rt_max(args, 3, NULL);
        for (int j = 0; j < 3; j++) {
            assert_relation(rt_lte, rt_dup(least), rt_dup(args[j]));
            assert_relation(rt_gte, rt_dup(greatest), args[j]);
        }
        rt_drop(least);
        rt_drop(greatest);
    }
}
END_TEST

static double float_of(RtValue v)
{
    ck_assert_uint_eq(v.tag, RT_FLOAT);
    return rt_float_bits(v);
}

static void assert_double(RtValue got, double expected)
{
    double x = float_of(got);
    ck_assert_msg(x == expected || (isnan(x) && isnan(expected)), "got %.17g, expected %.17g", x, expected);
}

START_TEST(test_float_functions_are_those_of_the_c_library)
{
    static const struct {
        RtValue (*function)(RtValue, const RtPlace *);
        double (*oracle)(double);
    } functions[] = {{rt_exp, exp}, {rt_sin, sin}, {rt_cos, cos}, {rt_tan, tan}, {rt_asin, asin}, {rt_acos, acos}};
    for (int i = 0; i < ROUNDS; i++) {
        double x = i % 2 ? random_double() : (double)(int64_t)word() * 0x1p-60;
        double y = random_double();
        for (size_t j = 0; j < sizeof functions / sizeof *functions; j++)
            assert_double(functions[j].function(rt_from_float(x), NULL), functions[j].oracle(x));
        RtValue args[] = {rt_from_float(x), rt_from_float(y)};
        assert_double(rt_log(args, 1, NULL), log(x));
        assert_double(rt_atan(args, 1, NULL), atan(x));
        assert_double(rt_atan(args, 2, NULL), atan2(x, y));
        assert_double(rt_expt(args[0], args[1], NULL), pow(x, y));
        assert_double(rt_sqrt(rt_from_float(x), NULL), sqrt(x));
    }
}
END_TEST

START_TEST(test_logarithms_of_huge_numbers)
{
    for (int64_t n = -3000; n <= 3000; n += 7) {
        RtValue args[] = {rt_expt(rt_from_int(10), rt_from_int(n), NULL), rt_from_int(10)};
        double x = float_of(rt_log(args, 2, NULL));
        ck_assert_msg(fabs(x - (double)n) <= fabs((double)n) * 0x1p-50, "log 10^%ld: %.17g", n, x);
    }
}
END_TEST

START_TEST(test_generator_gives_the_published_numbers)
{
    RtValue all = value_of("18446744073709551616"); /* 2^64: one whole output */
    rt_random_seed(rt_from_int(0), NULL);
    assert_written(rt_random(&all, 1, NULL), "11091344671253066420", "seed 0");
    rt_drop(all);
}
END_TEST

START_TEST(test_random_integers_are_uniform)
{
    enum { SIDES = 7, THROWS = 70000 };
    static const double expected = 10000;
    int counts[SIDES] = {0};
    RtValue sides = rt_from_int(SIDES);
    rt_random_seed(rt_from_int(1), NULL);
    for (int i = 0; i < THROWS; i++) counts[rt_random(&sides, 1, NULL).data]++;
    double chi_square = 0;
    for (int i = 0; i < SIDES; i++) chi_square += (counts[i] - expected) * (counts[i] - expected) / expected;
    ck_assert_msg(chi_square < 22.5, "chi-square %g", chi_square); /* probability 0.001 for 6 degrees of freedom */
}
END_TEST

/* 3 * 2^61 is where a biased method shows: a remainder would favour the lower third two to one. */
START_TEST(test_large_random_integers_are_not_biased)
{
    enum { THROWS = 30000 };
    RtValue n = rt_from_int((int64_t)3 << 61), big = rt_arithmetic_shift(n, rt_from_int(64), NULL);
    int lower = 0, lower_big = 0;
    rt_random_seed(rt_from_int(2), NULL);
    for (int i = 0; i < THROWS; i++) {
        lower += rt_random(&n, 1, NULL).data < (int64_t)1 << 61;
        RtValue third = rt_quotient(rt_random(&big, 1, NULL), rt_from_int((int64_t)1 << 61), NULL);
        lower_big += rt_is_truthy(rt_lt(third, rt_expt(rt_from_int(2), rt_from_int(64), NULL), NULL));
    }
    ck_assert_int_lt(abs(lower - THROWS / 3), 300);
    ck_assert_int_lt(abs(lower_big - THROWS / 3), 300);
    rt_drop(big);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("numeric");
    TCase *exact = add_case(suite, "exact");
    tcase_add_test(exact, test_gcd_lcm);
    tcase_add_test(exact, test_bitwise);
    tcase_add_test(exact, test_bit_count_is_sum_of_bits);
    tcase_add_test(exact, test_shift_is_floored_product_with_a_power_of_two);
    tcase_add_test(exact, test_power_is_repeated_product);
    tcase_add_test(exact, test_rounding_obeys_its_definition);
    tcase_add_test(exact, test_root_of_square_is_exact);
    tcase_add_test(exact, test_exact_and_back);
    tcase_add_test(exact, test_ratio_is_quotient_of_its_parts);
    tcase_add_test(exact, test_extremes_bound_their_operands);
    TCase *floats = add_case(suite, "floats");
    tcase_add_test(floats, test_root_of_other_numbers_is_near);
    tcase_add_test(floats, test_float_functions_are_those_of_the_c_library);
    tcase_add_test(floats, test_logarithms_of_huge_numbers);
    TCase *random = add_case(suite, "random");
    tcase_add_test(random, test_generator_gives_the_published_numbers);
    tcase_add_test(random, test_random_integers_are_uniform);
    tcase_add_test(random, test_large_random_integers_are_not_biased);
    return run_suite(suite);
}
