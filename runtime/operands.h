/* The operands of a primitive that consumes them, some already taken over: what is left is dropped when the scope ends,
 * also by an error. */
#ifndef CONSAIR_OPERANDS_H
#define CONSAIR_OPERANDS_H

#include "internal.h"

typedef struct RtOperands {
    RtValue *items;
    int64_t next; /* the first one not taken yet */
    int64_t count;
} RtOperands;

static inline void rt_drop_operands(RtOperands *operands)
{
    while (operands->next < operands->count) rt_drop(operands->items[operands->next++]);
}
#define RT_OWNED_OPERANDS __attribute__((cleanup(rt_drop_operands)))

static inline RtValue rt_take_operand(RtOperands *operands) { return operands->items[operands->next++]; }

/* Takes the value out of an RT_OWNED variable. */
static inline RtValue rt_move(RtValue *owned)
{
    RtValue v = *owned;
    *owned = rt_nil();
    return v;
}

#endif
