/* Loads the back end, libconsair_llvm.so, when something is to be compiled for the first time; for another machine, that machine's.
 *
 * LLVM costs ten times what the rest of consairc takes to start: constructors of its options, relocations of its tables.  Whoever
 * only interprets, checks, or runs what is compiled already does not pay for it.  The module refers to the front end and the runtime
 * that consairc contains and exports, so there is one heap and one set of tables.  Rejected: a second program that does the compiling;
 * a session needs code and data in one process.
 */
#include "backend.h"
#include "link.h"

#include <dlfcn.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* LLVM fills this much heap whatever it compiles: one system call in place of a page fault for every 4 KiB of it. */
static void prepare_heap(void)
{
    enum { BYTES = 1792 << 10 };
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    char *block = malloc(BYTES);
    if (!block) return;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), low = ((uintptr_t)block + page - 1) & -page,
              high = (uintptr_t)(block + BYTES) & -page;
    madvise((void *)low, high - low, MADV_POPULATE_WRITE); /* an older kernel refuses, and the faults come one by one */
    free(block);
}

static const Backend *load(const char *name)
{
    char *path = toolchain_own_file(name);
    if (!path) {
        fprintf(stderr, "consairc: error: cannot find %s; is Consair installed completely?\n", name);
        return NULL;
    }
    prepare_heap();
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const Backend *table = library ? dlsym(library, "consair_backend") : NULL;
    if (!table) fprintf(stderr, "consairc: error: cannot load the back end: %s\n", dlerror());
    free(path);
    return table;
}

const Backend *backend_load_for(const Target *target)
{
    static const Backend *loaded[ARCHITECTURE_COUNT];
    static bool was_tried[ARCHITECTURE_COUNT];
    target = target_or_native(target);
    int architecture = (int)(target - targets);
    if (!was_tried[architecture]) loaded[architecture] = load(target->backend);
    was_tried[architecture] = true;
    return loaded[architecture];
}

const Backend *backend_load(void) { return backend_load_for(NULL); }
