/* Compiled code takes the place of interpreted functions while the program runs.
 *
 * Input: code that keeps the interpreter's cells and closures (BackendOptions.joins_interpreter).  Output: the functions' descriptors,
 * changed in place, so that whoever holds a closure, made long ago or by compiled code, enters the new code from now on.  Frames that
 * run go on with what they have; a loop that is a tail call of its own function leaves the interpreter at its next turn.
 *
 * The interpreter counts calls (Interp.fuel) and asks now and then whether there is code; so nothing interrupts it, and what a
 * switch means is the same wherever it happens: between the arguments of a call and its body.
 */
#include "interp.h"
#include "trace.h"

void interp_adopt(CoreFunction *f, RtValue (*enter)(void), const RtCode *code)
{
    f->enter = enter;
    if (!code) return;
    f->code.entry = code->entry;
    f->code.lent_entry = code->lent_entry;
    f->code.borrow_entry = code->borrow_entry;
    f->code.generic_entry = code->generic_entry;
    f->code.data = NULL;
    if (!f->closure) return;
    f->closure->arity = code->generic_entry ? -1 : code->min_args;
}

void interp_fuel_is_spent(CoreFunction *callee)
{
    interp.fuel = INT64_MAX;
    if (interp.on_fuel_spent) interp.on_fuel_spent(callee);
}

/* Calls the code with the frame-to-be at base.  The caller stays on the C stack also in tail position: once for each of the frames
 * that were there when the code came, as code calls code. */
RtValue interp_enter_compiled(const CoreFunction *f, RtValue *base, const RtPlace *at)
{
    const RtPlace *site __attribute__((cleanup(trace_pass))) = at;
    int count = f->capture_count + f->param_count;
    rt_args_reserve(count);
    for (int i = 0; i < count; i++) {
        rt_args[i] = base[i];
        rt_args[i].tag &= ~INTERP_BORROWED;
        base[i].tag = RT_NIL;
    }
    RtValue value = f->enter();
    site = NULL;
    return value;
}
