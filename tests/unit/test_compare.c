/* = < > <= >= across types by exact value, and the identity of numbers. */
#include "number_testing.h"

#define MAX "9223372036854775807"
#define BEYOND "9223372036854775808"
#define MIN "-9223372036854775808"

/* Checks all five relations of a pair both ways round.  `order`: '<' '=' '>' or '?' (unordered). */
static void assert_order(const char *a, char order, const char *b)
{
    BinaryOperator *operators[] = {rt_num_eq, rt_lt, rt_gt, rt_lte, rt_gte};
    const char *true_for[] = {"=", "<", ">", "<=", ">="};
    char reversed = order == '<' ? '>' : order == '>' ? '<' : order;
    for (int i = 0; i < 5; i++) {
        char what[200];
        snprintf(what, sizeof what, "%.80s %s %.80s", a, true_for[i], b);
        assert_written(operators[i](value_of(a), value_of(b), NULL), strchr(true_for[i], order) ? "t" : "nil", what);
        snprintf(what, sizeof what, "%.80s %s %.80s", b, true_for[i], a);
        assert_written(operators[i](value_of(b), value_of(a), NULL), strchr(true_for[i], reversed) ? "t" : "nil", what);
    }
}

START_TEST(test_same_type)
{
    assert_order("1", '<', "2");
    assert_order("5", '=', "5");
    assert_order(MIN, '<', MAX);
    assert_order("1.5", '<', "2.5");
    assert_order("0.0", '=', "-0.0");
    assert_order("-inf.0", '<', "+inf.0");
    assert_order("+inf.0", '=', "+inf.0");
    assert_order(BEYOND, '<', "9223372036854775809");
    assert_order(BEYOND, '=', BEYOND);
    assert_order("-9223372036854775809", '<', BEYOND);
    assert_order("1/3", '<', "1/2");
    assert_order("-1/3", '>', "-1/2");
    assert_order("2/4", '=', "1/2");
}
END_TEST

START_TEST(test_exact_types)
{
    assert_order(MAX, '<', BEYOND);
    assert_order(MIN, '>', "-9223372036854775809");
    assert_order("1", '>', "1/2");
    assert_order("0", '>', "-1/2");
    assert_order("0", '<', "1/2");
    assert_order(BEYOND, '>', "18446744073709551615/2");
    assert_order(BEYOND, '<', "18446744073709551617/2");
    assert_order(MAX, '<', "18446744073709551615/2");
}
END_TEST

START_TEST(test_int_and_float)
{
    assert_order("1", '=', "1.0");
    assert_order("0", '=', "-0.0");
    assert_order("1", '<', "1.5");
    assert_order("-1", '>', "-1.5");
    assert_order("0", '<', "5e-324");
    assert_order("0", '>', "-5e-324");
    assert_order("9007199254740992", '=', "9007199254740992.0");
    assert_order("9007199254740993", '>', "9007199254740992.0");
    assert_order("9007199254740993", '<', "9007199254740994.0");
    assert_order("-9007199254740993", '<', "-9007199254740992.0");
    assert_order(MAX, '<', "9223372036854775808.0");
    assert_order(MAX, '>', "9223372036854774784.0");
    assert_order(MIN, '=', "-9223372036854775808.0");
    assert_order(MIN, '>', "-9223372036854777856.0");
    assert_order(MAX, '<', "+inf.0");
    assert_order(MIN, '>', "-inf.0");
}
END_TEST

START_TEST(test_bigint_and_float)
{
    assert_order(BEYOND, '=', "9223372036854775808.0");
    assert_order("9223372036854775809", '>', "9223372036854775808.0");
    assert_order("-9223372036854775809", '<', "-9223372036854775808.0");
    assert_order("100000000000000000000", '=', "1e20");
    assert_order("10000000000000000000000000", '<', "1e25"); /* the nearest double of 10^25 is above it */
    assert_order(BEYOND, '>', "0.5");
    assert_order("-9223372036854775809", '<', "-0.5");
    assert_order("100000000000000000000", '<', "1e300");
    assert_order("100000000000000000000", '<', "+inf.0");
    assert_order("-100000000000000000000", '>', "-inf.0");
}
END_TEST

START_TEST(test_ratio_and_float)
{
    assert_order("1/2", '=', "0.5");
    assert_order("1/3", '<', "0.5");
    assert_order("1/10", '<', "0.1"); /* the nearest double of 1/10 is above it */
    assert_order("3602879701896397/36028797018963968", '=', "0.1");
    assert_order("-1/2", '<', "0.0");
    assert_order("1/3", '<', "+inf.0");
    assert_order("1/3", '>', "-inf.0");
}
END_TEST

START_TEST(test_nan)
{
    const char *others[] = {"+nan.0", "0", "1.5", "+inf.0", "-inf.0", BEYOND, "1/2"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) assert_order("+nan.0", '?', others[i]);
}
END_TEST

START_TEST(test_wrong_operands)
{
    assert_binary_raises(rt_num_eq, "\"x", "1", "=: expected a number, got \"x\"");
    assert_binary_raises(rt_lt, BEYOND, "nil", "<: expected a number, got nil");
    assert_binary_raises(rt_gt, "\"x", "\"y", ">: expected a number, got \"x\"");
    assert_binary_raises(rt_lte, "1/2", "\"y", "<=: expected a number, got \"y\"");
    assert_binary_raises(rt_gte, "1.5", "t", ">=: expected a number, got t");
}
END_TEST

START_TEST(test_variadic)
{
    assert_variadic(rt_lt_n, "1", "t");
    assert_variadic(rt_num_eq_n, "+nan.0", "t"); /* no neighbours */
    assert_variadic(rt_lt_n, "1 2 3", "t");
    assert_variadic(rt_lt_n, "1 3 2", "nil");
    assert_variadic(rt_lte_n, "1 1 2.0 " BEYOND, "t");
    assert_variadic(rt_gt_n, BEYOND " 2 3/2 1.0", "t");
    assert_variadic(rt_gte_n, "3 3 4", "nil");
    assert_variadic(rt_num_eq_n, "1 1.0 2/2", "t");
    assert_variadic(rt_num_eq_n, "1 1.0 1/2", "nil");
}
END_TEST

START_TEST(test_variadic_checks_every_operand)
{
    assert_variadic(rt_lt_n, "\"x", "!<: expected a number, got \"x\"");
    assert_variadic(rt_lt_n, "2 1 " BEYOND " \"x 1/2", "!<: expected a number, got \"x\"");
    assert_variadic(rt_num_eq_n, "\"x \"y " BEYOND, "!=: expected a number, got \"x\"");
    assert_variadic(rt_gt_n, BEYOND " nil", "!>: expected a number, got nil");
    assert_variadic(rt_lte_n, BEYOND " 1 t", "!<=: expected a number, got t");
    assert_variadic(rt_gte_n, "1/2 1 \"z", "!>=: expected a number, got \"z\"");
}
END_TEST

static void assert_identity(const char *a_text, const char *b_text, bool expected)
{
    RtValue a = value_of(a_text), b = value_of(b_text);
    ck_assert_msg(rt_number_eqv(a, b) == expected, "%s and %s", a_text, b_text);
    if (expected) ck_assert_uint_eq(rt_number_hash(a), rt_number_hash(b));
    rt_drop(a);
    rt_drop(b);
}

START_TEST(test_identity)
{
    assert_identity("1", "1", true);
    assert_identity("1", "1.0", false);
    assert_identity("1/2", "0.5", false);
    assert_identity("0.0", "-0.0", true);
    assert_identity("+nan.0", "+nan.0", false);
    assert_identity(BEYOND, BEYOND, true);
    assert_identity(BEYOND, "-9223372036854775809", false);
    assert_identity(BEYOND, "9223372036854775808.0", false);
    assert_identity("2/6", "1/3", true);
    assert_identity("1/3", "-1/3", false);
    assert_identity("1/18446744073709551616", "1/18446744073709551616", true);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compare");
    TCase *order = add_case(suite, "order");
    tcase_add_test(order, test_same_type);
    tcase_add_test(order, test_exact_types);
    tcase_add_test(order, test_int_and_float);
    tcase_add_test(order, test_bigint_and_float);
    tcase_add_test(order, test_ratio_and_float);
    tcase_add_test(order, test_nan);
    tcase_add_test(order, test_wrong_operands);
    TCase *variadic = add_case(suite, "variadic");
    tcase_add_test(variadic, test_variadic);
    tcase_add_test(variadic, test_variadic_checks_every_operand);
    TCase *identity = add_case(suite, "identity");
    tcase_add_test(identity, test_identity);
    return run_suite(suite);
}
