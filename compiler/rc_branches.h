/* Part of pass rc: where wholes end, and what can be told of a node alone. */
#ifndef CONSAIR_RC_BRANCHES_H
#define CONSAIR_RC_BRANCHES_H

#include "core.h"

/* Before the node some wholes are to be dropped, and these parts of them kept: does it pay to do that in the branches of an IF? */
bool rc_pays_in_branches(const CoreNode *node, CoreVar *const *kept, int count);

/* Nobody can tell whether it is computed before or after an unbound global is found out. */
bool rc_is_quiet(const CoreNode *node);

/* Is its value no object, or one that is never freed? */
bool rc_is_never_counted(const CoreNode *node);

#endif
