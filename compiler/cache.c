/* The cache of `consairc run`: a program that was run before is machine code by now, and running it again is starting that.
 *
 * An entry is one file, the code followed by what it was made from:
 *     ELF | padding | key | inputs | warnings | footer with the sizes and a checksum of all before it
 * It is found by the key's hash and used when its key is the same, byte for byte, its inputs are as they were and the checksum is
 * right.  So nothing depends on clocks, a damaged entry is as good as none, and the folder may be emptied at any time.  Entries appear
 * by a rename, complete.  When the folder grows too large those not used for longest go.
 *
 * The code is an image (image.c), which this process loads.  A program that needs more of consairc than its runtime is an
 * executable, which this process becomes.  Rejected: caching objects, because loading one needs LLVM's linker, and that alone takes
 * longer than everything here; executables alone, because starting a process twice takes as long as all the rest.
 */
#define _GNU_SOURCE
#include "cache.h"

#include "image.h"
#include "link.h"
#include "program.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef CONSAIR_VERSION
#define CONSAIR_VERSION "unknown"
#endif

#define CACHE_BYTES ((off_t)64 << 20)
#define CACHE_KEPT_BYTES ((off_t)48 << 20) /* after entries had to go */
enum { NEW_FILE_SECONDS = 3600 }; /* an unfinished one as old as that is nobody's */

typedef struct Footer {
    char magic[8];
    uint64_t key_size, inputs_size, warnings_size;
    uint64_t checksum; /* of everything before this field */
} Footer;
static const char magic[8] = {'C', 'O', 'N', 'S', 'A', 'I', 'R', '1'};

/* ---- small things ---------------------------------------------------------------------------------------------- */

static uint64_t hash_bytes(const void *bytes, size_t size, uint64_t hash)
{
    const unsigned char *at = bytes;
    for (; size >= 8; at += 8, size -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    for (; size > 0; at++, size--) hash = (hash ^ *at) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 29;
}

static bool read_file(const char *path, RtText *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    bool good = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    char chunk[16384];
    ssize_t size = 0;
    while (good && (size = read(fd, chunk, sizeof chunk)) > 0) rt_text_add(out, chunk, (size_t)size);
    if (fd >= 0) close(fd);
    return good && size == 0;
}

static char *join(const char *folder, const char *name)
{
    char *path;
    if (asprintf(&path, "%s/%s", folder, name) < 0) rt_out_of_memory();
    return path;
}

/* ---- where and under which name -------------------------------------------------------------------------------- */

/* Makes the folder and those above it; false when that is impossible. */
static bool make_folders(char *path)
{
    for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        bool good = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!good) return false;
    }
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static char *cache_folder(void)
{
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (base && *base == '/') return join(base, "consair");
    return home && *home == '/' ? join(home, ".cache/consair") : NULL;
}

/* A rebuilt consairc makes other code. */
static void add_identity(RtText *key, const char *path)
{
    struct stat status;
    char line[100] = "?\n";
    if (path && stat(path, &status) == 0)
        snprintf(line, sizeof line, "%lld %lld.%09ld\n", (long long)status.st_size, (long long)status.st_mtim.tv_sec,
                 status.st_mtim.tv_nsec);
    rt_text_add_text(key, line);
}

/* The code may hold addresses in this build. */
static void add_build_id(RtText *key)
{
    size_t size = 0;
    const unsigned char *id = image_build_id(&size);
    char digits[3];
    for (size_t i = 0; i < size; i++) {
        snprintf(digits, sizeof digits, "%02x", id[i]);
        rt_text_add_text(key, digits);
    }
    rt_text_add_text(key, "\n");
}

void cache_open(Cache *c, const char *source_path, const RtText *options)
{
    *c = (Cache){.folder = cache_folder()};
    if (!c->folder) return;
    rt_text_add_text(&c->key, "consairc " CONSAIR_VERSION "\n");
    add_build_id(&c->key);
    add_identity(&c->key, "/proc/self/exe");
    char *back_end = toolchain_own_file("libconsair_llvm.so");
    add_identity(&c->key, back_end);
    free(back_end);
    const char *library = getenv("CONSAIR_LIB");
    rt_text_add_text(&c->key, library ? library : "");
    rt_text_add_text(&c->key, "\n");
    const char *folders = getenv("CONSAIR_PATH");
    rt_text_add_text(&c->key, folders ? folders : "");
    rt_text_add_text(&c->key, "\n");
    rt_text_add(&c->key, options->bytes, options->size);
    rt_text_add_text(&c->key, source_path);
    rt_text_add_text(&c->key, "\n");
    if (!read_file(source_path, &c->key)) {
        free(c->folder);
        c->folder = NULL;
        return;
    }
    char name[40];
    uint64_t low = hash_bytes(c->key.bytes, c->key.size, 1), high = hash_bytes(c->key.bytes, c->key.size, 2);
    snprintf(name, sizeof name, "%016llx%016llx", (unsigned long long)high, (unsigned long long)low);
    c->path = join(c->folder, name);
}

/* ---- running an entry ------------------------------------------------------------------------------------------ */

/* Input files: size and hash of the content, then the name with its NUL. */
typedef struct InputRow {
    uint64_t size; /* UINT64_MAX: there was none */
    uint64_t hash;
} InputRow;

static InputRow describe_input(const char *path)
{
    RtText text = {0};
    InputRow row = {UINT64_MAX, 0};
    if (read_file(path, &text)) row = (InputRow){text.size, hash_bytes(text.size ? text.bytes : "", text.size, 3)};
    rt_text_free(&text);
    return row;
}

static bool inputs_are_same(const char *at, size_t size)
{
    const char *end = at + size;
    while (at < end) {
        InputRow row, now;
        memcpy(&row, at, sizeof row);
        at += sizeof row;
        now = describe_input(at);
        if (now.size != row.size || now.hash != row.hash) return false;
        at += strlen(at) + 1;
    }
    return true;
}

/* The parts of an entry, when it is one of this program. */
static bool check_entry(const Cache *c, const char *bytes, size_t size, const Footer **footer)
{
    if (size < sizeof(Footer)) return false;
    const Footer *f = *footer = (const Footer *)(const void *)(bytes + size - sizeof(Footer));
    size_t room = size - sizeof(Footer);
    if (memcmp(f->magic, magic, sizeof magic) != 0 || f->key_size != c->key.size || f->key_size > room) return false;
    if (f->inputs_size > room || f->warnings_size > room) return false;
    if (f->key_size + f->inputs_size + f->warnings_size > room) return false;
    const char *key = bytes + room - f->warnings_size - f->inputs_size - f->key_size;
    if (memcmp(key, c->key.bytes, c->key.size) != 0) return false;
    if (hash_bytes(bytes, size - sizeof f->checksum, 4) != f->checksum) return false;
    return inputs_are_same(key + f->key_size, f->inputs_size);
}

/* Whoever else may write there could make us run anything. */
static bool is_ours(const struct stat *status)
{
    return S_ISREG(status->st_mode) && status->st_uid == geteuid() && !(status->st_mode & (S_IWGRP | S_IWOTH));
}

extern char **environ;

/* The exit status of a program that was loaded. */
static int run_image(const RtProgram *program, char **argv)
{
    int argc = 0;
    while (argv[argc]) argc++;
    return rt_run_program(program, argc, argv);
}

/* Does not return if all is well.  The executable takes the variables out of its environment (runtime/start.c). */
static void become(const char *path, char **argv, const char *stack_size)
{
    if (rt_report_styles) setenv("CONSAIR_COLOR", "always", 1);
    if (stack_size) setenv("CONSAIR_STACK_OPTION", stack_size, 1);
    execve(path, argv, environ);
    unsetenv("CONSAIR_COLOR");
    unsetenv("CONSAIR_STACK_OPTION");
}

static void run_entry(const Cache *c, int fd, const struct stat *status, char **argv, const char *stack_size)
{
    size_t size = (size_t)status->st_size;
    char *bytes = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (bytes == MAP_FAILED) return;
    const Footer *footer;
    if (check_entry(c, bytes, size, &footer)) {
        bool is_image = ((const Elf64_Ehdr *)(const void *)bytes)->e_entry >= IMAGE_BASE;
        const RtProgram *image = is_image ? image_load(fd, bytes) : NULL;
        if (image || !is_image) {
            futimens(fd, NULL); /* used just now */
            const char *warnings = bytes + size - sizeof *footer - footer->warnings_size;
            fwrite(warnings, 1, footer->warnings_size, stderr);
        }
        if (image) {
            munmap(bytes, size);
            close(fd);
            exit(run_image(image, argv));
        }
        if (!is_image) become(c->path, argv, stack_size);
    }
    munmap(bytes, size);
}

void cache_run(Cache *c, char **argv, const char *stack_size)
{
    if (!c->path) return;
    int fd = open(c->path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (fd < 0) return;
    if (fstat(fd, &status) == 0 && is_ours(&status)) run_entry(c, fd, &status, argv, stack_size);
    close(fd);
}

/* ---- what compile time does ------------------------------------------------------------------------------------ */

static Cache *watching;

static void note_effect(const char *path)
{
    if (!path) {
        watching->is_tainted = true;
        return;
    }
    InputRow row = describe_input(path);
    rt_text_add(&watching->inputs, (const char *)&row, sizeof row);
    rt_text_add(&watching->inputs, path, strlen(path) + 1);
}

void cache_watch(Cache *c)
{
    watching = c;
    rt_effect_hook = note_effect;
}

void cache_watch_end(void)
{
    watching = NULL;
    rt_effect_hook = NULL;
}

bool cache_wants(const Cache *c) { return c->path && !c->is_tainted; }

/* ---- storing --------------------------------------------------------------------------------------------------- */

typedef struct Entry {
    char *name;
    struct timespec used;
    off_t size;
} Entry;

static int compare_age(const void *a, const void *b)
{
    const struct timespec *x = &((const Entry *)a)->used, *y = &((const Entry *)b)->used;
    if (x->tv_sec != y->tv_sec) return x->tv_sec < y->tv_sec ? -1 : 1;
    return (x->tv_nsec > y->tv_nsec) - (x->tv_nsec < y->tv_nsec);
}

/* All files of the folder, oldest first; unfinished ones of long ago are removed. */
static Entry *list_entries(int folder, size_t *count, off_t *total)
{
    Entry *entries = NULL;
    size_t capacity = 0;
    DIR *stream = fdopendir(dup(folder));
    struct dirent *file;
    struct stat status;
    while (stream && (file = readdir(stream))) {
        if (fstatat(folder, file->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode)) continue;
        if (strchr(file->d_name, '.')) { /* not finished */
            if (status.st_mtim.tv_sec + NEW_FILE_SECONDS < time(NULL)) unlinkat(folder, file->d_name, 0);
            continue;
        }
        if (*count == capacity) {
            capacity = capacity ? 2 * capacity : 64;
            entries = realloc(entries, capacity * sizeof *entries);
            if (!entries) rt_out_of_memory();
        }
        entries[(*count)++] = (Entry){strdup(file->d_name), status.st_mtim, status.st_size};
        *total += status.st_size;
    }
    if (stream) closedir(stream);
    if (*count) qsort(entries, *count, sizeof *entries, compare_age);
    return entries;
}

static void evict(const char *folder_path)
{
    int folder = open(folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    size_t count = 0;
    off_t total = 0;
    Entry *entries = list_entries(folder, &count, &total);
    bool is_full = total > CACHE_BYTES;
    for (size_t i = 0; i < count; i++) {
        if (is_full && total > CACHE_KEPT_BYTES && unlinkat(folder, entries[i].name, 0) == 0) total -= entries[i].size;
        free(entries[i].name);
    }
    free(entries);
    close(folder);
}

char *cache_new_file(const Cache *c)
{
    char *path, *folder = strdup(c->folder);
    bool good = folder && make_folders(folder);
    free(folder);
    if (!good) return NULL;
    if (asprintf(&path, "%s.%lld.new", c->path, (long long)getpid()) < 0) rt_out_of_memory();
    return path;
}

/* What follows the code. */
static bool add_trailer(const Cache *c, const char *path)
{
    RtText text = {0};
    if (!read_file(path, &text)) return false;
    size_t code_size = text.size;
    size_t parts = c->key.size + c->inputs.size + c->warnings.size;
    while ((text.size + parts) % 8) rt_text_add(&text, "", 1); /* the footer is read in place */
    rt_text_add(&text, c->key.bytes, c->key.size);
    rt_text_add(&text, c->inputs.bytes, c->inputs.size);
    rt_text_add(&text, c->warnings.bytes, c->warnings.size);
    Footer footer = {.key_size = c->key.size, .inputs_size = c->inputs.size, .warnings_size = c->warnings.size};
    memcpy(footer.magic, magic, sizeof magic);
    rt_text_add(&text, (const char *)&footer, offsetof(Footer, checksum));
    uint64_t checksum = hash_bytes(text.bytes, text.size, 4);
    rt_text_add(&text, (const char *)&checksum, sizeof checksum);
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    bool good = fd >= 0 && rt_write_fully(fd, text.bytes + code_size, text.size - code_size) == 0;
    if (fd >= 0) good = fchmod(fd, 0700) == 0 && good;
    if (fd >= 0) close(fd);
    rt_text_free(&text);
    return good;
}

void cache_store(const Cache *c, const char *new_file, bool is_built)
{
    if (is_built && add_trailer(c, new_file) && rename(new_file, c->path) == 0) evict(c->folder);
    else unlink(new_file);
}
