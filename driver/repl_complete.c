/* Completion: names for the word before the cursor, commands where a line starts with a colon. */
#include "repl.h"

#include <string.h>

typedef struct Prefix {
    const char *text;
    size_t size;
    WordList *out;
} Prefix;

static bool is_word_byte(char byte) { return !strchr(" \t\r\n()[]{}'`,\";", byte); }

static void add_if_fitting(const SessionName *name, void *data)
{
    const Prefix *prefix = data;
    if (strncmp(name->name, prefix->text, prefix->size) == 0) word_list_add(prefix->out, name->name);
}

size_t complete_line(void *data, const char *line, size_t size, WordList *out)
{
    Session *const *session = data;
    size_t begin = size;
    while (begin > 0 && is_word_byte(line[begin - 1])) begin--;
    while (size - begin >= 2 && (strncmp(line + begin, "<<", 2) == 0 || strncmp(line + begin, ">>", 2) == 0))
        begin += 2;
    Prefix prefix = {line + begin, size - begin, out};
    if (prefix.size && line[begin] == ':') {
        if (strspn(line, " \t") != begin) return begin;
        for (const char *const *name = repl_command_names; *name; name++)
            if (strncmp(*name, prefix.text, prefix.size) == 0) word_list_add(out, *name);
    } else if (prefix.size) {
        session_each_name(*session, add_if_fitting, &prefix);
    }
    return begin;
}
