/* Written and displayed forms of all types, cutting, and nesting of any depth. */
#include "consair_rt.h"
#include <check.h>
#include <stdlib.h>

static void check_written(RtValue v, const char *expected) /* consumes v */
{
    RtText text = {0};
    rt_write_value_borrow(&text, v, 0);
    ck_assert_str_eq(text.bytes, expected);
    rt_text_free(&text);
    rt_drop(v);
}

static RtValue list2(RtValue a, RtValue b) { return rt_cons(a, rt_cons(b, rt_nil())); }

START_TEST(atoms)
{
    check_written(rt_nil(), "nil");
    check_written(rt_true(), "t");
    check_written(rt_from_int(-42), "-42");
    check_written(rt_from_int(INT64_MIN), "-9223372036854775808");
    check_written(rt_from_float(3.0), "3.0");
    check_written(rt_intern_text("string->x"), "string->x");
    check_written(rt_intern_text(":key"), ":key");
}
END_TEST

START_TEST(strings)
{
    check_written(rt_string_from_text(""), "\"\"");
    check_written(rt_string_from_text("a\n\t\r\\\"'b"), "\"a\\n\\t\\r\\\\\\\"'b\"");
    check_written(rt_string_from_text("\303\244 \001"), "\"\303\244 \001\"");
    RtText text = {0};
    RtValue with_nul = rt_make_string("a\0b\n", 4);
    rt_write_value_borrow(&text, with_nul, 0);
    ck_assert_uint_eq(text.size, 7);
    ck_assert_int_eq(memcmp(text.bytes, "\"a\0b\\n\"", 7), 0);
    text.size = 0;
    rt_display_value_borrow(&text, with_nul);
    ck_assert_uint_eq(text.size, 4);
    rt_text_free(&text);
    rt_drop(with_nul);
}
END_TEST

START_TEST(lists)
{
    check_written(list2(rt_from_int(1), rt_from_int(2)), "(1 2)");
    check_written(rt_cons(rt_from_int(1), rt_from_int(2)), "(1 . 2)");
    check_written(rt_cons(rt_from_int(1), rt_cons(rt_nil(), rt_string_from_text("x"))), "(1 nil . \"x\")");
    check_written(list2(rt_intern_text("quote"), rt_intern_text("a")), "(quote a)");
    check_written(list2(rt_cons(rt_cons(rt_nil(), rt_nil()), rt_nil()), rt_true()), "(((nil)) t)");
}
END_TEST

START_TEST(vectors)
{
    RtValue none[1];
    check_written(rt_vector(none, 0), "<<>>");
    RtValue inner_items[2] = {rt_from_int(1), list2(rt_from_int(2), rt_from_int(3))};
    RtValue inner = rt_vector(inner_items, 2);
    RtValue items[3] = {inner, rt_string_from_text("s"), rt_true()};
    check_written(rt_vector(items, 3), "<<<<1 (2 3)>> \"s\" t>>");
    RtValue tail_items[1] = {rt_from_int(9)};
    check_written(rt_cons(rt_from_int(1), rt_vector(tail_items, 1)), "(1 . <<9>>)");
}
END_TEST

static RtValue unused_entry(void) { return rt_nil(); }

START_TEST(functions_and_wrappers)
{
    static const RtCode lambda = {.entry = (void *)unused_entry, .name = "lambda"};
    static const RtCode builtin = {.entry = (void *)unused_entry, .name = "car", .is_builtin = 1};
    static RtClosure closures[2] = {{.count = RT_IMMORTAL, .code = &lambda}, {.count = RT_IMMORTAL, .code = &builtin}};
    static const RtMacro macro = {.count = RT_IMMORTAL, .name = "when"};
    check_written(rt_from_object(RT_CLOSURE, &closures[0]), "<lambda>");
    check_written(rt_from_object(RT_CLOSURE, &closures[1]), "<native-fn>");
    check_written(rt_from_object(RT_MACRO, &macro), "<macro>");
    check_written(rt_reduced(list2(rt_from_int(1), rt_string_from_text("a"))), "#reduced((1 \"a\"))");
    check_written(rt_make_error(rt_string_from_text("bad \"x\""), rt_nil(), NULL), "#error(\"bad \\\"x\\\"\")");
}
END_TEST

START_TEST(display_is_raw_only_at_the_top)
{
    RtText text = {0};
    RtValue string = rt_string_from_text("a\"b"), list = rt_cons(rt_dup(string), rt_nil());
    rt_display_value_borrow(&text, string);
    rt_text_add(&text, " ", 1);
    rt_display_value_borrow(&text, list);
    ck_assert_str_eq(text.bytes, "a\"b (\"a\\\"b\")");
    rt_text_free(&text);
    rt_drop(string);
    rt_drop(list);
}
END_TEST

static void check_cut(RtValue v, size_t limit, const char *expected)
{
    RtText text = {0};
    rt_text_add_text(&text, ">");
    rt_write_value_borrow(&text, v, limit);
    ck_assert_str_eq(text.bytes, expected);
    rt_text_free(&text);
}

START_TEST(limit_cuts)
{
    RtValue list = list2(rt_from_int(123), list2(rt_from_int(456), rt_nil()));
    check_cut(list, 100, ">(123 (456 nil))");
    check_cut(list, 15, ">(123 (456 nil))");
    check_cut(list, 14, ">(123 (456 nil)...");
    check_cut(list, 1, ">(...");
    rt_drop(list);
    RtValue string = rt_string_from_text("\303\244\303\244\303\244");
    check_cut(string, 8, ">\"\303\244\303\244\303\244\"");
    check_cut(string, 7, ">\"\303\244\303\244\303\244...");
    check_cut(string, 4, ">\"\303\244..."); /* not inside a code point */
    rt_drop(string);
}
END_TEST

START_TEST(long_and_deep_data)
{
    enum { COUNT = 1000000 };
    RtValue deep = rt_nil(), wide = rt_nil();
    for (int i = 0; i < COUNT; i++) {
        deep = rt_cons(deep, rt_nil());
        wide = rt_cons(rt_from_int(1), wide);
    }
    RtText text = {0};
    rt_write_value_borrow(&text, wide, 0);
    ck_assert_uint_eq(text.size, 2 * COUNT + 1);
    text.size = 0;
    rt_write_value_borrow(&text, deep, 0);
    ck_assert_uint_eq(text.size, 2 * COUNT + 3);
    ck_assert_int_eq(memcmp(text.bytes + COUNT, "nil)", 4), 0);
    rt_text_free(&text);
    rt_drop(deep);
    rt_drop(wide);
}
END_TEST

START_TEST(text_grows)
{
    RtText text = {0};
    for (int i = 0; i < 1000; i++) rt_text_add_text(&text, "0123456789");
    ck_assert_uint_eq(text.size, 10000);
    ck_assert_uint_eq(strlen(text.bytes), 10000);
    rt_text_free(&text);
    ck_assert_ptr_null(text.bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("print");
    TCase *tcase = tcase_create("print");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, atoms);
    tcase_add_test(tcase, strings);
    tcase_add_test(tcase, lists);
    tcase_add_test(tcase, vectors);
    tcase_add_test(tcase, functions_and_wrappers);
    tcase_add_test(tcase, display_is_raw_only_at_the_top);
    tcase_add_test(tcase, limit_cuts);
    tcase_add_test(tcase, long_and_deep_data);
    tcase_add_test(tcase, text_grows);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
