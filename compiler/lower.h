/* Lowering: data to Core (lower.c, lower_body.c, lower_forms.c, lower_let.c, quasiquote.c).
 *
 * `at` is the place of the datum, or of the nearest datum around it that was read from a source.
 * Malformed forms are diagnosed and give the constant nil, so that one run finds several errors.
 */
#ifndef CONSAIR_LOWER_H
#define CONSAIR_LOWER_H

#include "scope.h"

#define NESTING_LIMIT 10000
#define EVALUATED_LEVEL (1 << 20) /* macro_level above that of any local variable */

extern const SpecialForm special_forms[]; /* lower_forms.c; ends with name NULL */

/* ---- lower.c ---- */
CoreNode *lower_expr(Lower *l, RtValue datum, const RtPlace *at);
CoreNode *lower_first(Lower *l, RtValue list, const RtPlace *at); /* the expression a cell holds */
const RtPlace *place_of_first(Lower *l, RtValue list, const RtPlace *at);
const RtPlace *place_of_name(Lower *l, RtValue list); /* of the symbol a cell holds; NULL: not read, or in a macro */
/* The expressions of a proper list, in an array; evaluated in order, whatever they define. */
CoreNode **lower_list(Lower *l, RtValue list, int count, const RtPlace *at);
CoreNode *lower_sequence(Lower *l, RtValue list, const RtPlace *at); /* one after the other, value of the last */
CoreNode *lower_nil(Lower *l, const RtPlace *at);
CoreNode *lower_constant(Lower *l, RtValue datum, const RtPlace *at);
CoreNode *lower_prim(Lower *l, const RtPlace *at, int primitive, int count, ...);
CoreNode *lower_global(Lower *l, Name *name, const RtPlace *at);
/* Operands nodes[0 .. count-1] are evaluated before the entries made since the body had `mark` of them. */
void lower_keep_order(Lower *l, CoreNode **nodes, int count, int mark);
int lower_mark(const Lower *l);
CoreNode *form_error(Lower *l, const RtPlace *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Expands while the head is a macro. */
RtValue expand_head(Lower *l, RtValue datum, const RtPlace *at);
/* The special form a datum is a use of, or NULL. */
const SpecialForm *form_of(Lower *l, RtValue datum, const RtPlace *at);

/* One datum for eval: as lower_toplevel, but local variables around the call of a macro that evaluates are hidden. */
void lower_evaluated(Compiler *c, CoreProgram *p, Form form);

/* ---- lower_body.c ---- */
/* local definitions; the list is proper and not empty */
CoreNode *lower_body(Lower *l, RtValue list, const RtPlace *at);
/* names mean the body's own also before their definition */
CoreNode *lower_letrec_body(Lower *l, RtValue list, const RtPlace *at);
/* a body too, but at top level definitions stay global */
CoreNode *lower_branch(Lower *l, RtValue list, const RtPlace *at);
CoreNode *lower_branch_expr(Lower *l, RtValue list, const RtPlace *at); /* the first expression of the list */
CoreFunction *lower_function(Lower *l, const char *who, const char *name, RtValue params, RtValue body,
                             const RtPlace *at);

/* ---- lower_define.c ---- */
typedef struct Definition { /* a label or define, taken apart */
    RtValue name;
    const RtPlace *place, *name_place; /* of the form; of the name, or NULL */
    bool is_function; /* the value is a lambda */
    const char *who; /* "lambda" or "define" */
    RtValue params, body; /* functions */
    RtValue value; /* else: the expression; its head is expanded */
    const RtPlace *value_place;
    Macro *alias; /* the value names a macro */
} Definition;
bool parse_definition(Lower *l, RtValue form, const RtPlace *at, Definition *out); /* false after a diagnostic */
CoreFunction *lower_definition_function(Lower *l, const Definition *d);
CoreNode *lower_function_definition(Lower *l, RtValue symbol, CoreFunction *f, const RtPlace *at); /* of a global */

/* ---- foreign.c ---- */
/* The DEFINE nodes of the form; the array is in the program's arena. */
CoreNode **lower_foreign_definitions(Lower *l, RtValue form, const RtPlace *at, int *count);

/* ---- forms ---- */
LowerForm lower_quote, lower_quasiquote, lower_unquote, lower_cond, lower_lambda, lower_label, lower_defmacro;
LowerForm lower_if, lower_progn, lower_let, lower_let_star, lower_letrec, lower_and, lower_or, lower_when, lower_unless,
    lower_case, lower_do, lower_try, lower_assert, lower_foreign, lower_foreign_export, lower_import, lower_module;

#endif
