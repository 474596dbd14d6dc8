/* The JIT: hand-written modules (values, runtime calls, unwinding through JIT frames, broken modules) and whole
 * programs, at every optimisation level. */
#include "backend_test.h"

#include <check.h>

typedef struct Job {
    const char *text;
    int optimize;
} Job;

static int run_module(void *data)
{
    const Job *job = data;
    BackendOptions o = {.optimize = job->optimize, .verify = true};
    Codegen g;
    rt_init(0, NULL);
    if (!test_codegen(&g, job->text, &o, true)) return 99;
    return jit_run_codegen(&g, 0, NULL);
}

static int run_program(void *data)
{
    const Job *job = data;
    BackendOptions o = {.optimize = job->optimize, .verify = true, .stack_check = true, .print_result = true};
    rt_init(0, NULL);
    CoreProgram *p = test_program(job->text);
    return p ? jit_run_program(p, &o, 0, NULL) : 99;
}

static void expect_module(const char *text, int optimize, const char *output)
{
    Job job = {text, optimize};
    TestResult result = test_in_child(run_module, &job);
    ck_assert_str_eq(result.output, output);
    ck_assert_int_eq(result.status, 0);
}

static void expect_program(const char *text, int status, const char *output)
{
    for (int optimize = 0; optimize <= 3; optimize++) {
        Job job = {text, optimize};
        TestResult result = test_in_child(run_program, &job);
        ck_assert_ptr_nonnull(strstr(result.output, output));
        ck_assert_int_eq(result.status, status);
    }
}

START_TEST(test_constant) { expect_module(TEST_MODULE_CONSTANT, _i, "42\n"); }
END_TEST

START_TEST(test_runtime_call) { expect_module(TEST_MODULE_ADD, _i, "42\n"); }
END_TEST

START_TEST(test_unwinding_through_jit_frames) { expect_module(TEST_MODULE_UNWIND, _i, "1\n"); }
END_TEST

START_TEST(test_missing_symbol)
{
    Job job = {TEST_PROGRAM_TAIL
               "declare { i32, i64 } @no_such_function()\n"
               "define { i32, i64 } @run() { %r = call { i32, i64 } @no_such_function() ret { i32, i64 } %r }\n",
               _i};
    TestResult result = test_in_child(run_module, &job);
    ck_assert_int_eq(result.status, 70);
    ck_assert_ptr_nonnull(strstr(result.output, "no_such_function"));
    ck_assert_ptr_nonnull(strstr(result.output, "consairc: internal error: the program cannot be loaded"));
}
END_TEST

START_TEST(test_hot_functions_are_inlined)
{
    BackendOptions o = {.optimize = 2, .verify = true};
    Codegen g;
    ck_assert(test_codegen(&g, TEST_MODULE_ADD, &o, true));
    char *text = LLVMPrintModuleToString(g.module);
    ck_assert_ptr_nonnull(strstr(text, "llvm.sadd.with.overflow.i64"));
    ck_assert_ptr_null(strstr(text, "@rt_add("));
    LLVMDisposeMessage(text);
    codegen_end(&g);
}
END_TEST

START_TEST(test_resumes_are_lowered)
{
    BackendOptions o = {.optimize = _i, .verify = true};
    Codegen g;
    ck_assert(test_codegen(&g, TEST_MODULE_UNWIND, &o, true));
    char *text = LLVMPrintModuleToString(g.module);
    ck_assert_ptr_null(strstr(text, "  resume "));
    ck_assert_ptr_nonnull(strstr(text, "call void @rt_resume("));
    LLVMDisposeMessage(text);
    codegen_end(&g);
}
END_TEST

START_TEST(test_programs)
{
    expect_program("(println \"hello\")", 0, "hello\n");
    expect_program("(label fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))) (fib 20)", 0, "6765\n");
    expect_program("(+ 9223372036854775807 1)", 0, "9223372036854775808\n");
    expect_program("(label loop (lambda (n) (if (= n 0) 'done (loop (- n 1))))) (loop 1000000)", 0, "done\n");
    expect_program("(label ev (lambda (n) (if (= n 0) t (od (- n 1)))))"
                   "(label od (lambda (n) (if (= n 0) nil (ev (- n 1))))) (ev 1000000)",
                   0, "t\n");
    expect_program("(label adder (lambda (n) (lambda (x) (+ x n)))) ((adder 3) 4)", 0, "7\n");
}
END_TEST

START_TEST(test_errors)
{
    expect_program("(println 1)\n(car 5)", 1, "1\ntest.lisp:2:");
    expect_program("(car 5)", 1, "car: expected a cons, got 5");
    expect_program("(label f (lambda (x) (g x (car x)))) (label g (lambda (a b) (cons a b))) (f \"no list\")", 1,
                   "car: expected a cons");
    expect_program("(label deep (lambda (n) (+ 1 (deep n)))) (deep 1)", 1, "recursion too deep");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jit");
    TCase *modules = tcase_create("modules");
    tcase_add_loop_test(modules, test_constant, 0, 4);
    tcase_add_loop_test(modules, test_runtime_call, 0, 4);
    tcase_add_loop_test(modules, test_unwinding_through_jit_frames, 0, 4);
    tcase_add_loop_test(modules, test_missing_symbol, 0, 3);
    tcase_add_test(modules, test_hot_functions_are_inlined);
    tcase_add_loop_test(modules, test_resumes_are_lowered, 0, 4);
    suite_add_tcase(suite, modules);
    TCase *programs = tcase_create("programs");
    tcase_set_timeout(programs, 60);
    tcase_add_test(programs, test_programs);
    tcase_add_test(programs, test_errors);
    suite_add_tcase(suite, programs);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
