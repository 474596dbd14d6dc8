/* When does a form end?  Brackets, strings and comments decide, line by line, in one pass over the text.
 *
 * The scan does not judge: brackets of different kinds count alike, and what is wrong is left to the reader, whose message says
 * where.  So a text is complete as soon as every bracket is closed, or too many are.
 */
#include "repl.h"

#include <stdlib.h>
#include <string.h>

enum Piece { PIECE_OTHER, PIECE_BLANK, PIECE_OPEN, PIECE_CLOSE, PIECE_QUOTE, PIECE_STRING, PIECE_COMMENT };

/* The piece of syntax at text[at]; `<<` and `>>` take two bytes. */
static enum Piece piece_at(const char *text, size_t size, size_t at, size_t *length)
{
    char byte = text[at];
    *length = 1;
    switch (byte) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '\v':
    case '\f': return PIECE_BLANK;
    case '(':
    case '{':
    case '[': return PIECE_OPEN;
    case ')':
    case '}':
    case ']': return PIECE_CLOSE;
    case '\'':
    case '`':
    case ',': return PIECE_QUOTE;
    case '"': return PIECE_STRING;
    case ';': return PIECE_COMMENT;
    case '<':
    case '>':
        if (at + 1 >= size || text[at + 1] != byte) return PIECE_OTHER;
        *length = 2;
        return byte == '<' ? PIECE_OPEN : PIECE_CLOSE;
    default: return PIECE_OTHER;
    }
}

/* A byte inside a string or comment; true when it was one. */
static bool scan_inside(FormScan *scan, char byte)
{
    if (scan->in_comment) {
        scan->in_comment = byte != '\n';
        return true;
    }
    if (!scan->in_string) return false;
    if (scan->after_escape) scan->after_escape = false;
    else if (byte == '\\') scan->after_escape = true;
    else if (byte == '"') scan->in_string = false;
    return true;
}

void scan_text(FormScan *scan, const char *text, size_t size)
{
    size_t length;
    for (size_t at = 0; at < size; at += length) {
        length = 1;
        if (scan_inside(scan, text[at])) continue;
        enum Piece piece = piece_at(text, size, at, &length);
        if (piece == PIECE_BLANK) continue;
        if (piece == PIECE_COMMENT) {
            scan->in_comment = true;
            continue;
        }
        scan->has_content = true;
        scan->after_quote = piece == PIECE_QUOTE || (scan->after_quote && text[at] == '@');
        if (piece == PIECE_OPEN) scan->depth++;
        else if (piece == PIECE_CLOSE) scan->depth--;
        else if (piece == PIECE_STRING) scan->in_string = true;
    }
}

bool scan_is_complete(const FormScan *scan) { return !scan->in_string && !scan->after_quote && scan->depth <= 0; }

long scan_find_opening(const char *text, size_t end)
{
    FormScan scan = {0};
    size_t length, capacity = 0, count = 0, last_closed = (size_t)-1;
    size_t *open = NULL;
    for (size_t at = 0; at < end; at += length) {
        length = 1;
        last_closed = (size_t)-1;
        if (scan_inside(&scan, text[at])) continue;
        enum Piece piece = piece_at(text, end, at, &length);
        if (piece == PIECE_COMMENT) scan.in_comment = true;
        else if (piece == PIECE_STRING) scan.in_string = true;
        else if (piece == PIECE_CLOSE && count) last_closed = open[--count];
        else if (piece == PIECE_OPEN) {
            if (count == capacity) {
                capacity = capacity ? 2 * capacity : 64;
                open = realloc(open, capacity * sizeof *open);
                if (!open) rt_out_of_memory();
            }
            open[count++] = at;
        }
    }
    free(open);
    return (long)last_closed;
}
