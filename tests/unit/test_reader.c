/* The reader: syntax to data, errors with their places, any nesting. */
#include "front_testing.h"

static Compiler *c;

static void setup(void)
{
    rt_init(0, NULL);
    c = compiler_new(NULL);
}

static void teardown(void) { compiler_free(c); }

/* Reads the first datum and writes it (literals as collections). */
static char *read_text(const char *text)
{
    Source *s = source_from_text(c, "test.lisp", text, strlen(text));
    size_t offset = 0;
    Form form;
    if (!s || !reader_next(c, s, &offset, &form)) return NULL;
    RtValue datum = datum_unmark(c, form.datum, false);
    char *result = written(datum);
    rt_drop(datum);
    rt_drop(form.datum);
    return result;
}

static void check_read(const char *text, const char *expected)
{
    char *got = read_text(text);
    ck_assert_msg(got != NULL, "%s is not readable", text);
    ck_assert_str_eq(got, expected);
    free(got);
}

static void check_error(const char *text, uint32_t line, uint32_t column, const char *part)
{
    c->diagnostic_count = 0;
    ck_assert_msg(!read_text(text), "%s is readable", text);
    ck_assert_int_eq(c->diagnostic_count, 1);
    const Diagnostic *d = &c->diagnostics[0];
    ck_assert_msg(strstr(d->message, part) != NULL, "%s: got \"%s\"", text, d->message);
    ck_assert_uint_eq(d->place->line, line);
    ck_assert_uint_eq(d->place->column, column);
}

START_TEST(atoms)
{
    check_read("17", "17");
    check_read(" ; comment\n -408 ; more", "-408");
    check_read("12/4", "3");
    check_read(".5", "0.5");
    check_read("+5", "+5");
    check_read("-", "-");
    check_read("1+", "1+");
    check_read("string->x", "string->x");
    check_read("(a<b)", "(a<b)");
    check_read("(t nil)", "(t nil)");
    check_read(":key", ":key");
    check_read("\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9");
    check_read("#!/usr/bin/consairc\n5", "5");
    check_read("\xEF\xBB\xBF"
               "6",
               "6");
}
END_TEST

START_TEST(lists_and_literals)
{
    check_read("()", "nil");
    check_read("(a (b) . c)", "(a (b) . c)");
    check_read("(a . (b . (c)))", "(a b c)");
    check_read("'x", "(quote x)");
    check_read("''x", "(quote (quote x))");
    check_read("`(a ,b ,@c)", "(quasiquote (a (unquote b) (unquote-splicing c)))");
    check_read("<<<<1>> <<2 x>>>>", "<<<<1>> <<2 x>>>>");
    check_read("<<>>", "<<>>");
    check_read("<<a>>", "<<a>>");
    check_read("{:a 1 :b (x)}", "{:a 1 :b (x)}");
    check_read("(#{1} #pvec[1 2] #pmap{a 1} #pset{b})", "(#{1} #pvec[1 2] #pmap{a 1} #pset{b})");
    check_read("(a . {b c})", "(a . {b c})");
    check_read("<<{a <<1>>}>>", "<<{a <<1>>}>>");
}
END_TEST

START_TEST(strings)
{
    check_read("\"a\\n\\t\\\"\\\\b\"", "\"a\\n\\t\\\"\\\\b\"");
    check_read("\"\\x41\\u{1F600}\\u{e9}\"", "\"A\xF0\x9F\x98\x80\xC3\xA9\"");
    check_read("\"two\nlines\"", "\"two\\nlines\"");
    check_error("\"no end", 1, 1, "unterminated");
    check_error("(a\n \"no end\\", 2, 2, "unterminated");
    check_error("\"bad \\z\"", 1, 6, "escape");
    check_error("\"\\xG1\"", 1, 2, "hex");
    check_error("\"\\u{D800}\"", 1, 2, "code point");
    check_error("\"\\u{110000}\"", 1, 2, "code point");
    check_error("\"\\u41\"", 1, 2, "unicode escape");
}
END_TEST

START_TEST(errors)
{
    check_error("(+ 1 2", 1, 1, "unclosed list");
    check_error("(a\n  <<1", 2, 3, "unclosed vector");
    check_error("{a", 1, 1, "unclosed map");
    check_error(")", 1, 1, "unexpected )");
    check_error("\n >>", 2, 2, "unexpected >>");
    check_error("(1 2 >>", 1, 6, "unexpected >>");
    check_error("#pvec[1)", 1, 8, "unexpected )");
    check_error("'", 1, 1, "quote");
    check_error("(')", 1, 3, "quote");
    check_error(".", 1, 1, "misplaced dot");
    check_error("( . a)", 1, 3, "misplaced dot");
    check_error("(a . )", 1, 6, "misplaced dot");
    check_error("(a . b c)", 1, 8, "misplaced dot");
    check_error("(a . b . c)", 1, 8, "misplaced dot");
    check_error("{a 1 b}", 1, 1, "even");
    check_error("1/0", 1, 1, "division by zero");
    check_error("&rest", 1, 1, "unexpected");
    check_error("[1]", 1, 1, "unexpected");
    check_error("\x01", 1, 1, "control character");
}
END_TEST

START_TEST(several_errors)
{
    const char *text = "(a\n(b))\n)\n(c \"\\q\")\n(d 1/0)\n";
    Source *s = source_from_text(c, "test.lisp", text, strlen(text));
    ck_assert_ptr_null(compile_source(c, s));
    ck_assert_int_eq(diag_error_count(c), 3);
}
END_TEST

START_TEST(places)
{
    const char *text = "(f \xC3\xA9 x\n   (g <<1 y>>))";
    Source *s = source_from_text(c, "test.lisp", text, strlen(text));
    size_t offset = 0;
    Form form;
    ck_assert(reader_next(c, s, &offset, &form));
    ck_assert_uint_eq(form.place->column, 1);
    ck_assert_uint_eq(form.place->width, 6); /* to the end of its first line */
    ck_assert_str_eq(form.place->text, "(f \xC3\xA9 x");
    RtValue third = list_rest(list_rest(form.datum));
    ck_assert_uint_eq(reader_place_of_car(c, rt_as_cons(third))->column, 6);
    RtValue inner = list_first(list_rest(third));
    const RtPlace *place = reader_place_of_datum(c, inner);
    ck_assert_uint_eq(place->line, 2);
    ck_assert_uint_eq(place->column, 4);
    RtValue vector = list_first(list_rest(inner));
    ck_assert_uint_eq(reader_place_of_item(c, vector, 1)->column, 11);
    ck_assert_ptr_null(reader_place_of_datum(c, rt_nil()));
    rt_drop(form.datum);
    ck_assert(!reader_next(c, s, &offset, &form));
    ck_assert_int_eq(diag_error_count(c), 0);
}
END_TEST

static char *repeated(const char *unit, int count)
{
    size_t size = strlen(unit);
    char *text = malloc(size * (size_t)count * 2 + 1);
    for (int i = 0; i < count; i++) memcpy(text + size * (size_t)i, unit, size);
    text[size * (size_t)count] = 0;
    return text;
}

START_TEST(deep_nesting)
{
    char *text = repeated("(", 1000000);
    check_error(text, 1, 1000000, "unclosed list");
    memset(text + 1000000, ')', 1000000);
    text[2000000] = 0;
    char *got = read_text(text);
    ck_assert_ptr_nonnull(got);
    free(got);
    free(text);
    text = repeated("'", 1000000);
    strcat(text, "x");
    got = read_text(text);
    ck_assert_ptr_nonnull(got);
    free(got);
    free(text);
    text = repeated("<<", 100000);
    check_error(text, 1, 199999, "unclosed vector");
    free(text);
}
END_TEST

START_TEST(deep_literals)
{
    char *text = repeated("{a ", 100000);
    memset(text + strlen(text), 0, 1);
    size_t size = strlen(text);
    text[size] = '1';
    memset(text + size + 1, '}', 100000);
    text[size + 100001] = 0;
    char *got = read_text(text);
    ck_assert_ptr_nonnull(got);
    free(got);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reader");
    TCase *tests = tcase_create("reader");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, atoms);
    tcase_add_test(tests, lists_and_literals);
    tcase_add_test(tests, strings);
    tcase_add_test(tests, errors);
    tcase_add_test(tests, several_errors);
    tcase_add_test(tests, places);
    tcase_add_test(tests, deep_nesting);
    tcase_add_test(tests, deep_literals);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
