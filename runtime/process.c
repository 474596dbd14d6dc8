/* The program's surroundings: arguments, environment, clock, and its own end.
 *
 * Text from outside need not be UTF-8; each malformed sequence becomes U+FFFD, since a string is always valid.
 * `exit` unwinds like an error that nobody can catch, so everything the program owns is dropped on the way and the
 * output is flushed once.  What is in flight then is an integer, the status, and no error object: whoever catches
 * passes it on (rt_is_exit).
 */
#include "consair_rt.h"
#include <stdlib.h>
#include <time.h>

enum { MAX_STATUS = 255 };

RtValue rt_command_line_list(void)
{
    int argc;
    char **argv;
    rt_note_effect(NULL);
    rt_command_line(&argc, &argv);
    RtValue list = rt_nil();
    for (int i = argc - 1; i > 0; i--) list = rt_cons(rt_make_string_repaired(argv[i], strlen(argv[i])), list);
    return list;
}

RtValue rt_getenv(RtValue name, const RtPlace *at)
{
    if (name.tag != RT_STRING) rt_raise_type(at, "getenv", "a string", rt_dup(name));
    const RtString *string = rt_as_string(name);
    if (strlen(string->bytes) != (size_t)string->size_bytes) return rt_nil(); /* no name holds a NUL */
    rt_note_effect(NULL);
    const char *value = getenv(string->bytes);
    return value ? rt_make_string_repaired(value, strlen(value)) : rt_nil();
}

RtValue rt_current_time(void)
{
    struct timespec now;
    rt_note_effect(NULL);
    clock_gettime(CLOCK_REALTIME, &now);
    return rt_from_int((int64_t)now.tv_sec * 1000000000 + now.tv_nsec);
}

RtValue rt_exit_program(RtValue *args, int64_t count, const RtPlace *at)
{
    RtValue status = count > 0 ? args[0] : rt_from_int(0);
    if (status.tag != RT_INT || status.data < 0 || status.data > MAX_STATUS) {
        rt_raise_type(at, "exit", "an integer from 0 to 255", rt_dup(status));
    }
    rt_raise(status);
}
