/* Finds the files that executables are made of: our own relative to the running consairc, the C library's in the
 * folders where the dynamic linker has them too.
 *
 * Our own files, in this order: $CONSAIR_LIB when it is set (and then only there), PREFIX/lib/consair for an
 * installed PREFIX/bin/consairc, and the build folder's runtime/ and compiler/ for build/driver/consairc and
 * build/tests/unit/....  Those for another machine: the folder with the target's name in $CONSAIR_LIB, else in PREFIX/lib/consair
 * (in a build folder: build/lib/consair), and the C library's then too.
 */
#define _GNU_SOURCE
#include "failure.h"
#include "foreign.h"
#include "link.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* FOLDER/INNER/NAME when it can be read, else NULL. */
static char *readable_file(const char *folder, const char *inner, const char *name)
{
    size_t size = strlen(folder) + strlen(inner) + strlen(name) + 3;
    char *path = malloc(size);
    if (!path) return NULL;
    snprintf(path, size, "%s/%s%s%s", folder, inner, *inner ? "/" : "", name);
    if (access(path, R_OK) == 0) return path;
    free(path);
    return NULL;
}

char *toolchain_own_file(const char *name)
{
    static const char *const inner[] = {"../lib/consair", "../runtime", "../compiler", "../../runtime",
                                        "../../compiler"};
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0) return NULL;
    self[length] = '\0';
    char *slash = strrchr(self, '/');
    if (!slash) return NULL;
    *slash = '\0';
    char *path = NULL;
    for (size_t i = 0; !path && i < sizeof inner / sizeof *inner; i++) path = readable_file(self, inner[i], name);
    return path;
}

char *toolchain_target_folder(const Target *target)
{
    const char *override = getenv("CONSAIR_LIB");
    char self[PATH_MAX] = "", *folder = NULL;
    if (!override || !*override) {
        ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
        self[length > 0 ? length : 0] = '\0';
        for (int i = 0; i < 2 && strchr(self, '/'); i++) *strrchr(self, '/') = '\0';
        strncat(self, "/lib/consair", sizeof self - strlen(self) - 1);
        override = self;
    }
    if (asprintf(&folder, "%s/%s", override, target->name) < 0) abort();
    return folder;
}

static char *target_file(const Target *target, const char *name)
{
    char *folder = toolchain_target_folder(target), *path = readable_file(folder, "", name);
    free(folder);
    return path;
}

char *toolchain_file(const Target *target, const char *name)
{
    if (target_or_native(target) != target_native()) return target_file(target, name);
    const char *override = getenv("CONSAIR_LIB");
    if (override && *override) return readable_file(override, "", name);
    return toolchain_own_file(name);
}

bool toolchain_has_runtime(const Target *target)
{
    if (target_or_native(target) == target_native()) return true; /* the linker tells what is missing */
    char *runtime = target_file(target, "libconsair_rt.a"), *folder = toolchain_target_folder(target);
    if (!runtime) {
        failure("the runtime for %s is not installed: there is no %s/libconsair_rt.a\n"
                "The manual tells how to make it (OTHER MACHINES); -c, -S and --emit=llvm-ir do without.",
                target->name, folder);
    }
    free(folder);
    free(runtime);
    return runtime != NULL;
}

/* Of all names asked for, only musl's libc.a is an archive that is not wanted from the C library's folder. */
char *toolchain_system_file(const Target *target, const char *name)
{
    target = target_or_native(target);
    if (strcmp(name, "libc.a") == 0) return readable_file(target->musl_folder, "", name);
    char *path = target == target_native() ? NULL : target_file(target, name);
    const char *folder;
    for (int i = 0; !path && (folder = target_library_folder(target, i)); i++) path = readable_file(folder, "", name);
    return path;
}
