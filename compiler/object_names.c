/* How names are spelled in objects, for linkers and in descriptions (objects.h). */
#include "objects.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_plain(unsigned char byte)
{
    return isalnum(byte) || byte >= 0x80 || (byte && strchr("_-+*/<>=!?.:#&", byte));
}

const char *object_escape(Arena *arena, const char *word)
{
    char *out = arena_alloc(arena, 3 * strlen(word) + 1), *at = out;
    for (; *word; word++) {
        if (is_plain((unsigned char)*word)) *at++ = *word;
        else at += sprintf(at, "%%%02X", (unsigned char)*word);
    }
    return out;
}

static int digit(char c) { return isdigit((unsigned char)c) ? c - '0' : c - 'A' + 10; }

char *object_unescape(Arena *arena, const char *word, size_t size)
{
    char *out = arena_alloc(arena, size + 1), *at = out;
    for (size_t i = 0; i < size; i++) {
        bool is_code = word[i] == '%' && i + 2 < size && isxdigit((unsigned char)word[i + 1]) &&
                       isxdigit((unsigned char)word[i + 2]);
        *at++ = is_code ? (char)(16 * digit(word[i + 1]) + digit(word[i + 2])) : word[i];
        if (is_code) i += 2;
    }
    return out;
}

const char *object_link_name(Arena *arena, const char *kind, const char *name)
{
    return arena_format(arena, "consair.%s.%s", kind, object_escape(arena, name));
}
