/* Only in builds that measure coverage (./dev coverage, -Db_coverage=true).
 *
 * Counters of covered lines are written by exit().  A process that ends in another way would lose them, so the functions of the C
 * library that end one are replaced here: they write the counters first.  A back end that is loaded has counters and a writer
 * of its own; it is compiled with COVERAGE_OF_MODULE and adds that writer to the list.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

void __gcov_dump(void);
void __gcov_reset(void);

void coverage_add_writer(void (*writer)(void));

static void write_counters(void)
{
    __gcov_dump();
    __gcov_reset();
}

#ifdef COVERAGE_OF_MODULE

__attribute__((constructor)) static void add_module(void) { coverage_add_writer(write_counters); }

#else

int __cxa_atexit(void (*function)(void *), void *argument, void *module);

/* Programs that consairc links lack the C library's static part, which has this one. */
__attribute__((weak)) int atexit(void (*function)(void))
{
    return __cxa_atexit((void (*)(void *))function, NULL, NULL);
}

enum { MAX_MODULES = 4 };

static void (*writers[MAX_MODULES])(void);
static int writer_count;

void coverage_add_writer(void (*writer)(void))
{
    if (writer_count < MAX_MODULES) writers[writer_count++] = writer;
}

static void write_all_counters(void)
{
    for (int i = 0; i < writer_count; i++) writers[i]();
    write_counters();
}

void _exit(int status)
{
    write_all_counters();
    for (;;) syscall(SYS_exit_group, status);
}

int raise(int signal_number)
{
    write_all_counters();
    return (int)syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal_number);
}

void abort(void)
{
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
    _exit(128 + SIGABRT);
}

#endif
