/* The compile-time world: evaluation of macro functions and of the definitions they use.
 *
 * Each top-level form that defines something is kept as a copy in a small open-world program of its own, because the
 * passes change the original.  Nothing is evaluated until an expansion asks for a global that has no compile-time value
 * (comptime_demand).  Then the definitions that merely make a function or name a value are evaluated first, in the
 * order of the text; one that calls something is evaluated only when one of its own names is asked for, so compiling a
 * program does not run it.  A later definition of a name makes its compile-time value pending again.  WORLD_RUN is
 * never touched.
 */
#include "frontend.h"
#include "interp.h"
#include "library.h"

#include <limits.h>

typedef struct NameList {
    Arena *arena;
    Name **names;
    int count, capacity;
} NameList;

struct PendingForm {
    CoreProgram *program; /* with one top-level form */
    NameList defines;
    bool is_simple, is_done;
    int index; /* order in the text */
    PendingForm *next_simple;
};

struct PendingLink { /* a name's definitions, in order */
    PendingForm *form;
    PendingLink *next;
};

static RtValue unbound(void) { return rt_make(RT_UNBOUND, 0); }

static bool is_bound(RtValue cell) { return cell.tag != RT_UNBOUND; }

static void drop_cell(RtValue *cell)
{
    if (is_bound(*cell)) rt_drop(*cell);
    *cell = unbound();
}

static RtValue *cell_of(Name *name) { return name->global.cells[WORLD_COMPILE]; }

/* ---- keeping definitions ---- */

static void find_defines(CoreNode **child, void *data)
{
    NameList *list = data;
    CoreNode *node = *child;
    if (node->kind == CORE_DEFINE) {
        Name *name = (Name *)node->u.define.global;
        ARENA_PUSH(list->arena, list->names, list->count, list->capacity, name);
    }
    core_each_child(node, find_defines, list);
}

/* A definition whose evaluation runs no code of the program and cannot fail. */
static bool is_simple(const CoreNode *body)
{
    if (body->kind != CORE_DEFINE) return false;
    const CoreNode *value = body->u.define.value;
    if (value->kind != CORE_GLOBAL) return value->kind == CORE_LAMBDA || value->kind == CORE_CONST;
    Name *name = (Name *)value->u.global;
    if (name->pending) return name->last_pending->is_simple;
    return is_bound(*cell_of(name)) || name->global.primitive != PRIM_NONE || library_has(&name->global);
}

/* While definitions are pending the cell is unbound, so that a use asks for them; its value waits for those that need
 * it. */
static void suspend(Name *name)
{
    if (!is_bound(*cell_of(name))) return;
    drop_cell(&name->suspended);
    name->suspended = *cell_of(name);
    *cell_of(name) = unbound();
}

static void restore(Name *name)
{
    if (is_bound(*cell_of(name))) return;
    *cell_of(name) = name->suspended;
    name->suspended = unbound();
}

void comptime_add_form(Compiler *c, CoreProgram *p, CoreFunction *form)
{
    NameList defines = {.arena = c->arena};
    find_defines(&form->body, &defines);
    (void)p;
    if (!defines.count) return;
    PendingForm *pending = arena_alloc(c->arena, sizeof *pending);
    pending->defines = defines;
    pending->index = c->pending_count++;
    pending->is_simple = is_simple(form->body);
    pending->program = core_program_new(c->arena);
    pending->program->open_world = true;
    core_copy_toplevel(pending->program, form);
    for (int i = 0; i < defines.count; i++) {
        Name *name = defines.names[i];
        PendingLink *link = arena_alloc(c->arena, sizeof *link);
        link->form = pending;
        *name->pending_end = link;
        name->pending_end = &link->next;
        name->last_pending = pending;
        suspend(name);
    }
    if (!pending->is_simple) return;
    *c->simple_end = pending;
    c->simple_end = &pending->next_simple;
}

/* ---- evaluating them ---- */

typedef struct Evaluation {
    CoreProgram *program;
    RtValue value;
} Evaluation;

static void evaluate(void *data)
{
    Evaluation *e = data;
    e->value = interp_run_toplevel(e->program->toplevel[0], WORLD_COMPILE);
}

/* The value of the program's only form.  false: *error. */
static bool run_program(Compiler *c, CoreProgram *p, RtValue *value, RtValue *error)
{
    c->kept_evaluations++; /* the program may be in their arena, and what is made of it now stays */
    pipeline_run(c, p);
    interp_prepare(p);
    Evaluation e = {.program = p};
    if (rt_try(evaluate, &e, error)) return false;
    *value = e.value;
    return true;
}

/* All definitions of the name up to this one are out of date. */
static void forget_until(Name *name, const PendingForm *form)
{
    while (name->pending) {
        bool is_last = name->pending->form == form;
        name->pending = name->pending->next;
        if (is_last) break;
    }
    if (!name->pending) name->pending_end = &name->pending;
}

/* Names that a definition saw with their older values ask for the newer ones again. */
static void suspend_restored(Compiler *c)
{
    for (Name *name = c->restored; name; name = name->next_restored) {
        name->is_restored = false;
        if (name->pending) suspend(name);
    }
    c->restored = NULL;
}

/* While a definition is evaluated, those below it do not exist. */
static void evaluate_form(Compiler *c, PendingForm *form)
{
    if (form->is_done) return;
    form->is_done = true;
    int limit = c->comptime_limit;
    c->comptime_limit = form->index;
    for (int i = 0; i < form->defines.count; i++) {
        forget_until(form->defines.names[i], form);
        restore(form->defines.names[i]);
    }
    RtValue value = rt_nil(), error;
    bool ok = run_program(c, form->program, &value, &error);
    c->comptime_limit = limit;
    if (limit == INT_MAX) suspend_restored(c);
    if (!ok) rt_raise(error);
    rt_drop(value);
}

static void evaluate_simple_forms(Compiler *c)
{
    PendingForm *first = c->simple_first;
    if (!first) return;
    PendingForm *form;
    while ((form = c->simple_first) && form->index < c->comptime_limit) {
        c->simple_first = form->next_simple;
        if (!c->simple_first) c->simple_end = &c->simple_first;
        evaluate_form(c, form);
    }
    for (form = first; form != c->simple_first; form = form->next_simple)
        for (int i = 0; i < form->defines.count; i++)
            if (form->defines.names[i]->pending) suspend(form->defines.names[i]);
}

bool comptime_demand(CoreGlobal *g)
{
    Name *name = (Name *)g;
    if (!name->pending) return is_bound(*cell_of(name));
    Compiler *c = name->compiler;
    evaluate_simple_forms(c);
    while (name->pending && name->pending->form->index < c->comptime_limit) {
        PendingForm *form = name->pending->form;
        if (form->is_done) forget_until(name, form);
        else evaluate_form(c, form);
    }
    restore(name);
    if (name->pending && !name->is_restored) {
        name->is_restored = true;
        name->next_restored = c->restored;
        c->restored = name;
    }
    return is_bound(*cell_of(name));
}

/* ---- macro functions ---- */

RtValue macro_function(Compiler *c, Macro *m, RtValue *error)
{
    if (m->program) {
        CoreProgram *p = m->program;
        m->program = NULL;
        RtValue value;
        if (run_program(c, p, &value, error)) m->function = value;
    }
    return m->function;
}

typedef struct MacroCall {
    RtValue function, result;
    const RtValue *args;
    int64_t argc;
} MacroCall;

static void call_macro(void *data)
{
    MacroCall *call = data;
    interp.world = WORLD_COMPILE;
    call->result = rt_call_value(call->function, call->args, call->argc, NULL);
}

bool comptime_try_call(Compiler *c, RtValue function, const RtValue *args, int64_t argc, RtValue *result,
                       RtValue *error)
{
    (void)c;
    for (int64_t i = 0; i < argc; i++) rt_dup(args[i]);
    MacroCall call = {.function = rt_dup(function), .args = args, .argc = argc};
    RtValue *mark = interp.high;
    enum World world = interp.world;
    bool raised = rt_try(call_macro, &call, error);
    if (raised) interp_unwind(mark);
    if (raised && rt_is_exit(*error))
        *error = rt_make_error(rt_string_from_text("exit: a macro cannot end the program"), rt_nil(), NULL);
    interp.high = mark;
    interp.world = world;
    if (!raised) *result = call.result;
    return !raised;
}

void comptime_free(Compiler *c)
{
    for (Name *name = c->all_names; name; name = name->next) {
        drop_cell(&name->suspended);
        drop_cell(cell_of(name));
    }
    for (Macro *m = c->all_macros; m; m = m->next) drop_cell(&m->function);
}
