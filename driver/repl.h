/* The interactive mode's parts: the loop (repl.c), commands (repl_commands.c), where lines come from (repl_line.c), when a form is
 * complete (repl_scan.c), completion (repl_complete.c). */
#ifndef CONSAIR_REPL_H
#define CONSAIR_REPL_H

#include "options.h"
#include "session.h"

int repl_run(const Options *o); /* exit status */

/* ---- repl_scan.c: is the text complete, or does a form go on in the next line? ---- */
typedef struct FormScan {
    int depth; /* open brackets; negative: too many closed */
    bool in_string, in_comment;
    bool after_escape; /* the next character of the string belongs to a backslash */
    bool after_quote; /* a quote character waits for its datum */
    bool has_content; /* there is more than blanks and comments */
} FormScan;
void scan_text(FormScan *scan, const char *text, size_t size); /* goes on from where the scan is */
bool scan_is_complete(const FormScan *scan);
/* The offset of the bracket that the closing one ending at `end` belongs to, or -1. */
long scan_find_opening(const char *text, size_t end);

/* ---- repl_line.c ---- */
typedef struct LineReader LineReader;
enum LineResult { LINE_OK, LINE_END, LINE_INTERRUPTED };
/* With editing when it is a terminal and the program was built with libedit.  complete: the words that may stand for the one that
 * ends at `size`; gives its beginning. */
typedef struct WordList {
    char **words;
    int count, capacity;
} WordList;
typedef size_t CompleteLine(void *data, const char *line, size_t size, WordList *out);
LineReader *line_reader_new(bool is_terminal, bool shows_colour, CompleteLine *complete, void *data);
void line_reader_free(LineReader *r);
enum LineResult line_read(LineReader *r, const char *prompt,
                          RtText *line); /* appended, with its newline if it has one */
void word_list_add(WordList *list, const char *word);
void word_list_free(WordList *list);

/* ---- repl_complete.c ---- */
size_t complete_line(void *session, const char *line, size_t size, WordList *out);

/* ---- repl.c ---- */
typedef struct Repl {
    const Options *options;
    Session *session;
    LineReader *lines;
    bool is_terminal;
    bool had_error;
    bool is_over;
    int status; /* by (exit) */
    RtText pending; /* lines of a form that is not complete */
    uint32_t line; /* lines read so far */
    FormScan scan;
} Repl;
/* Evaluates all forms of the open text and prints their values; false when one failed. */
typedef struct ReplTimes {
    double compile_seconds, run_seconds;
    RtAllocations allocated;
} ReplTimes;
enum ReplShow { SHOW_VALUE, SHOW_TYPE, SHOW_NOTHING };
bool repl_evaluate(Repl *r, enum ReplShow show, ReplTimes *times);
void repl_print(const char *text); /* to standard output, in order with what the program prints */

/* ---- repl_commands.c ---- */
extern const char *const repl_command_names[]; /* with the colon; ends with NULL */
/* A line that starts with a colon; `first_line` is its number. */
void repl_command(Repl *r, const char *text, size_t size, uint32_t first_line);

#endif
