/* The trace of an error: which calls were under way when it was raised, from the inside out.
 *
 * Frames are noted while the error unwinds them, so that nothing is kept while all goes well: the interpreter's activations
 * by cleanups (interp.c), frames of compiled code by the unwinder (rt_frame_hook), as addresses, which are looked up when the
 * trace is shown.  What was called in tail position, or became part of its caller, has no frame.
 */
#ifndef CONSAIR_TRACE_H
#define CONSAIR_TRACE_H

#include "core.h"

enum { TRACE_FRAMES = 10 }; /* the innermost ones; the others are counted */

typedef struct TraceFrame {
    const CoreFunction *function; /* NULL: compiled code */
    const RtPlace *place; /* where in it */
    uintptr_t code; /* the return address */
    int64_t times; /* so often in a row */
} TraceFrame;

typedef struct Trace {
    TraceFrame frames[TRACE_FRAMES];
    int count;
    int64_t left_out; /* frames further out */
    const RtPlace *place; /* in the frame around, which is not complete yet: of the call that failed; NULL: not known */
} Trace;

/* From now on errors are traced, or not. */
void trace_enable(bool wanted);
void trace_clear(void);
extern Trace trace; /* of the error raised last */

/* What the interpreter reports while an error leaves it: a function, and the call that entered it (NULL: it is not known; in tail
 * position: made by one that has left). */
void trace_leave(const CoreNode *site, const CoreFunction *function);
/* Cleanup of a variable: what was called there is no interpreted function.  NULL: all went well. */
void trace_note_site(const RtPlace *site);
static inline void trace_pass(const RtPlace **site)
{
    if (*site) trace_note_site(*site);
}

#endif
