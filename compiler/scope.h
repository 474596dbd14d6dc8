/* What names mean while a form is lowered.
 *
 * A Body is a region whose local definitions share one scope: a lambda body, the body of a let, a branch of a
 * conditional.  It is lowered item by item into a list of entries (effects, bindings, function groups) that in the end
 * wrap the value of its last item. So a `label` deep inside an operand can bind for the rest of the region: its binding
 * becomes an entry, and what was to be evaluated before it becomes entries in front of it.
 *
 * A Decl is one local definition of a body.  Those that stand as items of the body are declared before any item is
 * lowered.
 *   DECL_FUNCTION  a lambda: placed (as part of a FIX) before the first item that needs it
 *   DECL_VALUE     bound when its item is reached
 *   DECL_MACRO     known from its item on
 * A name that is used before its definition means what it means outside, unless the use is inside a lambda or means
 * nothing there.
 */
#ifndef CONSAIR_SCOPE_H
#define CONSAIR_SCOPE_H

#include "frontend.h"

enum DeclKind { DECL_FUNCTION, DECL_VALUE, DECL_MACRO };
typedef struct Decl Decl;

typedef struct Use {
    Decl *decl;
    const RtPlace *place;
} Use;

typedef struct UseList {
    Use *uses;
    int count, capacity;
} UseList;

struct Decl {
    Name *name;
    Body *body;
    enum DeclKind kind;
    int index; /* of the item that defines it */
    bool is_bound; /* the definition was passed */
    CoreVar *var;
    Macro *macro;
    Decl *next; /* next definition of the same name in the body */
    UseList *last_user; /* that has this decl already */
    /* functions */
    const RtPlace *place;
    CoreFunction *function;
    UseList uses;
    bool is_placed;
    int order, low; /* of the search for groups; order 0: not visited */
    bool on_stack;
};

enum BindingKind { BINDING_VAR, BINDING_BODY };
struct Binding {
    Name *name;
    Binding *outer; /* the binding of the same name that this one hides */
    Binding *previous; /* made before this one */
    enum BindingKind kind;
    int macro_level;
    CoreVar *var; /* BINDING_VAR */
    Body *body; /* BINDING_BODY */
    Decl *decls;
};

enum EntryKind { ENTRY_EFFECT, ENTRY_LET, ENTRY_FIX };
typedef struct Entry {
    enum EntryKind kind;
    const RtPlace *place;
    CoreNode *node; /* effect, or value of the let */
    CoreVar *var;
    int count;
    CoreFunction **functions;
    CoreVar **vars;
} Entry;

struct Body {
    Body *outer;
    bool outer_at_toplevel;
    Binding *scope; /* bindings when it was opened */
    int lambda_depth;
    Entry *entries;
    int entry_count, entry_capacity;
    int index; /* item being lowered */
    bool is_letrec;
    bool in_function; /* the item is a function, which will be placed later */
    UseList *user; /* who uses the names looked up now: the item, or the function it defines */
    Decl *own; /* the value the item defines */
};

struct Lower {
    Compiler *c;
    CoreProgram *program;
    Body *body; /* innermost region; NULL at top level */
    Binding *scope; /* newest binding */
    bool at_toplevel; /* a definition here is global */
    bool is_abandoned; /* nested too deeply: the rest of the form is not looked at */
    int lambda_depth, macro_level, depth;
};

enum MeaningKind { MEANING_VAR, MEANING_MACRO, MEANING_FORM, MEANING_GLOBAL, MEANING_HIDDEN };
typedef struct Meaning {
    enum MeaningKind kind;
    Name *name; /* MEANING_GLOBAL: of the global */
    CoreVar *var;
    Macro *macro;
    const SpecialForm *form;
} Meaning;

/* is_operator: special forms count.  Notes the use of a local definition; `at` is for errors. */
Meaning scope_lookup(Lower *l, Name *name, bool is_operator, const RtPlace *at);
void scope_bind(Lower *l, RtValue symbol, CoreVar *var);
void scope_leave(Lower *l, Binding *mark); /* undoes all bindings made since l->scope was mark */
Decl *scope_declare(Lower *l, Body *body, RtValue symbol, enum DeclKind kind, int index);

Body *body_open(Lower *l);
CoreNode *body_close(Lower *l, Body *body, CoreNode *value); /* the value, wrapped in the entries */
Entry *body_push(Lower *l, Body *body, Entry entry);
void body_insert(Lower *l, Body *body, int at, const Entry *entries, int count);

#endif
