/* Large modules are compiled in two halves, on two cores (halves.c). */
#ifndef CONSAIR_HALVES_H
#define CONSAIR_HALVES_H

#include <llvm-c/Core.h>
#include <stdbool.h>
#include <sys/types.h>

typedef struct OtherHalf {
    pid_t process; /* that compiles it; 0: there is none, the module is whole */
    int file; /* to which it writes the object file */
    bool is_here; /* this is that process */
} OtherHalf;

/* In the child: hands over the object file, NULL: there is none, and ends the process. */
void halves_deliver(const OtherHalf *other, LLVMMemoryBufferRef object) __attribute__((noreturn));
/* In the parent: waits for the object file; NULL when it could not be made. */
LLVMMemoryBufferRef halves_collect(OtherHalf *other);
void halves_cancel(OtherHalf *other); /* if it was not collected */

#endif
