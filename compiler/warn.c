/* Warnings about a whole program: names without a definition, and definitions without a use.
 *
 * Input: the program as it was lowered, without errors, before any pass.  Output: diagnostics.  One walk counts the uses
 * of every variable and global, a second one complains.  Only what stands in a source is complained about: a variable
 * has a place when its binding was read, and none when a macro made it.  A name that begins with _ may stay unused.
 */
#include "frontend.h"
#include "library.h"
#include "suggest.h"

typedef struct GlobalUse { /* scratch of a global */
    const RtPlace *defined; /* the first definition's */
    const RtPlace *used; /* some use's, outside of its own function; NULL: none */
    bool is_used, is_defined, is_function;
} GlobalUse;

typedef struct Walk {
    Compiler *c;
    CoreProgram *program;
    bool complains; /* the second walk */
    const CoreGlobal *inside; /* the global whose function is being walked */
} Walk;

static void walk_node(CoreNode **child, void *data);

static GlobalUse *use_of(Walk *w, CoreGlobal *global)
{
    if (!global->scratch) global->scratch = arena_alloc(w->program->arena, sizeof(GlobalUse));
    return global->scratch;
}

static void check_variable(Walk *w, CoreVar *var, enum Warning warning, const char *what)
{
    if (w->complains) {
        if (!var->scratch && var->place && var->name[0] != '_')
            diag_warning(w->c, warning, var->place, "%s: %s is never used", var->name, what);
        var->scratch = NULL;
    }
}

static void walk_function(Walk *w, CoreFunction *f)
{
    walk_node(&f->body, w);
    for (int i = 0; i < f->param_count; i++) check_variable(w, f->params[i], WARNING_UNUSED_PARAMETER, "the parameter");
}

static void note_definition(Walk *w, const CoreNode *node)
{
    GlobalUse *use = use_of(w, node->u.define.global);
    const char *name = node->u.define.global->name;
    if (w->complains) {
        if (use->defined != node->place)
            diag_warning(w->c, WARNING_REDEFINED, node->place,
                         "%s is defined again; the first definition is on line %u", name, use->defined->line);
        return;
    }
    if (!use->defined) use->defined = node->place;
    use->is_defined = true;
    use->is_function = node->u.define.value->kind == CORE_LAMBDA;
}

static void walk_node(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    Walk *w = data;
    const CoreGlobal *outer = w->inside;
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL:
        if (!w->complains) node->u.local->scratch = node->u.local;
        break;
    case CORE_GLOBAL:
        if (node->u.global != w->inside) {
            GlobalUse *use = use_of(w, node->u.global);
            use->is_used = true;
            if (!use->used) use->used = node->place;
        }
        break;
    case CORE_DEFINE:
        note_definition(w, node);
        if (node->u.define.value->kind == CORE_LAMBDA) w->inside = node->u.define.global;
        break;
    case CORE_LAMBDA: walk_function(w, node->u.function); break;
    case CORE_FIX:
        for (int i = 0; i < node->u.fix.count; i++) walk_function(w, node->u.fix.functions[i]);
        break;
    default: break;
    }
    core_each_child(node, walk_node, w);
    w->inside = outer;
    if (node->kind == CORE_LET) check_variable(w, node->u.let.var, WARNING_UNUSED_VARIABLE, "the variable");
    if (node->kind == CORE_TRY) check_variable(w, node->u.try_.error, WARNING_UNUSED_VARIABLE, "the variable");
    for (int i = 0; node->kind == CORE_FIX && i < node->u.fix.count; i++)
        check_variable(w, node->u.fix.vars[i], WARNING_UNUSED_VARIABLE, "the local function");
}

static void walk(Walk *w)
{
    for (int i = 0; i < w->program->toplevel_count; i++) walk_node(&w->program->toplevel[i]->body, w);
}

/* ---- globals ---- */

static bool has_meaning(const Name *name)
{
    return name->is_defined || name->macro || name->form || name->global.primitive != PRIM_NONE;
}

static const char *nearest_name(Compiler *c, const char *wanted)
{
    Suggestion s = suggestion_for(wanted);
    for (const Name *name = c->all_names; name; name = name->next)
        if (has_meaning(name) && !name->global.is_private && rt_as_symbol(name->global.symbol)->interned)
            suggestion_offer(&s, name->global.name);
    for (int i = 0; i < library_function_count; i++)
        if (library_functions[i].doc) suggestion_offer(&s, library_functions[i].name);
    return s.best;
}

static void check_unbound(Compiler *c, const CoreGlobal *global, const GlobalUse *use)
{
    if (use->is_defined || !use->used || has_meaning((const Name *)global) || library_has(global)) return;
    const char *nearest = warning_is_on(&c->options.warnings, WARNING_UNBOUND) ? nearest_name(c, global->name) : NULL;
    bool asks =
        nearest && nearest[strlen(nearest) - 1] == '?'; /* one question mark is enough: "did you mean number?" */
    diag_warning(c, WARNING_UNBOUND, use->used, "%s is not defined%s%s%s", global->name,
                 nearest ? "; did you mean " : "", nearest ? nearest : "", nearest && !asks ? "?" : "");
}

/* Is it used by a macro, or by what compile time evaluates? */
static bool is_used_elsewhere(const CoreProgram *p, const Name *name)
{
    for (const ProgramList *user = name->programs; user; user = user->next)
        if (user->program != p) return true;
    return false;
}

static void check_global(Walk *w, CoreGlobal *global)
{
    const GlobalUse *use = global->scratch;
    Name *name = (Name *)global;
    global->scratch = NULL;
    if (!use || global->is_private) return;
    check_unbound(w->c, global, use);
    if (!use->is_defined || !use->defined) return;
    if (global->primitive != PRIM_NONE || library_has(global))
        diag_warning(w->c, WARNING_BUILTIN, use->defined, "%s: this takes the name of a builtin", global->name);
    else if (use->is_function && !use->is_used && !global->link_name && global->name[0] != '_' &&
             !is_used_elsewhere(w->program, name))
        diag_warning(w->c, WARNING_UNUSED_FUNCTION, use->defined, "%s: the function is never used", global->name);
}

static void warn(void *data)
{
    Walk *w = data;
    walk(w);
    w->complains = true;
    walk(w);
    for (int i = 0; i < w->program->global_count; i++) check_global(w, w->program->globals[i]);
}

void warn_about_program(Compiler *c, CoreProgram *p)
{
    Walk w = {.c = c, .program = p};
    if (!p->uses_eval && !c->options.warnings.all_off) rt_on_lisp_stack(warn, &w);
}
