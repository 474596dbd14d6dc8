/* Running top-level forms and whole programs in the interpreter.
 *
 * A form runs protected: when it raises, what it left on the value stack is dropped before the error goes on.  A
 * program is handed to rt_run_program like a compiled one, so start, error report and leak check are the same.
 */
#include "interp.h"

enum World interp_set_world(enum World world)
{
    enum World previous = interp.world;
    interp.world = world;
    return previous;
}

typedef struct FormRun {
    CoreFunction *form;
    RtValue result;
} FormRun;

static void run_form(void *data)
{
    FormRun *run = data;
    CoreFunction *form = run->form;
    RtValue *frame = interp.high;
    interp_reserve(interp_extent(form, frame), form->place);
    run->result = interp_eval(form->body, frame, frame + form->slot_count);
    if (run->result.tag == INTERP_TAIL_REQUEST) run->result = interp_do_request();
}

RtValue interp_run_toplevel(CoreFunction *form, enum World world)
{
    if (form->enter) return form->enter();
    interp_stack_init();
    FormRun run = {.form = form};
    RtValue *mark = interp.high, error;
    enum World previous = interp_set_world(world);
    bool raised = rt_try(run_form, &run, &error);
    if (raised) interp_unwind(mark);
    interp.high = mark;
    interp.world = previous;
    if (raised) rt_raise(error);
    return run.result;
}

/* The program that run_program runs; rt_run_program's callback has no argument. */
static const CoreProgram *running;

static RtValue run_program(void)
{
    RtValue value = rt_nil();
    for (int i = 0; i < running->toplevel_count; i++) {
        rt_drop(value);
        value = interp_run_toplevel(running->toplevel[i], WORLD_RUN);
    }
    return value;
}

/* Every name means its builtin until it is defined. */
static void init_cells(CoreProgram *p, RtGlobalSlot *slots)
{
    for (int i = 0; i < p->global_count; i++) {
        CoreGlobal *g = p->globals[i];
        RtValue *cell = g->cells[WORLD_RUN];
        if (g->primitive == PRIM_NONE) *cell = rt_make(RT_UNBOUND, 0);
        else *cell = rt_from_object(RT_CLOSURE, primitives[g->primitive].closure);
        slots[i] = (RtGlobalSlot){.slot = cell,
                                  .name = rt_as_symbol(g->symbol)->interned ? rt_as_symbol(g->symbol)->name : NULL};
    }
}

int interp_run_program(CoreProgram *p, bool print_result, int argc, char **argv)
{
    interp_prepare(p);
    RtGlobalSlot *slots = arena_alloc(p->arena, (size_t)p->global_count * sizeof *slots + 1);
    init_cells(p, slots);
    running = p;
    RtProgram program = {.run = run_program,
                         .globals = slots,
                         .global_count = p->global_count,
                         .print_result = print_result && p->toplevel_count > 0};
    return rt_run_program(&program, argc, argv);
}
