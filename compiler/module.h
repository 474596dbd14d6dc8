/* Modules: files whose top-level names are their own.
 *
 * A module's definition of `area` is the global `geometry/area`, whose symbol no text can spell (geometry#area), so what a module does
 * not export cannot be reached.  Each file has a table from the names that it writes to the globals that they mean; lexical variables
 * come first, as everywhere (scope.c).  The program itself is the root: its definitions keep their names.
 */
#ifndef CONSAIR_MODULE_H
#define CONSAIR_MODULE_H

#include "lower.h"

typedef struct Module Module;

/* The global that a name means in the file being lowered; `at` is for an error in a qualified name; NULL: none is told. */
Name *module_meaning(Compiler *c, Name *name, const RtPlace *at);
/* The same, but a name that means nothing yet is not made one of the module. */
Name *module_known_meaning(Compiler *c, Name *name);
/* The global that a definition of the name makes; NULL after a diagnostic: it is another module's. */
Name *module_definition(Compiler *c, Name *name, const RtPlace *at);
bool module_hides(Compiler *c, const Name *name); /* is it a global that its module does not export? */
void module_note_macro(Compiler *c); /* the file being lowered defines one */
/* In a template of a macro, the names that mean something in this module come to mean that everywhere. */
void module_qualify_template(Compiler *c, RtValue template);
/* (import ...): appends the forms of a module that was not loaded before to the program.  NULL after a diagnostic. */
const Module *module_import(Lower *l, RtValue form, const RtPlace *at);
/* The root's first form, when it is (module ...): true then.  Its exports are checked at the end. */
bool module_declare_root(Compiler *c, CoreProgram *p, Form form);
void module_check_root(Compiler *c);

#endif
