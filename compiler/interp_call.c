/* The interpreter's calls: callees with captures or rest parameters, functions that are not interpreted, calls from
 * outside, globals.
 *
 * Where two interpreted functions meet the arguments stay on the value stack.  Everything else goes through
 * rt_args, as in compiled code.  A tail call of a foreign function cannot be made from C without leaving the
 * caller's frames behind: it is left in interp.request and made by the generic entry, whose calling convention has
 * tail calls.
 */
#include "interp.h"
#include "library.h"
#include "trace.h"

/* ---- globals ------------------------------------------------------------------------------------------------- */

RtValue interp_global_slow(CoreGlobal *g, const RtPlace *at)
{
    if (interp.world == WORLD_COMPILE && comptime_demand(g)) {
        RtValue v = *g->cells[WORLD_COMPILE];
        if (v.tag != RT_UNBOUND) return v;
    }
    if (g->primitive == PRIM_NONE && library_demand(g, interp.world)) return *g->cells[interp.world];
    if (g->primitive == PRIM_NONE) rt_raise_unbound(at, g->name);
    return rt_from_object(RT_CLOSURE, primitives[g->primitive].closure);
}

void interp_define(CoreGlobal *g, RtValue value)
{
    RtValue old = *g->cells[interp.world];
    *g->cells[interp.world] = value;
    if (old.tag != RT_UNBOUND) rt_drop(old);
}

/* ---- arguments ----------------------------------------------------------------------------------------------- */

static RtValue take(RtValue *slot)
{
    RtValue v = *slot;
    slot->tag = RT_NIL;
    return v;
}

static bool takes(const CoreFunction *f, int64_t argc)
{
    return f->has_rest ? argc >= f->param_count - 1 : argc == f->param_count;
}

static void move_to_args(RtValue *slots, int64_t count)
{
    if (count > RT_ARGS_MIN) rt_args_reserve(count);
    for (int64_t i = 0; i < count; i++) rt_args[i] = take(&slots[i]);
}

static void drop_call(RtValue callee, int64_t argc)
{
    for (int64_t i = 0; i < argc; i++) rt_drop(rt_args[i]);
    rt_drop(callee);
}

/* The callee's captures (duplicated, the closure is given up) into the slots. */
static void load_captures(RtValue callee, RtValue *slots)
{
    const RtClosure *closure = rt_as_closure(callee);
    for (int64_t i = 0; i < closure->code->capture_count; i++) slots[i] = rt_dup(rt_capture(closure, i));
    rt_drop(callee);
}

/* Builds the frame of f at base from the arguments in rt_args; argc fits. */
static void enter_from_args(const CoreFunction *f, RtValue callee, int64_t argc, RtValue *base, const RtPlace *at)
{
    RtValue *end = base + f->capture_count + f->param_count;
    if (RT_UNLIKELY(end > interp.limit)) {
        drop_call(callee, argc);
        rt_raise_depth(at);
    }
    interp_reserve(end, at);
    load_captures(callee, base);
    RtValue *params = base + f->capture_count;
    int64_t fixed = f->param_count - (f->has_rest ? 1 : 0);
    for (int64_t i = 0; i < fixed; i++) params[i] = rt_args[i];
    if (f->has_rest) params[fixed] = rt_list_from_args(fixed, argc);
}

/* A call whose arguments are in rt_args: the function to enter at base, or NULL and a request (which also checks). */
static CoreFunction *enter_or_request(RtValue callee, int64_t argc, RtValue *base, const RtPlace *at)
{
    CoreFunction *f = interp_function_of(callee);
    if (f && takes(f, argc)) {
        enter_from_args(f, callee, argc, base, at);
        return f;
    }
    interp.request = (InterpRequest){.callee = callee, .argc = argc, .place = at};
    return NULL;
}

/* The callee waits in top[0], its arguments follow; with one capture they are where the frame wants them. */
static RtValue *enter_closure(const CoreFunction *f, RtValue *top, const RtPlace *at)
{
    int captures = f->capture_count, params = f->param_count;
    if (captures == 0) {
        top[0].tag = RT_NIL;
        return top + 1;
    }
    interp_reserve(top + captures + params, at);
    RtValue callee = top[0];
    if (captures > 1) memmove(top + captures, top + 1, (size_t)params * sizeof *top);
    load_captures(callee, top);
    return top;
}

static void eval_operands(const CoreNode *node, RtValue *frame, RtValue *top)
{
    for (int i = 0; i < node->u.call.count; i++) {
        top[i] = interp_operand(node->u.call.args[i], frame, top + i);
        if (node->u.call.args[i]->use == USE_BORROW) rt_dup(top[i]);
    }
}

CoreFunction *interp_prepare_call(const CoreNode *node, RtValue callee, RtValue *frame, RtValue *top, RtValue **base)
{
    int count = node->u.call.count;
    top[0] = callee;
    eval_operands(node, frame, top + 1);
    CoreFunction *f = interp_function_of(callee);
    if (f && !f->has_rest && f->param_count == count) {
        *base = enter_closure(f, top, node->place);
        return f;
    }
    move_to_args(top + 1, count);
    return enter_or_request(take(top), count, top, node->place);
}

CoreFunction *interp_prepare_apply(const CoreNode *node, RtValue *frame, RtValue *top)
{
    int count = node->u.call.count;
    top[0] = interp_operand(node->u.call.callee, frame, top);
    eval_operands(node, frame, top + 1);
    move_to_args(top + 1, count - 1);
    RtValue list = take(top + count), callee = take(top);
    int64_t argc = rt_spread_list(callee, count - 1, list, node->place);
    return enter_or_request(callee, argc, top, node->place);
}

RtValue interp_do_request(void)
{
    const RtPlace *site __attribute__((cleanup(trace_pass))) = interp.request.place;
    RtValue value = rt_apply_n(interp.request.callee, interp.request.argc, interp.request.place);
    site = NULL;
    return value;
}

/* ---- calls from outside -------------------------------------------------------------------------------------- */

typedef struct Entry {
    CoreFunction *function;
    RtValue callee, result;
    int64_t argc;
} Entry;

static void run_entry(void *data)
{
    Entry *entry = data;
    CoreFunction *f = entry->function;
    RtValue *frame = interp.high;
    if ((uintptr_t)__builtin_frame_address(0) < rt_stack_limit) {
        drop_call(entry->callee, entry->argc);
        rt_raise_depth(f->place);
    }
    enter_from_args(f, entry->callee, entry->argc, frame, NULL);
    interp_reserve(interp_extent(f, frame), NULL);
    entry->result = interp_eval(f->body, frame, frame + f->slot_count);
}

static INTERP_NOINLINE RtValue run_protected(RtClosure *self, int64_t argc)
{
    CoreFunction *f = self->code->data;
    if (RT_UNLIKELY(--interp.fuel < 0)) interp_fuel_is_spent(f); /* its code may take the place of f in `self` */
    Entry entry = {.function = f, .callee = rt_from_object(RT_CLOSURE, self), .argc = argc};
    RtValue *mark = interp.high, error;
    bool raised = rt_try(run_entry, &entry, &error);
    if (raised) interp_unwind(mark);
    interp.high = mark;
    if (raised) {
        trace_leave(NULL, f);
        rt_raise(error);
    }
    return entry.result;
}

RT_TAILCC RtValue interp_generic_entry(RtClosure *self, int64_t argc)
{
    RtValue result = run_protected(self, argc);
    if (RT_LIKELY(result.tag != INTERP_TAIL_REQUEST)) return result;
    return rt_apply_n(interp.request.callee, interp.request.argc, interp.request.place);
}
