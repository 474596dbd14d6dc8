/* Files compiled apart from each other; see separate.c. */
#ifndef CONSAIR_SEPARATE_H
#define CONSAIR_SEPARATE_H

#include "compile.h"

/* Lowers the file as a module into the program. */
void separate_load(Compiler *c, CoreProgram *p, const char *path);
/* Leaves in the lowered program only what belongs to its unit, and sets p->unit.  Diagnostics if that cannot be done. */
void separate_program(Compiler *c, CoreProgram *p);
/* separate_symbols.c: diagnostics when constants of several files have a symbol in common that has no spelling. */
void separate_check_symbols(Compiler *c, CoreProgram *p);

#endif
