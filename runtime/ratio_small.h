/* Ratios of two words (ratio_small.c).  Each function is false when an operand or the result is larger; then it did nothing. */
#ifndef CONSAIR_RATIO_SMALL_H
#define CONSAIR_RATIO_SMALL_H

#include "number.h"

bool rt_small_ratio_arith(enum RtArithOp op, RtValue a, RtValue b, RtValue *result); /* RT_OP_DIV: b is not 0 */
bool rt_small_ratio_of(RtValue numerator, RtValue denominator, RtValue *result); /* denominator not 0 */
bool rt_small_ratio_compare(RtValue a, RtValue b, enum RtOrder *order); /* borrowed */
/* Are its limbs in the object itself?  GMP must not write to it then. */
static inline bool rt_ratio_is_small(const RtRatio *ratio) { return mpq_numref(ratio->q)->_mp_alloc == 0; }

#endif
