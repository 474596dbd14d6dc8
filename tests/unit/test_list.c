/* Pairs and lists: results, errors with their messages, and what is done in place. */
#include "runtime_testing.h"

enum { MANY = 1000000 };

START_TEST(test_pairs)
{
    RtValue text = STRING("x");
    RtValue pair = rt_cons(INT(1), rt_dup(text));
    assert_written(rt_car(pair, NULL), "1", "car");
    assert_written(rt_cdr(pair, NULL), "\"x\"", "cdr");
    ck_assert_uint_eq(count_of(text), 2);
    RtValue outer = rt_cons(pair, rt_cons(INT(2), rt_nil()));
    assert_written_borrow(outer, "((1 . \"x\") 2)", "nested");
    RtValue inner = rt_car(outer, NULL);
    rt_drop(outer);
    assert_written(inner, "(1 . \"x\")", "survives its container");
    ck_assert_uint_eq(count_of(text), 1);
    rt_drop(text);
}
END_TEST

START_TEST(test_pair_errors)
{
    assert_unary_raises(rt_car, INT(5), "car: expected a cons, got 5");
    assert_unary_raises(rt_cdr, rt_nil(), "cdr: expected a cons, got nil");
    RtValue text = STRING("a");
    assert_unary_raises(rt_car, text, "car: expected a cons, got \"a\"");
    rt_drop(text); /* was only borrowed */
}
END_TEST

START_TEST(test_list_of)
{
    ck_assert(rt_is_nil_value(rt_list(NULL, 0)));
    RtValue items[] = {INT(1), STRING("b"), rt_nil()};
    assert_written(rt_list(items, 3), "(1 \"b\" nil)", "list");
}
END_TEST

static void assert_length(RtValue v, int64_t expected)
{
    RtValue length = rt_length(v, NULL);
    ck_assert_uint_eq(length.tag, RT_INT);
    ck_assert_int_eq(length.data, expected);
    rt_drop(v);
}

START_TEST(test_length)
{
    assert_length(rt_nil(), 0);
    assert_length(ints(1, 3), 3);
    assert_length(ints(1, MANY), MANY);
    assert_length(rt_vector((RtValue[]){INT(1), INT(2)}, 2), 2);
    assert_length(rt_from_object(RT_PVEC, rt_vector_make(RT_VECTOR_INTS, 4)), 4);
    assert_length(STRING(""), 0);
    assert_length(STRING("h\u00e9llo \u20ac \U0001F600"), 9);
    RtValue improper = dotted(INT(1), INT(2), INT(3));
    assert_unary_raises(rt_length, improper, "length: expected a proper list, got (1 2 . 3)");
    rt_drop(improper);
    assert_unary_raises(rt_length, INT(5), "length: expected a list, vector or string, got 5");
    assert_unary_raises(rt_length, rt_intern_text("a"), "length: expected a list, vector or string, got a");
}
END_TEST

START_TEST(test_nth)
{
    RtValue list = rt_cons(STRING("a"), dotted(INT(1), INT(2), rt_nil()));
    assert_written(rt_nth(list, INT(0), NULL), "\"a\"", "nth 0");
    assert_written(rt_nth(list, INT(2), NULL), "2", "nth 2");
    assert_written(rt_nth(list, INT(3), NULL), "nil", "nth 3");
    assert_written(rt_nth(list, INT(-1), NULL), "nil", "nth -1");
    assert_written(rt_nth(list, INT(INT64_MIN), NULL), "nil", "nth min");
    assert_written(rt_nth(INT(7), INT(0), NULL), "nil", "no list");
    RtValue large = value_of("9223372036854775808");
    assert_written(rt_nth(list, large, NULL), "nil", "beyond any list");
    RtValue improper = rt_cons(INT(1), INT(2));
    assert_written(rt_nth(improper, INT(1), NULL), "nil", "improper");
    assert_call2_raises(rt_nth, list, rt_from_float(1.0), "nth: expected an integer index, got 1.0");
    rt_drop(list);
    rt_drop(large);
    rt_drop(improper);
}
END_TEST

START_TEST(test_append2)
{
    assert_written(rt_append2(ints(1, 2), ints(3, 4), NULL), "(1 2 3 4)", "two lists");
    assert_written(rt_append2(rt_nil(), INT(3), NULL), "3", "nil first");
    assert_written(rt_append2(ints(1, 1), INT(2), NULL), "(1 . 2)", "any second");
    assert_written(rt_append2(INT(5), ints(1, 1), NULL), "(1)", "an atom first");
    assert_written(rt_append2(STRING("x"), INT(1), NULL), "1", "an atom on the heap first");
    assert_call2_raises(rt_append2, dotted(INT(1), INT(2), INT(3)), ints(1, 2),
                        "append: expected a proper list, got (1 2 . 3)");
}
END_TEST

START_TEST(test_append_in_place)
{
    RtValue a = ints(1, 3);
    RtValue joined = rt_append2(a, ints(4, 5), NULL);
    ck_assert_int_eq(joined.data, a.data);
    assert_written(joined, "(1 2 3 4 5)", "unique");

    a = ints(1, 3);
    joined = rt_append2(rt_dup(a), ints(4, 5), NULL);
    assert_written_borrow(a, "(1 2 3)", "the shared list is as it was");
    rt_drop(a);
    assert_written(joined, "(1 2 3 4 5)", "shared");
}
END_TEST

/* Two unique cells before a shared tail; `shared` sees only the tail. */
START_TEST(test_append_partly_shared)
{
    RtValue shared = rt_cons(STRING("s"), ints(3, 4));
    RtValue a = dotted(INT(1), INT(2), rt_dup(shared));
    RtValue joined = rt_append2(a, ints(5, 5), NULL);
    ck_assert_int_eq(joined.data, a.data);
    assert_written(joined, "(1 2 \"s\" 3 4 5)", "joined");
    assert_written(shared, "(\"s\" 3 4)", "tail");

    shared = rt_cons(STRING("s"), INT(3));
    a = dotted(INT(1), INT(2), rt_dup(shared));
    assert_call2_raises(rt_append2, a, STRING("rest"), "append: expected a proper list, got (1 2 \"s\" . 3)");
    assert_written(shared, "(\"s\" . 3)", "tail after the error");
}
END_TEST

START_TEST(test_append_to_itself)
{
    RtValue a = ints(1, 2);
    assert_written(rt_append2(rt_dup(a), a, NULL), "(1 2 1 2)", "itself");
    a = ints(1, 3);
    RtValue tail = rt_cdr(a, NULL);
    assert_written(rt_append2(a, tail, NULL), "(1 2 3 2 3)", "its own tail");
}
END_TEST

START_TEST(test_append)
{
    assert_written(rt_append(NULL, 0, NULL), "nil", "none");
    assert_written(rt_append((RtValue[]){INT(1)}, 1, NULL), "1", "one");
    assert_written(rt_append((RtValue[]){ints(1, 2), rt_nil(), ints(3, 3), INT(4)}, 4, NULL), "(1 2 3 . 4)", "four");
    assert_written(rt_append((RtValue[]){STRING("x"), ints(1, 1), INT(9), rt_nil()}, 4, NULL), "(1)", "atoms");
    assert_variadic(rt_append, "1 2", "2");
}
END_TEST

static void append_improper(void *arg)
{
    RtValue *args = arg;
    rt_append(args, 3, NULL);
}

START_TEST(test_append_error)
{
    RtValue args[] = {rt_cons(STRING("a"), rt_nil()), rt_cons(STRING("b"), STRING("c")),
                      rt_cons(STRING("d"), rt_nil())};
    RtValue error;
    bool raised = rt_try(append_improper, args, &error);
    assert_raised(raised, error, "append: expected a proper list, got (\"b\" . \"c\")");
}
END_TEST

START_TEST(test_qq_splice)
{
    assert_written(rt_qq_splice(ints(1, 2), ints(3, 3), NULL), "(1 2 3)", "splice");
    assert_written(rt_qq_splice(rt_nil(), ints(3, 3), NULL), "(3)", "nil");
    assert_written(rt_qq_splice(ints(1, 1), INT(2), NULL), "(1 . 2)", "dotted");
    assert_call2_raises(rt_qq_splice, INT(5), ints(1, 2), "unquote-splicing: expected a proper list, got 5");
    assert_call2_raises(rt_qq_splice, rt_cons(INT(1), INT(2)), ints(1, 2),
                        "unquote-splicing: expected a proper list, got (1 . 2)");
}
END_TEST

START_TEST(test_reverse)
{
    assert_written(rt_reverse(rt_nil(), NULL), "nil", "nil");
    RtValue list = ints(1, 3);
    RtValue last = rt_cdr(list, NULL);
    rt_drop(last); /* unique again */
    assert_written(rt_reverse(list, NULL), "(3 2 1)", "unique");
    list = rt_cons(STRING("a"), ints(2, 3));
    assert_written(rt_reverse(rt_dup(list), NULL), "(3 2 \"a\")", "shared");
    assert_written(list, "(\"a\" 2 3)", "the shared list is as it was");
    RtValue tail = rt_cons(STRING("a"), ints(4, 5));
    assert_written(rt_reverse(dotted(INT(1), INT(2), rt_dup(tail)), NULL), "(5 4 \"a\" 2 1)", "partly shared");
    assert_written(tail, "(\"a\" 4 5)", "the shared tail is as it was");
}
END_TEST

START_TEST(test_reverse_errors)
{
    assert_unary_raises(rt_reverse, INT(5), "reverse: expected a proper list, got 5");
    assert_unary_raises(rt_reverse, dotted(STRING("a"), INT(2), STRING("b")),
                        "reverse: expected a proper list, got (\"a\" 2 . \"b\")");
    RtValue tail = dotted(STRING("a"), INT(4), INT(5));
    assert_unary_raises(rt_reverse, dotted(INT(1), STRING("b"), rt_dup(tail)),
                        "reverse: expected a proper list, got (1 \"b\" \"a\" 4 . 5)");
    assert_written(tail, "(\"a\" 4 . 5)", "the shared tail is as it was");
}
END_TEST

START_TEST(test_long_lists)
{
    RtValue list = rt_reverse(rt_append2(ints(1, MANY), ints(MANY + 1, 2 * MANY), NULL), NULL);
    RtValue copy = rt_reverse(rt_dup(list), NULL);
    ck_assert_int_eq(rt_nth(list, INT(0), NULL).data, 2 * MANY);
    ck_assert_int_eq(rt_nth(copy, INT(2 * MANY - 1), NULL).data, 2 * MANY);
    copy = rt_append2(rt_dup(copy), copy, NULL);
    assert_length(copy, 4 * MANY);
    assert_length(list, 2 * MANY);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("list");
    TCase *pairs = add_case(suite, "pairs");
    tcase_add_test(pairs, test_pairs);
    tcase_add_test(pairs, test_pair_errors);
    TCase *lists = add_case(suite, "lists");
    tcase_add_test(lists, test_list_of);
    tcase_add_test(lists, test_length);
    tcase_add_test(lists, test_nth);
    tcase_add_test(lists, test_long_lists);
    TCase *append = add_case(suite, "append");
    tcase_add_test(append, test_append2);
    tcase_add_test(append, test_append_in_place);
    tcase_add_test(append, test_append_partly_shared);
    tcase_add_test(append, test_append_to_itself);
    tcase_add_test(append, test_append);
    tcase_add_test(append, test_append_error);
    tcase_add_test(append, test_qq_splice);
    TCase *reverse = add_case(suite, "reverse");
    tcase_add_test(reverse, test_reverse);
    tcase_add_test(reverse, test_reverse_errors);
    return run_suite(suite);
}
