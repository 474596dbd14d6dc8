/* Vectors of all three kinds, and environment records. */
#include "runtime_testing.h"

static RtValue packed_floats(void)
{
    RtVector *v = rt_vector_make(RT_VECTOR_FLOATS, 2);
    v->items.floats[0] = 1.5;
    v->items.floats[1] = -0.0;
    return rt_from_object(RT_VECTOR, v);
}

static RtValue packed_ints(void)
{
    RtVector *v = rt_vector_make(RT_VECTOR_INTS, 2);
    v->items.ints[0] = INT64_MIN;
    v->items.ints[1] = INT64_MAX;
    return rt_from_object(RT_VECTOR, v);
}

START_TEST(test_elements)
{
    RtValue text = STRING("x");
    RtValue v = rt_vector((RtValue[]){INT(10), rt_dup(text), INT(30)}, 3);
    ck_assert_int_eq(rt_vector_length(v, NULL).data, 3);
    ck_assert_int_eq(rt_vector_ref(v, INT(0), NULL).data, 10);
    ck_assert_int_eq(rt_vector_ref(v, INT(2), NULL).data, 30);
    RtValue item = rt_vector_ref(v, INT(1), NULL);
    ck_assert_uint_eq(count_of(text), 3);
    rt_drop(v);
    ck_assert_uint_eq(count_of(text), 2);
    rt_drop(item);
    rt_drop(text);
}
END_TEST

START_TEST(test_empty)
{
    RtValue v = rt_vector(NULL, 0);
    ck_assert_int_eq(rt_vector_length(v, NULL).data, 0);
    assert_call2_raises(rt_vector_ref, v, INT(0), "vector-ref: index 0 out of bounds for length 0");
    rt_drop(v);
}
END_TEST

START_TEST(test_packed)
{
    RtValue floats = packed_floats();
    assert_written(rt_vector_ref(floats, INT(0), NULL), "1.5", "float 0");
    assert_written(rt_vector_ref(floats, INT(1), NULL), "-0.0", "float 1");
    assert_written(floats, "<<1.5 -0.0>>", "floats");
    RtValue numbers = packed_ints();
    assert_written(rt_vector_ref(numbers, INT(0), NULL), "-9223372036854775808", "int 0");
    assert_written(rt_vector_ref(numbers, INT(1), NULL), "9223372036854775807", "int 1");
    ck_assert_int_eq(rt_vector_length(numbers, NULL).data, 2);
    rt_drop(numbers);
}
END_TEST

START_TEST(test_persistent)
{
    RtValue v = packed_ints();
    v.tag = RT_PVEC;
    ck_assert_int_eq(rt_vector_length(v, NULL).data, 2);
    ck_assert_int_eq(rt_vector_ref(v, INT(1), NULL).data, INT64_MAX);
    assert_call2_raises(rt_vector_ref, v, INT(2), "vector-ref: index 2 out of bounds for length 2");
    rt_drop(v);
}
END_TEST

START_TEST(test_errors)
{
    RtValue v = rt_vector((RtValue[]){INT(1), INT(2), INT(3)}, 3);
    RtValue large = value_of("18446744073709551616");
    assert_call2_raises(rt_vector_ref, v, INT(3), "vector-ref: index 3 out of bounds for length 3");
    assert_call2_raises(rt_vector_ref, v, INT(-1), "vector-ref: index -1 out of bounds for length 3");
    assert_call2_raises(rt_vector_ref, v, large, "vector-ref: index 18446744073709551616 out of bounds for length 3");
    assert_call2_raises(rt_vector_ref, v, rt_from_float(1.0), "vector-ref: expected an integer index, got 1.0");
    assert_call2_raises(rt_vector_ref, rt_nil(), INT(0), "vector-ref: expected a vector, got nil");
    assert_unary_raises(rt_vector_length, INT(5), "vector-length: expected a vector, got 5");
    RtValue list = ints(1, 2);
    assert_unary_raises(rt_vector_length, list, "vector-length: expected a vector, got (1 2)");
    rt_drop(list);
    rt_drop(large);
    rt_drop(v);
}
END_TEST

START_TEST(test_list_to_vector)
{
    assert_written(rt_list_to_vector(rt_nil(), NULL), "<<>>", "nil");
    RtValue list = rt_cons(STRING("a"), ints(1, 2));
    assert_written(rt_list_to_vector(rt_dup(list), NULL), "<<\"a\" 1 2>>", "shared");
    assert_written(rt_list_to_vector(list, NULL), "<<\"a\" 1 2>>", "unique");
    assert_unary_raises(rt_list_to_vector, rt_cons(STRING("a"), INT(1)),
                        "list->vector: expected a proper list, got (\"a\" . 1)");
    RtValue large = rt_list_to_vector(ints(1, 1000000), NULL);
    ck_assert_int_eq(rt_vector_ref(large, INT(999999), NULL).data, 1000000);
    rt_drop(large);
}
END_TEST

START_TEST(test_env)
{
    RtValue text = STRING("x");
    RtValue env = rt_env((RtValue[]){INT(1), rt_dup(text)}, 2);
    ck_assert_int_eq(rt_env_ref(env, INT(0)).data, 1);
    RtValue item = rt_env_ref(env, INT(1));
    ck_assert_uint_eq(count_of(text), 3);
    rt_drop(env);
    rt_drop(item);
    ck_assert_uint_eq(count_of(text), 1);
    rt_drop(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vector");
    TCase *vectors = add_case(suite, "vectors");
    tcase_add_test(vectors, test_elements);
    tcase_add_test(vectors, test_empty);
    tcase_add_test(vectors, test_packed);
    tcase_add_test(vectors, test_persistent);
    tcase_add_test(vectors, test_errors);
    tcase_add_test(vectors, test_list_to_vector);
    tcase_add_test(vectors, test_env);
    return run_suite(suite);
}
