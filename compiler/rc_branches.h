/* Part of pass rc: where wholes end. */
#ifndef CONSAIR_RC_BRANCHES_H
#define CONSAIR_RC_BRANCHES_H

#include "core.h"

/* Before the node some wholes are to be dropped, and these parts of them kept: does it pay to do that in the branches of an IF? */
bool rc_pays_in_branches(const CoreNode *node, CoreVar *const *kept, int count);

#endif
