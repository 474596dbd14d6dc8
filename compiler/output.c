/* Writing what a build makes: complete under its name, or not there at all.
 *
 * The bytes go to a temporary file in the target's folder, which is renamed at the end.  It is removed when writing
 * fails (full disk, file size limit) and when a signal ends the compiler.  A target that is no regular file
 * (/dev/null, a pipe) is written directly: renaming would replace the device.
 */
#define _GNU_SOURCE
#include "failure.h"
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *volatile temporary_path; /* for remove_temporary alone */
static const int ending_signals[] = {SIGHUP, SIGINT, SIGTERM};
enum { ENDING_SIGNAL_COUNT = sizeof ending_signals / sizeof *ending_signals };

static void remove_temporary(int signal_number)
{
    if (temporary_path) unlink(temporary_path);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static bool fail(const char *path, int error)
{
    failure("cannot write %s: %s", path, strerror(error));
    return false;
}

/* The folder of a path as a fresh string: "a/b" gives "a", "b" gives ".", "/b" gives "/". */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return strdup(".");
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

bool output_check(const char *path)
{
    struct stat status;
    if (*path == '\0') return fail("an empty file name", ENOENT);
    if (stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode)) return fail(path, EISDIR);
        if (access(path, W_OK) != 0) return fail(path, errno);
        if (!S_ISREG(status.st_mode)) return true;
    } else if (errno != ENOENT) {
        return fail(path, errno);
    }
    if (path[strlen(path) - 1] == '/') return fail(path, EISDIR);
    char *folder = folder_of(path);
    bool writable = folder && access(folder, W_OK | X_OK) == 0;
    int error = errno;
    free(folder);
    return writable || fail(path, error);
}

/* 0 or errno. */
static int write_bytes(int fd, const void *bytes, size_t size)
{
    const char *rest = bytes;
    while (size > 0) {
        ssize_t written = write(fd, rest, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        rest += written;
        size -= (size_t)written;
    }
    return 0;
}

static int write_directly(const char *path, const void *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return errno;
    int error = write_bytes(fd, bytes, size);
    if (close(fd) != 0 && !error) error = errno;
    return error;
}

/* What the file's permissions would be if it were made by open(). */
static mode_t default_mode(bool executable)
{
    mode_t mask = umask(0);
    umask(mask);
    return (executable ? 0777 : 0666) & ~mask;
}

/* mkostemp() that remove_temporary knows of: a signal waits from before the file is there until its name is noted. */
static int make_temporary(char *temporary)
{
    sigset_t ending, before;
    sigemptyset(&ending);
    for (int i = 0; i < ENDING_SIGNAL_COUNT; i++) sigaddset(&ending, ending_signals[i]);
    sigprocmask(SIG_BLOCK, &ending, &before);
    int fd = mkostemp(temporary, O_CLOEXEC);
    int error = errno;
    if (fd >= 0) temporary_path = temporary;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return fd;
}

static int write_and_rename(const char *target, char *temporary, const void *bytes, size_t size, bool executable)
{
    int fd = make_temporary(temporary);
    if (fd < 0) return errno;
    int error = write_bytes(fd, bytes, size);
    if (!error && fchmod(fd, default_mode(executable)) != 0) error = errno;
    if (close(fd) != 0 && !error) error = errno;
    if (!error && rename(temporary, target) != 0) error = errno;
    if (error) unlink(temporary);
    temporary_path = NULL;
    return error;
}

/* write_and_rename with signals arranged so that they remove the temporary file.  A signal that is ignored stays
 * so. */
static int write_guarded(const char *target, char *temporary, const void *bytes, size_t size, bool executable)
{
    struct sigaction old[ENDING_SIGNAL_COUNT], old_limit;
    struct sigaction action = {.sa_handler = remove_temporary}, ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &ignore, &old_limit); /* over the size limit: an error of write() */
    for (int i = 0; i < ENDING_SIGNAL_COUNT; i++) {
        sigaction(ending_signals[i], NULL, &old[i]);
        if (old[i].sa_handler == SIG_DFL) sigaction(ending_signals[i], &action, NULL);
    }
    int error = write_and_rename(target, temporary, bytes, size, executable);
    for (int i = 0; i < ENDING_SIGNAL_COUNT; i++) sigaction(ending_signals[i], &old[i], NULL);
    sigaction(SIGXFSZ, &old_limit, NULL);
    return error;
}

bool output_write(const char *path, const void *bytes, size_t size, bool executable)
{
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        int error = S_ISDIR(status.st_mode) ? EISDIR : write_directly(path, bytes, size);
        return error == 0 || fail(path, error);
    }
    char *target = exists ? realpath(path, NULL) : strdup(path); /* a link keeps pointing where it points */
    char *folder = target ? folder_of(target) : NULL;
    char *temporary = NULL;
    int error = errno;
    if (folder && asprintf(&temporary, "%s/.consairc-XXXXXX", folder) >= 0)
        error = write_guarded(target, temporary, bytes, size, executable);
    free(temporary);
    free(folder);
    free(target);
    return error == 0 || fail(path, error);
}

bool output_write_stdout(const void *bytes, size_t size)
{
    int error = write_bytes(STDOUT_FILENO, bytes, size);
    return error == 0 || fail("standard output", error);
}
