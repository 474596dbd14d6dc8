/* Sources: text from a file, stdin or memory, checked once, and the places in it.
 *
 * Input: a path or bytes.  Output: a Source whose text is valid UTF-8 without NUL, and on demand RtPlaces. A place
 * needs line, column in code points and the text of its line.  Lines are found by binary search; columns by counting
 * code points from the last of the checkpoints, one every SOURCE_BLOCK bytes, so that a line of 100 MB costs no more
 * than a short one. The text of a line is copied once, when first asked for.  Of a longer line than SOURCE_LINE_LIMIT
 * only the beginning is kept, and places behind it show no text.
 */
#include "frontend.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Length of the valid UTF-8 sequence at p, 0 when there is none. */
static size_t utf8_length(const unsigned char *p, const unsigned char *end)
{
    if (p[0] < 0x80) return 1;
    size_t length = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || (size_t)(end - p) < length) return 0;
    for (size_t i = 1; i < length; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    if (p[0] == 0xE0 && p[1] < 0xA0) return 0; /* overlong */
    if (p[0] == 0xED && p[1] >= 0xA0) return 0; /* surrogate */
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;
    if (p[0] == 0xF4 && p[1] >= 0x90) return 0;
    return length;
}

/* Offset of the first byte that is no valid UTF-8, or size. */
static size_t first_invalid_byte(const char *text, size_t size)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + size;
    while (p < end) {
        size_t length = utf8_length(p, end);
        if (!length) break;
        p += length;
    }
    return (size_t)(p - (const unsigned char *)text);
}

static bool starts_point(char byte) { return (byte & 0xC0) != 0x80; }

static void index_source(SourceFile *s, Arena *arena)
{
    const char *text = s->base.text;
    size_t size = s->base.size;
    uint32_t lines = 1;
    for (const char *p = text; (p = memchr(p, '\n', size - (size_t)(p - text))); p++) lines++;
    s->base.line_count = lines;
    s->base.line_starts = arena_alloc(arena, lines * sizeof(uint32_t));
    s->base.lines = arena_alloc(arena, lines * sizeof(char *));
    uint32_t line = 1;
    for (const char *p = text; (p = memchr(p, '\n', size - (size_t)(p - text))); p++)
        s->base.line_starts[line++] = (uint32_t)(p - text) + 1;
    s->point_counts = arena_alloc(arena, (size / SOURCE_BLOCK + 1) * sizeof(uint32_t));
    uint32_t points = 0;
    for (size_t i = 0; i < size; i++) {
        if (i % SOURCE_BLOCK == 0) s->point_counts[i / SOURCE_BLOCK] = points;
        points += starts_point(text[i]);
    }
    if (size % SOURCE_BLOCK == 0) s->point_counts[size / SOURCE_BLOCK] = points;
}

/* Most blocks have as many code points as bytes. */
static uint32_t points_before(const SourceFile *s, size_t offset)
{
    size_t block = offset / SOURCE_BLOCK, begin = block * SOURCE_BLOCK;
    uint32_t points = s->point_counts[block];
    bool is_whole = s->base.size - begin >= SOURCE_BLOCK;
    if (is_whole && s->point_counts[block + 1] - points == SOURCE_BLOCK) return points + (uint32_t)(offset - begin);
    for (size_t i = begin; i < offset; i++) points += starts_point(s->base.text[i]);
    return points;
}

static uint32_t line_of(const Source *s, size_t offset)
{
    uint32_t low = 0, high = s->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->line_starts[middle] <= offset) low = middle;
        else high = middle;
    }
    return low;
}

static size_t line_end(const Source *s, uint32_t line)
{
    size_t end = line + 1 < s->line_count ? s->line_starts[line + 1] - 1 : s->size;
    if (end > s->line_starts[line] && s->text[end - 1] == '\r') end--;
    return end;
}

const RtPlace *source_place(Compiler *c, Source *source, size_t begin, size_t end)
{
    SourceFile *s = (SourceFile *)source;
    if (begin > source->size) begin = source->size;
    uint32_t line = line_of(source, begin);
    size_t start = source->line_starts[line], stop = line_end(source, line);
    uint32_t first = points_before(s, begin);
    RtPlace *place = arena_alloc(c->arena, sizeof *place);
    place->file = source->name;
    place->line = source->lines_before + line + 1;
    place->column = first - points_before(s, start) + 1;
    if (end > stop) end = stop;
    place->width = end > begin ? points_before(s, end) - first : 1;
    if (!source->lines[line]) {
        size_t shown = stop - start;
        if (shown > SOURCE_LINE_LIMIT) {
            shown = SOURCE_LINE_LIMIT;
            while (!starts_point(source->text[start + shown])) shown--;
        }
        source->lines[line] = arena_text(c->arena, source->text + start, shown);
    }
    if (begin - start <= SOURCE_LINE_LIMIT) place->text = source->lines[line];
    return place;
}

/* Text is taken over: an arena copy with a NUL at the end. */
static Source *source_new(Compiler *c, const char *name, const char *text, size_t size)
{
    if (size >= UINT32_MAX - c->next_offset) {
        diag_error(c, NULL, "%s: the source text is too large (4 GiB at most)", name);
        return NULL;
    }
    SourceFile *s = arena_alloc(c->arena, sizeof *s);
    s->base.name = arena_text(c->arena, name, strlen(name));
    s->base.text = text;
    s->base.size = size;
    s->base_offset = c->next_offset;
    index_source(s, c->arena);
    size_t valid = first_invalid_byte(text, size);
    const char *nul = memchr(text, 0, valid);
    if (nul) {
        size_t at = (size_t)(nul - text);
        diag_error(c, source_place(c, &s->base, at, at + 1), "unexpected NUL byte in the source text");
        return NULL;
    }
    if (valid < size) {
        diag_error(c, source_place(c, &s->base, valid, valid + 1), "invalid UTF-8: byte 0x%02X",
                   (unsigned char)text[valid]);
        return NULL;
    }
    c->next_offset += (uint32_t)size + 1;
    s->next = c->sources;
    c->sources = s;
    return &s->base;
}

Source *source_from_text(Compiler *c, const char *name, const char *text, size_t size)
{
    return source_new(c, name, arena_text(c->arena, text, size), size);
}

/* Reads to the end; false with errno set on failure.  *text is malloc'd. */
static bool read_all(int fd, char **text, size_t *size)
{
    size_t capacity = 65536;
    struct stat info;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) capacity = (size_t)info.st_size + 1;
    *size = 0;
    *text = malloc(capacity);
    while (*text) {
        ssize_t got = read(fd, *text + *size, capacity - *size);
        if (got == 0) return true;
        if (got < 0 && errno != EINTR) break;
        if (got > 0) *size += (size_t)got;
        if (*size == capacity) {
            capacity *= 2;
            char *larger = realloc(*text, capacity);
            if (!larger) break;
            *text = larger;
        }
    }
    int reason = *text ? errno : ENOMEM;
    free(*text);
    errno = reason;
    return false;
}

Source *source_from_file(Compiler *c, const char *path)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        diag_error(c, NULL, "cannot open %s: %s", path, strerror(errno));
        return NULL;
    }
    if (!is_stdin && rt_file_hook) rt_file_hook(path);
    char *text;
    size_t size;
    bool ok = read_all(fd, &text, &size);
    int reason = errno;
    if (!is_stdin) close(fd);
    if (!ok) {
        diag_error(c, NULL, "cannot read %s: %s", is_stdin ? "standard input" : path, strerror(reason));
        return NULL;
    }
    Source *s = source_from_text(c, is_stdin ? "<stdin>" : path, text, size);
    free(text);
    return s;
}
