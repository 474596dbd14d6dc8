/* What the tests of the back end share: small modules in text form, programs from source text, and running
 * something in a child whose output and status come back.
 */
#ifndef BACKEND_TEST_H
#define BACKEND_TEST_H

#include "codegen.h"

#include <llvm-c/IRReader.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEST_PROGRAM_TAIL                                                                                              \
    "%Program = type { ptr, ptr, i64, i8 }\n"                                                                          \
    "@consair_program = constant %Program { ptr @run, ptr null, i64 0, i8 1 }\n"

/* All print their value.  42, no runtime function. */
#define TEST_MODULE_CONSTANT                                                                                           \
    TEST_PROGRAM_TAIL                                                                                                  \
    "define { i32, i64 } @run() uwtable { ret { i32, i64 } { i32 2, i64 42 } }\n"

/* The sum of two ints, by way of a function so that nothing is folded away. */
#define TEST_MODULE_ADD                                                                                                \
    TEST_PROGRAM_TAIL                                                                                                  \
    "declare { i32, i64 } @rt_add(i32, i64, i32, i64, ptr)\n"                                                          \
    "define { i32, i64 } @sum(i64 %a, i64 %b) noinline uwtable {\n"                                                    \
    "  %r = call { i32, i64 } @rt_add(i32 2, i64 %a, i32 2, i64 %b, ptr null)\n"                                       \
    "  ret { i32, i64 } %r\n"                                                                                          \
    "}\n"                                                                                                              \
    "define { i32, i64 } @run() uwtable {\n"                                                                           \
    "  %r = call { i32, i64 } @sum(i64 20, i64 22)\n"                                                                  \
    "  ret { i32, i64 } %r\n"                                                                                          \
    "}\n"

/* Raises under a frame with a cleanup pad, under a frame with a catching pad: 1 when both pads ran. */
#define TEST_MODULE_UNWIND                                                                                             \
    TEST_PROGRAM_TAIL                                                                                                  \
    "@seen = internal global i32 0\n"                                                                                  \
    "declare void @rt_raise(i32, i64)\n"                                                                               \
    "declare i32 @__gcc_personality_v0(...)\n"                                                                         \
    "define void @inner() noinline uwtable personality ptr @__gcc_personality_v0 {\n"                                  \
    "  invoke void @rt_raise(i32 2, i64 7) to label %ok unwind label %pad\n"                                           \
    "ok:\n  unreachable\n"                                                                                             \
    "pad:\n  %lp = landingpad { ptr, i32 } cleanup\n"                                                                  \
    "  store i32 1, ptr @seen\n  resume { ptr, i32 } %lp\n"                                                            \
    "}\n"                                                                                                              \
    "define { i32, i64 } @run() uwtable personality ptr @__gcc_personality_v0 {\n"                                     \
    "  invoke void @inner() to label %ok unwind label %pad\n"                                                          \
    "ok:\n  ret { i32, i64 } zeroinitializer\n"                                                                        \
    "pad:\n  %lp = landingpad { ptr, i32 } catch ptr null\n"                                                           \
    "  %seen = load i32, ptr @seen\n  %data = zext i32 %seen to i64\n"                                                 \
    "  %r = insertvalue { i32, i64 } { i32 2, i64 0 }, i64 %data, 1\n"                                                 \
    "  ret { i32, i64 } %r\n"                                                                                          \
    "}\n"

static inline bool test_codegen(Codegen *g, const char *text, const BackendOptions *o, bool in_process)
{
    LLVMContextRef context = LLVMContextCreate();
    LLVMMemoryBufferRef buffer = LLVMCreateMemoryBufferWithMemoryRangeCopy(text, strlen(text), "test");
    LLVMModuleRef module = NULL;
    char *message = NULL;
    if (LLVMParseIRInContext(context, buffer, &module, &message) != 0) {
        fprintf(stderr, "%s\n", message);
        return false;
    }
    return codegen_begin_module(g, context, module, o, in_process, true);
}

/* Final Core of a source text, without the passes named; NULL after diagnostics on stderr. */
static inline CoreProgram *test_program_without(const char *disabled, const char *text)
{
    CompileOptions options = {.optimize = 2, .check_passes = true, .disabled = disabled};
    Compiler *c = compiler_new(&options);
    CoreProgram *p = compile_source(c, source_from_text(c, "test.lisp", text, strlen(text)));
    if (p && diag_error_count(c) == 0) pipeline_run(c, p);
    diag_flush(c);
    return p && diag_error_count(c) == 0 ? p : NULL;
}

static inline CoreProgram *test_program(const char *text) { return test_program_without(NULL, text); }

typedef struct TestResult {
    int status; /* exit status, or 1000 + signal */
    char output[8192]; /* stdout and stderr */
} TestResult;

/* Runs run(data) in a child and takes its result as exit status. */
static inline TestResult test_in_child(int (*run)(void *), void *data)
{
    TestResult result = {.status = -1};
    int ends[2];
    fflush(NULL);
    if (pipe(ends) != 0) return result;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        rt_exit(run(data));
    }
    close(ends[1]);
    size_t size = 0;
    ssize_t got;
    while ((got = read(ends[0], result.output + size, sizeof result.output - 1 - size)) > 0) size += (size_t)got;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    result.status = WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
    return result;
}

#endif
