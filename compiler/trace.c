/* Collects the frames of an error on its way (trace.h). */
#include "trace.h"

Trace trace;

static struct {
    bool is_enabled;
    RtValue error; /* whose trace it is, not owned: compared only */
    uintptr_t frame; /* of compiled code, noted last: it is seen again when its cleanup is done */
} state;

void trace_clear(void)
{
    trace.count = 0;
    trace.left_out = 0;
    state.error = rt_nil();
    trace.place = NULL;
    state.frame = 0;
}

/* An error that is caught and raised again keeps the frames it had, if no other was made since. */
static void begin(RtValue error, bool is_new, const RtPlace *at)
{
    if (!is_new && error.tag == state.error.tag && error.data == state.error.data) return;
    trace_clear();
    state.error = error;
    trace.place = at;
}

static void add(const CoreFunction *function, const RtPlace *place, uintptr_t code)
{
    TraceFrame *last = trace.count ? &trace.frames[trace.count - 1] : NULL;
    if (trace.left_out) trace.left_out++;
    else if (last && last->function == function && last->place == place && last->code == code) last->times++;
    else if (trace.count == TRACE_FRAMES) trace.left_out++;
    else trace.frames[trace.count++] = (TraceFrame){function, place, code, 1};
}

static void add_code(uintptr_t return_address, uintptr_t frame)
{
    if (frame == state.frame) return;
    state.frame = frame;
    trace.place = NULL;
    add(NULL, NULL, return_address);
}

void trace_enable(bool wanted)
{
    trace_clear();
    rt_error_hook = wanted ? begin : NULL;
    rt_frame_hook = wanted ? add_code : NULL;
}

void trace_leave(const CoreNode *site, const CoreFunction *function)
{
    if (!rt_error_hook) return;
    /* The library's code has no places, and is not what the user asks about. */
    if (trace.place && !function->is_library) add(function, trace.place, 0);
    if (site) trace.place = site->tail ? NULL : site->place;
    else if (!function->is_library) trace.place = NULL;
}

void trace_note_site(const RtPlace *site)
{
    if (rt_error_hook && !trace.place) trace.place = site;
}
