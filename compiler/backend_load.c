/* The back end, made ready when something is to be compiled for the first time.
 *
 * consairc contains the one for this machine: not position independent, LLVM needs no relocations, of which its tables as a shared
 * library take a quarter of a short program's time.  Its constructors wait until here (llvm_constructors.ld), so whoever only
 * interprets, checks, or runs what is compiled already pays for the mapping of a larger file, a tenth of a millisecond.  Back ends for
 * other machines are modules, and so is that of a developer's build that takes LLVM from libLLVM.so (-Dllvm=shared); they refer to the
 * front end and the runtime that consairc contains and exports, so there is one heap and one set of tables.  Rejected: a second program
 * that does the compiling; a session needs code and data in one process.
 */
#include "failure.h"
#include "backend.h"
#include "link.h"

#include <dlfcn.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

/* LLVM fills this much heap whatever it compiles. */
static void prepare_heap(void)
{
    enum { BYTES = 1792 << 10 };
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    heap_populate(BYTES);
}

#ifdef CONSAIR_LLVM_LINKED

typedef void Constructor(int argc, char **argv, char **environment);
extern Constructor *llvm_constructors_start[], *llvm_constructors_end[];
extern char __bss_start[], _end[];

static const Backend *contained(void)
{
    memory_populate(__bss_start, _end); /* LLVM's options are there, and the constructors write them */
    for (Constructor **c = llvm_constructors_start; c < llvm_constructors_end; c++) (*c)(0, NULL, NULL);
    return &consair_backend;
}

#else

static const Backend *contained(void) { return NULL; }

#endif

static const Backend *load(const char *name)
{
    char *path = toolchain_own_file(name);
    if (!path) {
        failure("cannot find %s; is Consair installed completely?", name);
        return NULL;
    }
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const Backend *table = library ? dlsym(library, "consair_backend") : NULL;
    if (!table) failure("cannot load the back end: %s", dlerror());
    free(path);
    return table;
}

static const Backend *make_ready(const Target *target)
{
    prepare_heap();
    const Backend *backend = target == target_native() ? contained() : NULL;
    return backend ? backend : load(target->backend);
}

const Backend *backend_load_for(const Target *target)
{
    static const Backend *loaded[ARCHITECTURE_COUNT];
    static bool was_tried[ARCHITECTURE_COUNT];
    target = target_or_native(target);
    int architecture = (int)(target - targets);
    if (!was_tried[architecture]) loaded[architecture] = make_ready(target);
    was_tried[architecture] = true;
    return loaded[architecture];
}

const Backend *backend_load(void) { return backend_load_for(NULL); }
