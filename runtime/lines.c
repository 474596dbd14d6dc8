/* Text by lines: standard input, and files of lines.
 *
 * One buffer a stream; a line is put together from as many pieces of it as it takes, so reading costs the memory of
 * one line. Standard input has one stream for the whole program, shared by read-line and read (which takes single
 * bytes), and counts lines and columns for the messages of read.  A line ends with a newline, which is not part of
 * it; a last line without one counts too.
 */
#include "internal.h"
#include "program.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 64 * 1024 };

typedef struct Stream {
    char bytes[BUFFER_BYTES];
    size_t at, end;
    int fd;
    int error; /* errno of a failed read; the next attempt forgets it */
} Stream;

static Stream input = {.fd = STDIN_FILENO};
static RtInputPosition input_position = {1, 1};

/* Reads until at least so many bytes are in the buffer; false: the end comes before, or an error. */
static bool fill(Stream *s, size_t wanted)
{
    while (s->end - s->at < wanted) {
        struct stat status;
        if (fstat(s->fd, &status) == 0 && !S_ISREG(status.st_mode)) rt_output_flush(); /* somebody may wait for it */
        memmove(s->bytes, s->bytes + s->at, s->end - s->at);
        s->end -= s->at;
        s->at = 0;
        ssize_t size;
        do size = read(s->fd, s->bytes + s->end, sizeof s->bytes - s->end);
        while (size < 0 && errno == EINTR && !rt_interrupt_is_pending());
        s->error = size < 0 ? errno : 0;
        if (size <= 0) return false;
        s->end += (size_t)size;
    }
    return true;
}

/* Appends the next line to the text, which is empty; false at the end or after an error (s->error). */
static bool next_line(Stream *s, RtText *line)
{
    bool is_any = false;
    while (fill(s, 1)) {
        const char *start = s->bytes + s->at, *newline = memchr(start, '\n', s->end - s->at);
        size_t size = newline ? (size_t)(newline - start) : s->end - s->at;
        rt_text_add(line, start, size);
        s->at += size + (newline != NULL);
        is_any = true;
        if (newline) return true;
    }
    return is_any && !s->error;
}

static const char *text_bytes(const RtText *text) { return text->size ? text->bytes : ""; }

/* ---- standard input -------------------------------------------------------------------------------------------- */

RtValue rt_read_line(const RtPlace *at)
{
    RtText line = {0};
    rt_note_effect(NULL);
    if (!next_line(&input, &line)) {
        rt_text_free(&line);
        if (input.error) rt_raise_message(at, "read-line: cannot read standard input: %s", strerror(input.error));
        return rt_nil();
    }
    input_position.line++;
    input_position.column = 1;
    bool is_valid = rt_utf8_is_valid(text_bytes(&line), line.size, NULL);
    RtValue result = is_valid ? rt_make_string(text_bytes(&line), line.size) : rt_nil();
    rt_text_free(&line);
    if (!is_valid) rt_raise_message(at, "read-line: cannot read standard input: not valid UTF-8");
    return result;
}

int rt_input_peek(void) { return fill(&input, 1) ? (unsigned char)input.bytes[input.at] : -1; }

int rt_input_peek_second(void) { return fill(&input, 2) ? (unsigned char)input.bytes[input.at + 1] : -1; }

void rt_input_take(void)
{
    unsigned char byte = (unsigned char)input.bytes[input.at++];
    if (byte == '\n') {
        input_position.line++;
        input_position.column = 1;
    } else if ((byte & 0xc0) != 0x80) {
        input_position.column++;
    }
}

RtInputPosition rt_input_position(void) { return input_position; }

int rt_input_error(void) { return input.error; }

/* ---- files ----------------------------------------------------------------------------------------------------- */

/* All lines of the open file; *reason tells what went wrong, or is NULL. */
static RtValue collect_lines(Stream *s, const char **reason)
{
    RtValue head = rt_nil();
    RtCons *last = NULL;
    RtText line = {0};
    *reason = NULL;
    while (!*reason && next_line(s, &line)) {
        if (!rt_utf8_is_valid(text_bytes(&line), line.size, NULL)) {
            *reason = "not valid UTF-8";
            break;
        }
        RtValue cell = rt_cons(rt_make_string(text_bytes(&line), line.size), rt_nil());
        if (last) rt_cons_set_cdr(last, cell);
        else head = cell;
        last = rt_as_cons(cell);
        line.size = 0;
    }
    if (s->error) *reason = strerror(s->error);
    rt_text_free(&line);
    return head;
}

RtValue rt_read_lines(RtValue path, const RtPlace *at)
{
    const char *name = rt_checked_path("read-lines", path, at);
    rt_note_effect(name);
    static Stream file; /* too large for the stack; nothing that runs meanwhile reads another file */
    file = (Stream){.fd = open(name, O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0) rt_raise_message(at, "read-lines: cannot read %V: %s", path, strerror(errno));
    if (rt_file_hook) rt_file_hook(name);
    const char *reason;
    RtValue lines = collect_lines(&file, &reason);
    close(file.fd);
    if (!reason) return lines;
    rt_drop(lines);
    rt_raise_message(at, "read-lines: cannot read %V: %s", path, reason);
}

/* The operand as a list (owned) that is proper and holds strings alone. */
static RtValue checked_lines(RtValue lines, const RtPlace *at)
{
    bool is_sequence = lines.tag == RT_NIL || lines.tag == RT_CONS || lines.tag == RT_VECTOR || lines.tag == RT_PVEC ||
                       lines.tag == RT_STRING || (lines.tag >= RT_MAP && lines.tag <= RT_PSET);
    if (!is_sequence) rt_raise_type(at, "write-lines", "a list of strings", rt_dup(lines));
    RtValue list RT_OWNED = lines.tag == RT_CONS ? rt_dup(lines) : rt_seq(lines, at);
    RtValue rest = list;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
        RtValue line = rt_car_of(rt_as_cons(rest));
        if (line.tag != RT_STRING) rt_raise_type(at, "write-lines", "a string", rt_dup(line));
    }
    if (rest.tag != RT_NIL) rt_raise_type(at, "write-lines", "a proper list", rt_dup(lines));
    return rt_dup(list);
}

static int write_list(int fd, RtValue list)
{
    RtText text = {0};
    int error = 0;
    for (; list.tag == RT_CONS && !error; list = rt_cdr_of(rt_as_cons(list))) {
        const RtString *line = rt_as_string(rt_car_of(rt_as_cons(list)));
        rt_text_add(&text, line->bytes, (size_t)line->size_bytes);
        rt_text_add(&text, "\n", 1);
        if (text.size < BUFFER_BYTES) continue;
        error = rt_write_fully(fd, text.bytes, text.size);
        text.size = 0;
    }
    if (!error && text.size) error = rt_write_fully(fd, text.bytes, text.size);
    rt_text_free(&text);
    return error;
}

RtValue rt_write_lines(RtValue path, RtValue lines, const RtPlace *at)
{
    const char *name = rt_checked_path("write-lines", path, at);
    rt_note_effect(NULL);
    RtValue list RT_OWNED = checked_lines(lines, at);
    int error, fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        error = errno;
    } else {
        error = write_list(fd, list);
        if (close(fd) != 0 && !error) error = errno; /* a full disk may show only here */
    }
    if (error) rt_raise_message(at, "write-lines: cannot write %V: %s", path, strerror(error));
    return rt_nil();
}
