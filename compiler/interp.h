/* The interpreter's insides, shared by interp*.c.
 *
 * Value stack.  A frame is [captures, parameters, locals], above it wait the operands of unfinished operations,
 * then comes the next frame.  Every slot owns what it holds; a slot that was moved from or dropped is nil (or holds
 * something that needs no counting).  What is borrowed (a parameter that stays the caller's, a part of something) has
 * INTERP_BORROWED in its slot's tag, if it is on the heap, and counts for nothing there.  So all slots that are not in
 * use hold nothing that counts, frames need no initialisation, and unwinding is: drop every slot from a mark up to
 * `high`.
 *
 *   base ... [frame of f | operands] [frame of g | operands] ... high (nothing counted from here on) ... limit
 *
 * `high` is at least the end of the extent (slots and operands) of every running function.  C code that calls back
 * into the interpreter starts at `high`.
 *
 * C stack.  interp_eval loops over tail positions and over the bodies of called functions; it recurses for operands
 * only.
 */
#ifndef CONSAIR_INTERP_H
#define CONSAIR_INTERP_H

#include "compile.h"

#define INTERP_NOINLINE __attribute__((noinline))
#define INTERP_COLD __attribute__((noinline, cold))
#define INTERP_BORROWED 0x100u /* in the tag of a slot: somebody else holds the value */
#define INTERP_TAIL_REQUEST 254u /* tag of "call `request` now, nothing of mine is left on the stack"; never stored */

typedef struct InterpRequest { /* a call of a function that is not interpreted; argc owned arguments in rt_args */
    RtValue callee; /* owned */
    int64_t argc;
    const RtPlace *place;
} InterpRequest;

typedef struct Interp {
    RtValue *base, *high, *limit;
    enum World world;
    int64_t fuel; /* calls until on_fuel_spent is asked */
    void (*on_fuel_spent)(CoreFunction *callee); /* sets new fuel; may let compiled code take the place of functions */
    InterpRequest request;
} Interp;
extern Interp interp;

/* ---- interp.c ------------------------------------------------------------------------------------------------ */
/* Evaluates the node with its function's frame; operands go to top and above. */
RtValue interp_eval(const CoreNode *node, RtValue *frame, RtValue *top);
static inline RtValue interp_local(const CoreNode *node, RtValue *frame)
{
    RtValue *slot = frame + node->u.local->slot;
    RtValue v = *slot;
    if (node->use == USE_MOVE) {
        slot->tag = RT_NIL;
        return v;
    }
    v.tag &= ~INTERP_BORROWED;
    if (node->use == USE_DUP) rt_dup(v);
    return v;
}
/* The content of a slot that does not own the value. */
static inline RtValue interp_lend(RtValue v)
{
    if (rt_is_heap(v)) v.tag |= INTERP_BORROWED;
    return v;
}

static inline RtValue interp_operand(const CoreNode *node, RtValue *frame, RtValue *top)
{
    if (node->kind == CORE_LOCAL) return interp_local(node, frame);
    if (node->kind == CORE_CONST) return node->u.constant;
    return interp_eval(node, frame, top);
}
/* Drops all from the mark on. */
void interp_unwind(RtValue *mark);
INTERP_COLD void interp_grow(RtValue *end, const RtPlace *at); /* moves `high` up; raises when the stack is full */
static inline void interp_reserve(RtValue *end, const RtPlace *at)
{
    if (RT_UNLIKELY(end > interp.high)) interp_grow(end, at);
}
static inline RtValue *interp_extent(const CoreFunction *f, RtValue *frame)
{
    return frame + f->slot_count + f->temp_count;
}
void interp_stack_init(void);

/* ---- interp_call.c ------------------------------------------------------------------------------------------- */
RtGenericEntry interp_generic_entry;
/* The interpreted function behind a value, or NULL. */
static inline CoreFunction *interp_function_of(RtValue v)
{
    return v.tag == RT_CLOSURE ? rt_as_closure(v)->code->data : NULL;
}
/* Evaluates callee and operands of a CALL or APPLY.  Gives the function to enter, whose captures and parameters are at
 * *base then, or NULL: interp.request is to be called. */
CoreFunction *interp_prepare_call(const CoreNode *node, RtValue callee, RtValue *frame, RtValue *top, RtValue **base);
CoreFunction *interp_prepare_apply(const CoreNode *node, RtValue *frame, RtValue *top); /* base is top */
/* The value of a global, borrowed; raises when it has none. */
RtValue interp_global_slow(CoreGlobal *g, const RtPlace *at);
static inline RtValue interp_global(CoreGlobal *g, const RtPlace *at)
{
    RtValue v = *g->cells[interp.world];
    return RT_LIKELY(v.tag != RT_UNBOUND) ? v : interp_global_slow(g, at);
}
void interp_define(CoreGlobal *g, RtValue value); /* consumes */
INTERP_NOINLINE RtValue interp_do_request(void);

/* ---- interp_adopt.c: compiled code that takes the place of functions ------------------------------------------ */
/* enter: for calls from the interpreter.  code: for closures; NULL when the function is no value. */
void interp_adopt(CoreFunction *f, RtValue (*enter)(void), const RtCode *code);
INTERP_COLD void interp_fuel_is_spent(CoreFunction *callee);
INTERP_NOINLINE RtValue interp_enter_compiled(const CoreFunction *f, RtValue *base, const RtPlace *at);

/* ---- interp_prim.c: primitives with other shapes than one or two operands ------------------------------------ */
RtValue interp_eval_prim(const CoreNode *node, RtValue *frame, RtValue *top);
/* A builtin that nobody redefined, called through its global with a fitting number of operands. */
bool interp_builtin_fits(const CoreNode *node, RtValue callee);
RtValue interp_call_builtin(const CoreNode *node, RtValue *frame, RtValue *top);
#endif
