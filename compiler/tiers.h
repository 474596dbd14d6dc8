/* Programs that start in the interpreter and go on in compiled code. */
#ifndef CONSAIR_TIERS_H
#define CONSAIR_TIERS_H

#include "backend.h"

typedef struct TierPlan {
    int64_t calls; /* compilation begins after so many calls; 0: before the first */
    bool waits; /* for the code, when it has begun; for tests */
    bool (*store)(void *data); /* called in the compiling process at the end, or NULL */
    void *data;
} TierPlan;
enum { TIER_CALLS = 2000 };

/* The exit status of the program. */
int tiers_run_program(CoreProgram *p, const BackendOptions *o, const TierPlan *plan, int argc, char **argv);

#endif
