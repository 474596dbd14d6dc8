/* Start and end of a program.
 *
 * rt_run_program is the frame around every run, compiled or not: set up, run the top-level forms on the Lisp stack
 * under rt_try, report an uncaught error, print the result if asked to, flush, check for leaks.  The exit status is
 * 0, 1 after an error (also when output was lost), 70 for a bug of ours.
 *
 * CONSAIR_RT is a list of words separated by commas or blanks: `leaks` counts the objects that are alive at the end
 * and were not at the start, `stats` prints memory use, `stress` takes slow paths, `fail=N` refuses the N-th request for
 * memory.
 */
#include "heap.h"
#include "internal.h"
#include "program.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { STATUS_ERROR = 1, STATUS_LEAK = 70 };

static struct {
    int argc;
    char **argv;
    bool is_initialised;
    bool is_running; /* inside rt_run_program: frames may own objects */
    bool check_leaks;
    bool print_stats;
    bool pipe_signal_ignored; /* by whoever started the program */
} process;

const RtProgram *rt_running_program;
RtModule *rt_modules;
void (*rt_end_hook)(void);

/* ---- start ----------------------------------------------------------------------------------------------------- */

static bool is_word(const char *text, size_t size, const char *word)
{
    return strlen(word) == size && memcmp(text, word, size) == 0;
}

/* "fail=N", N from 1. */
static bool read_fail(const char *text, size_t size)
{
    static const char name[] = "fail=";
    size_t length = sizeof name - 1;
    if (size <= length || memcmp(text, name, length) != 0) return false;
    int64_t number = 0;
    for (size_t i = length; i < size; i++) {
        if (text[i] < '0' || text[i] > '9' || number > INT64_MAX / 10 - 1) return false;
        number = number * 10 + (text[i] - '0');
    }
    rt_fail_request = number;
    return number > 0;
}

static void read_options(const char *text)
{
    while (text && *text) {
        size_t size = strcspn(text, ", ");
        if (is_word(text, size, "leaks")) process.check_leaks = true;
        else if (is_word(text, size, "stats")) process.print_stats = true;
        else if (is_word(text, size, "stress")) rt_stress = true;
        else if (size && !read_fail(text, size)) {
            fprintf(stderr, "warning: CONSAIR_RT: unknown word '%.*s' (leaks, stats, stress, fail=N)\n", (int)size,
                    text);
        }
        text += size;
        text += strspn(text, ", ");
    }
}

/* What the options of `consairc run` say to a program that it starts from its cache; commands that the program starts are not
 * meant. */
static void read_run_options(void)
{
    if (getenv("CONSAIR_COLOR")) rt_report_styles = rt_terminal_styles;
    unsetenv("CONSAIR_COLOR");
    const char *stack_size = getenv("CONSAIR_STACK_OPTION");
    if (stack_size) rt_set_stack_size(stack_size);
    unsetenv("CONSAIR_STACK_OPTION");
}

void rt_init(int argc, char **argv)
{
    process.argc = argc;
    process.argv = argv;
    if (process.is_initialised) return;
    process.is_initialised = true;
    read_options(getenv("CONSAIR_RT"));
    read_run_options();
    rt_output_init();
    rt_integer_init();
    rt_install_stack_handler();
}

void rt_command_line(int *argc, char ***argv)
{
    *argc = process.argc;
    *argv = process.argv;
}

/* ---- end ------------------------------------------------------------------------------------------------------- */

static void drop_slots(const RtGlobalSlot *globals, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        RtValue value = *globals[i].slot;
        *globals[i].slot = rt_make(RT_UNBOUND, 0);
        if (value.tag != RT_UNBOUND) rt_drop(value);
    }
}

static void drop_globals(const RtProgram *program)
{
    drop_slots(program->globals, program->global_count);
    for (const RtModule *m = rt_modules; m; m = m->next) drop_slots(m->globals, m->global_count);
}

static int report_memory(int status, int64_t live_objects)
{
    if (process.print_stats) rt_report_stats(live_objects);
    if (!process.check_leaks || live_objects == 0) return status;
    rt_report_leaks(live_objects);
    return STATUS_LEAK;
}

/* A program whose reader went away has an error that it can catch, but when it ends nobody wants to read about that:
 * it ends by the signal, as others do, unless its parent refused it. */
static void end_by_pipe_signal(void)
{
    if (rt_output_flush() != EPIPE || process.pipe_signal_ignored) return;
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
}

/* A program whose output was lost did not succeed; after an uncaught error one message is enough. */
static int flush_at_end(int status)
{
    end_by_pipe_signal();
    if (status == 0) rt_flush_output();
    return rt_output_flush() && status == 0 ? STATUS_ERROR : status;
}

void rt_exit(int status)
{
    status = flush_at_end(status);
    /* Inside a program the frames below still own objects, which are not leaks. */
    if (!process.is_running) status = report_memory(status, rt_live_objects());
    exit(status);
}

/* ---- running --------------------------------------------------------------------------------------------------- */

typedef struct Run {
    const RtProgram *program;
    RtValue result;
    int status;
} Run;

static void run_forms(void *arg)
{
    Run *run = arg;
    run->result = run->program->run();
}

static void print_result(RtValue result)
{
    RtText text = {0};
    rt_write_value_borrow(&text, result, 0);
    rt_text_add(&text, "\n", 1);
    rt_output_add(text.bytes, text.size); /* a failure is remembered and told by flush_at_end */
    rt_text_free(&text);
}

static void run_guarded(void *arg)
{
    Run *run = arg;
    RtValue error;
    if (rt_try(run_forms, run, &error)) {
        if (rt_is_exit(error)) {
            run->status = (int)error.data;
            end_by_pipe_signal();
            rt_flush_output(); /* told even when the status is an error already */
            return;
        }
        if (rt_output_flush() != EPIPE || process.pipe_signal_ignored) rt_report_error(error);
        rt_drop(error);
        run->status = STATUS_ERROR;
        return;
    }
    if (run->program->print_result) print_result(run->result);
    rt_drop(run->result);
}

int rt_run_program(const RtProgram *program, int argc, char **argv)
{
    rt_init(argc, argv);
    /* A closed pipe is a failing write, which is an error of the program. */
    process.pipe_signal_ignored = signal(SIGPIPE, SIG_IGN) == SIG_IGN;
    bool counts = process.check_leaks || process.print_stats;
    int64_t live_at_start = counts ? rt_live_objects() : 0;
    if (process.check_leaks && !rt_end_hook) rt_leaks_begin();
    Run run = {.program = program, .result = rt_nil()};
    process.is_running = true;
    rt_running_program = program;
    rt_on_lisp_stack(run_guarded, &run);
    process.is_running = false;
    int status = flush_at_end(run.status);
    if (!counts) return status;
    drop_globals(program);
    if (rt_end_hook) {
        rt_end_hook();
        live_at_start = 0;
    }
    return report_memory(status, rt_live_objects() - live_at_start);
}
