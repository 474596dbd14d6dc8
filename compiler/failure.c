/* Errors of the tool's own work: files, objects, linking.  They have no place in a source, or only its line. */
#define _GNU_SOURCE
#include "failure.h"
#include "frontend.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>

static bool are_json;

void failures_as_json(bool wanted) { are_json = wanted; }

/* FILE:LINE, else a file. */
static void add_json(RtText *out, const char *message, const char *where)
{
    const char *colon = where ? strrchr(where, ':') : NULL;
    bool has_line = colon && isdigit((unsigned char)colon[1]);
    char *file = where ? strndup(where, has_line ? (size_t)(colon - where) : strlen(where)) : NULL;
    const RtPlace place = {.file = file, .line = has_line ? (uint32_t)strtoul(colon + 1, NULL, 10) : 0};
    diag_add_json(out,
                  &(Diagnostic){.message = message, .is_error = true, .warning = -1, .place = file ? &place : NULL});
    free(file);
}

static void report(const RtPlace *place, const char *where, const char *format, va_list args)
{
    char *message;
    if (vasprintf(&message, format, args) < 0) rt_out_of_memory();
    for (char *end = message + strlen(message); end > message && end[-1] == '\n'; end--)
        end[-1] = '\0'; /* the linker's end with one */
    RtText text = {0};
    if (are_json && place) {
        diag_add_json(&text, &(Diagnostic){.message = message, .is_error = true, .warning = -1, .place = place});
    } else if (are_json) {
        add_json(&text, message, where);
    } else if (place) {
        rt_report_place(&text, place, "error", message);
    } else {
        rt_text_add_text(&text, where ? where : "consairc");
        rt_text_add_text(&text, ": error: ");
        rt_text_add_text(&text, message);
        rt_text_add_text(&text, "\n");
    }
    fwrite(text.bytes, 1, text.size, stderr);
    rt_text_free(&text);
    free(message);
}

#define REPORT(place, where)                                                                                           \
    va_list args;                                                                                                      \
    va_start(args, format);                                                                                            \
    report(place, where, format, args);                                                                                \
    va_end(args)

void failure(const char *format, ...) { REPORT(NULL, NULL); }

void failure_at(const RtPlace *place, const char *format, ...) { REPORT(place, NULL); }

void failure_in(const char *where, const char *format, ...) { REPORT(NULL, where); }
