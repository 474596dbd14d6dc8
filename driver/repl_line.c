/* Lines of input: from a terminal with editing, history and completion by libedit, else from the program's standard input, which
 * `read-line` shares.
 *
 * The history is kept in $XDG_STATE_HOME/consair/history (~/.local/state without that variable), and written at every line, so that
 * it survives whatever ends the session.
 */
#define _GNU_SOURCE
#include "repl.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef CONSAIR_EDIT
#include <histedit.h>
#include <poll.h>
#include <wchar.h>
#endif

enum { HISTORY_LINES = 2000, FLASH_MILLISECONDS = 350 };

struct LineReader {
    bool is_terminal;
    const char *prompt;
    CompleteLine *complete;
    void *data;
#ifdef CONSAIR_EDIT
    EditLine *edit; /* NULL: no editing */
    History *history;
    char *history_path; /* or NULL */
    bool shows_colour;
#endif
};

/* ---- words ----------------------------------------------------------------------------------------------------- */

void word_list_add(WordList *list, const char *word)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 64;
        list->words = realloc(list->words, (size_t)list->capacity * sizeof *list->words);
        if (!list->words) rt_out_of_memory();
    }
    char *copy = strdup(word);
    if (!copy) rt_out_of_memory();
    list->words[list->count++] = copy;
}

void word_list_free(WordList *list)
{
    for (int i = 0; i < list->count; i++) free(list->words[i]);
    free(list->words);
    *list = (WordList){0};
}

/* ---- without editing ------------------------------------------------------------------------------------------- */

static enum LineResult read_plain(LineReader *r, RtText *line)
{
    size_t before = line->size;
    repl_print(r->prompt);
    rt_flush_output();
    for (;;) {
        int byte = rt_input_peek();
        if (rt_take_interrupt()) {
            repl_print("\n");
            return LINE_INTERRUPTED;
        }
        if (byte < 0) break;
        rt_input_take();
        char c = (char)byte;
        rt_text_add(line, &c, 1);
        if (c == '\n') return LINE_OK;
    }
    if (rt_input_error()) fprintf(stderr, "error: cannot read standard input: %s\n", strerror(rt_input_error()));
    return line->size > before ? LINE_OK : LINE_END;
}

#ifdef CONSAIR_EDIT

/* ---- history --------------------------------------------------------------------------------------------------- */

static bool make_folder(const char *path) { return mkdir(path, 0700) == 0 || errno == EEXIST; }

/* The file, its folders made; NULL when there can be none. */
static char *make_history_path(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    char *folder = NULL, *path = NULL;
    bool ok = false;
    if (state && *state == '/') {
        if (asprintf(&folder, "%s", state) < 0) return NULL;
        ok = make_folder(folder);
    } else if (home && *home == '/') {
        if (asprintf(&folder, "%s/.local", home) < 0) return NULL;
        ok = make_folder(folder);
        free(folder);
        if (asprintf(&folder, "%s/.local/state", home) < 0) return NULL;
        ok = ok && make_folder(folder);
    }
    if (ok && asprintf(&path, "%s/consair", folder) < 0) path = NULL;
    free(folder);
    ok = path && make_folder(path);
    folder = path;
    path = NULL;
    if (ok && asprintf(&path, "%s/history", folder) < 0) path = NULL;
    free(folder);
    return path;
}

static void add_history(LineReader *r, const char *line)
{
    HistEvent event;
    if (line[strspn(line, " \t\r\n")] == 0) return;
    history(r->history, &event, H_ENTER, line);
    if (r->history_path) history(r->history, &event, H_SAVE, r->history_path);
}

/* ---- keys ------------------------------------------------------------------------------------------------------ */

static LineReader *reader_of(EditLine *edit)
{
    void *data = NULL;
    el_get(edit, EL_CLIENTDATA, &data);
    return data;
}

/* One character; an interrupt ends the line. */
static int read_key(EditLine *edit, wchar_t *out)
{
    (void)edit;
    char bytes[8];
    int count = 0;
    while (count < 4) {
        ssize_t got = read(STDIN_FILENO, bytes + count, 1);
        if (got == 0) return 0;
        if (got < 0 && errno != EINTR) return -1;
        if (got < 0) {
            if (!rt_interrupt_is_pending()) continue;
            errno = EINTR;
            return -1;
        }
        count++;
        mbstate_t state = {0};
        size_t size = mbrtowc(out, bytes, (size_t)count, &state);
        if (size != (size_t)-1 && size != (size_t)-2) return 1;
        if (size == (size_t)-1) break;
    }
    *out = L'?';
    return 1;
}

/* A closing bracket: the cursor visits the opening one for a moment, or until the next key. */
static unsigned char close_bracket(EditLine *edit, int key)
{
    char text[2] = {(char)key, 0};
    if (el_insertstr(edit, text) < 0) return CC_ERROR;
    const LineInfo *info = el_line(edit);
    size_t end = (size_t)(info->cursor - info->buffer);
    long opening = scan_find_opening(info->buffer, end);
    if (opening < 0) return CC_REFRESH;
    int distance = (int)rt_utf8_length(info->buffer + opening, (int64_t)end - opening);
    el_cursor(edit, -distance);
    el_set(edit, EL_REFRESH);
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    poll(&input, 1, FLASH_MILLISECONDS);
    el_cursor(edit, distance);
    return CC_REFRESH;
}

static int compare_words(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static size_t common_prefix(const WordList *list)
{
    size_t size = strlen(list->words[0]);
    for (int i = 1; i < list->count; i++) {
        size_t same = 0;
        while (same < size && list->words[0][same] == list->words[i][same]) same++;
        size = same;
    }
    return size;
}

static void show_words(const WordList *list)
{
    int width = 1, columns;
    for (int i = 0; i < list->count; i++) {
        int size = (int)strlen(list->words[i]) + 2;
        if (size > width) width = size;
    }
    columns = 78 / width > 0 ? 78 / width : 1;
    putchar('\n');
    for (int i = 0; i < list->count; i++) {
        bool ends_line = i % columns == columns - 1 || i == list->count - 1;
        printf("%-*s%s", ends_line ? 0 : width, list->words[i], ends_line ? "\n" : "");
    }
    fflush(stdout);
}

/* Tab: as much of the word as is certain; if that is nothing, the words to choose from. */
static unsigned char complete_word(EditLine *edit, int key)
{
    (void)key;
    LineReader *r = reader_of(edit);
    const LineInfo *info = el_line(edit);
    size_t end = (size_t)(info->cursor - info->buffer);
    WordList list = {0};
    size_t begin = r->complete(r->data, info->buffer, end, &list);
    unsigned char result = CC_ERROR;
    if (list.count) {
        qsort(list.words, (size_t)list.count, sizeof *list.words, compare_words);
        size_t typed = end - begin, certain = common_prefix(&list);
        if (certain > typed || list.count == 1) {
            char *rest = NULL;
            if (asprintf(&rest, "%.*s%s", (int)(certain - typed), list.words[0] + typed, list.count == 1 ? " " : "") >=
                0)
                el_insertstr(edit, rest);
            free(rest);
            result = CC_REFRESH;
        } else {
            show_words(&list);
            result = CC_REDISPLAY;
        }
    }
    word_list_free(&list);
    return result;
}

/* ---- the editor ------------------------------------------------------------------------------------------------ */

/* A byte that libedit takes for the start and end of what has no width. */
#define INVISIBLE "\001"

static char *edit_prompt(EditLine *edit)
{
    static char text[64];
    const LineReader *r = reader_of(edit);
    const char *format = r->shows_colour ? INVISIBLE "\033[1m" INVISIBLE "%s" INVISIBLE "\033[m" INVISIBLE : "%s";
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, format, r->prompt);
#pragma clang diagnostic pop
    return text;
}

static void start_editor(LineReader *r)
{
    const char *terminal = getenv("TERM");
    if (!terminal || !*terminal || strcmp(terminal, "dumb") == 0) return;
    r->edit = el_init("consairc", stdin, stdout, stderr);
    if (!r->edit) return;
    el_set(r->edit, EL_CLIENTDATA, r);
    el_set(r->edit, EL_PROMPT_ESC, edit_prompt, INVISIBLE[0]);
    el_set(r->edit, EL_EDITOR, "emacs");
    el_set(r->edit, EL_SIGNAL, 0);
    el_set(r->edit, EL_GETCFN, read_key);
    el_set(r->edit, EL_ADDFN, "consair-complete", "Complete a name", complete_word);
    el_set(r->edit, EL_ADDFN, "consair-close", "Insert a closing bracket and show its opening one", close_bracket);
    el_set(r->edit, EL_BIND, "^I", "consair-complete", NULL);
    static const char *const closing[] = {")", "}", "]", ">"};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        el_set(r->edit, EL_BIND, closing[i], "consair-close", NULL);
    el_set(r->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    r->history = history_init();
    HistEvent event;
    history(r->history, &event, H_SETSIZE, HISTORY_LINES);
    history(r->history, &event, H_SETUNIQUE, 1);
    r->history_path = make_history_path();
    if (r->history_path) history(r->history, &event, H_LOAD, r->history_path);
    el_set(r->edit, EL_HIST, history, r->history);
    el_source(r->edit, NULL); /* ~/.editrc */
}

static enum LineResult read_edited(LineReader *r, RtText *line)
{
    int size = 0;
    el_set(r->edit, EL_PREP_TERM, 1); /* before the prompt invites to type */
    const char *text = el_gets(r->edit, &size);
    if (rt_take_interrupt()) {
        puts("");
        fflush(stdout);
        el_reset(r->edit);
        return LINE_INTERRUPTED;
    }
    if (!text || size <= 0) {
        puts("");
        fflush(stdout);
        return LINE_END;
    }
    rt_text_add_text(line, text);
    add_history(r, text);
    return LINE_OK;
}

#endif

LineReader *line_reader_new(bool is_terminal, bool shows_colour, CompleteLine *complete, void *data)
{
    LineReader *r = calloc(1, sizeof *r);
    if (!r) rt_out_of_memory();
    *r = (LineReader){.is_terminal = is_terminal, .shows_colour = shows_colour, .complete = complete, .data = data};
    return r;
}

void line_reader_free(LineReader *r)
{
#ifdef CONSAIR_EDIT
    if (r->edit) {
        el_end(r->edit);
        history_end(r->history);
    }
    free(r->history_path);
#endif
    free(r);
}

enum LineResult line_read(LineReader *r, const char *prompt, RtText *line)
{
#ifdef CONSAIR_EDIT
    if (r->is_terminal && !r->edit) start_editor(r); /* here, when the locale is set */
    r->prompt = prompt;
    if (r->edit) return read_edited(r, line);
#endif
    r->prompt = prompt;
    return read_plain(r, line);
}
