/* The registers that unwinding is about: the array that unwind_entry.S saves and loads.  x0 to x30 and the stack pointer have DWARF's
 * numbers; behind them come d8 to d15, which functions keep for their callers. */
#ifndef CONSAIR_UNWIND_REGISTERS_H
#define CONSAIR_UNWIND_REGISTERS_H

#include <stdint.h>

enum { REG_X0 = 0, REG_X1 = 1, REG_X30 = 30, REG_SP = 31, REG_D8 = 32, REG_COUNT = 40 };
/* Which of them is the stack pointer, where the return address is, and which give a landing pad its two operands. */
enum { REG_STACK = REG_SP, REG_RETURN_ADDRESS = REG_X30, REG_PAD_ERROR = REG_X0, REG_PAD_ACTION = REG_X1 };

/* The index of the register with a DWARF number, -1 when it is not in the array. */
static inline int unwind_register(uint64_t dwarf)
{
    enum { DWARF_D8 = 72, DWARF_D15 = 79 };
    if (dwarf <= REG_SP) return (int)dwarf;
    return dwarf >= DWARF_D8 && dwarf <= DWARF_D15 ? (int)(dwarf - DWARF_D8) + REG_D8 : -1;
}

#endif
