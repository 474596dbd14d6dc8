/* Numeric tokens to values, numbers to text. */
#include "number_testing.h"
#include <float.h>
#include <math.h>

static void assert_reads(const char *token, const char *written) { assert_written(value_of(token), written, token); }

static void assert_no_number(const char *token)
{
    RtValue v;
    ck_assert_msg(rt_read_number(token, strlen(token), &v) == RT_NUMBER_NONE, "%s read as a number", token);
}

START_TEST(test_integers)
{
    assert_reads("0", "0");
    assert_reads("-0", "0");
    assert_reads("007", "7");
    assert_reads("-5", "-5");
    assert_reads("999999999999999999", "999999999999999999");
    assert_reads("-999999999999999999", "-999999999999999999");
    assert_reads("9223372036854775807", "9223372036854775807");
    assert_reads("-9223372036854775808", "-9223372036854775808");
    assert_reads("9223372036854775808", "9223372036854775808");
    assert_reads("-9223372036854775809", "-9223372036854775809");
    assert_reads("000000000000000000000000000000", "0");
    RtValue v = value_of("-9223372036854775808");
    ck_assert(v.tag == RT_INT && v.data == INT64_MIN);
    v = value_of("00000000000000000000000000000012");
    ck_assert(v.tag == RT_INT && v.data == 12);
}
END_TEST

START_TEST(test_ratios)
{
    assert_reads("1/2", "1/2");
    assert_reads("-6/4", "-3/2");
    assert_reads("4/2", "2");
    assert_reads("0/5", "0");
    assert_reads("-0/5", "0");
    assert_reads("18446744073709551616/2", "9223372036854775808");
    assert_reads("3/100000000000000000000", "3/100000000000000000000");
    const char *zero[] = {"1/0", "0/0", "-1/000", "100000000000000000000/0000000000000000000000000"};
    for (size_t i = 0; i < sizeof zero / sizeof zero[0]; i++) {
        RtValue v;
        ck_assert_int_eq(rt_read_number(zero[i], strlen(zero[i]), &v), RT_NUMBER_ZERO_DENOMINATOR);
    }
}
END_TEST

START_TEST(test_floats)
{
    assert_reads("2.5", "2.5");
    assert_reads("7.", "7.0");
    assert_reads(".5", "0.5");
    assert_reads("-.5", "-0.5");
    assert_reads("-0.5", "-0.5");
    assert_reads("1e5", "100000.0");
    assert_reads("1e+5", "100000.0");
    assert_reads("2E-3", "0.002");
    assert_reads("7.e2", "700.0");
    assert_reads(".5e1", "5.0");
    assert_reads("-0.0", "-0.0");
    assert_reads("1e400", "+inf.0");
    assert_reads("-1e99999999999999999999", "-inf.0");
    assert_reads("1e-400", "0.0");
    assert_reads("+inf.0", "+inf.0");
    assert_reads("-inf.0", "-inf.0");
    assert_reads("+nan.0", "+nan.0");
    assert_reads("0.1000000000000000055511151231257827021181583404541015625000000000000000000000000000", "0.1");
}
END_TEST

START_TEST(test_symbols)
{
    const char *tokens[] = {"",     "+",     "-",     "+5",    "1+",   "-x",    "1e",      "1e+",    "1/",      "/2",
                            ".",    "-.",    "--1",   "1/2/3", "1/-2", "1.5/2", "1/2.0",   "1.2.3",  "e5",      "-e5",
                            ".e5",  "+.5",   "0x10",  "1_000", "inf",  "nan",   "+inf",    "-nan.0", "+inf.00", "+inf.",
                            "1e5x", "1e5.0", "1/2e3", "1 ",    " 1",   "- 1",   "infinity"};
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) assert_no_number(tokens[i]);
    RtValue v;
    ck_assert_int_eq(rt_read_number("12\0"
                                    "3",
                                    4, &v),
                     RT_NUMBER_NONE);
    ck_assert_int_eq(rt_read_number("12\0", 3, &v), RT_NUMBER_NONE);
    ck_assert_int_eq(rt_read_number("123", 2, &v), RT_NUMBER_OK); /* the size counts, not a NUL */
    ck_assert_int_eq(v.data, 12);
}
END_TEST

START_TEST(test_very_long_tokens)
{
    size_t size = 1000000;
    char *token = malloc(size + 1), *text = malloc(size + 1);
    for (size_t i = 0; i < size; i++) token[i] = (char)('1' + i % 9);
    token[size] = '\0';
    memcpy(text, token, size + 1);
    assert_reads(token, text);
    token[size / 2] = '/';
    RtValue v = value_of(token);
    ck_assert(v.tag == RT_RATIO || v.tag == RT_BIGINT);
    rt_drop(v);
    token[size / 2] = '.';
    assert_reads(token, "+inf.0");
    token[size / 2] = 'x';
    assert_no_number(token);
    free(token);
    free(text);
}
END_TEST

static void assert_int(int64_t n)
{
    char expected[RT_NUMBER_SIZE], text[RT_NUMBER_SIZE];
    snprintf(expected, sizeof expected, "%lld", (long long)n);
    size_t size = rt_format_int(n, text);
    ck_assert_msg(size == strlen(expected) && memcmp(text, expected, size) == 0, "%s", expected);
}

START_TEST(test_integers_are_written)
{
    for (int64_t n = -12345; n <= 12345; n++) assert_int(n);
    uint64_t power = 1;
    for (int i = 0; i < 64; i++) { /* where the number of bits changes, and that of digits */
        for (int64_t distance = -2; distance <= 2; distance++) {
            assert_int((int64_t)((UINT64_C(1) << i) + (uint64_t)distance));
            assert_int((int64_t)(power + (uint64_t)distance));
            assert_int((int64_t)(0 - power + (uint64_t)distance));
        }
        power *= 10;
    }
    assert_int(INT64_MIN);
}
END_TEST

static void assert_float(double x, const char *expected)
{
    char buffer[32];
    size_t size = rt_format_float(x, buffer);
    ck_assert_str_eq(buffer, expected);
    ck_assert_uint_eq(size, strlen(expected));
}

/* n / 10^places, as it is written by hand. */
static void assert_short_decimal(int64_t n, int places)
{
    char expected[64];
    snprintf(expected, sizeof expected, "%.*f", places ? places : 1, (double)n / pow(10, places));
    size_t size = strlen(expected);
    while (expected[size - 1] == '0' && expected[size - 2] != '.') expected[--size] = '\0';
    assert_float((double)n / pow(10, places), expected);
}

START_TEST(test_floats_of_few_digits)
{
    for (int places = 0; places <= 9; places++) {
        for (int64_t n = 1; n < 1000000000000000; n = n * 7 + places) {
            if ((double)n / pow(10, places) < 1e-4) continue; /* with an exponent */
            assert_short_decimal(n, places);
            assert_short_decimal(-n, places);
        }
        assert_short_decimal(999999999999999, places);
    }
    assert_float(0.9999999999999999, "0.9999999999999999"); /* 16 digits */
    assert_float(999999999999999.9, "999999999999999.9");
    assert_float(nextafter(0.3, 1), "0.30000000000000004");
    assert_float(nextafter(0.3, 0), "0.29999999999999993");
}
END_TEST

START_TEST(test_float_forms)
{
    assert_float(0.0, "0.0");
    assert_float(-0.0, "-0.0");
    assert_float(3.0, "3.0");
    assert_float(0.1, "0.1");
    assert_float(-1.5, "-1.5");
    assert_float(1.0 / 3, "0.3333333333333333");
    assert_float(0.1 + 0.2, "0.30000000000000004");
    assert_float(100.0, "100.0");
    assert_float(123456.789, "123456.789");
    assert_float(1e15, "1000000000000000.0");
    assert_float(9007199254740993.0, "9007199254740992.0");
    assert_float(9999999999999998.0, "9999999999999998.0");
    assert_float(1e16, "1e16");
    assert_float(12345678901234567890.0, "1.2345678901234567e19");
    assert_float(0.0001, "0.0001");
    assert_float(0.00012345678901234567, "0.00012345678901234567");
    assert_float(nextafter(0.0001, 0), "9.999999999999999e-5");
    assert_float(1.5e-7, "1.5e-7");
    assert_float(-1e100, "-1e100");
    assert_float(1e23, "1e23");
    assert_float(9.5e-3, "0.0095");
    assert_float(HUGE_VAL, "+inf.0");
    assert_float(-HUGE_VAL, "-inf.0");
    assert_float(NAN, "+nan.0");
    assert_float(-NAN, "+nan.0");
}
END_TEST

START_TEST(test_float_limits)
{
    assert_float(DBL_MAX, "1.7976931348623157e308");
    assert_float(DBL_MIN, "2.2250738585072014e-308");
    assert_float(0x1p-1074, "5e-324");
    assert_float(0x2p-1074, "1e-323");
    assert_float(DBL_MIN - 0x1p-1074, "2.225073858507201e-308");
    assert_float(0x1p-44, "5.684341886080802e-14"); /* the closest 16 digits, ...801, do not read back */
    assert_float(9007199254740992.0, "9007199254740992.0");
}
END_TEST

/* Digits of the text without leading and trailing zeros. */
static int significant_digits(const char *text)
{
    int count = 0, zeros = 0;
    for (const char *p = text; *p && *p != 'e'; p++) {
        if (*p < '0' || *p > '9') continue;
        if (*p == '0') {
            zeros += count > 0;
            continue;
        }
        count += zeros + 1;
        zeros = 0;
    }
    return count;
}

/* Any decimal with one digit less: the closest below and above x; neither may read back. */
static bool has_shorter(double x, int digits)
{
    if (digits <= 1) return false;
    char text[64];
    snprintf(text, sizeof text, "%.*e", digits - 2, x);
    if (strtod(text, NULL) == x) return true;
    char joined[32];
    int size = 0;
    for (const char *p = text; *p != 'e'; p++) {
        if (*p != '.') joined[size++] = *p;
    }
    joined[size] = '\0';
    int exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10) - (digits - 2);
    for (int step = -1; step <= 1; step += 2) {
        snprintf(text, sizeof text, "%lde%d", strtol(joined, NULL, 10) + step, exponent);
        if (strtod(text, NULL) == x) return true;
    }
    return false;
}

static void assert_shortest(double x)
{
    char buffer[32];
    size_t size = rt_format_float(x, buffer);
    ck_assert_uint_lt(size, sizeof buffer);
    ck_assert_msg(strtod(buffer, NULL) == x, "%a written as %s", x, buffer);
    int digits = significant_digits(buffer);
    ck_assert_msg(!has_shorter(x, digits), "%a written as %s", x, buffer);
    ck_assert_msg(strpbrk(buffer, ".e"), "%s does not look like a float", buffer);
    RtValue v;
    ck_assert_int_eq(rt_read_number(buffer, size, &v), RT_NUMBER_OK);
    ck_assert_int_eq(v.data, rt_from_float(x).data);
}

START_TEST(test_shortest_digits)
{
    uint64_t state = 4;
    for (int i = 0; i < 100000; i++) { /* random bits: all exponents */
        uint64_t bits = next_random(&state) & INT64_MAX;
        double x = rt_float_bits(rt_make(RT_FLOAT, (int64_t)bits));
        if (isfinite(x) && x != 0) assert_shortest(x);
        double subnormal = rt_float_bits(rt_make(RT_FLOAT, (int64_t)(bits >> 12 >> i % 51)));
        if (i % 8 == 0 && subnormal != 0) assert_shortest(subnormal);
        assert_shortest(1 + (double)(bits % 10000000) / 1000); /* what people write */
    }
    for (int exponent = -1074; exponent < 1024; exponent++) {
        double x = ldexp(1.0, exponent);
        assert_shortest(x);
        assert_shortest(nextafter(x, HUGE_VAL));
        if (exponent > -1074) assert_shortest(nextafter(x, 0));
    }
}
END_TEST

static void copy_digits(const char *text, char *out) /* without leading zeros, exponent and form */
{
    size_t count = 0;
    for (const char *p = text; *p && *p != 'e'; p++) {
        if (*p >= '0' && *p <= '9' && (count > 0 || *p != '0')) out[count++] = *p;
    }
    out[count] = '\0';
}

/* Among decimals of the same length the one closest to the double is written; powers of two may have to deviate. */
START_TEST(test_closest_digits)
{
    uint64_t state = 5;
    for (int i = 0; i < 20000; i++) {
        double x = rt_float_bits(rt_make(RT_FLOAT, (int64_t)(next_random(&state) & INT64_MAX)));
        if (!isfinite(x) || (rt_from_float(x).data & 0xfffffffffffff) == 0) continue;
        char text[32], closest[40], digits[40], expected[40];
        rt_format_float(x, text);
        snprintf(closest, sizeof closest, "%.*e", significant_digits(text) - 1, x);
        copy_digits(text, digits);
        copy_digits(closest, expected);
        ck_assert_msg(strncmp(digits, expected, strlen(expected)) == 0, "%a: %s, %s", x, text, closest);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("number text");
    TCase *reading = add_case(suite, "reading");
    tcase_add_test(reading, test_integers);
    tcase_add_test(reading, test_integers_are_written);
    tcase_add_test(reading, test_ratios);
    tcase_add_test(reading, test_floats);
    tcase_add_test(reading, test_symbols);
    tcase_add_test(reading, test_very_long_tokens);
    TCase *writing = add_case(suite, "writing floats");
    tcase_add_test(writing, test_float_forms);
    tcase_add_test(writing, test_floats_of_few_digits);
    tcase_add_test(writing, test_float_limits);
    tcase_add_test(writing, test_shortest_digits);
    tcase_add_test(writing, test_closest_digits);
    return run_suite(suite);
}
