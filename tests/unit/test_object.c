/* Builds: the files they write, that failures leave none behind, and executables that run. */
#include "backend_test.h"
#include "link.h"
#include "output.h"

#include <check.h>
#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/consair-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static const char *in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Number of files in the folder, hidden ones too. */
static int count_files(void)
{
    DIR *directory = opendir(folder);
    int count = -2; /* . and .. */
    while (readdir(directory)) count++;
    closedir(directory);
    return count;
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(test_write_and_replace)
{
    const char *path = in_folder("file");
    struct stat status;
    ck_assert(output_check(path));
    ck_assert(output_write(path, "first", 5, false));
    ck_assert(output_write(path, "second one", 10, true));
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq(status.st_size, 10);
    ck_assert(status.st_mode & S_IXUSR);
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(test_link_is_followed)
{
    char target[128];
    struct stat status;
    strcpy(target, in_folder("target"));
    ck_assert(output_write(target, "old", 3, false));
    ck_assert_int_eq(symlink("target", in_folder("link")), 0);
    ck_assert(output_write(in_folder("link"), "newer", 5, false));
    ck_assert_int_eq(lstat(in_folder("link"), &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    ck_assert_int_eq(stat(target, &status), 0);
    ck_assert_int_eq(status.st_size, 5);
}
END_TEST

typedef struct WriteJob {
    const char *path;
    rlim_t limit; /* 0: none */
} WriteJob;

static int write_job(void *data)
{
    const WriteJob *job = data;
    static char bytes[100000];
    if (job->limit) setrlimit(RLIMIT_FSIZE, &(struct rlimit){job->limit, job->limit});
    return output_check(job->path) && output_write(job->path, bytes, sizeof bytes, false) ? 0 : 1;
}

static void expect_failure(const char *path, rlim_t limit, const char *reason)
{
    WriteJob job = {path, limit};
    TestResult result = test_in_child(write_job, &job);
    char message[256];
    snprintf(message, sizeof message, "consairc: error: cannot write %s: %s\n", path, reason);
    ck_assert_str_eq(result.output, message);
    ck_assert_int_eq(result.status, 1);
    ck_assert_int_eq(count_files(), 0);
}

START_TEST(test_missing_folder) { expect_failure(in_folder("no/such/folder"), 0, "No such file or directory"); }
END_TEST

START_TEST(test_folder_as_target)
{
    expect_failure(folder, 0, "Is a directory");
    expect_failure(in_folder("name/"), 0, "Is a directory");
}
END_TEST

START_TEST(test_full_device)
{
    expect_failure("/dev/full", 0, "No space left on device");
    struct stat status;
    ck_assert_int_eq(stat("/dev/full", &status), 0);
    ck_assert(S_ISCHR(status.st_mode)); /* not replaced by a file */
}
END_TEST

START_TEST(test_size_limit) { expect_failure(in_folder("big"), 4096, "File too large"); }
END_TEST

static int build_obj_to_stdout(void *data)
{
    (void)data;
    BackendOptions o = {.optimize = 0};
    return build_program(NULL, &o, EMIT_OBJ, "-");
}

START_TEST(test_binary_not_to_stdout)
{
    TestResult result = test_in_child(build_obj_to_stdout, NULL);
    ck_assert_int_eq(result.status, 1);
    ck_assert_ptr_nonnull(strstr(result.output, "consairc: error: only LLVM IR and assembly"));
}
END_TEST

static int link_without_library(void *data)
{
    (void)data;
    LinkBytes out;
    setenv("CONSAIR_LIB", "/no/such/folder", 1);
    return link_executable(&(LinkRequest){.target = target_native(), .objects = {""}, .output_name = "program"}, &out)
               ? 0
               : 1;
}

START_TEST(test_incomplete_installation)
{
    TestResult result = test_in_child(link_without_library, NULL);
    ck_assert_int_eq(result.status, 1);
    ck_assert_str_eq(result.output, "consairc: error: cannot find crt0.o (CONSAIR_LIB is /no/such/folder)\n");
}
END_TEST

static int link_rubbish(void *data)
{
    (void)data;
    LinkBytes out;
    return link_executable(
               &(LinkRequest){
                   .target = target_native(), .objects = {"rubbish"}, .sizes = {7}, .output_name = "program"},
               &out)
               ? 0
               : 1;
}

START_TEST(test_linker_messages)
{
    TestResult result = test_in_child(link_rubbish, NULL);
    ck_assert_int_eq(result.status, 1);
    ck_assert_ptr_nonnull(strstr(result.output, "consairc: error: cannot link program\nconsairc: error: "));
}
END_TEST

typedef struct BuildJob {
    const char *text, *path;
    enum EmitKind kind;
    int optimize;
} BuildJob;

static int build_job(void *data)
{
    const BuildJob *job = data;
    BackendOptions o = {.optimize = job->optimize, .verify = true, .stack_check = true};
    rt_init(0, NULL);
    CoreProgram *p = test_program(job->text);
    return p ? build_program(p, &o, job->kind, job->path) : 99;
}

static int execute(void *data)
{
    execl((const char *)data, (const char *)data, (char *)NULL);
    return 126;
}

static void expect_run(const char *text, int optimize, int status, const char *output)
{
    char path[128];
    strcpy(path, in_folder("program"));
    BuildJob job = {text, path, EMIT_EXE, optimize};
    TestResult built = test_in_child(build_job, &job);
    ck_assert_str_eq(built.output, "");
    ck_assert_int_eq(built.status, 0);
    TestResult run = test_in_child(execute, path);
    ck_assert_ptr_nonnull(strstr(run.output, output));
    ck_assert_int_eq(run.status, status);
    ck_assert_int_eq(count_files(), 1);
}

START_TEST(test_executables)
{
    expect_run("(println \"hello\")", _i, 0, "hello\n");
    expect_run("(label fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))"
               "(println (fib 20))",
               _i, 0, "6765\n");
    expect_run("(label loop (lambda (n) (if (= n 0) 'done (loop (- n 1))))) (println (loop 1000000))", _i, 0, "done\n");
    expect_run("(println '(1 \"two\" three 4.5 12345678901234567890))", _i, 0,
               "(1 \"two\" three 4.5 12345678901234567890)\n");
}
END_TEST

START_TEST(test_executable_errors)
{
    expect_run("(println 1)\n(car 5)", _i, 1, "test.lisp:2:");
    expect_run("(label f (lambda (x) (g x (car x)))) (label g (lambda (a b) (cons a b))) (f \"no list\")", _i, 1,
               "car: expected a cons");
    expect_run("(label deep (lambda (n) (+ 1 (deep n)))) (deep 1)", _i, 1, "recursion too deep");
}
END_TEST

START_TEST(test_other_kinds)
{
    static const struct {
        enum EmitKind kind;
        const char *begin;
    } kinds[] = {{EMIT_LLVM_IR, "; ModuleID"},
                 {EMIT_LLVM_BC, "BC\xc0\xde"},
                 {EMIT_ASM, "\t."},
                 {EMIT_OBJ, "\x7f"
                            "ELF"}};
    char path[128], begin[16] = "";
    strcpy(path, in_folder("artefact"));
    BuildJob job = {"(println (+ 1 2))", path, kinds[_i].kind, 2};
    TestResult built = test_in_child(build_job, &job);
    ck_assert_str_eq(built.output, "");
    ck_assert_int_eq(built.status, 0);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(begin, 1, strlen(kinds[_i].begin), file), strlen(kinds[_i].begin));
    fclose(file);
    ck_assert_str_eq(begin, kinds[_i].begin);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("object");
    TCase *output = tcase_create("output");
    tcase_add_checked_fixture(output, make_folder, remove_folder);
    tcase_add_test(output, test_write_and_replace);
    tcase_add_test(output, test_link_is_followed);
    tcase_add_test(output, test_missing_folder);
    tcase_add_test(output, test_folder_as_target);
    tcase_add_test(output, test_full_device);
    tcase_add_test(output, test_size_limit);
    suite_add_tcase(suite, output);
    TCase *linking = tcase_create("linking");
    tcase_add_test(linking, test_binary_not_to_stdout);
    tcase_add_test(linking, test_incomplete_installation);
    tcase_add_test(linking, test_linker_messages);
    suite_add_tcase(suite, linking);
    TCase *programs = tcase_create("programs");
    tcase_add_checked_fixture(programs, make_folder, remove_folder);
    tcase_set_timeout(programs, 60);
    tcase_add_loop_test(programs, test_executables, 0, 4);
    tcase_add_loop_test(programs, test_executable_errors, 0, 4);
    tcase_add_loop_test(programs, test_other_kinds, 0, 4);
    suite_add_tcase(suite, programs);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
