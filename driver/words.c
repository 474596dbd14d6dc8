/* The words of the command line.  @FILE stands for the words in a file, as in other compilers.
 *
 * In the file, words are separated by white space; quotes keep it, of either kind, and a backslash keeps the next byte
 * as it is.  The file may name further files.  Words are replaced when the parser reaches them, so a program's own
 * arguments, which it never looks at, stay as they are.  The memory is never freed: Options points into it.
 */
#include "options.h"

#include <errno.h>
#include <stdlib.h>

enum { MOST_FILES = 100 }; /* more: a file that names itself */

Words words_from(int argc, char **argv)
{
    Words w = {.count = argc - 1};
    w.words = malloc(((size_t)argc + 1) * sizeof *w.words);
    if (!w.words) rt_out_of_memory();
    memcpy(w.words, argv + 1, (size_t)w.count * sizeof *w.words);
    return w;
}

/* The file's bytes, NUL-terminated; NULL with errno. */
static char *read_text(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return NULL;
    size_t size = 0, capacity = 4096, got;
    char *text = malloc(capacity);
    while (text && (got = fread(text + size, 1, capacity - size - 1, in)) > 0) {
        size += got;
        if (size + 1 == capacity) text = realloc(text, capacity *= 2);
    }
    if (!text) rt_out_of_memory();
    int error = ferror(in) ? errno : 0;
    fclose(in);
    if (error) {
        free(text);
        errno = error;
        return NULL;
    }
    text[size] = '\0';
    return text;
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Takes the next word out of *text, in place; NULL at the end. */
static char *next_word(char **text)
{
    char *from = *text;
    while (is_blank(*from)) from++;
    if (!*from) return NULL;
    char *word = from, *to = from, quote = '\0';
    for (; *from && (quote || !is_blank(*from)); from++) {
        if (*from == '\\' && from[1]) *to++ = *++from;
        else if (*from == quote) quote = '\0';
        else if (!quote && (*from == '"' || *from == '\'')) quote = *from;
        else *to++ = *from;
    }
    *text = *from ? from + 1 : from;
    *to = '\0';
    return word;
}

static void splice(Words *w, char *text)
{
    int capacity = 16, added = 0;
    char **fresh = malloc((size_t)capacity * sizeof *fresh);
    for (char *word; fresh && (word = next_word(&text)); fresh[added++] = word)
        if (added == capacity) fresh = realloc(fresh, (size_t)(capacity *= 2) * sizeof *fresh);
    char **joined = malloc((size_t)(w->count + added + 1) * sizeof *joined);
    if (!fresh || !joined) rt_out_of_memory();
    memcpy(joined, w->words, (size_t)w->at * sizeof *joined);
    memcpy(joined + w->at, fresh, (size_t)added * sizeof *joined);
    memcpy(joined + w->at + added, w->words + w->at + 1, (size_t)(w->count - w->at - 1) * sizeof *joined);
    free(fresh);
    free(w->words);
    w->words = joined;
    w->count += added - 1;
}

const char *words_peek(Words *w, bool *failed)
{
    while (w->at < w->count) {
        const char *word = w->words[w->at];
        if (word[0] != '@' || !word[1]) return word;
        char *text = ++w->depth > MOST_FILES ? NULL : read_text(word + 1);
        if (!text) {
            fprintf(stderr, "consairc: error: cannot read the arguments in %s: %s\n", word + 1,
                    w->depth > MOST_FILES ? "it names itself, or too many files" : strerror(errno));
            *failed = true;
            return NULL;
        }
        splice(w, text);
    }
    return NULL;
}
