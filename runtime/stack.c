/* The Lisp stack: programs recurse as deep as memory allows, and beyond that get an ordinary error.
 *
 * A region of rt_stack_size_bytes() is reserved (not committed) once and used for every call of rt_on_lisp_stack:
 *
 *     low  | guard | slack | ................ frames ................ |  high
 *                          ^ rt_stack_limit                           ^ first frame
 *
 * Compiled functions and the interpreter compare their frame with rt_stack_limit and raise below it.  The slack is
 * for runtime C code, which does not check; the guard is the last resort: a signal handler on a stack of its own ends
 * the process with a message. The region is ordinary memory, not a thread's stack: a second thread would make malloc
 * take locks.  The side stack, on which the compiler runs, has a guard only.
 */
#define _GNU_SOURCE
#include "consair_rt.h"
#include "program.h"
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define GUARD_BYTES ((size_t)1 << 20)
#define SLACK_BYTES ((size_t)256 << 10)
#define MIN_STACK_BYTES ((size_t)512 << 10)
#define MAX_DEFAULT_BYTES ((size_t)1024 << 20) /* 10^7 calls of a small function, also interpreted */
#define KEPT_BYTES ((size_t)2 << 20) /* of touched stack, between calls */
#define SIDE_STACK_BYTES ((size_t)256 << 20)
#define SIGNAL_STACK_BYTES ((size_t)64 << 10)

uintptr_t rt_stack_limit; /* 0 outside of the Lisp stack: no check ever fails */
bool rt_was_interrupted;
static volatile sig_atomic_t interrupt_is_pending;

static struct {
    char *base; /* NULL: not reserved yet; the guard starts here */
    char *top;
    size_t size_bytes; /* without the guard; 0: not decided yet */
    bool is_active;
} stack;

static char *side_stack; /* NULL: not reserved yet; its guard starts here */

/* ---- size ------------------------------------------------------------------------------------------------------ */

/* Reads a size like "512M".  False when it is not one or does not fit. */
static bool parse_size(const char *text, size_t *size_bytes)
{
    if (!isdigit((unsigned char)*text)) return false;
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (errno) return false;
    int shift = 0;
    switch (toupper((unsigned char)*end)) {
    case 'K': shift = 10; break;
    case 'M': shift = 20; break;
    case 'G': shift = 30; break;
    }
    if (shift) end++;
    if (*end || number > (SIZE_MAX >> 1) >> shift) return false;
    *size_bytes = (size_t)number << shift;
    return true;
}

static size_t default_size_bytes(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || page_bytes <= 0) return MAX_DEFAULT_BYTES;
    size_t memory = (size_t)pages * (size_t)page_bytes;
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur < memory) memory = limit.rlim_cur;
    size_t quarter = memory / 4;
    return quarter < MAX_DEFAULT_BYTES ? quarter : MAX_DEFAULT_BYTES;
}

bool rt_set_stack_size(const char *text)
{
    size_t size;
    if (!parse_size(text, &size) || size < MIN_STACK_BYTES) return false;
    stack.size_bytes = (size + 4095) & ~(size_t)4095;
    return true;
}

size_t rt_stack_size_bytes(void)
{
    if (stack.size_bytes) return stack.size_bytes;
    const char *wanted = getenv("CONSAIR_STACK");
    if (wanted && !rt_set_stack_size(wanted)) {
        fprintf(stderr,
                "error: CONSAIR_STACK=%s: expected a size of at least 512K: a number with an optional suffix "
                "K, M or G\n",
                wanted);
        exit(2);
    }
    if (wanted) return stack.size_bytes;
    size_t size = default_size_bytes();
    stack.size_bytes = size < MIN_STACK_BYTES ? MIN_STACK_BYTES : (size + 4095) & ~(size_t)4095;
    return stack.size_bytes;
}

void rt_format_size(char *buffer, size_t capacity, size_t size_bytes)
{
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB"};
    int unit = 0;
    while (unit < 3 && size_bytes % 1024 == 0 && size_bytes >= 1024) {
        size_bytes /= 1024;
        unit++;
    }
    snprintf(buffer, capacity, "%zu %s", size_bytes, units[unit]);
}

/* ---- the guard ------------------------------------------------------------------------------------------------- */

static bool is_in_guard(const char *address, const char *base)
{
    return base && address >= base && address < base + GUARD_BYTES;
}

static void end_with_message(const char *message)
{
    rt_write_fully(STDERR_FILENO, message, strlen(message));
    _exit(1);
}

static void handle_fault(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    const char *address = info->si_addr;
    rt_output_flush(); /* only writes what is complete in the buffer */
    bool is_fault = info->si_code > 0;
    if (is_fault && is_in_guard(address, stack.base)) end_with_message("error: recursion too deep\n");
    if (is_fault && is_in_guard(address, side_stack)) end_with_message("error: too deeply nested to be compiled\n");
    signal(signal_number, SIG_DFL); /* the fault happens again on return; a signal that was sent does not */
    if (info->si_code <= 0) raise(signal_number);
}

void rt_install_stack_handler(void)
{
    static char signal_stack[SIGNAL_STACK_BYTES];
    stack_t alternate = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
    struct sigaction action = {.sa_sigaction = handle_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    if (sigaltstack(&alternate, NULL) == 0) sigaction(SIGSEGV, &action, NULL);
}

/* ---- switching ------------------------------------------------------------------------------------------------- */

/* Reserves a stack above its guard; NULL when there is no room. */
static char *reserve(size_t size)
{
    void *base = mmap(NULL, size + GUARD_BYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (base == MAP_FAILED) return NULL;
    mprotect(base, GUARD_BYTES, PROT_NONE);
    return base;
}

/* Reserves the region; a smaller one when the address space is limited (ulimit -v).  Below what most programs use, pages are
 * huge ones where the system has them: a runaway recursion touches all of it, and small pages are most of its time. */
static void reserve_stack(void)
{
    size_t size = rt_stack_size_bytes();
    for (; size >= MIN_STACK_BYTES; size = (size / 2) & ~(size_t)4095) {
        char *base = reserve(size);
        if (!base) continue;
        stack.base = base;
        stack.top = stack.base + GUARD_BYTES + size;
        stack.size_bytes = size;
        if (size > KEPT_BYTES) madvise(base, size - KEPT_BYTES, MADV_HUGEPAGE);
        return;
    }
    rt_out_of_memory();
}

/* ---- the limit; interrupts and lack of memory are one that every frame is below -------------------------------- */

static void set_limit(void)
{
    rt_stack_limit = stack.is_active ? (uintptr_t)stack.base + GUARD_BYTES + SLACK_BYTES : 0;
    if ((interrupt_is_pending || rt_memory_is_short) && stack.is_active) rt_stack_limit = UINTPTR_MAX;
}

void rt_update_stack_limit(void) { set_limit(); }

bool rt_is_on_lisp_stack(void) { return stack.is_active; }

void rt_interrupt(void)
{
    interrupt_is_pending = 1;
    if (stack.is_active) rt_stack_limit = UINTPTR_MAX;
}

bool rt_interrupt_is_pending(void) { return interrupt_is_pending; }

bool rt_take_interrupt(void)
{
    if (!interrupt_is_pending) return false;
    interrupt_is_pending = 0;
    set_limit();
    return true;
}

/* Gives the pages of a deep recursion back, when there was one. */
static void release_deep_pages(void)
{
    unsigned char resident = 0;
    char *kept = stack.top - KEPT_BYTES, *lowest = stack.base + GUARD_BYTES;
    if (kept - 4096 < lowest || mincore(kept - 4096, 4096, &resident) != 0 || !(resident & 1)) return;
    madvise(lowest, (size_t)(kept - lowest), MADV_DONTNEED);
}

static void leave_stack(int *unused) /* also when an error passes through */
{
    (void)unused;
    stack.is_active = false;
    rt_stack_limit = 0;
}

/* The address sanitizer must be told which stack is in use, or it takes every non-returning call for a mistake. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RT_TELLS_SANITIZER
#endif
#endif

#ifdef RT_TELLS_SANITIZER
#include <sanitizer/common_interface_defs.h>
typedef struct Switch {
    void (*fn)(void *);
    void *arg;
    const void *outer_bottom;
    size_t outer_size_bytes;
} Switch;

static void run_told(void *data)
{
    Switch *s = data;
    __sanitizer_finish_switch_fiber(NULL, &s->outer_bottom, &s->outer_size_bytes);
    s->fn(s->arg);
    __sanitizer_start_switch_fiber(NULL, s->outer_bottom, s->outer_size_bytes);
}

static void switch_stack(void (*fn)(void *), void *arg, char *low, size_t size_bytes)
{
    Switch s = {.fn = fn, .arg = arg};
    void *fake_stack = NULL;
    __sanitizer_start_switch_fiber(&fake_stack, low, size_bytes);
    rt_switch_stack(run_told, &s, low + size_bytes);
    __sanitizer_finish_switch_fiber(fake_stack, NULL, NULL);
}
#else
static void switch_stack(void (*fn)(void *), void *arg, char *low, size_t size_bytes)
{
    rt_switch_stack(fn, arg, low + size_bytes);
}
#endif

void rt_on_lisp_stack(void (*fn)(void *), void *arg)
{
    if (stack.is_active) {
        fn(arg);
        return;
    }
    if (!stack.base) reserve_stack();
    {
        int guard __attribute__((cleanup(leave_stack))) = 0;
        (void)guard;
        stack.is_active = true;
        set_limit();
        switch_stack(fn, arg, stack.base + GUARD_BYTES, stack.size_bytes);
    }
    release_deep_pages();
}

void rt_on_side_stack(void (*fn)(void *), void *arg)
{
    if (!side_stack) side_stack = reserve(SIDE_STACK_BYTES);
    if (!side_stack) rt_out_of_memory();
    rt_stack_limit = 0;
    switch_stack(fn, arg, side_stack + GUARD_BYTES, SIDE_STACK_BYTES);
    set_limit();
}
