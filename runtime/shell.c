/* shell: runs a command with `sh -c` and collects what it writes.
 *
 * Both pipes are read together with poll, so a command that fills one while we wait for the other cannot block.  The
 * result is the alist ((out . "..") (err . "..") (exit . N) (success . t|nil)); a command killed by a signal has exit
 * -1.  Output need not be UTF-8: each malformed sequence becomes U+FFFD, since a string is always valid.
 */
#define _GNU_SOURCE
#include "consair_rt.h"
#include "program.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- UTF-8 repair ---------------------------------------------------------------------------------------------- */

/* Bytes (at least 1) of the longest beginning of a well-formed sequence; *complete tells whether it is all of one. */
static size_t sequence_size(const unsigned char *bytes, size_t size, bool *complete)
{
    unsigned char first = bytes[0];
    size_t wanted = first < 0x80                     ? 1
                    : first >= 0xc2 && first <= 0xdf ? 2
                    : (first & 0xf0) == 0xe0         ? 3
                    : first >= 0xf0 && first <= 0xf4 ? 4
                                                     : 0;
    *complete = wanted == 1;
    if (wanted < 2) return 1;
    unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80; /* no overlong forms */
    unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf; /* no surrogates, nothing above 10FFFF */
    size_t i = 1;
    while (i < wanted && i < size && bytes[i] >= low && bytes[i] <= high) {
        low = 0x80;
        high = 0xbf;
        i++;
    }
    *complete = i == wanted;
    return i;
}

RtValue rt_make_string_repaired(const char *bytes, size_t size)
{
    if (size == 0 || rt_utf8_is_valid(bytes, size, NULL)) return rt_make_string(size ? bytes : "", size);
    RtText text = {0};
    for (size_t i = 0; i < size;) {
        bool complete;
        size_t step = sequence_size((const unsigned char *)bytes + i, size - i, &complete);
        if (complete) rt_text_add(&text, bytes + i, step);
        else rt_text_add(&text, "\xef\xbf\xbd", 3);
        i += step;
    }
    RtValue result = rt_make_string(text.bytes, text.size);
    rt_text_free(&text);
    return result;
}

/* ---- the child ------------------------------------------------------------------------------------------------- */

/* Starts the command; 0 or errno.  ends[0], ends[1]: where its output and errors can be read. */
static int start_command(const char *command, int ends[2], pid_t *child)
{
    int out[2], err[2];
    if (pipe2(out, O_CLOEXEC) != 0) return errno;
    if (pipe2(err, O_CLOEXEC) != 0) {
        int error = errno;
        close(out[0]);
        close(out[1]);
        return error;
    }
    char *arguments[] = {(char *)"sh", (char *)"-c", (char *)"--", (char *)command, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE); /* programs ignore it; commands expect it */
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawn(child, "/bin/sh", &actions, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close(out[1]);
    close(err[1]);
    if (error) {
        close(out[0]);
        close(err[0]);
    }
    ends[0] = out[0];
    ends[1] = err[0];
    return error;
}

/* Reads both ends until both are closed, and closes them. */
static void collect(const int ends[2], RtText texts[2])
{
    struct pollfd waiting[2] = {{.fd = ends[0], .events = POLLIN}, {.fd = ends[1], .events = POLLIN}};
    char chunk[16 * 1024];
    while (waiting[0].fd >= 0 || waiting[1].fd >= 0) { /* poll skips negative ones */
        if (poll(waiting, 2, -1) < 0) {
            if (errno == EINTR) continue;
            break;
        }
        for (int i = 0; i < 2; i++) {
            if (waiting[i].fd < 0 || !waiting[i].revents) continue;
            ssize_t size = read(waiting[i].fd, chunk, sizeof chunk);
            if (size > 0) rt_text_add(&texts[i], chunk, (size_t)size);
            else if (size == 0 || errno != EINTR) waiting[i].fd = -1;
        }
    }
    close(ends[0]);
    close(ends[1]);
}

static RtValue add_pair(const char *key, RtValue value, RtValue rest)
{
    return rt_cons(rt_cons(rt_intern_text(key), value), rest);
}

RtValue rt_shell(RtValue command, const RtPlace *at)
{
    if (command.tag != RT_STRING) rt_raise_type(at, "shell", "a string", rt_dup(command));
    const RtString *string = rt_as_string(command);
    if (strlen(string->bytes) != (size_t)string->size_bytes) {
        rt_raise_message(at, "shell: the command %V contains a NUL character", command);
    }
    rt_note_effect(NULL);
    rt_flush_output(); /* the command may write to the same terminal through /dev/tty */
    int ends[2], status = 0;
    pid_t child;
    int error = start_command(string->bytes, ends, &child);
    if (error) rt_raise_message(at, "shell: cannot run %V: %s", command, strerror(error));
    RtText texts[2] = {{0}, {0}};
    collect(ends, texts);
    pid_t waited;
    do waited = waitpid(child, &status, 0);
    while (waited < 0 && errno == EINTR);
    int64_t exit_code = waited == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    RtValue result = add_pair("success", rt_from_bool(exit_code == 0), rt_nil());
    result = add_pair("exit", rt_from_int(exit_code), result);
    result = add_pair("err", rt_make_string_repaired(texts[1].bytes, texts[1].size), result);
    result = add_pair("out", rt_make_string_repaired(texts[0].bytes, texts[0].size), result);
    rt_text_free(&texts[0]);
    rt_text_free(&texts[1]);
    return result;
}
