/* What the files of program start, output and unwinding tell each other; nothing outside runtime/ needs it. */
#ifndef CONSAIR_PROGRAM_H
#define CONSAIR_PROGRAM_H

#include "consair_rt.h"

/* ---- start.c ---- */
extern RtModule *rt_modules; /* those that have begun to run */

/* ---- unwind_entry.S, unwind.c ---- */
RT_NORETURN void rt_unwind_start(void);
int rt_try_call(void (*fn)(void *), void *arg);
void rt_unwind_find_pad(uintptr_t *registers);

/* ---- stack_switch.S, stack.c ---- */
void rt_switch_stack(void (*fn)(void *), void *arg, void *top);
void rt_install_stack_handler(void); /* SIGSEGV on the guard of the Lisp stack */
void rt_update_stack_limit(void); /* after rt_memory_is_short changed */
void rt_format_size(char *buffer, size_t capacity, size_t size_bytes); /* "1 GiB", "512 KiB" */

/* ---- io.c ---- */
void rt_output_init(void);
int rt_output_add(const char *bytes, size_t size); /* to standard output, buffered; 0 or errno */
int rt_output_flush(void); /* 0 or the errno of the first write that ever failed */
/* A path as the system takes it, or an error: a NUL inside would silently name another file. */
const char *rt_checked_path(const char *who, RtValue path, const RtPlace *at);
int rt_write_fully(int fd, const char *bytes, size_t size); /* 0 or errno */

#endif
