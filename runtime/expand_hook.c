/* Errors raised by compiled forms, and the door to the macro expander.
 *
 * The expander belongs to the compiler.  An executable that calls macroexpand links it and sets rt_expand_hook at
 * start; no other program pays for it.
 */
#include "consair_rt.h"

RtValue (*rt_expand_hook)(RtValue form, bool once, const RtPlace *at);

static RtValue expand(RtValue form, bool once, const char *name, const RtPlace *at)
{
    if (rt_expand_hook) return rt_expand_hook(form, once, at);
    rt_drop(form);
    rt_raise_message(at, "%s: no expander in this program", name);
}

RtValue rt_macroexpand_1(RtValue form, const RtPlace *at)
{
    return expand(form, true, "macroexpand-1", at);
}

RtValue rt_macroexpand(RtValue form, const RtPlace *at)
{
    return expand(form, false, "macroexpand", at);
}

RtValue rt_fail(RtValue message, const RtPlace *at)
{
    if (message.tag == RT_STRING) rt_raise(rt_make_error(message, rt_nil(), at));
    RtText text = {0};
    rt_write_value_borrow(&text, message, 0);
    RtValue string = rt_make_string(text.bytes, text.size);
    rt_text_free(&text);
    rt_raise(rt_make_error(string, rt_cons(message, rt_nil()), at));
}
