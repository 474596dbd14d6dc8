/* The remarks of --explain that need no pass: which calls of the final program stay unknown and why, and what makes
 * objects.
 *
 * Input: Core after all passes.  A node without a place is library code and is left out.
 */
#include "known_calls.h"
#include "remarks.h"

typedef struct Explainer {
    Compiler *c;
    const CoreProgram *program;
    const CoreFunction *function;
} Explainer;

static bool is_parameter(const CoreFunction *f, const CoreVar *var)
{
    for (int i = 0; i < f->param_count; i++)
        if (f->params[i] == var) return true;
    return false;
}

static void explain_callee(const Explainer *e, const CoreNode *call)
{
    const CoreNode *callee = call->u.call.callee;
    const RtPlace *at = call->place;
    const char *name = callee->kind == CORE_GLOBAL ? callee->u.global->name : NULL;
    if (callee->kind == CORE_GLOBAL && callee->u.global->definition_count > 1)
        remark(e->c, at, e->function, REMARK_GENERIC, "calls %s through its global: it is defined more than once",
               name);
    else if (callee->kind == CORE_GLOBAL)
        remark(e->c, at, e->function, REMARK_GENERIC,
               "calls %s through its global: its value is not known before the program runs", name);
    else if (callee->kind == CORE_LOCAL && is_parameter(e->function, callee->u.local))
        remark(e->c, at, e->function, REMARK_GENERIC, "calls its parameter %s, which may be any function",
               callee->u.local->name);
    else if (callee->kind == CORE_FUNCTION || callee->kind == CORE_CONST)
        remark(e->c, at, e->function, REMARK_GENERIC, "this call raises an error when it runs");
    else remark(e->c, at, e->function, REMARK_GENERIC, "calls a function that is computed when the program runs");
}

static const char *object_of(int primitive)
{
    switch (primitive) {
    case PRIM_cons: return "a pair";
    case PRIM_list: return "a list";
    case PRIM_append2:
    case PRIM_append_copy:
    case PRIM_append: return "pairs for all operands of append but the last, unless they are unshared";
    case PRIM_vector: return "a vector";
    case PRIM_env: return "a record of the variables that local functions share";
    case PRIM_reduced:
    case PRIM_reduced_plain: return "a wrapper for the result";
    default: break;
    }
    switch (primitives[primitive].result) {
    case RESULT_CONS: return "a list";
    case RESULT_STRING: return "a string";
    case RESULT_VECTOR: return "a vector, unless it can change an unshared one in place";
    default: return NULL;
    }
}

static void explain_prim(const Explainer *e, const CoreNode *node)
{
    int primitive = node->u.call.primitive;
    const char *object = node->u.call.count > 0 || primitive != PRIM_list ? object_of(primitive) : NULL;
    if (!object || !node->place || node->is_apart) return;
    const char *name = builtin_name(primitive);
    if (name) remark(e->c, node->place, e->function, REMARK_ALLOCATES, "%s: %s", name, object);
    else remark(e->c, node->place, e->function, REMARK_ALLOCATES, "%s", object);
}

static void explain_closure(const Explainer *e, const CoreNode *node)
{
    const CoreFunction *f = node->u.call.function;
    char names[120] = "";
    for (int i = 0; i < f->capture_count && strlen(names) < 80; i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", f->captures[i]->name);
    }
    if (node->place)
        remark(e->c, node->place, e->function, REMARK_ALLOCATES, "a closure of %s over %s", f->name, names);
}

static void explain(CoreNode **child, void *data)
{
    const Explainer *e = data;
    const CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET:
        if (!node->u.let.var->is_in_frame) break;
        if (node->u.let.init->place)
            remark(e->c, node->u.let.init->place, e->function, REMARK_FAST,
                   "cons: a pair in the stack frame, since nobody keeps it");
        core_each_child(node->u.let.init, explain, data);
        explain(&((CoreNode *)(uintptr_t)node)->u.let.body, data);
        return;
    case CORE_CALL:
        if (node->place) explain_callee(e, node);
        break;
    case CORE_APPLY:
        if (node->place)
            remark(e->c, node->place, e->function, REMARK_GENERIC,
                   "apply: the operands are counted when the program runs");
        break;
    case CORE_PRIM: explain_prim(e, node); break;
    case CORE_CLOSURE: explain_closure(e, node); break;
    default: break;
    }
    core_each_child(*child, explain, data);
}

void explain_program(Compiler *c, const CoreProgram *p)
{
    if (!remarks_wanted(c)) return;
    for (int i = 0; i < p->function_count; i++) {
        Explainer e = {c, p, p->functions[i]};
        explain(&p->functions[i]->body, &e);
    }
}
