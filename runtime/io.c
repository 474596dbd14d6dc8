/* Standard output, files, time.
 *
 * Output goes through one buffer of our own.  It is written when it is full, at exit, before anything is reported on
 * stderr or run in a shell, and after every print unless it goes to a regular file.  The first failing write is remembered:
 * every later print raises, and a program that swallows that still ends with status 1, so lost output is never
 * silent.  All functions free what they hold before they raise.
 */
#include "consair_rt.h"
#include "program.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { OUTPUT_BYTES = 64 * 1024, KEPT_TEXT_BYTES = 1024 * 1024 };

static struct {
    char bytes[OUTPUT_BYTES];
    size_t size;
    int error; /* errno of the first write that failed */
    bool is_watched; /* somebody may be reading along: not a regular file */
    bool is_told; /* the failure was reported by rt_flush_output */
    bool is_in_line; /* the last byte was no newline */
} output;

void (*rt_output_hook)(const char *bytes, size_t size);

int rt_write_fully(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, bytes, size);
        if (written < 0) {
            if (errno == EINTR) continue;
            return errno;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return 0;
}

void rt_output_init(void)
{
    struct stat status;
    output.is_watched = fstat(STDOUT_FILENO, &status) != 0 || !S_ISREG(status.st_mode);
}

static int write_out(const char *bytes, size_t size)
{
    if (!rt_output_hook) return rt_write_fully(STDOUT_FILENO, bytes, size);
    if (size > 0) rt_output_hook(bytes, size);
    return 0;
}

int rt_output_flush(void)
{
    size_t size = output.size;
    output.size = 0; /* first, so that a signal handler that flushes too writes nothing twice */
    if (!output.error) output.error = write_out(output.bytes, size);
    return output.error;
}

void (*rt_effect_hook)(const char *input_path);

int rt_output_add(const char *bytes, size_t size)
{
    rt_note_effect(NULL);
    if (size > OUTPUT_BYTES - output.size) rt_output_flush();
    if (output.error) return output.error;
    if (size > 0) output.is_in_line = bytes[size - 1] != '\n';
    if (size > OUTPUT_BYTES) {
        output.error = write_out(bytes, size);
        return output.error;
    }
    memcpy(output.bytes + output.size, bytes, size);
    output.size += size;
    return 0;
}

bool rt_output_is_in_line(void) { return output.is_in_line; }

void rt_flush_output(void)
{
    int error = rt_output_flush();
    if (!error || output.is_told) return;
    output.is_told = true;
    RtText text = {0};
    rt_text_add_text(&text, "error: cannot write standard output: ");
    rt_text_add_text(&text, strerror(error));
    rt_text_add(&text, "\n", 1);
    rt_write_fully(STDERR_FILENO, text.bytes, text.size);
    rt_text_free(&text);
}

/* ---- print, println -------------------------------------------------------------------------------------------- */

static RtValue print_values(const char *who, const RtValue *args, int64_t count, bool ends_line, const RtPlace *at)
{
    static RtText text; /* kept between calls: most lines are short, and one allocation a line would show */
    text.size = 0;
    for (int64_t i = 0; i < count; i++) {
        if (i > 0) rt_text_add(&text, " ", 1);
        rt_display_value_borrow(&text, args[i]);
    }
    if (ends_line) rt_text_add(&text, "\n", 1);
    int error = text.size ? rt_output_add(text.bytes, text.size) : 0;
    if (text.capacity > KEPT_TEXT_BYTES) rt_text_free(&text);
    if (output.is_watched && !error) error = rt_output_flush();
    if (error) rt_raise_message(at, "%s: cannot write standard output: %s", who, strerror(error));
    return rt_nil();
}

RtValue rt_print(RtValue *args, int64_t count, const RtPlace *at)
{
    return print_values("print", args, count, false, at);
}

RtValue rt_println(RtValue *args, int64_t count, const RtPlace *at)
{
    return print_values("println", args, count, true, at);
}

/* ---- files ----------------------------------------------------------------------------------------------------- */

const char *rt_checked_path(const char *who, RtValue path, const RtPlace *at)
{
    if (path.tag != RT_STRING) rt_raise_type(at, who, "a string", rt_dup(path));
    const RtString *string = rt_as_string(path);
    if (strlen(string->bytes) != (size_t)string->size_bytes) {
        rt_raise_message(at, "%s: the path %V contains a NUL character", who, path);
    }
    return string->bytes;
}

static int read_all(int fd, RtText *text)
{
    struct stat status;
    char chunk[OUTPUT_BYTES / 4];
    if (fstat(fd, &status) != 0) return errno;
    if (!S_ISREG(status.st_mode)) rt_output_flush(); /* somebody may be waiting at the other end */
    for (;;) {
        ssize_t size = read(fd, chunk, sizeof chunk);
        if (size == 0) return 0;
        if (size > 0) rt_text_add(text, chunk, (size_t)size);
        else if (errno != EINTR) return errno;
    }
}

void (*rt_file_hook)(const char *path);

RtValue rt_slurp(RtValue path, const RtPlace *at)
{
    const char *name = rt_checked_path("slurp", path, at);
    rt_note_effect(name);
    RtText text = {0};
    int error = 0;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        error = errno;
    } else {
        if (rt_file_hook) rt_file_hook(name);
        error = read_all(fd, &text);
        close(fd);
    }
    const char *reason = error ? strerror(error) : NULL;
    if (!error && !rt_utf8_is_valid(text.size ? text.bytes : "", text.size, NULL)) reason = "not valid UTF-8";
    if (reason) {
        rt_text_free(&text);
        rt_raise_message(at, "slurp: cannot read %V: %s", path, reason);
    }
    RtValue result = rt_make_string(text.size ? text.bytes : "", text.size);
    rt_text_free(&text);
    return result;
}

static RtValue write_file(const char *who, RtValue path, RtValue content, int mode, const RtPlace *at)
{
    const char *name = rt_checked_path(who, path, at);
    rt_note_effect(NULL);
    if (content.tag != RT_STRING) rt_raise_type(at, who, "a string", rt_dup(content));
    int error = 0;
    int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0666);
    if (fd < 0) {
        error = errno;
    } else {
        const RtString *string = rt_as_string(content);
        error = rt_write_fully(fd, string->bytes, (size_t)string->size_bytes);
        if (close(fd) != 0 && !error) error = errno; /* a full disk may show only here */
    }
    if (error) rt_raise_message(at, "%s: cannot write %V: %s", who, path, strerror(error));
    return rt_nil();
}

RtValue rt_spit(RtValue path, RtValue content, const RtPlace *at)
{
    return write_file("spit", path, content, O_TRUNC, at);
}

RtValue rt_spit_append(RtValue path, RtValue content, const RtPlace *at)
{
    return write_file("spit-append", path, content, O_APPEND, at);
}

/* ---- time ------------------------------------------------------------------------------------------------------ */

RtValue rt_now(void)
{
    rt_note_effect(NULL);
    return rt_from_int(time(NULL));
}
