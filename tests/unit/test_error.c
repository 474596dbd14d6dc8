/* Error values, the texts of the usual errors, and the report with source line and caret. */
#include "consair_rt.h"
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static const RtPlace place = {"dir/f.lisp", "(print (car n))", 3, 8, 7};

/* Runs fn under rt_try; the error's message must be `text`.  Gives the error. */
static RtValue expect_error(void (*fn)(void *), const char *text)
{
    RtValue error = rt_nil();
    ck_assert(rt_try(fn, NULL, &error));
    ck_assert_int_eq(error.tag, RT_ERROR);
    ck_assert_int_eq(rt_as_error(error)->message.tag, RT_STRING);
    ck_assert_str_eq(rt_as_string(rt_as_error(error)->message)->bytes, text);
    return error;
}

static void check_error(void (*fn)(void *), const char *text)
{
    int64_t live = rt_live_objects();
    rt_drop(expect_error(fn, text));
    ck_assert_int_eq(rt_live_objects(), live);
}

#define RAISER(name, call)                                                                                             \
    static void name(void *unused)                                                                                     \
    {                                                                                                                  \
        (void)unused;                                                                                                  \
        call;                                                                                                          \
    }

RAISER(type_error, rt_raise_type(&place, "car", "a cons", rt_from_int(5)))
RAISER(type_error_string, rt_raise_type(NULL, "slurp", "a string", rt_cons(rt_string_from_text("a\n"), rt_nil())))
RAISER(unbound, rt_raise_unbound(&place, "foo"))
RAISER(arity_one, rt_raise_arity(&place, "f", 1, 1, 0))
RAISER(arity_two, rt_raise_arity(&place, "f", 2, 2, 1))
RAISER(arity_none, rt_raise_arity(&place, "f", 0, 0, 1))
RAISER(arity_range, rt_raise_arity(&place, "%nth", 2, 3, 5))
RAISER(arity_optional, rt_raise_arity(&place, "gensym", 0, 1, 2))
RAISER(arity_rest, rt_raise_arity(&place, "apply", 2, -1, 1))
RAISER(arity_rest_one, rt_raise_arity(&place, "-", 1, -1, 0))
RAISER(formatted, rt_raise_message(&place, "%s: %d %ld %lld %u %zu %c%c %% %x |%5d|%-5ld|%s", "all", -1,
                                   INT64_C(-9223372036854775807) - 1, 9223372036854775807LL, 4000000000u, (size_t)17,
                                   'a', 'b', 255, 42, (int64_t)42, ""))
RAISER(with_values, rt_raise_message(&place, "vector-ref: index %V out of bounds for %V", rt_from_int(7), rt_nil()))
RAISER(fails, rt_fail((RtValue[]){rt_string_from_text("no luck"), rt_from_int(1)}, 2, &place))
RAISER(fails_with_value, rt_fail((RtValue[]){rt_cons(rt_from_int(1), rt_nil()), rt_from_int(2)}, 2, &place))
RAISER(expands, rt_macroexpand(rt_cons(rt_from_int(1), rt_nil()), &place))
RAISER(expands_once, rt_macroexpand_1(rt_cons(rt_from_int(1), rt_nil()), &place))
RAISER(too_deep, rt_raise_depth(&place))

START_TEST(usual_messages)
{
    check_error(type_error, "car: expected a cons, got 5");
    check_error(type_error_string, "slurp: expected a string, got (\"a\\n\")");
    check_error(unbound, "unbound variable: foo");
    check_error(arity_one, "f: expected 1 argument, got 0");
    check_error(arity_two, "f: expected 2 arguments, got 1");
    check_error(arity_none, "f: expected 0 arguments, got 1");
    check_error(arity_range, "%nth: expected 2 to 3 arguments, got 5");
    check_error(arity_optional, "gensym: expected 0 to 1 argument, got 2");
    check_error(arity_rest, "apply: expected at least 2 arguments, got 1");
    check_error(arity_rest_one, "-: expected at least 1 argument, got 0");
    check_error(fails, "no luck");
    check_error(fails_with_value, "assert: expected a string as message, got (1)");
    check_error(expands, "macroexpand: no expander in this program");
    check_error(expands_once, "macroexpand-1: no expander in this program");
}
END_TEST

START_TEST(depth_message_names_the_limit)
{
    setenv("CONSAIR_STACK", "64M", 1);
    check_error(too_deep, "recursion too deep: the stack of 64 MiB is full (CONSAIR_STACK=SIZE sets its size)");
}
END_TEST

START_TEST(message_formatting)
{
    check_error(formatted, "all: -1 -9223372036854775808 9223372036854775807 4000000000 17 ab % ff |   42|42   |");
    check_error(with_values, "vector-ref: index 7 out of bounds for nil");
}
END_TEST

START_TEST(data_are_the_offending_values)
{
    RtValue error = expect_error(type_error, "car: expected a cons, got 5");
    RtValue data = rt_as_error(error)->data;
    ck_assert_int_eq(data.tag, RT_CONS);
    ck_assert_int_eq(rt_car_of(rt_as_cons(data)).data, 5);
    ck_assert_int_eq(rt_cdr_of(rt_as_cons(data)).tag, RT_NIL);
    rt_drop(error);
    error = expect_error(with_values, "vector-ref: index 7 out of bounds for nil");
    RtText text = {0};
    rt_write_value_borrow(&text, rt_as_error(error)->data, 0);
    ck_assert_str_eq(text.bytes, "(7 nil)");
    rt_text_free(&text);
    rt_drop(error);
}
END_TEST

static void long_value(void *unused)
{
    (void)unused;
    RtValue list = rt_nil();
    for (int i = 0; i < 1000000; i++) list = rt_cons(rt_from_int(7), list);
    rt_raise_type(&place, "+", "a number", list);
}

START_TEST(long_values_are_cut)
{
    RtValue error;
    ck_assert(rt_try(long_value, NULL, &error));
    const RtString *message = rt_as_string(rt_as_error(error)->message);
    ck_assert_int_lt(message->size_bytes, 160);
    ck_assert_str_eq(message->bytes + message->size_bytes - 3, "...");
    rt_drop(error);
}
END_TEST

START_TEST(place_defaults_to_the_last_call)
{
    rt_call_place = &place;
    RtValue error = expect_error(type_error_string, "slurp: expected a string, got (\"a\\n\")");
    ck_assert_ptr_eq(rt_as_error(error)->place, &place);
    rt_drop(error);
    rt_call_place = NULL;
}
END_TEST

static void check_report(const RtPlace *at, const char *expected)
{
    RtText text = {0};
    rt_report_place(&text, at, "error", "wrong");
    ck_assert_str_eq(text.bytes, expected);
    rt_text_free(&text);
}

START_TEST(report_layout)
{
    check_report(NULL, "error: wrong\n");
    check_report(&place, "dir/f.lisp:3:8: error: wrong\n(print (car n))\n       ^~~~~~~\n");
    check_report(&(RtPlace){"f", NULL, 1, 1, 1}, "f:1:1: error: wrong\n");
    check_report(&(RtPlace){"f", "", 1, 1, 1}, "f:1:1: error: wrong\n\n^\n");
    check_report(&(RtPlace){"f", "\t(a\tb)", 2, 5, 1}, "f:2:5: error: wrong\n\t(a\tb)\n\t  \t^\n");
    check_report(&(RtPlace){"f", "\303\244\303\266 (x)", 2, 4, 3},
                 "f:2:4: error: wrong\n\303\244\303\266 (x)\n   ^~~\n");
    check_report(&(RtPlace){"f", "(a", 1, 3, 1}, "f:1:3: error: wrong\n(a\n  ^\n"); /* at the end */
    check_report(&(RtPlace){"f", "(a\r", 1, 1, 90}, "f:1:1: error: wrong\n(a\n^~\n"); /* goes on in the next lines */
    check_report(&(RtPlace){"f", "a\033b", 1, 3, 0}, "f:1:3: error: wrong\na b\n  ^\n"); /* no control characters */
}
END_TEST

START_TEST(wide_lines_are_cut_around_the_column)
{
    char line[1001];
    memset(line, 'a', 1000);
    line[1000] = '\0';
    static const uint32_t columns[] = {1, 10, 61, 62, 500, 990, 1000, 1001};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        RtPlace at = {"f", line, 1, columns[i], 5};
        line[columns[i] - 1] = columns[i] <= 1000 ? 'X' : '\0';
        RtText text = {0};
        rt_report_place(&text, &at, "error", "wrong");
        char *shown = strchr(text.bytes, '\n') + 1;
        char *caret = strchr(shown, '\n') + 1;
        ck_assert_int_le(caret - shown, 127);
        size_t offset = strcspn(caret, "^");
        ck_assert(shown[offset] == (columns[i] <= 1000 ? 'X' : '\n'));
        ck_assert_int_le((int)strlen(caret), 127);
        rt_text_free(&text);
        if (columns[i] <= 1000) line[columns[i] - 1] = 'a';
    }
}
END_TEST

START_TEST(report_goes_to_stderr)
{
    char name[] = "/tmp/consair-test-XXXXXX", content[256] = "";
    int fd = mkstemp(name), saved = dup(STDERR_FILENO);
    ck_assert_int_ge(fd, 0);
    dup2(fd, STDERR_FILENO);
    RtValue error = expect_error(type_error, "car: expected a cons, got 5");
    rt_report_error(error);
    rt_drop(error);
    dup2(saved, STDERR_FILENO);
    ck_assert_int_gt(pread(fd, content, sizeof content - 1, 0), 0);
    ck_assert_str_eq(content, "dir/f.lisp:3:8: error: car: expected a cons, got 5\n(print (car n))\n       ^~~~~~~\n");
    close(saved);
    close(fd);
    unlink(name);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("error");
    TCase *tcase = tcase_create("error");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, usual_messages);
    tcase_add_test(tcase, depth_message_names_the_limit);
    tcase_add_test(tcase, message_formatting);
    tcase_add_test(tcase, data_are_the_offending_values);
    tcase_add_test(tcase, long_values_are_cut);
    tcase_add_test(tcase, place_defaults_to_the_last_call);
    tcase_add_test(tcase, report_layout);
    tcase_add_test(tcase, wide_lines_are_cut_around_the_column);
    tcase_add_test(tcase, report_goes_to_stderr);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
