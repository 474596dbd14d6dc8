/* What the passes tell a user about his program (--explain): one line a decision, with the place in the source. */
#ifndef CONSAIR_REMARKS_H
#define CONSAIR_REMARKS_H

#include "compile.h"

enum RemarkKind {
    REMARK_INLINED, /* a call replaced by the body */
    REMARK_SPECIALIZED, /* a copy of a function for what it is called with */
    REMARK_FAST, /* an operation or loop that works without tags, counts or checks */
    REMARK_GENERIC, /* what stays general, and why */
    REMARK_ALLOCATES /* what makes an object */
};

/* Notes a remark when --explain is given, else does nothing.  `at`: of the expression, NULL: the function's.  `function`: in which it
 * is, NULL: none.  Remarks in code of the library, which has no places, are dropped.  The same remark at the same place is shown once,
 * so copies of a function may repeat it. */
void remark(Compiler *c, const RtPlace *at, const CoreFunction *function, enum RemarkKind kind, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
bool remarks_wanted(const Compiler *c); /* for what is only worth finding out then */
/* After the last pass: remarks that need no pass, about calls and allocations (explain.c). */
void explain_program(Compiler *c, const CoreProgram *p);
/* All remarks by function and place; empties the list. */
void remarks_print(Compiler *c, FILE *out);

#endif
