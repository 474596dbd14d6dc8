/* Free variables of all functions of a program, and how each function gets at them (see freevars.c). */
#ifndef CONSAIR_FREEVARS_H
#define CONSAIR_FREEVARS_H

#include "core.h"

typedef struct FunctionInfo FunctionInfo;
typedef struct Group Group;

typedef struct VarSet { /* in order of insertion */
    CoreVar **items;
    int count, capacity;
    PointerMap *positions; /* of large sets: variable -> position + 1 */
} VarSet;

typedef struct VarInfo { /* CoreVar.scratch from scan to end */
    FunctionInfo *home; /* the function that binds it */
    FunctionInfo *function; /* what it is bound to by FIX, or by LET of a LAMBDA */
    bool is_fix;
    bool is_value; /* of a known function: used otherwise than by known calls */
    CoreVar *current; /* closures.c: its copy in the function being rewritten; NULL: itself */
} VarInfo;

typedef struct Use { /* of captures: each capture of the function is needed in `user` */
    FunctionInfo *user;
    struct Use *next;
} Use;

struct FunctionInfo { /* CoreFunction.scratch from scan to end */
    CoreFunction *function;
    FunctionInfo *parent; /* NULL: a top-level form */
    int depth;
    Group *group; /* of a FIX with an environment record, when it reads that */
    FunctionInfo *env_member; /* the innermost function around, or this one, that has a group */
    bool is_closed; /* needs nothing of the functions around it */
    VarSet captures; /* variables of functions around it */
    Use *uses;
    CoreNode **locals; /* LOCAL nodes of its own body */
    int local_count, local_capacity;
    FunctionInfo **called; /* by CALL_KNOWN */
    int called_count, called_capacity;
    FunctionInfo **lambdas; /* closures its body makes from LAMBDA nodes that no variable names */
    int lambda_count, lambda_capacity;
};

struct Group { /* one FIX; scanned for all, kept by FunctionInfo.group only where there is an environment record */
    FunctionInfo *home;
    CoreNode *fix;
    CoreVar *env; /* the variable of the record; NULL: none */
    VarSet items; /* its content */
};

typedef struct FreeVars {
    CoreProgram *program;
    Arena *arena; /* for what does not outlive the pass */
    CoreVar **vars; /* all with a VarInfo */
    int var_count, var_capacity;
    FunctionInfo **functions;
    int function_count, function_capacity;
    Group **groups;
    int group_count, group_capacity;
    VarInfo **named; /* variables bound to functions */
    int named_count, named_capacity;
    struct Capture *pending; /* captures to be passed on to the users of their function, in order */
    int pending_count, pending_capacity;
    bool is_final; /* second round: who has an environment record is decided */
} FreeVars;

void freevars_compute(FreeVars *fv, CoreProgram *p);
void freevars_end(FreeVars *fv); /* clears the scratch fields */
static inline VarInfo *var_info(const CoreVar *var) { return var->scratch; }
static inline FunctionInfo *function_info(const CoreFunction *f) { return f->scratch; }
/* The group whose record the function reads the variable from: a member of it, maybe the function itself, lies between
 * the function and the variable's home.  NULL: it has the variable itself. */
Group *freevars_record_for(const FunctionInfo *f, const CoreVar *var);
int var_set_position(const VarSet *set, const CoreVar *var); /* -1: not in it */
/* Is this variable of a known function a real variable, that holds a closure? */
bool freevars_holds_closure(const VarInfo *info);

#endif
