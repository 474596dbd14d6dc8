/* C functions that a program declares with `foreign`: their types, and what is known of one from its declaration to its call.
 *
 * A declaration (name (type ...) result) defines an ordinary function of the program whose body is a call of the primitive
 * foreign_call: its first operand is a constant, the ForeignFunction, the others are the function's parameters.  Compiled code calls
 * the C function directly (emit_foreign.c), the interpreter through foreign_call.c.
 *
 * Pointers are exact integers, NULL is nil: that needs no tag, no counting and no finalizer, addresses can be computed with, and nothing
 * could check what a pointer of C points to anyway.
 */
#ifndef CONSAIR_FOREIGN_H
#define CONSAIR_FOREIGN_H

#include "compile.h"
#include "foreign_class.h"

typedef struct ForeignType {
    const char *name; /* as a declaration spells it */
    enum ForeignClass class;
    int bits; /* FOREIGN_INT */
    bool is_signed;
    bool is_parameter, is_result; /* where it may stand */
    const char *expected; /* what a message says of operands */
} ForeignType;
extern const ForeignType foreign_types[]; /* foreign.c; ends with name NULL */

#define FOREIGN_MAX_PARAMETERS 16 /* what foreign_call.c can pass */

typedef struct ForeignParameter {
    const ForeignType *type;
    bool is_inout; /* the C function may write into the vector */
} ForeignParameter;

typedef struct ForeignFunction {
    RtMacro object; /* what the constant points to: immortal, of a kind that no program can compute with */
    const char *form; /* that declares it, for messages: foreign, foreign-export */
    const char *name; /* of the Lisp function */
    const char *c_name;
    const char *library; /* as written, or NULL: the C library and those of option -l */
    const RtPlace *place; /* of the declaration */
    Compiler *compiler;
    ForeignParameter parameters[FOREIGN_MAX_PARAMETERS];
    int parameter_count;
    const ForeignType *result;
    void *address; /* in this process; NULL until bound */
} ForeignFunction;

static inline ForeignFunction *foreign_of(RtValue constant) { return rt_object(constant); }

/* foreign.c: (name (type ...) result) in a form of that name; NULL after a diagnostic.  *symbol is the name. */
struct Lower;
ForeignFunction *foreign_parse(struct Lower *l, const char *form, RtValue declaration, const RtPlace *at,
                               RtValue *symbol);
/* foreign_export.c: the text of a library's header. */
void foreign_header(RtText *out, const CoreProgram *p, const char *library);

/* foreign_call.c: of the interpreter; args[0] is the constant */
RtValue foreign_call(RtValue *args, int64_t count, const RtPlace *at);

/* foreign_load.c */
/* Finds the function in this process, loading its library; false: *message (in the compiler's arena) says what is missing. */
bool foreign_bind(ForeignFunction *f, const char **message);
/* The file of a library, malloc'd; NULL: nowhere.  `name` is one of a declaration, or with is_short that of an option -l. */
char *foreign_library_file(const CompileOptions *options, const char *name, bool is_short, bool allow_archive);
/* The files to link a program with: libraries of its declarations and of options -l.  false: some were missing, diagnosed. */
bool foreign_link_files(Compiler *c, const CoreProgram *p, const char ***files, int *count);

#endif
