/* Which vectors nobody else holds: the analysis of pass unique (unique.c), which pass unshare runs, too. */
#ifndef CONSAIR_UNIQUE_H
#define CONSAIR_UNIQUE_H

#include "core.h"

/* A copy of a function for operands that are unique (unshare.c). */
typedef struct Version {
    CoreFunction *original, *copy;
    CoreNode *body; /* of the original without the test at its start */
    bool *is_wanted; /* by parameter: it must be unique */
    bool is_given_up;
} Version;

/* Marks what is shared by the scratch of variables and functions, until unique_forget.  Calls of copies (`versions`: copy ->
 * Version, or NULL) whose operands are not unique become calls of the original; a copy that would have to leave its own loop
 * for that is given up.  false: it did not come to an end, everything counts as shared. */
bool unique_find(CoreProgram *p, PointerMap *versions);
bool unique_is(const CoreNode *node); /* of an owned value */
static inline bool unique_is_shared(const CoreVar *var) { return var->scratch != NULL; }
void unique_forget(CoreProgram *p);

#endif
