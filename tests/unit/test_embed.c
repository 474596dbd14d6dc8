/* libconsair as a C program sees it: every function of consair.h, values of every type, errors and exit. */
#include "consair.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static consair *instance;

static void setup(void)
{
    setenv("CONSAIR_STACK", "16M", 1);
    instance = consair_new();
    ck_assert(instance);
}

static void teardown(void) { consair_free(instance); }

static consair_value evaluated(const char *text)
{
    consair_value value;
    ck_assert_msg(consair_eval(instance, "test", text, &value), "%s", text);
    return value;
}

static void expect_text(consair_value v, const char *expected) /* takes the value */
{
    char *text = consair_text(v);
    ck_assert_str_eq(text, expected);
    free(text);
    consair_release(v);
}

START_TEST(tells_the_type_of_every_value)
{
    static const struct {
        const char *text;
        enum consair_type type;
    } cases[] = {
        {"nil", CONSAIR_NIL},         {"t", CONSAIR_TRUE},
        {"42", CONSAIR_INTEGER},      {"(expt 10 30)", CONSAIR_INTEGER},
        {"1/3", CONSAIR_RATIO},       {"0.5", CONSAIR_FLOAT},
        {"\"text\"", CONSAIR_STRING}, {"'symbol", CONSAIR_SYMBOL},
        {":keyword", CONSAIR_SYMBOL}, {"'(1 . 2)", CONSAIR_PAIR},
        {"<<1 2>>", CONSAIR_VECTOR},  {"{1 2}", CONSAIR_MAP},
        {"#{1 2}", CONSAIR_SET},      {"(lambda (x) x)", CONSAIR_FUNCTION},
        {"car", CONSAIR_FUNCTION},    {"(try (car 5) (catch (e) e))", CONSAIR_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        consair_value v = evaluated(cases[i].text);
        ck_assert_msg(consair_type_of(v) == cases[i].type, "%s", cases[i].text);
        ck_assert_int_eq(consair_is_true(v), cases[i].type != CONSAIR_NIL);
        consair_release(v);
    }
}
END_TEST

START_TEST(gives_numbers_out)
{
    int64_t n;
    double x;
    consair_value v = evaluated("-42");
    ck_assert(consair_get_int(v, &n) && n == -42);
    ck_assert(consair_get_double(v, &x) && x == -42.0);
    consair_release(v);
    v = evaluated("(expt 10 30)");
    ck_assert(!consair_get_int(v, &n));
    ck_assert(consair_get_double(v, &x) && x == 1e30);
    consair_release(v);
    v = evaluated("3/2");
    ck_assert(!consair_get_int(v, &n));
    ck_assert(consair_get_double(v, &x) && x == 1.5);
    consair_release(v);
    v = evaluated("\"1\"");
    ck_assert(!consair_get_int(v, &n));
    ck_assert(!consair_get_double(v, &x));
    consair_release(v);
}
END_TEST

START_TEST(gives_texts_out)
{
    const char *bytes;
    size_t size;
    consair_value v = evaluated("\"h\\u{e9}\"");
    ck_assert(consair_get_string(v, &bytes, &size));
    ck_assert_str_eq(bytes, "h\xc3\xa9");
    ck_assert_uint_eq(size, 3);
    consair_release(v);
    v = evaluated("'name");
    ck_assert(consair_get_string(v, &bytes, &size));
    ck_assert_str_eq(bytes, "name");
    ck_assert_uint_eq(size, 4);
    ck_assert(consair_get_string(v, &bytes, NULL));
    consair_release(v);
    ck_assert(!consair_get_string(consair_int(1), &bytes, NULL));
    expect_text(consair_string("a\xff", 2), "\"a\xef\xbf\xbd\"");
}
END_TEST

START_TEST(takes_lists_and_vectors_apart)
{
    size_t count;
    consair_value item, first, rest, list = evaluated("'(1 (2) \"3\")");
    ck_assert(consair_get_count(list, &count) && count == 3);
    ck_assert(consair_get_item(list, 1, &item));
    expect_text(item, "(2)");
    ck_assert(!consair_get_item(list, 3, &item));
    ck_assert(consair_get_pair(list, &first, &rest));
    expect_text(first, "1");
    expect_text(rest, "((2) \"3\")");
    ck_assert(consair_get_pair(list, NULL, NULL));
    consair_release(list);

    consair_value dotted = evaluated("'(1 . 2)");
    ck_assert(!consair_get_count(dotted, &count));
    consair_release(dotted);

    consair_value vector = evaluated("<<1 nil \"x\">>");
    ck_assert(consair_get_count(vector, &count) && count == 3);
    ck_assert(consair_get_item(vector, 2, &item));
    expect_text(item, "\"x\"");
    ck_assert(!consair_get_item(vector, 3, &item));
    ck_assert(!consair_get_pair(vector, &first, &rest));
    consair_release(vector);
}
END_TEST

START_TEST(shows_floats_where_they_are)
{
    static const double given[] = {0.5, -1, 1e300};
    const double *items;
    size_t count;
    consair_value v = consair_doubles(given, 3);
    ck_assert(consair_get_doubles(v, &items, &count) && count == 3);
    ck_assert(memcmp(items, given, sizeof given) == 0);
    expect_text(v, "<<0.5 -1.0 1e300>>");
    v = evaluated("<<1 \"x\">>");
    ck_assert(!consair_get_doubles(v, &items, &count));
    consair_release(v);
    ck_assert(!consair_get_doubles(consair_int(1), &items, &count));
}
END_TEST

START_TEST(makes_values)
{
    consair_value items[] = {consair_nil(),       consair_bool(true),   consair_bool(false), consair_int(INT64_MIN),
                             consair_symbol("s"), consair_symbol(":k"), consair_double(2.5)};
    size_t count = sizeof items / sizeof *items;
    expect_text(consair_list(items, count), "(nil t nil -9223372036854775808 s :k 2.5)");
    expect_text(consair_vector(items, count), "<<nil t nil -9223372036854775808 s :k 2.5>>");
    expect_text(consair_list(NULL, 0), "nil");
    expect_text(consair_vector(NULL, 0), "<<>>");
    consair_value text = consair_string("x", 1), pair = consair_cons(text, items[3]);
    consair_release(text);
    expect_text(consair_retain(pair), "(\"x\" . -9223372036854775808)");
    expect_text(pair, "(\"x\" . -9223372036854775808)");
    for (size_t i = 0; i < count; i++) consair_release(items[i]);
}
END_TEST

START_TEST(reads_numbers)
{
    consair_value v;
    ck_assert(consair_number("123456789012345678901234567890", &v));
    expect_text(v, "123456789012345678901234567890");
    ck_assert(consair_number("-6/4", &v));
    expect_text(v, "-3/2");
    ck_assert(consair_number("1e3", &v));
    expect_text(v, "1000.0");
    ck_assert(!consair_number("x1", &v));
    ck_assert(!consair_number("", &v));
}
END_TEST

START_TEST(calls_functions)
{
    consair_value function, result, args[] = {consair_int(20), consair_int(22)};
    ck_assert(consair_lookup(instance, "+", &function));
    ck_assert(consair_call(instance, function, args, 2, &result));
    expect_text(result, "42");
    ck_assert(consair_call(instance, function, args, 0, NULL));
    consair_release(function);
    ck_assert(!consair_lookup(instance, "nowhere", &function));
    ck_assert(!consair_call(instance, consair_int(3), args, 2, &result));
    ck_assert(strstr(consair_last_error(instance)->message, "3"));
    ck_assert_int_eq(consair_type_of(result), CONSAIR_NIL);
}
END_TEST

static void expect_exit(int status)
{
    const consair_error *error = consair_last_error(instance);
    ck_assert(error->is_exit);
    ck_assert_int_eq(error->exit_status, status);
}

START_TEST(reports_errors_and_exit)
{
    ck_assert(!consair_eval(instance, "file", "1\n(car 5)", NULL));
    const consair_error *error = consair_last_error(instance);
    ck_assert_str_eq(error->message, "car: expected a cons, got 5");
    ck_assert_str_eq(error->file, "file");
    ck_assert_uint_eq(error->line, 2);
    ck_assert_uint_eq(error->column, 1);
    ck_assert_str_eq(error->source_line, "(car 5)");
    ck_assert(!error->is_exit);
    ck_assert(!consair_eval(instance, "file", "(car", NULL));
    ck_assert(!consair_eval(instance, "file", "(exit 7)", NULL));
    expect_exit(7);
    consair_value function = evaluated("(lambda (n) (exit n))"), arg = consair_int(3);
    ck_assert(!consair_call(instance, function, &arg, 1, NULL));
    expect_exit(3);
    consair_release(function);
    expect_text(evaluated("(+ 1 2)"), "3");
}
END_TEST

START_TEST(evaluates_files)
{
    char path[] = "/tmp/test_embed_XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    static const char text[] = "(define (twice x) (* 2 x))\n(twice 21)\n";
    ck_assert_int_eq(write(fd, text, sizeof text - 1), sizeof text - 1);
    close(fd);
    consair_value v;
    ck_assert(consair_eval_file(instance, path, &v));
    expect_text(v, "42");
    unlink(path);
    ck_assert(!consair_eval_file(instance, path, &v));
    ck_assert(strstr(consair_last_error(instance)->message, path));
    ck_assert_int_eq(consair_type_of(v), CONSAIR_NIL);
    expect_text(evaluated("(twice 4)"), "8");
}
END_TEST

static void collect(void *data, const char *bytes, size_t size)
{
    char *text = data;
    strncat(text, bytes, size);
}

START_TEST(gives_the_output_to_its_owner)
{
    char text[100] = "";
    consair_set_output(instance, collect, text);
    consair_release(evaluated("(println \"a\" 1)"));
    consair_set_output(instance, NULL, NULL);
    ck_assert_str_eq(text, "a 1\n");
    ck_assert(strchr(consair_version(), '.'));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("embed");
    TCase *tcase = tcase_create("embed");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, tells_the_type_of_every_value);
    tcase_add_test(tcase, gives_numbers_out);
    tcase_add_test(tcase, gives_texts_out);
    tcase_add_test(tcase, takes_lists_and_vectors_apart);
    tcase_add_test(tcase, shows_floats_where_they_are);
    tcase_add_test(tcase, makes_values);
    tcase_add_test(tcase, reads_numbers);
    tcase_add_test(tcase, calls_functions);
    tcase_add_test(tcase, reports_errors_and_exit);
    tcase_add_test(tcase, evaluates_files);
    tcase_add_test(tcase, gives_the_output_to_its_owner);
    SRunner *runner = srunner_create(suite);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
