/* Finds the files that executables are made of: our own relative to the running consairc, the C library's in the
 * folders where the dynamic linker has them too.
 *
 * Our own files, in this order: $CONSAIR_LIB when it is set (and then only there), PREFIX/lib/consair for an
 * installed PREFIX/bin/consairc, and the build folder's runtime/ and compiler/ for build/driver/consairc and
 * build/tests/unit/....
 */
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

char *toolchain_file(const char *name)
{
    const char *override = getenv("CONSAIR_LIB");
    if (override && *override) return readable_file(override, "", name);
    return toolchain_own_file(name);
}

char *toolchain_system_file(const char *name)
{
    /* musl's folder comes first: of all names asked for, only libc.a is in it, and only musl's is wanted. */
    static const char *const folders[] = {"/usr/lib/x86_64-linux-musl",
                                          "/lib/x86_64-linux-gnu",
                                          "/usr/lib/x86_64-linux-gnu",
                                          "/lib64",
                                          "/usr/lib64",
                                          "/lib",
                                          "/usr/lib"};
    bool is_musl = strcmp(name, "libc.a") == 0;
    char *path = NULL;
    for (size_t i = 0; !path && i < (is_musl ? 1 : sizeof folders / sizeof *folders); i++)
        path = readable_file(folders[i], "", name);
    return path;
}
