/* The JIT of a session: compiles what the interpreter finds itself running again and again.
 *
 * Every form starts in the interpreter, which answers at once.  Each so many calls the program of the function that is being called gets
 * warmer; when it is hot, it is compiled, -O2 by default, and its functions are changed to the new code (interp_adopt.c): from then on
 * every call of them, wherever it was compiled, and the next turn of the loop that runs, is machine code.  A program is one form with
 * its inner functions, or one function of the library.  So nothing is compiled that runs for less time than compiling takes, and each
 * function at most once.
 *
 * Rejected: compiling each form before it runs, which took ten milliseconds for the simplest; a second thread, see tiers.c; a
 * child process, whose start would cost more than it saves when LLVM is loaded already.
 */
#include "session_internal.h"

#include "interp.h"
#include "library.h"

#include <stdlib.h>

/* About two milliseconds of interpretation, a third of what compiling a small function takes. */
enum { SLICE_CALLS = 10000, HOT_SLICES = 4 };
/* What compiling a form may need, and before it loading LLVM and its stack.  If LLVM ran out of memory, it could only end the process. */
enum { WORKING_BYTES = 48 << 20, LOADING_BYTES = 400 << 20 };

static Session *running; /* the hook of the interpreter has no argument */

#ifdef RT_STRESS
/* Builds for tests: what defines a function of that name is refused.  Nothing else is refused for sure. */
static const char *refused_function(const CoreProgram *p)
{
    const char *refused = getenv("CONSAIR_JIT_REFUSES");
    for (int i = 0; refused && i < p->function_count; i++)
        if (strcmp(p->functions[i]->name, refused) == 0) return refused;
    return NULL;
}
#else
static const char *refused_function(const CoreProgram *p) { return NULL; }
#endif

typedef struct Loading {
    Session *s;
    CoreProgram *program;
    const CompiledFunction *functions;
    JitModule module;
    const char *reason;
} Loading;

static void load(void *data)
{
    Loading *l = data;
    Session *s = l->s;
    l->reason = refused_function(l->program);
    if (l->reason) return;
    l->reason = "anything here";
    const Backend *backend = backend_load();
    if (backend && !s->jit) s->jit = backend->jit_session_new(&s->backend);
    if (s->jit) l->functions = backend->jit_session_load(s->jit, l->program, &l->module, &l->reason);
}

/* Compiled code does not ask for the library's functions that nobody used before, as the interpreter does. */
static void demand_library(const CoreProgram *p)
{
    for (int i = 0; i < p->global_count; i++) {
        CoreGlobal *g = p->globals[i];
        if (g->cells[WORLD_RUN]->tag == RT_UNBOUND) library_demand(g, WORLD_RUN);
    }
}

void session_jit_compile(Session *s, CoreProgram *p)
{
    double start = pipeline_clock();
    Loading l = {.s = s, .program = p};
    p->is_compiled = true;
    demand_library(p);
    if (rt_ask_memory(s->jit ? WORKING_BYTES : LOADING_BYTES)) rt_on_side_stack(load, &l);
    else l.reason = "anything with so little memory";
    if (!l.functions) {
        rt_flush_output();
        fprintf(stderr, "JIT does not yet support %s, falling back to interpreter\n", l.reason);
    }
    for (const CompiledFunction *row = l.functions; row && row->function; row++)
        interp_adopt(row->function, row->enter, row->code);
    if (l.functions && p == s->form) {
        s->form_module = l.module;
        s->form_is_loaded = true;
    }
    s->compile_seconds += pipeline_clock() - start;
}

static void on_fuel_spent(CoreFunction *callee)
{
    Session *s = running;
    CoreProgram *p = callee->program;
    interp.fuel = s->tier_after >= 0 ? s->tier_after : SLICE_CALLS;
    if (interp.world != WORLD_RUN || p->is_compiled) return;
    if (++p->heat >= (s->tier_after >= 0 ? 1 : HOT_SLICES)) session_jit_compile(s, p);
}

void session_jit_begin(Session *s, CoreProgram *form)
{
    running = s;
    s->form = form;
    s->form_is_loaded = false;
    s->compile_seconds = 0;
    interp.on_fuel_spent = on_fuel_spent;
    interp.fuel = INT64_MAX;
    if (!s->uses_jit) return;
    interp.fuel = s->tier_after >= 0 ? s->tier_after : SLICE_CALLS;
    if (s->tier_after == 0) session_jit_compile(s, form);
}

void session_jit_end(Session *s, bool is_kept)
{
    interp.fuel = INT64_MAX;
    if (s->form_is_loaded && !is_kept) backend_load()->jit_session_unload(s->jit, s->form_module);
    s->form_is_loaded = false;
    s->form = NULL;
}

void session_jit_free(Session *s)
{
    if (s->jit) backend_load()->jit_session_free(s->jit);
}
