/* A value as the library's users see it and as the runtime does: the same two words. */
#ifndef CONSAIR_VALUE_OF_H
#define CONSAIR_VALUE_OF_H

#include "consair.h"
#include "consair_rt.h"

static inline RtValue value_of(consair_value v) { return rt_make(v.tag_, v.data_); }
static inline consair_value value_to_c(RtValue v) { return (consair_value){v.tag, v.data}; }

#endif
