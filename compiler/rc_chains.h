/* Part of pass rc: wholes that end one after the other end together. */
#ifndef CONSAIR_RC_CHAINS_H
#define CONSAIR_RC_CHAINS_H

#include "core.h"

void rc_join_ends(CoreProgram *p, CoreFunction *f);

#endif
