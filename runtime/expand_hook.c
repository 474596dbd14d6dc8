/* The doors to the compiler: macroexpand, eval and read at run time.
 *
 * Reader, expander and evaluator belong to the compiler.  An executable that names one of these builtins links it
 * and sets the hooks at start; no other program pays for it.
 */
#include "consair_rt.h"

RtValue (*rt_expand_hook)(RtValue form, bool once, const RtPlace *at);
RtValue (*rt_eval_hook)(RtValue form, const RtPlace *at);
RtValue (*rt_read_hook)(const RtPlace *at);

static RtValue expand(RtValue form, bool once, const char *name, const RtPlace *at)
{
    if (rt_expand_hook) return rt_expand_hook(form, once, at);
    rt_drop(form);
    rt_raise_message(at, "%s: no expander in this program", name);
}

RtValue rt_macroexpand_1(RtValue form, const RtPlace *at) { return expand(form, true, "macroexpand-1", at); }

RtValue rt_macroexpand(RtValue form, const RtPlace *at) { return expand(form, false, "macroexpand", at); }

RtValue rt_eval(RtValue form, const RtPlace *at)
{
    if (rt_eval_hook) return rt_eval_hook(form, at);
    rt_drop(form);
    rt_raise_message(at, "eval: no evaluator in this program");
}

RtValue rt_read(const RtPlace *at)
{
    rt_note_effect(NULL);
    if (rt_read_hook) return rt_read_hook(at);
    rt_raise_message(at, "read: no reader in this program");
}
