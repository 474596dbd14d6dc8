/* What code can be made for, one row an architecture.  Whatever differs between them and is not LLVM's own business is said
 * here, or in the folder of the runtime that has the architecture's name (runtime/x86_64, runtime/aarch64). */
#ifndef CONSAIR_TARGET_H
#define CONSAIR_TARGET_H

#include <stdbool.h>

enum Architecture { ARCHITECTURE_X86_64, ARCHITECTURE_AARCH64, ARCHITECTURE_COUNT };

typedef struct Target {
    const char
        *name; /* what --target and --print=targets call it; lib/consair has a folder of that name with its runtime */
    const char *triple; /* what LLVM calls it */
    const char *architecture, *alias; /* the triple's first word, and another one in use */
    const char *backend; /* file of its back end, beside the runtime of this machine, if consairc does not contain it */
    const char *processor; /* the least that can run the code */
    const char *frame_address; /* LLVM's intrinsic for the end of a frame, which needs no register of its own */
    bool extends_small; /* C functions get and give integers below 32 bits extended to 32 */
    const char *dynamic_linker;
    const char *loader_library; /* the same as a library, where the C library leaves variables to it, or NULL */
    const char *musl_folder; /* of libc.a */
    const char *library_folders[4]; /* of shared libraries, on Debian; ends with NULL */
    const char *soft_float; /* archive of the arithmetic that the processor lacks, or NULL */
} Target;

extern const Target targets[ARCHITECTURE_COUNT];

const Target *target_native(void); /* of this process */
const Target *target_or_native(const Target *target); /* in options, NULL stands for the native one */
/* By a triple, whose vendor does not matter: aarch64-linux-gnu, aarch64-unknown-linux-gnu.  NULL: there is none. */
const Target *target_find(const char *triple);
/* Folder number `index` in which the target's libraries are looked for; NULL: there are no more. */
const char *target_library_folder(const Target *target, int index);

#endif
