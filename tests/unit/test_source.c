/* Sources and diagnostics: files, encoding, places, order and number of messages. */
#include "front_testing.h"

#include <unistd.h>

static Compiler *c;

static void setup(void)
{
    rt_init(0, NULL);
    c = compiler_new(NULL);
}

static void teardown(void) { compiler_free(c); }

static const char *last_message(void)
{
    return c->diagnostic_count ? c->diagnostics[c->diagnostic_count - 1].message : "";
}

START_TEST(files)
{
    ck_assert_ptr_null(source_from_file(c, "/nonexistent/file.lisp"));
    ck_assert(strstr(last_message(), "No such file") != NULL);
    ck_assert_ptr_null(source_from_file(c, "/"));
    ck_assert(strstr(last_message(), "directory") != NULL);
    char path[] = "/tmp/consair_source_XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, "(a)\n", 4), 4);
    close(fd);
    Source *s = source_from_file(c, path);
    unlink(path);
    ck_assert_ptr_nonnull(s);
    ck_assert_str_eq(s->text, "(a)\n");
    ck_assert_str_eq(s->name, path);
}
END_TEST

START_TEST(encoding)
{
    ck_assert_ptr_null(source_from_text(c, "x", "ab\n\xC3\xA9\xFFz", 7));
    ck_assert(strstr(last_message(), "UTF-8") != NULL);
    ck_assert_uint_eq(c->diagnostics[0].place->line, 2);
    ck_assert_uint_eq(c->diagnostics[0].place->column, 2);
    ck_assert_ptr_null(source_from_text(c, "x", "a\0b", 3));
    ck_assert(strstr(last_message(), "NUL") != NULL);
    static const char *const invalid[] = {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                          "\xE2\x82", "\x80",         "\xF0\x80\x80\x80"};
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        ck_assert_ptr_null(source_from_text(c, "y", invalid[i], strlen(invalid[i])));
    ck_assert_ptr_nonnull(source_from_text(c, "z", "", 0));
}
END_TEST

/* Blocks of code points of one byte, and others; the last block whole, and not. */
START_TEST(columns)
{
    for (size_t size = 2048; size <= 2148; size += 25) {
        char text[2200];
        for (size_t i = 0; i < size; i++) text[i] = i % 700 == 650 ? '\n' : 'x';
        for (size_t i = 1040; i < 1100; i += 2) memcpy(text + i, "\xC3\xA9", 2);
        Source *s = source_from_text(c, "columns", text, size);
        ck_assert_ptr_nonnull(s);
        uint32_t line = 1, column = 1;
        for (size_t i = 0; i < size; i++) {
            if ((text[i] & 0xC0) == 0x80) continue;
            const RtPlace *place = source_place(c, s, i, i + 1);
            ck_assert_uint_eq(place->line, line);
            ck_assert_uint_eq(place->column, column++);
            if (text[i] == '\n') line++, column = 1;
        }
    }
}
END_TEST

START_TEST(long_line)
{
    size_t size = 3000000;
    char *text = malloc(size);
    memset(text, ' ', size);
    for (size_t i = 0; i < 1000; i++) memcpy(text + 2 * i, "\xC3\xA9", 2);
    text[size - 1] = '\n';
    Source *s = source_from_text(c, "long", text, size);
    const RtPlace *early = source_place(c, s, 100, 104), *late = source_place(c, s, 2000000, 2000001);
    ck_assert_uint_eq(early->column, 51);
    ck_assert_uint_eq(early->width, 2);
    ck_assert_uint_eq(strlen(early->text), SOURCE_LINE_LIMIT);
    ck_assert_uint_eq(late->column, 1999001);
    ck_assert_ptr_null(late->text);
    const RtPlace *end = source_place(c, s, size, size);
    ck_assert_uint_eq(end->line, 2);
    ck_assert_uint_eq(end->column, 1);
    ck_assert_uint_eq(end->width, 1);
    free(text);
}
END_TEST

START_TEST(order_of_messages)
{
    Source *s = source_from_text(c, "f.lisp", "one\ntwo\nthree\n", 14);
    const RtPlace *third = source_place(c, s, 8, 13), *first = source_place(c, s, 0, 3);
    diag_error(c, third, "late");
    diag_warning(c, WARNING_ARITY, first, "early %d", 1);
    diag_error(c, third, "late");
    ck_assert_int_eq(c->diagnostic_count, 2);
    ck_assert_int_eq(diag_error_count(c), 1);
    fflush(stderr);
    char path[] = "/tmp/consair_diag_XXXXXX";
    int fd = mkstemp(path), saved = dup(2);
    dup2(fd, 2);
    diag_flush(c);
    dup2(saved, 2);
    char text[1000] = {0};
    ck_assert_int_gt(pread(fd, text, sizeof text - 1, 0), 0);
    unlink(path);
    const char *early = strstr(text, "f.lisp:1:1: warning: early 1 [-Warity]"),
               *late = strstr(text, "f.lisp:3:1: error: late");
    ck_assert(early && late && early < late);
    ck_assert_int_eq(c->diagnostic_count, 0);
    ck_assert_int_eq(diag_error_count(c), 1);
}
END_TEST

START_TEST(many_errors)
{
    RtText text = {0};
    for (int i = 0; i < 100; i++) rt_text_add_text(&text, "(lambda)\n");
    Source *s = source_from_text(c, "many.lisp", text.bytes, text.size);
    ck_assert_ptr_null(compile_source(c, s));
    ck_assert_int_gt(diag_error_count(c), DIAG_ERROR_LIMIT);
    rt_text_free(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("source");
    TCase *tests = tcase_create("source");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, files);
    tcase_add_test(tests, encoding);
    tcase_add_test(tests, columns);
    tcase_add_test(tests, long_line);
    tcase_add_test(tests, order_of_messages);
    tcase_add_test(tests, many_errors);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
