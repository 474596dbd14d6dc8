/* --diagnostics-format=json: each message as one line, a JSON object.
 *
 *     {"severity":"error","message":"...","option":"-Warity","file":"a.lisp","line":3,"column":8,"end_column":15}
 *
 * Lines and columns count from 1, columns in code points, end_column is the first behind.  What is not known is left
 * out.  One object a line, and no array around them: a reader can act on each as it comes.
 */
#include "frontend.h"

static void add_string(RtText *out, const char *name, const char *text)
{
    rt_text_add_text(out, out->size && out->bytes[out->size - 1] != '{' ? ",\"" : "\"");
    rt_text_add_text(out, name);
    rt_text_add_text(out, "\":\"");
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        char escaped[8];
        if (byte == '"' || byte == '\\') snprintf(escaped, sizeof escaped, "\\%c", byte);
        else if (byte < ' ') snprintf(escaped, sizeof escaped, "\\u%04x", byte);
        else snprintf(escaped, sizeof escaped, "%c", byte);
        rt_text_add_text(out, escaped);
    }
    rt_text_add_text(out, "\"");
}

void diag_add_json(RtText *out, const Diagnostic *d)
{
    rt_text_add_text(out, "{");
    add_string(out, "severity", d->is_error ? "error" : "warning");
    add_string(out, "message", d->message);
    if (d->warning >= 0) {
        char option[64];
        snprintf(option, sizeof option, "-W%s", warning_rows[d->warning].name);
        add_string(out, "option", option);
    }
    if (d->place) {
        char position[96];
        add_string(out, "file", d->place->file);
        int size = d->place->line ? snprintf(position, sizeof position, ",\"line\":%u", d->place->line) : 0;
        if (d->place->column)
            size += snprintf(position + size, sizeof position - (size_t)size, ",\"column\":%u,\"end_column\":%u",
                             d->place->column, d->place->column + (d->place->width ? d->place->width : 1));
        rt_text_add(out, position, (size_t)size);
    }
    rt_text_add_text(out, "}\n");
}
