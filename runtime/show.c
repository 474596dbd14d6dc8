/* What `consairc eval` does with each value: its written form on a line. */
#include "program.h"

RtValue rt_show(RtValue v, const RtPlace *at)
{
    RtText text = {0};
    rt_write_value_borrow(&text, v, 0);
    rt_text_add(&text, "\n", 1);
    int error = rt_output_add(text.bytes, text.size);
    rt_text_free(&text);
    if (error) rt_raise_message(at, "cannot write standard output: %s", strerror(error));
    return rt_nil();
}
