/* The written and the displayed form of values.
 *
 * Input: a value, borrowed.  Output: text appended to an RtText.  The writer never recurses: an explicit stack on the
 * heap holds one frame for each composite that is open, so nesting of any depth prints on a small C stack.  Adding a
 * type means: an atom is a case of write_atom, a composite a case of open_composite.
 */
#include "collection.h"
#include "consair_rt.h"
#include <stdlib.h>

/* ---- growing text ---------------------------------------------------------------------------------------------- */

void rt_text_add(RtText *text, const char *bytes, size_t size)
{
    if (text->capacity - text->size <= size) { /* one more for the final NUL */
        size_t capacity = text->capacity ? 2 * text->capacity : 64;
        while (capacity - text->size <= size) capacity *= 2;
        text->bytes = rt_realloc(text->bytes, capacity);
        text->capacity = capacity;
    }
    if (size) memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
}

void rt_text_add_text(RtText *text, const char *c_string) { rt_text_add(text, c_string, strlen(c_string)); }

void rt_text_free(RtText *text)
{
    free(text->bytes);
    *text = (RtText){0};
}

/* ---- the stack of open composites ------------------------------------------------------------------------------ */

enum FrameKind {
    FRAME_LIST, /* value: what is left of the list */
    FRAME_VECTOR, /* value: the vector */
    FRAME_ENTRIES, /* entries: owned array of borrowed values */
    FRAME_SINGLE /* value: the only item */
};

typedef struct Frame {
    enum FrameKind kind;
    RtValue value;
    RtValue *entries;
    int64_t index; /* items written so far */
    int64_t count;
    const char *closing;
} Frame;

typedef struct Writer {
    RtText *out;
    size_t limit; /* stop when out is longer than this */
    Frame *frames;
    size_t count, capacity;
} Writer;

static void push_frame(Writer *w, Frame frame)
{
    if (w->count == w->capacity) {
        w->capacity = w->capacity ? 2 * w->capacity : 16;
        Frame *larger = rt_realloc(w->frames, w->capacity * sizeof *larger);
        w->frames = larger;
    }
    w->frames[w->count++] = frame;
}

static void open_entries(Writer *w, RtValue v, const char *opening, const char *closing)
{
    if (!rt_collection_entries_borrow) rt_internal_error("print: a collection, but no code for collections");
    int64_t count = rt_collection_entries_borrow(v, NULL);
    RtValue *entries = NULL;
    if (count > 0) {
        entries = rt_malloc((size_t)count * sizeof *entries);
        rt_collection_entries_borrow(v, entries);
    }
    rt_text_add_text(w->out, opening);
    push_frame(w, (Frame){.kind = FRAME_ENTRIES, .entries = entries, .count = count, .closing = closing});
}

static void open_vector(Writer *w, RtValue v, const char *opening, const char *closing)
{
    rt_text_add_text(w->out, opening);
    push_frame(w, (Frame){.kind = FRAME_VECTOR, .value = v, .count = rt_as_vector(v)->length, .closing = closing});
}

static void open_single(Writer *w, RtValue item, const char *opening)
{
    rt_text_add_text(w->out, opening);
    push_frame(w, (Frame){.kind = FRAME_SINGLE, .value = item, .count = 1, .closing = ")"});
}

/* ---- atoms ----------------------------------------------------------------------------------------------------- */

static void write_string(Writer *w, const RtString *string)
{
    const char *bytes = string->bytes;
    size_t size = (size_t)string->size_bytes, begin = 0;
    rt_text_add(w->out, "\"", 1);
    for (size_t i = 0; i < size && w->out->size + (i - begin) <= w->limit; i++) {
        const char *escape;
        switch (bytes[i]) {
        case '\n': escape = "\\n"; break;
        case '\t': escape = "\\t"; break;
        case '\r': escape = "\\r"; break;
        case '\\': escape = "\\\\"; break;
        case '"': escape = "\\\""; break;
        default: continue;
        }
        rt_text_add(w->out, bytes + begin, i - begin);
        rt_text_add(w->out, escape, 2);
        begin = i + 1;
    }
    size_t rest = size - begin;
    if (w->limit != SIZE_MAX && rest > w->limit + 1) rest = w->limit + 1; /* enough to be cut later */
    rt_text_add(w->out, bytes + begin, rest);
    rt_text_add(w->out, "\"", 1);
}

static void write_atom(Writer *w, RtValue v)
{
    switch (v.tag) {
    case RT_NIL: rt_text_add(w->out, "nil", 3); break;
    case RT_BOOL: rt_text_add_text(w->out, v.data ? "t" : "nil"); break;
    case RT_INT:
    case RT_FLOAT:
    case RT_BIGINT:
    case RT_RATIO: rt_write_number_borrow(w->out, v); break;
    case RT_SYMBOL: rt_text_add(w->out, rt_as_symbol(v)->name, rt_as_symbol(v)->size_bytes); break;
    case RT_STRING: write_string(w, rt_as_string(v)); break;
    case RT_CLOSURE: rt_text_add_text(w->out, rt_as_closure(v)->code->is_builtin ? "<native-fn>" : "<lambda>"); break;
    case RT_MACRO: rt_text_add_text(w->out, "<macro>"); break;
    case RT_ENV: rt_text_add_text(w->out, "<environment>"); break; /* these two are never seen by a program, */
    case RT_UNBOUND: rt_text_add_text(w->out, "<unbound>"); break; /* but by whoever debugs the compiler */
    default: rt_internal_error("print: a value with an unknown tag");
    }
}

/* ---- the loop -------------------------------------------------------------------------------------------------- */

static void write_one(Writer *w, RtValue v)
{
    switch (v.tag) {
    case RT_CONS:
        rt_text_add(w->out, "(", 1);
        push_frame(w, (Frame){.kind = FRAME_LIST, .value = v, .closing = ")"});
        break;
    case RT_VECTOR: open_vector(w, v, "<<", ">>"); break;
    case RT_PVEC: open_vector(w, v, "#pvec[", "]"); break;
    case RT_MAP: open_entries(w, v, "{", "}"); break;
    case RT_SET: open_entries(w, v, "#{", "}"); break;
    case RT_PMAP: open_entries(w, v, "#pmap{", "}"); break;
    case RT_PSET: open_entries(w, v, "#pset{", "}"); break;
    case RT_REDUCED: open_single(w, ((const RtReduced *)rt_object(v))->value, "#reduced("); break;
    case RT_ERROR: open_single(w, rt_as_error(v)->message, "#error("); break;
    default: write_atom(w, v);
    }
}

/* The next item of a composite, borrowed; false at its end. */
static bool next_item(Writer *w, Frame *frame, RtValue *item)
{
    switch (frame->kind) {
    case FRAME_LIST:
        if (frame->value.tag == RT_NIL) return false;
        if (frame->index > 0) rt_text_add(w->out, " ", 1);
        if (frame->value.tag == RT_CONS) {
            const RtCons *cell = rt_as_cons(frame->value);
            *item = rt_car_of(cell);
            frame->value = rt_cdr_of(cell);
        } else { /* dotted */
            rt_text_add(w->out, ". ", 2);
            *item = frame->value;
            frame->value = rt_nil();
        }
        frame->index++;
        return true;
    default:
        if (frame->index == frame->count) return false;
        if (frame->index > 0) rt_text_add(w->out, " ", 1);
        if (frame->kind == FRAME_VECTOR) *item = rt_vector_item_borrow(rt_as_vector(frame->value), frame->index);
        else if (frame->kind == FRAME_ENTRIES) *item = frame->entries[frame->index];
        else *item = frame->value;
        frame->index++;
        return true;
    }
}

static void close_frame(Writer *w)
{
    Frame *frame = &w->frames[--w->count];
    rt_text_add_text(w->out, frame->closing);
    free(frame->entries);
}

/* Cuts to the limit, not inside a code point. */
static void cut(Writer *w)
{
    size_t size = w->limit;
    while (size > 0 && ((unsigned char)w->out->bytes[size] & 0xc0) == 0x80) size--;
    w->out->size = size;
    rt_text_add(w->out, "...", 3);
}

void rt_write_value_borrow(RtText *out, RtValue v, size_t limit_bytes)
{
    Writer w = {.out = out, .limit = limit_bytes ? out->size + limit_bytes : SIZE_MAX};
    write_one(&w, v);
    while (w.count > 0 && out->size <= w.limit) {
        RtValue item;
        if (next_item(&w, &w.frames[w.count - 1], &item)) write_one(&w, item);
        else close_frame(&w);
    }
    if (out->size > w.limit) {
        while (w.count > 0) free(w.frames[--w.count].entries);
        cut(&w);
    }
    free(w.frames);
}

void rt_display_value_borrow(RtText *out, RtValue v)
{
    if (v.tag == RT_STRING) rt_text_add(out, rt_as_string(v)->bytes, (size_t)rt_as_string(v)->size_bytes);
    else rt_write_value_borrow(out, v, 0);
}
