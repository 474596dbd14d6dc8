/* Immediate values: round trips, limits, getters of the wrong type; type tests and eq. */
#include "runtime_testing.h"
#include <float.h>
#include <math.h>

static double float_of_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

START_TEST(test_layout)
{
    ck_assert_uint_eq(sizeof(RtValue), 16);
    ck_assert_uint_eq(sizeof(RtCons), 24);
    ck_assert_int_eq(RT_NIL, 0);
    ck_assert_int_eq(RT_BOOL, 1);
    ck_assert_int_eq(RT_INT, 2);
    ck_assert_int_eq(RT_FLOAT, 3);
    ck_assert_int_eq(RT_CONS, 4);
    ck_assert_int_eq(RT_SYMBOL, 5);
    ck_assert_int_eq(RT_CLOSURE, 6);
    ck_assert_int_eq(RT_STRING, 7);
    ck_assert_int_eq(RT_VECTOR, 8);
}
END_TEST

START_TEST(test_nil_and_booleans)
{
    bool b = true;
    ck_assert(rt_is_nil_value(rt_nil()));
    ck_assert(rt_to_bool(rt_nil(), &b) && !b);
    ck_assert(rt_to_bool(rt_true(), &b) && b);
    ck_assert(rt_to_bool(rt_from_bool(false), &b) && !b);
    ck_assert(rt_to_bool(rt_from_bool(true), &b) && b);
    assert_truth(rt_from_bool(true), true);
    assert_truth(rt_from_bool(false), false);
}
END_TEST

START_TEST(test_ints)
{
    const int64_t samples[] = {0, 1, -1, 42, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        int64_t n = 7;
        ck_assert(rt_to_int(rt_from_int(samples[i]), &n));
        ck_assert_int_eq(n, samples[i]);
    }
}
END_TEST

START_TEST(test_floats_keep_their_bits)
{
    const uint64_t samples[] = {
        0,
        UINT64_C(0x8000000000000000), /* 0.0, -0.0 */
        1,
        UINT64_C(0x000fffffffffffff), /* subnormals */
        UINT64_C(0x7fefffffffffffff), /* the largest, then infinities, then NaNs with payloads */
        UINT64_C(0x7ff0000000000000),
        UINT64_C(0xfff0000000000000),
        UINT64_C(0x7ff8000000000000),
        UINT64_C(0x7ff0000000000001),
        UINT64_C(0xfff8dead00c0ffee),
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        RtValue v = rt_from_float(float_of_bits(samples[i]));
        ck_assert_uint_eq(v.tag, RT_FLOAT);
        ck_assert_uint_eq((uint64_t)v.data, samples[i]);
        double x = 7;
        ck_assert(rt_to_float(v, &x));
        ck_assert_mem_eq(&x, &samples[i], sizeof x);
    }
}
END_TEST

START_TEST(test_wrong_type)
{
    RtValue string = STRING("x");
    const RtValue values[] = {rt_nil(), rt_true(), INT(5), rt_from_float(2.5), string};
    for (int i = 0; i < 5; i++) {
        bool b = true;
        int64_t n = 77;
        double x = 7.5;
        ck_assert_int_eq(rt_to_bool(values[i], &b), i < 2);
        ck_assert_int_eq(rt_to_int(values[i], &n), i == 2);
        ck_assert_int_eq(rt_to_float(values[i], &x), i == 3);
        if (i >= 2) ck_assert(b);
        if (i != 2) ck_assert_int_eq(n, 77);
        if (i != 3) ck_assert(x == 7.5);
    }
    rt_drop(string);
}
END_TEST

START_TEST(test_truthiness)
{
    RtValue empty = STRING("");
    ck_assert(!rt_is_truthy(rt_nil()));
    ck_assert(!rt_is_truthy(rt_from_bool(false)));
    ck_assert(rt_is_truthy(rt_true()));
    ck_assert(rt_is_truthy(INT(0)));
    ck_assert(rt_is_truthy(rt_from_float(0.0)));
    ck_assert(rt_is_truthy(empty));
    rt_drop(empty);
}
END_TEST

START_TEST(test_type_names)
{
    ck_assert_str_eq(rt_type_name(RT_CONS), "cons");
    ck_assert_str_eq(rt_type_name(RT_UNBOUND), "unbound");
    for (uint32_t tag = 0; tag < RT_TAG_COUNT; tag++) ck_assert_ptr_nonnull(rt_type_name(tag));
}
END_TEST

/* Rows: a value; whether it is nil, an atom, a cons, a number. */
static void assert_types(RtValue v, bool nil, bool atom, bool cons, bool number)
{
    assert_truth(rt_is_nil(v), nil);
    assert_truth(rt_not(v), nil);
    assert_truth(rt_is_atom(v), atom);
    assert_truth(rt_is_cons(v), cons);
    assert_truth(rt_is_number(v), number);
    rt_drop(v);
}

START_TEST(test_predicates)
{
    assert_types(rt_nil(), true, true, false, false);
    assert_types(rt_true(), false, true, false, false);
    assert_types(INT(0), false, true, false, true);
    assert_types(rt_from_float(0.5), false, true, false, true);
    assert_types(value_of("9223372036854775808"), false, true, false, true);
    assert_types(value_of("1/2"), false, true, false, true);
    assert_types(STRING("1"), false, true, false, false);
    assert_types(rt_intern_text("a"), false, true, false, false);
    assert_types(rt_cons(INT(1), rt_nil()), false, false, true, false);
    assert_types(rt_vector(NULL, 0), false, true, false, false);
    assert_types(rt_from_object(RT_CLOSURE, &rt_builtin_car), false, true, false, false);
}
END_TEST

static void assert_eq_values(RtValue a, RtValue b, bool expected)
{
    assert_truth(rt_eq(a, b), expected);
    assert_truth(rt_eq(b, a), expected);
    rt_drop(a);
    rt_drop(b);
}

START_TEST(test_eq_by_value)
{
    assert_eq_values(rt_nil(), rt_nil(), true);
    assert_eq_values(rt_nil(), rt_true(), false);
    assert_eq_values(rt_true(), rt_true(), true);
    assert_eq_values(INT(INT64_MIN), INT(INT64_MIN), true);
    assert_eq_values(INT(1), INT(2), false);
    assert_eq_values(INT(1), rt_from_float(1.0), false);
    assert_eq_values(rt_from_float(0.0), rt_from_float(-0.0), true);
    assert_eq_values(rt_from_float(NAN), rt_from_float(NAN), false);
    assert_eq_values(rt_from_float(INFINITY), rt_from_float(INFINITY), true);
    assert_eq_values(rt_from_float(INFINITY), rt_from_float(DBL_MAX), false);
    assert_eq_values(rt_intern_text("a"), rt_intern_text("a"), true);
    assert_eq_values(rt_intern_text("a"), rt_intern_text("b"), false);
    assert_eq_values(rt_intern_text("a"), STRING("a"), false);
    assert_eq_values(STRING("abc"), STRING("abc"), true);
    assert_eq_values(STRING("abc"), STRING("abd"), false);
    assert_eq_values(STRING("abc"), STRING("ab"), false);
    assert_eq_values(rt_make_string("a\0b", 3), rt_make_string("a\0c", 3), false);
    assert_eq_values(value_of("9223372036854775808"), value_of("9223372036854775808"), true);
    assert_eq_values(value_of("9223372036854775808"), value_of("9223372036854775809"), false);
    assert_eq_values(value_of("1/2"), value_of("1/2"), true);
    assert_eq_values(value_of("1/2"), value_of("-1/2"), false);
    assert_eq_values(value_of("1/2"), rt_from_float(0.5), false);
}
END_TEST

START_TEST(test_eq_by_identity)
{
    RtValue list = ints(1, 2);
    RtValue items[] = {INT(1)};
    RtValue vector = rt_vector(items, 1);
    assert_eq_values(rt_dup(list), rt_dup(list), true);
    assert_eq_values(rt_dup(list), ints(1, 2), false);
    assert_eq_values(rt_dup(vector), rt_dup(vector), true);
    assert_eq_values(rt_dup(vector), rt_vector(items, 1), false);
    assert_eq_values(rt_from_object(RT_CLOSURE, &rt_builtin_car), rt_from_object(RT_CLOSURE, &rt_builtin_car), true);
    assert_eq_values(rt_from_object(RT_CLOSURE, &rt_builtin_car), rt_from_object(RT_CLOSURE, &rt_builtin_cdr), false);
    rt_drop(list);
    rt_drop(vector);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value");
    TCase *immediate = add_case(suite, "immediate values");
    tcase_add_test(immediate, test_layout);
    tcase_add_test(immediate, test_nil_and_booleans);
    tcase_add_test(immediate, test_ints);
    tcase_add_test(immediate, test_floats_keep_their_bits);
    tcase_add_test(immediate, test_wrong_type);
    tcase_add_test(immediate, test_truthiness);
    tcase_add_test(immediate, test_type_names);
    TCase *tests = add_case(suite, "type tests and eq");
    tcase_add_test(tests, test_predicates);
    tcase_add_test(tests, test_eq_by_value);
    tcase_add_test(tests, test_eq_by_identity);
    return run_suite(suite);
}
