/* Where C functions are: libraries in the file system, and their functions in this process.
 *
 * A library is named as the dynamic linker names it ("libm.so.6"), by a path ("./libdemo.so"), or by option -l ("demo").  The folders
 * of option -L come first, then the system's.  For -l the file with a version at its end serves where the one without is missing, or
 * is a text for the linker: these belong to development packages, which nobody needs here.
 */
#define _GNU_SOURCE
#include "foreign.h"
#include "frontend.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- files ----------------------------------------------------------------------------------------------------- */

static char *join(const char *folder, const char *before, const char *name, const char *after)
{
    size_t size = strlen(folder) + strlen(before) + strlen(name) + strlen(after) + 2;
    char *path = malloc(size);
    if (!path) rt_out_of_memory();
    snprintf(path, size, "%s/%s%s%s", folder, before, name, after);
    return path;
}

static bool is_elf(const char *path)
{
    char magic[4] = "";
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    bool is = fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "\177ELF", sizeof magic) == 0;
    fclose(file);
    return is;
}

/* The path when it passes the test; else it is freed. */
static char *if_good(char *path, bool good)
{
    if (good) return path;
    free(path);
    return NULL;
}

static char *if_elf(char *path) { return if_good(path, is_elf(path)); }

/* libNAME.so.* with the highest version. */
static char *versioned_file(const char *folder, const char *name)
{
    DIR *entries = opendir(folder);
    if (!entries) return NULL;
    char *prefix = join("", "lib", name, ".so.") + 1, *best = NULL;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0) continue;
        if (best && strverscmp(entry->d_name, best) <= 0) continue;
        free(best);
        best = strdup(entry->d_name);
    }
    closedir(entries);
    free(prefix - 1);
    char *path = best ? if_elf(join(folder, "", best, "")) : NULL;
    free(best);
    return path;
}

static char *file_in(const char *folder, const char *name, bool is_short, bool allow_archive)
{
    if (!is_short) return if_elf(join(folder, "", name, ""));
    char *path = if_elf(join(folder, "lib", name, ".so"));
    if (!path) path = versioned_file(folder, name);
    if (path || !allow_archive) return path;
    path = join(folder, "lib", name, ".a");
    return if_good(path, access(path, R_OK) == 0);
}

char *foreign_library_file(const CompileOptions *options, const char *name, bool is_short, bool allow_archive)
{
    char *path = NULL;
    if (!is_short && strchr(name, '/')) return access(name, R_OK) == 0 ? strdup(name) : NULL;
    for (int i = 0; !path && i < options->library_folder_count; i++)
        path = file_in(options->library_folders[i], name, is_short, allow_archive);
    const Target *target = target_or_native(options->target);
    const char *folder;
    for (int i = 0; !path && (folder = target_library_folder(target, i)); i++)
        path = file_in(folder, name, is_short, allow_archive);
    return path;
}

typedef struct FileList {
    const char **files;
    int count, capacity;
} FileList;

static void add_library(Compiler *c, FileList *list, const char *name, bool is_short, const RtPlace *at)
{
    char *path = foreign_library_file(&c->options, name, is_short, true);
    if (!path) {
        diag_error(c, at, "%scannot find the library %s", at ? "foreign: " : "", name);
        return;
    }
    ARENA_PUSH(c->arena, list->files, list->count, list->capacity, arena_text(c->arena, path, strlen(path)));
    free(path);
}

bool foreign_link_files(Compiler *c, const CoreProgram *p, const char ***files, int *count)
{
    int errors_before = c->error_count;
    FileList list = {NULL, 0, 0};
    for (int i = 0; i < p->foreign_count; i++) {
        const ForeignFunction *f = p->foreign[i];
        bool is_new = f->library != NULL;
        for (int before = 0; before < i && is_new; before++)
            is_new = !p->foreign[before]->library || strcmp(p->foreign[before]->library, f->library) != 0;
        if (is_new) add_library(c, &list, f->library, false, f->place);
    }
    for (int i = 0; i < c->options.library_count; i++) add_library(c, &list, c->options.libraries[i], true, NULL);
    *files = list.files;
    *count = list.count;
    return c->error_count == errors_before;
}

/* ---- functions in this process --------------------------------------------------------------------------------- */

/* NULL: *message. */
static void *open_library(Compiler *c, const char *name, bool is_short, const char **message)
{
    char *path = foreign_library_file(&c->options, name, is_short, false);
    void *handle = path || !is_short ? dlopen(path ? path : name, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (!handle) {
        const char *reason = path ? dlerror() : NULL;
        *message = reason ? arena_format(c->arena, "cannot load the library %s: %s", name, reason)
                          : arena_format(c->arena, "cannot find the library %s", name);
    }
    free(path);
    return handle;
}

/* In the libraries of option -l, then in the C library. */
static void *find_anywhere(Compiler *c, const char *c_name, const char **message)
{
    const CompileOptions *o = &c->options;
    void *handle, *address = NULL;
    for (int i = 0; i < o->library_count; i++) {
        if (!(handle = open_library(c, o->libraries[i], true, message))) return NULL;
        if ((address = dlsym(handle, c_name))) return address;
    }
    static const char *const always[] = {"libc.so.6", "libm.so.6"};
    for (int i = 0; i < 2 && !address; i++)
        if ((handle = dlopen(always[i], RTLD_NOW | RTLD_LOCAL))) address = dlsym(handle, c_name);
    if (!address) *message = arena_format(c->arena, "no library has a C function %s", c_name);
    return address;
}

bool foreign_bind(ForeignFunction *f, const char **message)
{
    Compiler *c = f->compiler;
    if (!f->library) {
        f->address = find_anywhere(c, f->c_name, message);
        return f->address != NULL;
    }
    void *handle = open_library(c, f->library, false, message);
    if (!handle) return false;
    f->address = dlsym(handle, f->c_name);
    if (!f->address) *message = arena_format(c->arena, "the library %s has no C function %s", f->library, f->c_name);
    return f->address != NULL;
}
