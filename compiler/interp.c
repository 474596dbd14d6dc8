/* The interpreter: evaluates Core as pass rc left it, in the closed and in the open world.
 *
 * Input: functions that interp_prepare has seen.  Output: values, output, raised errors; the same as compiled code
 * gives.
 *
 * The idea: a tree walk over one stack of owned values (interp.h).  interp_eval loops for everything in tail
 * position, also into the body of the function that a call enters: arguments are evaluated right into the frame of
 * the callee, so a call copies nothing, and a Lisp call costs the C stack only what the operands around it cost.
 * What is rare has its own functions, so that the frame of interp_eval stays small.
 */
#define _GNU_SOURCE
#include "interp.h"
#include "trace.h"
#include <sys/mman.h>

Interp interp = {.fuel = INT64_MAX};

/* ---- value stack --------------------------------------------------------------------------------------------- */

/* Reserves addresses only; the memory comes page by page when it is touched. */
void interp_stack_init(void)
{
    if (interp.base) return;
    const size_t least = (size_t)1 << 20, small = (size_t)2 << 20; /* huge pages beyond what most programs use */
    for (size_t size = (size_t)4 << 30; size >= least; size /= 2) {
        void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (memory == MAP_FAILED) continue;
        if (size > small) madvise((char *)memory + small, size - small, MADV_HUGEPAGE);
        interp.base = interp.high = memory;
        interp.limit = interp.base + size / sizeof(RtValue);
        return;
    }
    rt_out_of_memory();
}

void interp_grow(RtValue *end, const RtPlace *at)
{
    if (end > interp.limit) rt_raise_depth(at);
    interp.high = end;
}

static void drop_slots(RtValue *from, RtValue *end)
{
    for (RtValue *slot = from; slot < end; slot++) {
        RtValue v = *slot;
        slot->tag = RT_NIL;
        if (!(v.tag & INTERP_BORROWED)) rt_drop(v);
    }
}

void interp_unwind(RtValue *mark) { drop_slots(mark, interp.high); }

/* ---- expressions --------------------------------------------------------------------------------------------- */

static INTERP_NOINLINE RtValue eval_define(const CoreNode *node, RtValue *frame, RtValue *top)
{
    RtValue value = interp_operand(node->u.define.value, frame, top);
    interp_define(node->u.define.global, rt_dup(value));
    return value;
}

static INTERP_NOINLINE RtValue eval_closure(const CoreNode *node, RtValue *frame, RtValue *top)
{
    int count = node->u.call.count;
    if (count == 0) return rt_from_object(RT_CLOSURE, node->u.call.function->closure);
    for (int i = 0; i < count; i++) top[i] = interp_operand(node->u.call.args[i], frame, top + i);
    RtValue closure = rt_make_closure(&node->u.call.function->code, top, count);
    for (int i = 0; i < count; i++) top[i].tag = RT_NIL;
    return closure;
}

typedef struct TryBody {
    const CoreNode *node;
    RtValue *frame, *top, result;
} TryBody;

static void eval_try_body(void *data)
{
    TryBody *body = data;
    body->result = interp_eval(body->node->u.try_.body, body->frame, body->top);
    if (RT_LIKELY(!rt_memory_is_short)) return;
    rt_drop(body->result);
    rt_raise_depth(body->node->place);
}

/* What the body owns when it raises: the locals bound in it, which have the slots from the error variable's on, and
 * everything above top.  `high` is lowered to this function's extent first, so that a catch costs what the body
 * used. */
static INTERP_NOINLINE RtValue eval_try(const CoreNode *node, RtValue *frame, RtValue *top)
{
    TryBody body = {.node = node, .frame = frame, .top = top};
    const CoreFunction *within = node->u.try_.within;
    RtValue *high = interp.high, error;
    interp.high = interp_extent(within, frame);
    enum World world = interp.world;
    bool raised = rt_try(eval_try_body, &body, &error);
    if (raised) {
        interp_unwind(top);
        drop_slots(frame + node->u.try_.error->slot, frame + within->slot_count);
        interp.world = world;
    }
    if (interp.high < high) interp.high = high;
    if (!raised) return body.result;
    if (rt_is_exit(error)) rt_raise(error);
    frame[node->u.try_.error->slot] = error;
    return interp_eval(node->u.try_.handler, frame, top);
}

static INTERP_NOINLINE void eval_drops(const CoreNode *node, RtValue *frame)
{
    for (int i = 0; i < node->u.drop.kept_count; i++) {
        RtValue *slot = frame + node->u.drop.kept[i]->slot;
        slot->tag &= ~INTERP_BORROWED;
        rt_dup(*slot);
    }
    for (int i = 0; i < node->u.drop.count; i++) {
        RtValue *slot = frame + node->u.drop.vars[i]->slot, v = *slot;
        slot->tag = RT_NIL;
        rt_drop(v);
    }
}

/* ---- primitives of one and two operands ---------------------------------------------------------------------- */

typedef RtValue Prim1(RtValue a), Prim1P(RtValue a, const RtPlace *at);
typedef RtValue Prim2(RtValue a, RtValue b), Prim2P(RtValue a, RtValue b, const RtPlace *at);

/* An owned first operand waits on the value stack while the second one runs; a borrowed one is in its variable. */
static inline RtValue eval_prim2(const CoreNode *node, const PrimInfo *info, RtValue *frame, RtValue *top)
{
    const CoreNode *first = node->u.call.args[0], *second = node->u.call.args[1];
    RtValue a, b;
    if (core_is_local_or_const(second)) {
        a = interp_operand(first, frame, top);
        b = interp_operand(second, frame, top);
    } else if (prim_borrows(info, 0)) {
        b = interp_eval(second, frame, top);
        a = interp_operand(first, frame, top);
    } else {
        top[0] = interp_operand(first, frame, top);
        b = interp_eval(second, frame, top + 1);
        a = top[0];
        top[0].tag = RT_NIL;
    }
    if (info->shape == SHAPE_2P) return ((Prim2P *)info->function)(a, b, node->place);
    return ((Prim2 *)info->function)(a, b);
}

static inline RtValue eval_prim(const CoreNode *node, RtValue *frame, RtValue *top)
{
    const PrimInfo *info = &primitives[node->u.call.primitive];
    switch (info->shape) {
    case SHAPE_2:
    case SHAPE_2P: return eval_prim2(node, info, frame, top);
    case SHAPE_1: return ((Prim1 *)info->function)(interp_operand(node->u.call.args[0], frame, top));
    case SHAPE_1P: return ((Prim1P *)info->function)(interp_operand(node->u.call.args[0], frame, top), node->place);
    default: return interp_eval_prim(node, frame, top);
    }
}

/* ---- the loop ------------------------------------------------------------------------------------------------ */

/* A test's truth; the value is dropped unless borrowed. */
static inline bool eval_test(const CoreNode *test, RtValue *frame, RtValue *top)
{
    if (test->kind == CORE_LOCAL && test->use == USE_BORROW) return rt_is_truthy(frame[test->u.local->slot]);
    RtValue v = interp_operand(test, frame, top);
    rt_drop(v);
    return rt_is_truthy(v);
}

/* Does what precedes the expression in tail position of a LET, SEQ, IF or DROP and gives that expression. */
static inline const CoreNode *eval_to_tail(const CoreNode *node, RtValue *frame, RtValue *top)
{
    switch (node->kind) {
    case CORE_LET: {
        RtValue v = interp_operand(node->u.let.init, frame, top);
        frame[node->u.let.var->slot] = node->u.let.var->is_borrowed ? interp_lend(v) : v;
        return node->u.let.body;
    }
    case CORE_IF: return eval_test(node->u.branch.test, frame, top) ? node->u.branch.then : node->u.branch.otherwise;
    case CORE_DROP: eval_drops(node, frame); return node->u.drop.body;
    default: {
        int last = node->u.call.count - 1;
        for (int i = 0; i < last; i++) rt_drop(interp_operand(node->u.call.args[i], frame, top));
        return node->u.call.args[last];
    }
    }
}

/* Operands right into the frame to be; only for a callee without captures, which cannot go away meanwhile. */
static inline void eval_arguments(const CoreNode *node, RtValue *frame, RtValue *top)
{
    for (int i = 0; i < node->u.call.count; i++) {
        const CoreNode *operand = node->u.call.args[i];
        RtValue v = interp_operand(operand, frame, top + i);
        if (operand->use == USE_BORROW) v = node->kind == CORE_CALL ? rt_dup(v) : interp_lend(v);
        top[i] = v;
    }
}

/* The function to enter when arguments can go right into its frame; its closure is immortal, so it needs no count. */
static inline CoreFunction *simple_callee(const CoreNode *call, RtValue callee)
{
    CoreFunction *f = interp_function_of(callee);
    return f && f->capture_count == 0 && !f->has_rest && f->param_count == call->u.call.count ? f : NULL;
}

static inline void move_frame(const CoreFunction *f, RtValue *from, RtValue *to)
{
    for (int i = 0, n = f->capture_count + f->param_count; i < n; i++) {
        to[i] = from[i];
        from[i].tag = RT_NIL;
    }
}

/* What an activation of interp_eval is busy with, also for the trace of an error that leaves it. */
typedef struct Activation {
    const CoreNode
        *site; /* the call that entered the first function it ran; NULL: none yet, it is in that of its caller */
    const CoreFunction *function; /* with a site: in whose body it is by now */
} Activation;

/* Has it entered a function that returns to it?  Then nobody waits for a tail request. */
static inline bool has_entered(const Activation *a) { return a->site && !a->site->tail; }

/* By address, so that it stays in memory: kept in registers it would cost twice as much. */
static INTERP_COLD void leave_activation(const Activation *a) { trace_leave(a->site, a->function); }

static inline void end_activation(Activation *a)
{
    if (a->site) leave_activation(a);
}

static inline __attribute__((always_inline)) RtValue eval_loop(Activation *active, const CoreNode *node, RtValue *frame,
                                                               RtValue *top)
{
    for (;;) {
        CoreFunction *f;
        RtValue *base = top;
        switch (node->kind) {
        case CORE_CONST: return node->u.constant;
        case CORE_LOCAL: return interp_local(node, frame);
        case CORE_GLOBAL: {
            RtValue v = interp_global(node->u.global, node->place);
            return node->use == USE_BORROW ? v : rt_dup(v);
        }
        case CORE_FUNCTION: return rt_from_object(RT_CLOSURE, node->u.function->closure);
        case CORE_DEFINE: return eval_define(node, frame, top);
        case CORE_CLOSURE: return eval_closure(node, frame, top);
        case CORE_PRIM: return eval_prim(node, frame, top);
        case CORE_TRY: return eval_try(node, frame, top);
        case CORE_CALL_KNOWN:
            f = node->u.call.function;
            eval_arguments(node, frame, top);
            break;
        case CORE_CALL: {
            const CoreNode *operator= node->u.call.callee;
            bool is_global = operator->kind == CORE_GLOBAL;
            RtValue callee =
                is_global ? interp_global(operator->u.global, operator->place) : interp_operand(operator, frame, top);
            f = simple_callee(node, callee);
            if (f) {
                eval_arguments(node, frame, top);
                break;
            }
            if (is_global && interp_builtin_fits(node, callee)) return interp_call_builtin(node, frame, top);
            bool is_lent = is_global || operator->use == USE_BORROW;
            f = interp_prepare_call(node, is_lent ? rt_dup(callee) : callee, frame, top, &base);
            break;
        }
        case CORE_APPLY: f = interp_prepare_apply(node, frame, top); break;
        case CORE_LET:
        case CORE_SEQ:
        case CORE_IF:
        case CORE_DROP: node = eval_to_tail(node, frame, top); continue;
        default: rt_internal_error("interpreter: unexpected Core node");
        }

        if (f) {
            if (RT_UNLIKELY(f->is_library) && node->place) rt_call_place = node->place;
            if (RT_UNLIKELY(--interp.fuel < 0)) interp_fuel_is_spent(f);
            if (RT_UNLIKELY(f->enter != NULL)) return interp_enter_compiled(f, base, node->place);
        }
        if (!f) return node->tail && !has_entered(active) ? rt_make(INTERP_TAIL_REQUEST, 0) : interp_do_request();
        if (RT_UNLIKELY((uintptr_t)__builtin_frame_address(0) < rt_stack_limit)) rt_raise_depth(f->place);
        active->function = f;
        if (!node->tail) {
            active->site = node;
            frame = base;
        } else {
            if (!active->site) active->site = node;
            if (base != frame) move_frame(f, base, frame);
        }
        top = frame + f->slot_count;
        interp_reserve(interp_extent(f, frame), node->place);
        node = f->body;
    }
}

RtValue interp_eval(const CoreNode *node, RtValue *frame, RtValue *top)
{
    Activation active __attribute__((cleanup(end_activation)));
    active.site = NULL;
    RtValue value = eval_loop(&active, node, frame, top);
    active.site = NULL; /* no error: there is nothing to tell */
    return value;
}
