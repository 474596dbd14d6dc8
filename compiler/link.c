/* Links a program: the object just compiled, our start code and runtime, the C library's shared objects.
 *
 * In: the object's bytes.  Out: the executable's bytes.  lld runs in a forked child, because it cannot be used
 * twice in one process and because a crash in it must not take the compiler along.  Object, executable and messages
 * travel in memory files (memfd), so no temporary file can be left behind and no disk can be full here.
 * The executable has a fixed address: literals are full of addresses, each of which would be a relocation at start
 * otherwise.  (Without literals, starting takes the same time either way: measured.)
 */
#define _GNU_SOURCE
#include "failure.h"
#include "link.h"

#include "backend.h"
#include "image.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct LinkLine {
    const char **arguments;
    size_t count, capacity;
    char **owned; /* those of the arguments that are to be freed */
    size_t owned_count, owned_capacity;
} LinkLine;

static void add(LinkLine *line, const char *argument)
{
    if (line->count == line->capacity) {
        line->capacity = line->capacity ? 2 * line->capacity : 64;
        line->arguments = realloc(line->arguments, line->capacity * sizeof *line->arguments);
        if (!line->arguments) abort();
    }
    line->arguments[line->count++] = argument;
}

/* Takes over the text. */
static void add_owned(LinkLine *line, char *text)
{
    if (line->owned_count == line->owned_capacity) {
        line->owned_capacity = line->owned_capacity ? 2 * line->owned_capacity : 16;
        line->owned = realloc(line->owned, line->owned_capacity * sizeof *line->owned);
        if (!line->owned) abort();
    }
    line->owned[line->owned_count++] = text;
    add(line, text);
}

static void report_missing(const LinkRequest *request, const char *name)
{
    const char *folder = getenv("CONSAIR_LIB");
    if (request->target != target_native()) {
        char *target_folder = toolchain_target_folder(request->target);
        failure("cannot find %s for %s, in %s", name, request->target->name, target_folder);
        free(target_folder);
    } else if (folder && *folder) {
        failure("cannot find %s (CONSAIR_LIB is %s)", name, folder);
    } else {
        failure("cannot find %s; is Consair installed completely?", name);
    }
}

static bool add_path(LinkLine *line, const LinkRequest *request, const char *name, char *path)
{
    if (path) add_owned(line, path);
    else report_missing(request, name);
    return path != NULL;
}

static bool add_own_file(LinkLine *line, const LinkRequest *request, const char *name)
{
    return add_path(line, request, name, toolchain_file(request->target, name));
}

static bool add_system_file(LinkLine *line, const LinkRequest *request, const char *name)
{
    return add_path(line, request, name, toolchain_system_file(request->target, name));
}

/* The C library as shared objects: those of the system, found where the dynamic linker has them too. */
static bool add_shared_c_library(LinkLine *line, const LinkRequest *request)
{
    const char *loader = request->target->loader_library;
    add(line, "--as-needed");
    return add_system_file(line, request, "libc.so.6") && add_system_file(line, request, "libm.so.6") &&
           (!loader || add_system_file(line, request, loader));
}

/* musl: the runtime is compiled for glibc, but asks for nothing that is different there; GMP does (static.c). */
static bool add_static_c_library(LinkLine *line, const LinkRequest *request)
{
    char *musl = toolchain_file(request->target, "libmusl.a");
    if (!musl) musl = toolchain_system_file(request->target, "libc.a");
    if (musl || request->target != target_native()) return add_path(line, request, "libmusl.a", musl);
    failure("--static needs musl's libc.a: install the Debian package musl-dev");
    return false;
}

static void add_options(LinkLine *line, const LinkRequest *request)
{
    static const char *const options[] = {"consairc",
                                          "-o",
                                          "-",
                                          "--threads=1",
                                          "--color-diagnostics=never",
                                          "--gc-sections",
                                          "--icf=safe",
                                          "--eh-frame-hdr",
                                          "--hash-style=gnu",
                                          "--build-id=none",
                                          "-z",
                                          "relro",
                                          "-z",
                                          "noexecstack",
                                          "-z",
                                          "nostart-stop-gc" /* the runtime finds the section of symbols by its ends */};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) add(line, options[i]);
    if (request->strip) add(line, "--strip-all");
    else if (!request->debug) add(line, "--strip-debug");
    static const char *const fixed[] = {"-no-pie", "-static", NULL};
    const char *const program[] = {"-no-pie", "-dynamic-linker", request->target->dynamic_linker, NULL};
    static const char *const shared[] = {"-shared", "--exclude-libs=ALL", "--no-undefined", NULL};
    for (const char *const *o = request->is_shared ? shared : request->is_static ? fixed : program; *o; o++)
        add(line, *o);
}

/* Debian's archive of GMP is made for executables; its shared library is on every system, coreutils need it. */
static bool add_gmp(LinkLine *line, const LinkRequest *request)
{
    if (request->is_shared) {
        add(line, "--as-needed");
        return add_system_file(line, request, "libgmp.so.10");
    }
    char *gmp = toolchain_file(request->target, "libgmp.a"); /* beside our own when installed, else the system's */
    if (!gmp) gmp = toolchain_system_file(request->target, "libgmp.a");
    if (gmp) add_owned(line, gmp);
    return true; /* without it, whoever needs it is told by the linker */
}

static void add_address(LinkLine *line, const char *format, const char *name, uint64_t address)
{
    char *text;
    if (asprintf(&text, format, name, (unsigned long long)address) < 0) abort();
    add_owned(line, text);
}

/* The object alone, at its place; everything else it finds in consairc. */
static void make_image_line(LinkLine *line, char object_paths[2][32], const LinkRequest *request)
{
    static const char *const options[] = {
        "consairc", "-o",         "-",           "--threads=1",    "-static",
        "-no-pie",  "--icf=safe", "--strip-all", "--eh-frame-hdr", "--build-id=none",
        "-z",       "norelro",    "-z",          "noexecstack",    "--entry=consair_program"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) add(line, options[i]);
    add_address(line, "%s=%#llx", "--image-base", IMAGE_BASE);
    for (int i = 0; i < runtime_symbol_count; i++) {
        const RuntimeSymbol *s = &runtime_symbols[i];
        uint64_t address = image_address(s->name, s->address);
        if (address) add_address(line, "--defsym=%s=%#llx", s->name, address);
    }
    for (int i = 0; i < 2 && request->objects[i]; i++) add(line, object_paths[i]);
}

static bool make_line(LinkLine *line, char object_paths[2][32], const LinkRequest *request)
{
    if (request->is_image) {
        make_image_line(line, object_paths, request);
        return true;
    }
    add_options(line, request);
    if (!request->is_shared && !add_own_file(line, request, "crt0.o")) return false;
    for (int i = 0; i < 2 && request->objects[i]; i++) add(line, object_paths[i]);
    for (int i = 0; i < request->file_count; i++) add(line, request->files[i]);
    if (request->with_expander && !add_own_file(line, request, "libconsair_front.a")) return false;
    if (!add_own_file(line, request, "libconsair_rt.a")) return false;
    if (request->is_static && !add_own_file(line, request, "libconsair_static.a")) return false;
    if (!add_gmp(line, request)) return false;
    const char *soft_float = request->target->soft_float;
    if (soft_float && !add_own_file(line, request, soft_float)) return false;
    for (int i = 0; i < request->library_count; i++) add(line, request->libraries[i]);
    return request->is_static ? add_static_c_library(line, request) : add_shared_c_library(line, request);
}

static bool write_all(int fd, const void *bytes, size_t size)
{
    const char *rest = bytes;
    while (size > 0) {
        ssize_t written = write(fd, rest, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        rest += written;
        size -= (size_t)written;
    }
    return true;
}

static bool read_memory_file(int fd, LinkBytes *out)
{
    struct stat status;
    if (fstat(fd, &status) != 0) return false;
    out->size = (size_t)status.st_size;
    out->bytes = malloc(out->size + 1);
    if (!out->bytes) return false;
    size_t done = 0;
    while (done < out->size) {
        ssize_t got = pread(fd, (char *)out->bytes + done, out->size - done, (off_t)done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        done += (size_t)got;
    }
    ((char *)out->bytes)[done] = '\0';
    if (done == out->size) return true;
    free(out->bytes);
    return false;
}

/* Runs lld in a child.  Gives its wait status, or -1 with errno set. */
static int run_child(const LinkLine *line, int output_fd, int message_fd)
{
    fflush(NULL);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGXFSZ, SIG_IGN); /* over the size limit: an error of write() */
        if (getppid() != parent || dup2(output_fd, STDOUT_FILENO) < 0) _exit(1);
        _exit(lld_link_elf(line->arguments, line->count, message_fd));
    }
    if (child < 0) return -1;
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return status;
}

static void report_failure(const LinkRequest *request, int status, int message_fd)
{
    LinkBytes messages = {NULL, 0};
    if (request->is_image) return; /* an executable is made instead */
    bool has_messages = read_memory_file(message_fd, &messages) && messages.size;
    const char *output_name = request->output_name, *gap = has_messages ? "\n" : "",
               *rest = has_messages ? messages.bytes : "";
    if (status == -1) failure("cannot start the linker for %s: %s", output_name, strerror(errno));
    else if (WIFSIGNALED(status))
        failure("the linker crashed while making %s (%s)%s%s", output_name, strsignal(WTERMSIG(status)), gap, rest);
    else if (!has_messages || !request->explain || !request->explain(request->data, rest))
        failure("cannot link %s%s%s", output_name, gap, rest);
    free(messages.bytes);
}

bool link_executable(const LinkRequest *request, LinkBytes *out)
{
    const char *output_name = request->output_name;
    int object_fds[2] = {-1, -1};
    char object_paths[2][32] = {"", ""};
    bool has_objects = true;
    for (int i = 0; i < 2 && request->objects[i]; i++) {
        object_fds[i] = memfd_create("object", MFD_CLOEXEC);
        snprintf(object_paths[i], sizeof object_paths[i], "/proc/self/fd/%d", object_fds[i]);
        has_objects &= object_fds[i] >= 0 && write_all(object_fds[i], request->objects[i], request->sizes[i]);
    }
    int output_fd = memfd_create("executable", MFD_CLOEXEC);
    int message_fd = memfd_create("messages", MFD_CLOEXEC);
    LinkLine line = {.count = 0};
    bool linked = false;
    if (!has_objects || output_fd < 0 || message_fd < 0) {
        failure("cannot link %s: %s", output_name, strerror(errno));
    } else if (make_line(&line, object_paths, request)) {
        int status = run_child(&line, output_fd, message_fd);
        linked = status == 0;
        if (!linked) report_failure(request, status, message_fd);
        else if (!read_memory_file(output_fd, out)) {
            linked = false;
            failure("cannot link %s: %s", output_name, strerror(errno));
        }
    }
    for (size_t i = 0; i < line.owned_count; i++) free(line.owned[i]);
    free(line.owned);
    free(line.arguments);
    for (int i = 0; i < 2; i++)
        if (object_fds[i] >= 0) close(object_fds[i]);
    if (output_fd >= 0) close(output_fd);
    if (message_fd >= 0) close(message_fd);
    return linked;
}
