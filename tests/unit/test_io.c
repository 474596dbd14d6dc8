/* print, println, slurp, spit, shell, now; errors of the system; output that cannot be written. */
#include "consair_rt.h"
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- helpers ---- */

typedef struct Call {
    RtValue (*function)(const struct Call *call);
    RtValue a, b, result;
} Call;

static RtValue call_slurp(const Call *call) { return rt_slurp(call->a, NULL); }

static RtValue call_spit(const Call *call) { return rt_spit(call->a, call->b, NULL); }

static RtValue call_shell(const Call *call) { return rt_shell(call->a, NULL); }

static RtValue call_println(const Call *call)
{
    RtValue args[2] = {call->a, call->b};
    return rt_println(args, 2, NULL);
}

static void perform(void *arg)
{
    Call *call = arg;
    call->result = call->function(call);
}

/* Calls with a and b (consumed); the error's message must be `text`. */
static void check_error(RtValue (*function)(const Call *), RtValue a, RtValue b, const char *text)
{
    Call call = {function, a, b, rt_nil()};
    RtValue error = rt_nil();
    ck_assert(rt_try(perform, &call, &error));
    ck_assert_str_eq(rt_as_string(rt_as_error(error)->message)->bytes, text);
    rt_drop(error);
    rt_drop(a);
    rt_drop(b);
}

static RtValue text(const char *bytes) { return rt_string_from_text(bytes); }

static void make_directory(char *path)
{
    strcpy(path, "/tmp/consair-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(path));
}

/* ---- files ---- */

START_TEST(spit_and_slurp)
{
    char directory[64], name[80];
    make_directory(directory);
    snprintf(name, sizeof name, "%s/f", directory);
    int64_t live = rt_live_objects();
    RtValue path = text(name);
    static const char *const contents[] = {"first\nsecond", "", "\303\244\n", "shorter"};
    for (int i = 0; i < 4; i++) {
        RtValue content = text(contents[i]);
        ck_assert_int_eq(rt_spit(path, content, NULL).tag, RT_NIL);
        RtValue back = rt_slurp(path, NULL);
        ck_assert_str_eq(rt_as_string(back)->bytes, contents[i]);
        rt_drop(content);
        rt_drop(back);
    }
    size_t size = 3000000;
    char *bytes = malloc(size);
    for (size_t i = 0; i < size; i++) bytes[i] = (char)(i % 128); /* NUL too */
    RtValue big = rt_make_string(bytes, size);
    rt_spit(path, big, NULL);
    RtValue back = rt_slurp(path, NULL);
    ck_assert_int_eq(rt_as_string(back)->size_bytes, (int64_t)size);
    ck_assert_int_eq(memcmp(rt_as_string(back)->bytes, bytes, size), 0);
    free(bytes);
    rt_drop(big);
    rt_drop(back);
    rt_drop(path);
    ck_assert_int_eq(rt_live_objects(), live);
    unlink(name);
    rmdir(directory);
}
END_TEST

START_TEST(file_errors)
{
    int64_t live = rt_live_objects();
    check_error(call_slurp, rt_from_int(5), rt_nil(), "slurp: expected a string, got 5");
    check_error(call_slurp, text("does/not/exist.txt"), rt_nil(),
                "slurp: cannot read \"does/not/exist.txt\": No such file or directory");
    check_error(call_slurp, text("/tmp"), rt_nil(), "slurp: cannot read \"/tmp\": Is a directory");
    check_error(call_slurp, rt_make_string("a\0b", 3), rt_nil(), /* the message holds the NUL too: compared up to it */
                "slurp: the path \"a");
    check_error(call_spit, rt_nil(), text("x"), "spit: expected a string, got nil");
    check_error(call_spit, text("/tmp/x"), rt_from_int(5), "spit: expected a string, got 5");
    check_error(call_spit, text("/tmp"), text("x"), "spit: cannot write \"/tmp\": Is a directory");
    check_error(call_spit, text("/does/not/exist"), text("x"),
                "spit: cannot write \"/does/not/exist\": No such file or directory");
    check_error(call_spit, text("/dev/full"), text("x"), "spit: cannot write \"/dev/full\": No space left on device");
    ck_assert_int_eq(rt_live_objects(), live);
}
END_TEST

START_TEST(slurp_refuses_malformed_utf8)
{
    char name[] = "/tmp/consair-test-XXXXXX", expected[128];
    int fd = mkstemp(name);
    ck_assert_int_eq(write(fd, "ab\377", 3), 3);
    close(fd);
    snprintf(expected, sizeof expected, "slurp: cannot read \"%s\": not valid UTF-8", name);
    check_error(call_slurp, text(name), rt_nil(), expected);
    unlink(name);
}
END_TEST

/* ---- standard output ---- */

START_TEST(prints_in_order)
{
    char name[] = "/tmp/consair-test-XXXXXX", content[128] = "";
    int fd = mkstemp(name);
    dup2(fd, STDOUT_FILENO);
    RtValue args[3] = {text("a\"b"), rt_cons(text("a\"b"), rt_nil()), rt_from_int(3)};
    ck_assert_int_eq(rt_print(args, 3, NULL).tag, RT_NIL);
    ck_assert_int_eq(rt_println(args, 1, NULL).tag, RT_NIL);
    rt_println(args, 0, NULL);
    rt_print(args, 0, NULL);
    RtValue command = text("echo x 1>&2"); /* flushes */
    rt_drop(rt_shell(command, NULL));
    rt_drop(command);
    ck_assert_int_gt(pread(fd, content, sizeof content - 1, 0), 0);
    ck_assert_str_eq(content, "a\"b (\"a\\\"b\") 3a\"b\n\n");
    for (int i = 0; i < 2; i++) rt_drop(args[i]);
    unlink(name);
}
END_TEST

START_TEST(large_output_is_complete)
{
    char name[] = "/tmp/consair-test-XXXXXX";
    int fd = mkstemp(name);
    dup2(fd, STDOUT_FILENO);
    RtValue args[1] = {rt_from_int(123456789)};
    for (int i = 0; i < 20000; i++) rt_println(args, 1, NULL);
    size_t size = 300000;
    char *bytes = malloc(size);
    memset(bytes, 'x', size);
    args[0] = rt_make_string(bytes, size);
    rt_println(args, 1, NULL);
    rt_flush_output();
    ck_assert_int_eq(lseek(fd, 0, SEEK_END), 200000 + 300001);
    free(bytes);
    rt_drop(args[0]);
    unlink(name);
}
END_TEST

START_TEST(full_disk_raises)
{
    dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
    size_t size = 300000;
    char *bytes = malloc(size);
    memset(bytes, 'x', size);
    check_error(call_println, rt_make_string(bytes, size), rt_nil(),
                "println: cannot write standard output: No space left on device");
    check_error(call_println, rt_nil(), rt_nil(), "println: cannot write standard output: No space left on device");
    free(bytes);
}
END_TEST

START_TEST(lost_output_is_a_failure)
{
    dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
    RtValue args[1] = {rt_from_int(1)};
    rt_println(args, 1, NULL);
    rt_exit(0);
}
END_TEST

/* ---- shell, now ---- */

static void check_shell(const char *command, const char *expected)
{
    int64_t live = rt_live_objects();
    RtValue string = text(command), result = rt_shell(string, NULL);
    RtText written = {0};
    rt_write_value_borrow(&written, result, 0);
    ck_assert_str_eq(written.bytes, expected);
    rt_text_free(&written);
    rt_drop(string);
    rt_drop(result);
    ck_assert_int_eq(rt_live_objects(), live);
}

START_TEST(shell_results)
{
    check_shell("printf abc", "((out . \"abc\") (err . \"\") (exit . 0) (success . t))"); /* interns the keys */
    check_shell("printf abc", "((out . \"abc\") (err . \"\") (exit . 0) (success . t))");
    check_shell("exit 7", "((out . \"\") (err . \"\") (exit . 7) (success))");
    check_shell("printf oops 1>&2", "((out . \"\") (err . \"oops\") (exit . 0) (success . t))");
    check_shell("kill -9 $$", "((out . \"\") (err . \"\") (exit . -1) (success))");
    check_shell("printf 'a\\377\\303\\244\\342\\202'",
                "((out . \"a\357\277\275\303\244\357\277\275\") (err . \"\") (exit . 0) (success . t))");
}
END_TEST

START_TEST(shell_reads_both_pipes)
{
    RtValue command = text("for i in 1 2 3 4 5; do head -c 200000 /dev/zero | tr '\\0' x; "
                           "head -c 200000 /dev/zero | tr '\\0' y >&2; done");
    RtValue result = rt_shell(command, NULL);
    RtValue out = rt_cdr_of(rt_as_cons(rt_car_of(rt_as_cons(result))));
    ck_assert_int_eq(rt_as_string(out)->size_bytes, 1000000);
    rt_drop(command);
    rt_drop(result);
}
END_TEST

START_TEST(shell_errors) { check_error(call_shell, rt_from_int(5), rt_nil(), "shell: expected a string, got 5"); }
END_TEST

START_TEST(now_is_the_time)
{
    int64_t before = time(NULL), now = rt_now().data;
    ck_assert_int_ge(now, before);
    ck_assert_int_le(now, before + 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("io");
    TCase *files = tcase_create("files"), *output = tcase_create("output"), *system_case = tcase_create("system");
    tcase_add_test(files, spit_and_slurp);
    tcase_add_test(files, file_errors);
    tcase_add_test(files, slurp_refuses_malformed_utf8);
    tcase_set_timeout(system_case, 60);
    tcase_add_test(system_case, shell_results);
    tcase_add_test(system_case, shell_reads_both_pipes);
    tcase_add_test(system_case, shell_errors);
    tcase_add_test(system_case, now_is_the_time);
    suite_add_tcase(suite, files);
    suite_add_tcase(suite, system_case);
    SRunner *runner = srunner_create(suite);
    if (srunner_fork_status(runner) == CK_FORK) { /* these replace standard output */
        tcase_add_test(output, prints_in_order);
        tcase_add_test(output, large_output_is_complete);
        tcase_add_test(output, full_disk_raises);
        tcase_add_exit_test(output, lost_output_is_a_failure, 1);
        suite_add_tcase(suite, output);
    }
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
