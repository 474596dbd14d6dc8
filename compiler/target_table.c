/* The table of targets.  It belongs to the front end, which executables with `eval` contain: where such a program looks for C
 * libraries depends on what it was compiled for. */
#include "target.h"

#include <stddef.h>
#include <string.h>

const Target targets[ARCHITECTURE_COUNT] = {
    [ARCHITECTURE_X86_64] = {.name = "x86_64-linux-gnu",
                             .triple = "x86_64-pc-linux-gnu",
                             .architecture = "x86_64",
                             .alias = "amd64",
                             .backend = "libconsair_llvm.so",
                             .processor = "x86-64",
                             .frame_address = "llvm.addressofreturnaddress",
                             .extends_small = true,
                             .dynamic_linker = "/lib64/ld-linux-x86-64.so.2",
                             .musl_folder = "/usr/lib/x86_64-linux-musl",
                             .library_folders = {"/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu"}},
    [ARCHITECTURE_AARCH64] = {.name = "aarch64-linux-gnu",
                              .triple = "aarch64-unknown-linux-gnu",
                              .architecture = "aarch64",
                              .alias = "arm64",
                              .backend = "libconsair_llvm_aarch64.so",
                              .processor = "generic",
                              .frame_address = "llvm.sponentry",
                              .dynamic_linker = "/lib/ld-linux-aarch64.so.1",
                              .loader_library = "ld-linux-aarch64.so.1",
                              .musl_folder = "/usr/lib/aarch64-linux-musl",
                              .library_folders = {"/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
                                                  "/usr/aarch64-linux-gnu/lib"},
                              .soft_float = "libgcc.a"}, /* long double has 128 bits */
};

/* Where a system keeps the libraries of its own architecture besides. */
static const char *const native_folders[] = {"/lib64", "/usr/lib64", "/usr/local/lib", "/lib", "/usr/lib", NULL};

const Target *target_native(void)
{
#if defined __x86_64__
    return &targets[ARCHITECTURE_X86_64];
#elif defined __aarch64__
    return &targets[ARCHITECTURE_AARCH64];
#else
#error "target_table.c: no row for this architecture"
#endif
}

const Target *target_or_native(const Target *target) { return target ? target : target_native(); }

/* What stands behind the architecture: an operating system, perhaps with a vendor before it. */
static bool is_linux(const char *rest)
{
    static const char system[] = "-linux-gnu";
    size_t length = strlen(rest), size = sizeof system - 1;
    if (length < size || strcmp(rest + length - size, system) != 0) return 0;
    return length == size || (rest[0] == '-' && rest[1] != '-' && !memchr(rest + 1, '-', length - size - 1));
}

const Target *target_find(const char *triple)
{
    size_t length = strcspn(triple, "-");
    if (!is_linux(triple + length)) return NULL;
    for (int i = 0; i < ARCHITECTURE_COUNT; i++) {
        const char *names[] = {targets[i].architecture, targets[i].alias};
        for (int n = 0; n < 2; n++)
            if (strlen(names[n]) == length && memcmp(names[n], triple, length) == 0) return &targets[i];
    }
    return NULL;
}

const char *target_library_folder(const Target *target, int index)
{
    int count = 0;
    while (target->library_folders[count]) count++;
    if (index < count) return target->library_folders[index];
    return target == target_native() ? native_folders[index - count] : NULL;
}
