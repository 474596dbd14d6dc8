/* The registers that unwinding is about: the array that unwind_entry.S saves and loads.  Here its indices are DWARF's numbers; vector
 * registers belong to the called function, so none is ever restored. */
#ifndef CONSAIR_UNWIND_REGISTERS_H
#define CONSAIR_UNWIND_REGISTERS_H

#include <stdint.h>

enum { REG_RAX = 0, REG_RDX = 1, REG_RSP = 7, REG_RETURN_ADDRESS = 16, REG_COUNT = 17 };
/* Which of them is the stack pointer, and which give a landing pad its two operands. */
enum { REG_STACK = REG_RSP, REG_PAD_ERROR = REG_RAX, REG_PAD_ACTION = REG_RDX };

/* The index of the register with a DWARF number, -1 when it is not in the array. */
static inline int unwind_register(uint64_t dwarf) { return dwarf < REG_COUNT ? (int)dwarf : -1; }

#endif
