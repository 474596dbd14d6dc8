/* Reader: text to data, iteratively.
 *
 * Input: tokens.  Output: one datum, and in the side table the place of every list, vector and element. The stack of
 * open brackets and quote characters is an array of frames, so the nesting is limited by memory alone.  Elements of a
 * vector wait in one shared array; lists grow at their end.  After an error reading may go on at the next line that
 * starts with an open parenthesis behind the beginning of the broken form, so that one run reports several errors.
 */
#include "frontend.h"

#include <stdlib.h>

enum DotState { DOT_NONE, DOT_SEEN, DOT_DONE };

typedef struct Frame {
    bool is_quote; /* a quote character that waits for its datum */
    uint8_t dot; /* enum DotState */
    enum Bracket bracket;
    const char *text; /* the opening bracket */
    size_t begin, end;
    RtValue symbol; /* quote frames */
    ListBuilder list; /* all but vectors */
    size_t first_item; /* vectors: their items start here */
    int64_t count;
} Frame;

typedef struct Item {
    RtValue value;
    uint32_t begin, end;
} Item;

typedef struct Reader {
    Compiler *c;
    SourceFile *source;
    size_t form_begin;
    Frame *frames;
    size_t depth, frame_capacity;
    Item *items;
    size_t item_count, item_capacity;
    RtValue result;
    size_t result_begin, result_end;
    bool done;
} Reader;

static const struct {
    const char *name, *close;
    enum Literal literal;
} brackets[BRACKET_COUNT] = {
    [BRACKET_LIST] = {"list", ")", LITERAL_COUNT},  [BRACKET_VECTOR] = {"vector", ">>", LITERAL_COUNT},
    [BRACKET_MAP] = {"map", "}", LITERAL_MAP},      [BRACKET_SET] = {"set", "}", LITERAL_SET},
    [BRACKET_PVEC] = {"vector", "]", LITERAL_PVEC}, [BRACKET_PMAP] = {"map", "}", LITERAL_PMAP},
    [BRACKET_PSET] = {"set", "}", LITERAL_PSET},
};

static void *grow(void *array, size_t *capacity, size_t item_size)
{
    *capacity = *capacity ? 2 * *capacity : 64;
    array = realloc(array, *capacity * item_size);
    if (!array) rt_out_of_memory();
    return array;
}

static const RtPlace *place_between(Reader *r, size_t begin, size_t end)
{
    return source_place(r->c, &r->source->base, begin, end);
}

static uint32_t global_offset(const Reader *r, size_t offset) { return r->source->base_offset + (uint32_t)offset; }

static void push_frame(Reader *r, const Token *token)
{
    if (r->depth == r->frame_capacity) r->frames = grow(r->frames, &r->frame_capacity, sizeof *r->frames);
    Frame *f = &r->frames[r->depth++];
    *f = (Frame){.is_quote = token->kind == TOKEN_QUOTE,
                 .bracket = token->bracket,
                 .text = token->text,
                 .begin = token->begin,
                 .end = token->end,
                 .symbol = token->datum,
                 .first_item = r->item_count};
    if (f->is_quote) return;
    enum Literal literal = brackets[f->bracket].literal;
    if (literal == LITERAL_COUNT) return;
    r->c->has_literals = true;
    list_builder_add(&f->list, r->c->symbols.markers[literal]);
}

static void add_to_list(Reader *r, Frame *f, RtValue datum, size_t begin, size_t end)
{
    RtCons *cell = list_builder_add(&f->list, datum);
    place_table_set(&r->c->places, cell, PLACE_CAR, global_offset(r, begin), global_offset(r, end));
}

static void set_own_place(Reader *r, RtValue datum, size_t begin, size_t end)
{
    if (datum.tag == RT_CONS || datum.tag == RT_VECTOR)
        place_table_set(&r->c->places, rt_object(datum), PLACE_SELF, global_offset(r, begin), global_offset(r, end));
}

/* A complete datum: gives it to the innermost frame; finished quote frames pass on their list in turn. */
static bool give_datum(Reader *r, RtValue datum, size_t begin, size_t end)
{
    while (r->depth && r->frames[r->depth - 1].is_quote) {
        Frame *f = &r->frames[--r->depth];
        add_to_list(r, f, f->symbol, f->begin, f->end);
        add_to_list(r, f, datum, begin, end);
        datum = f->list.head;
        begin = f->begin;
        set_own_place(r, datum, begin, end);
    }
    if (!r->depth) {
        r->result = datum;
        r->result_begin = begin;
        r->result_end = end;
        r->done = true;
        return true;
    }
    Frame *f = &r->frames[r->depth - 1];
    f->count++;
    if (f->bracket == BRACKET_VECTOR) {
        if (r->item_count == r->item_capacity) r->items = grow(r->items, &r->item_capacity, sizeof *r->items);
        r->items[r->item_count++] = (Item){datum, global_offset(r, begin), global_offset(r, end)};
    } else if (f->dot == DOT_NONE) {
        add_to_list(r, f, datum, begin, end);
    } else if (f->dot == DOT_SEEN) {
        f->list.last->cdr_tag = (uint8_t)datum.tag;
        f->list.last->cdr = datum.data;
        f->dot = DOT_DONE;
    } else {
        rt_drop(datum);
        diag_error(r->c, place_between(r, begin, end), "misplaced dot: exactly one datum may follow it");
        return false;
    }
    return true;
}

static bool read_dot(Reader *r, const Token *token)
{
    Frame *f = r->depth ? &r->frames[r->depth - 1] : NULL;
    if (f && !f->is_quote && f->bracket == BRACKET_LIST && f->dot == DOT_NONE && f->count > 0) {
        f->dot = DOT_SEEN;
        return true;
    }
    diag_error(r->c, place_between(r, token->begin, token->end), "misplaced dot");
    return false;
}

static RtValue finish_vector(Reader *r, Frame *f)
{
    size_t count = r->item_count - f->first_item;
    RtValue *values = malloc((count ? count : 1) * sizeof *values);
    if (!values) rt_out_of_memory();
    for (size_t i = 0; i < count; i++) values[i] = r->items[f->first_item + i].value;
    RtValue vector = rt_vector(values, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        const Item *item = &r->items[f->first_item + i];
        place_table_set_item(&r->c->places, rt_object(vector), (int64_t)i, item->begin, item->end);
    }
    free(values);
    r->item_count = f->first_item;
    return vector;
}

static bool close_bracket(Reader *r, const Token *token)
{
    const RtPlace *at = place_between(r, token->begin, token->end);
    if (!r->depth) {
        diag_error(r->c, at, "unexpected %s", token->text);
        return false;
    }
    Frame *f = &r->frames[r->depth - 1];
    if (f->is_quote) {
        diag_error(r->c, at, "unexpected %s: nothing after the quote character", token->text);
        return false;
    }
    const char *close = brackets[f->bracket].close;
    if (strcmp(token->text, close) != 0) {
        diag_error(r->c, at, "unexpected %s: the %s opened with %s is unclosed, expected %s", token->text,
                   brackets[f->bracket].name, f->text, close);
        return false;
    }
    if (f->dot == DOT_SEEN) {
        diag_error(r->c, at, "misplaced dot: a datum must follow it");
        return false;
    }
    if ((f->bracket == BRACKET_MAP || f->bracket == BRACKET_PMAP) && f->count % 2) {
        diag_error(r->c, place_between(r, f->begin, token->end),
                   "map literal: expected an even number of elements, got %lld", (long long)f->count);
        return false;
    }
    RtValue datum = f->bracket == BRACKET_VECTOR ? finish_vector(r, f) : f->list.head;
    size_t begin = f->begin;
    r->depth--;
    set_own_place(r, datum, begin, token->end);
    return give_datum(r, datum, begin, token->end);
}

static bool unexpected_end(Reader *r)
{
    Frame *f = &r->frames[r->depth - 1];
    const RtPlace *at = place_between(r, f->begin, f->end);
    if (f->is_quote) diag_error(r->c, at, "unexpected end of the text: nothing after the quote character");
    else
        diag_error(r->c, at, "unclosed %s: unexpected end of the text, expected %s", brackets[f->bracket].name,
                   brackets[f->bracket].close);
    return false;
}

static bool take_token(Reader *r, const Token *token)
{
    switch (token->kind) {
    case TOKEN_ERROR: return false;
    case TOKEN_DATUM: return give_datum(r, token->datum, token->begin, token->end);
    case TOKEN_DOT: return read_dot(r, token);
    case TOKEN_QUOTE:
    case TOKEN_OPEN: push_frame(r, token); return true;
    case TOKEN_CLOSE: return close_bracket(r, token);
    case TOKEN_END: return unexpected_end(r);
    }
    return false;
}

/* After an error: what was read stays a root, because the side table names its addresses. */
static void abandon(Reader *r)
{
    for (size_t i = 0; i < r->depth; i++) compiler_root(r->c, r->frames[i].list.head);
    for (size_t i = 0; i < r->item_count; i++) compiler_root(r->c, r->items[i].value);
}

/* The next line that starts with "(" after the offset. */
static size_t resume_offset(const Source *s, size_t offset)
{
    const char *found = offset < s->size ? strstr(s->text + offset, "\n(") : NULL;
    return found ? (size_t)(found - s->text) + 1 : s->size;
}

enum ReadResult reader_read(Compiler *c, SourceFile *s, size_t *offset, Form *out)
{
    Reader r = {.c = c, .source = s};
    enum ReadResult result = READ_FORM;
    bool is_first = true;
    size_t at = *offset;
    while (!r.done) {
        Token token = token_next(c, s, at);
        if (is_first) r.form_begin = token.begin;
        if (is_first && token.kind == TOKEN_END) {
            result = READ_END;
            at = s->base.size;
            break;
        }
        is_first = false;
        at = token.end;
        if (!take_token(&r, &token)) {
            result = READ_ERROR;
            /* A bracket that is never closed swallows the rest of the text: take up again behind its first line. */
            at = resume_offset(&s->base,
                               token.kind == TOKEN_END || token.end == s->base.size ? r.form_begin : token.begin);
            abandon(&r);
            break;
        }
    }
    free(r.frames);
    free(r.items);
    *offset = at;
    if (result == READ_FORM)
        *out = (Form){rt_dup(compiler_root(c, r.result)), source_place(c, &s->base, r.result_begin, r.result_end)};
    return result;
}

bool reader_next(Compiler *c, Source *s, size_t *offset, Form *out)
{
    enum ReadResult result = reader_read(c, (SourceFile *)s, offset, out);
    if (result == READ_FORM) return true;
    *offset = s->size;
    return false;
}
