/* What an object that was compiled apart says of itself, for whoever links it: a section of text that no executable gets.
 *
 * A line is a fact, its words are separated by tabs; objects.c reads them, separate.c and emit_separate.c write them.
 *
 *   consair BUILD TARGET                 which compiler made it, for what
 *   program FILE                         it is the main program, or
 *   module NAME FILE                     a module
 *   interface HASH TEXT                  of the module, and a hash of its text and that of its imports: see separate.c
 *   define NAME KIND                     a name that others can use: function N, function N+, value, variable, macro, as NAME
 *   import MODULE PLACE                  it runs that module
 *   uses MODULE HASH TEXT                it was compiled against that interface, and that text if TEXT is not 0
 *   name MODULE NAME KIND PLACE          it uses the name as one of that kind
 *   foreign C-NAME LIBRARY PLACE         it declares a C function; library -: any
 */
#ifndef CONSAIR_OBJECTS_H
#define CONSAIR_OBJECTS_H

#include "support.h"
#include "target.h"

#define OBJECT_SECTION ".consair"

/* The word, so that neither tabs and newlines nor what linkers take for their own are in it: others than plain letters become %XX. */
const char *object_escape(Arena *arena, const char *word);
char *object_unescape(Arena *arena, const char *word, size_t size);
/* The symbol for a thing of that kind: consair.KIND.NAME */
const char *object_link_name(Arena *arena, const char *kind, const char *name);

/* ---- objects.c ---- */
enum { FACT_WORDS = 6 };
typedef struct ObjectFact {
    const char *object; /* path of the file that says it */
    const char *words[FACT_WORDS]; /* those that are not there: "" */
} ObjectFact;
typedef struct ObjectFacts {
    Arena *arena;
    ObjectFact *facts;
    int count, capacity;
} ObjectFacts;

const char *object_build(Arena *arena); /* of this consairc */
/* Adds what objects and archives say; those of other compilers say nothing.  false after a message: one cannot be read. */
bool objects_read(ObjectFacts *out, const char *const *paths, int count);
/* Do they make one program?  Else messages. */
bool objects_check(const ObjectFacts *facts, const Target *target);
/* The next fact of that kind behind `after` (NULL: the first), or NULL. */
const ObjectFact *objects_next(const ObjectFacts *facts, const char *kind, const ObjectFact *after);

#endif
