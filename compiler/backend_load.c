/* Loads the back end, libconsair_llvm.so, when something is to be compiled for the first time.
 *
 * LLVM costs ten times what the rest of consairc takes to start: constructors of its options, relocations of its tables.  Whoever
 * only interprets, checks, or runs what is compiled already does not pay for it.  The module refers to the front end and the runtime
 * that consairc contains and exports, so there is one heap and one set of tables.  Rejected: a second program that does the compiling;
 * a session needs code and data in one process.
 */
#include "backend.h"
#include "link.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static const Backend *load(void)
{
    char *path = toolchain_own_file("libconsair_llvm.so");
    if (!path) {
        fputs("consairc: error: cannot find libconsair_llvm.so; is Consair installed completely?\n", stderr);
        return NULL;
    }
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const Backend *table = library ? dlsym(library, "consair_backend") : NULL;
    if (!table) fprintf(stderr, "consairc: error: cannot load the back end: %s\n", dlerror());
    free(path);
    return table;
}

const Backend *backend_load(void)
{
    static const Backend *loaded;
    static bool was_tried;
    if (!was_tried) loaded = load();
    was_tried = true;
    return loaded;
}
