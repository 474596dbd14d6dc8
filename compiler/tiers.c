/* Interprets a program at once and compiles it meanwhile.
 *
 * Input: final Core.  Output: what the program does.  A program that makes more than a few calls is worth compiling: a forked child
 * does it, while the parent goes on.  The child's machine code names the parent's cells, closures and literals by their addresses, which
 * are the same in both; it comes back in a memory file, and the interpreter's functions are changed to it (interp_adopt.c).  The child
 * then stores the program's code in the cache, also when the program is over by then.
 *
 * Rejected: a thread, because reference counts, the Lisp stack and the symbol table belong to one; and running the executable from the
 * start once it is there, because what the program did cannot be done again.
 */
#define _GNU_SOURCE
#include "tiers.h"

#include "interp.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { POLL_CALLS = 1000, OBJECT_FD = 3, COMPILE_SECONDS = 300 };

enum State { STATE_COMPILING, STATE_READY, STATE_FAILED };
typedef struct Shared { /* between the two processes */
    _Atomic int state;
} Shared;

static struct {
    CoreProgram *program;
    BackendOptions backend;
    TierPlan plan;
    Shared *shared; /* NULL: not begun */
    int object_fd;
    pid_t child, parent;
} tier;

/* ---- the child ------------------------------------------------------------------------------------------------- */

static void compile(void *unused)
{
    (void)unused;
    const Backend *backend = backend_load();
    bool is_wanted = getppid() == tier.parent;
    bool good = backend && is_wanted && backend->tier_compile(tier.program, &tier.backend, OBJECT_FD);
    atomic_store(&tier.shared->state, good ? STATE_READY : STATE_FAILED);
    if (backend && tier.plan.store) tier.plan.store(tier.plan.data);
}

/* It must keep nothing open that somebody may wait for, and end with its parent if all it does is for that one. */
static void become_compiler(void)
{
    /* A program may run without standard input: then one of these may be where the three should be. */
    int object = fcntl(tier.object_fd, F_DUPFD_CLOEXEC, OBJECT_FD + 1);
    int nothing = fcntl(open("/dev/null", O_RDWR | O_CLOEXEC), F_DUPFD_CLOEXEC, OBJECT_FD + 1);
    for (int fd = 0; fd < 3; fd++) dup2(nothing, fd);
    dup3(object, OBJECT_FD, O_CLOEXEC);
    close_range(OBJECT_FD + 1, ~0u, 0);
    signal(SIGSEGV, SIG_DFL);
    struct rlimit limit = {COMPILE_SECONDS, COMPILE_SECONDS};
    setrlimit(RLIMIT_CPU, &limit);
    if (!tier.plan.store) prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static void run_child(void)
{
    become_compiler();
    rt_on_side_stack(compile, NULL);
    _exit(0);
}

/* ---- the parent ------------------------------------------------------------------------------------------------ */

static void begin(void)
{
    tier.object_fd = memfd_create("object", MFD_CLOEXEC);
    void *shared = mmap(NULL, sizeof *tier.shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tier.object_fd < 0 || shared == MAP_FAILED) return;
    tier.shared = shared;
    tier.parent = getpid();
    tier.child = fork();
    if (tier.child == 0) run_child();
    if (tier.child < 0) atomic_store(&tier.shared->state, STATE_FAILED);
}

static void adopt(void)
{
    const Backend *backend = backend_load();
    const CompiledFunction *row = backend ? backend->tier_load(tier.object_fd, &tier.backend) : NULL;
    for (; row && row->function; row++) interp_adopt(row->function, row->enter, row->code);
    close(tier.object_fd);
}

/* Asked by the interpreter every now and then. */
static void on_fuel_spent(CoreFunction *callee)
{
    (void)callee;
    if (!tier.shared) begin();
    if (!tier.shared) return;
    if (tier.plan.waits) waitpid(tier.child, NULL, 0);
    switch (atomic_load(&tier.shared->state)) {
    case STATE_COMPILING:
        if (!tier.plan.waits) interp.fuel = POLL_CALLS;
        break;
    case STATE_READY: adopt(); break;
    default: break;
    }
}

int tiers_run_program(CoreProgram *p, const BackendOptions *o, const TierPlan *plan, int argc, char **argv)
{
    tier.program = p;
    tier.backend = *o;
    tier.plan = *plan;
    interp.fuel = plan->calls;
    interp.on_fuel_spent = on_fuel_spent;
    return interp_run_program(p, o->print_result, argc, argv);
}
