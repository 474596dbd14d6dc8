/* Macros: defmacro, calls of macros while a form is lowered, and macroexpand at run time.
 *
 * A macro is a function of the compile-time world.  Its lambda is lowered into a small open-world program of its own
 * when defmacro is met, so that errors are found there, and made into a function value at the first call.  Variables of
 * the running program are hidden from it (they have no value yet), the macros around it are not.  Expansions are roots
 * like what the reader makes.
 */
#include "module.h"

static Macro *macro_new(Lower *l, RtValue name, const RtPlace *at)
{
    Macro *m = arena_alloc(l->c->arena, sizeof *m);
    if (!rt_as_symbol(name)->interned) rt_make_immortal(name); /* its text names the macro object */
    m->name = symbol_name(name);
    m->place = at;
    m->function = rt_make(RT_UNBOUND, 0);
    RtMacro *object = rt_alloc(sizeof *object);
    *object = (RtMacro){.count = 1, .name = m->name};
    m->object = rt_from_object(RT_MACRO, object);
    rt_make_immortal(m->object);
    m->next = l->c->all_macros;
    l->c->all_macros = m;
    return m;
}

static void lower_macro_function(Lower *l, Macro *m, RtValue params, RtValue body, const RtPlace *at)
{
    Compiler *c = l->c;
    int errors_before = c->error_count;
    CoreProgram *p = core_program_new(c->arena);
    p->open_world = true;
    Lower inner = {
        .c = c, .program = p, .lambda_depth = l->lambda_depth, .macro_level = l->macro_level + 1, .depth = l->depth};
    CoreFunction *f = lower_function(&inner, "defmacro", m->name, params, body, at);
    m->min_args = f->has_rest ? f->param_count - 1 : f->param_count;
    m->max_args = f->has_rest ? -1 : f->param_count;
    if (c->error_count > errors_before) return;
    CoreFunction *maker = core_function(p, "toplevel", at);
    maker->is_toplevel = true;
    maker->body = core_lambda(p, at, f);
    ARENA_PUSH(p->arena, p->toplevel, p->toplevel_count, p->toplevel_capacity, maker);
    m->maker = maker;
    m->program = p;
}

Macro *macro_define(Lower *l, RtValue form, const RtPlace *at)
{
    int64_t count;
    list_length(form, &count);
    RtValue rest = list_rest(form);
    if (count < 2) {
        diag_error(l->c, at, "defmacro: expected a name, parameters and a body");
        return NULL;
    }
    RtValue name = list_first(rest);
    if (!is_symbol(name)) {
        diag_error(l->c, place_of_first(l, rest, at), "defmacro: the name must be a symbol, got %s",
                   datum_text(l->c, name));
        return NULL;
    }
    const SpecialForm *special = compiler_name(l->c, name)->form;
    if (special && !special->is_soft) {
        diag_error(l->c, place_of_first(l, rest, at), "defmacro: the special form %s cannot be redefined",
                   special->name);
        return NULL;
    }
    if (count < 4) {
        diag_error(l->c, at, "defmacro: expected a name, parameters and a body");
        return NULL;
    }
    rest = list_rest(rest);
    Macro *m = macro_new(l, name, at);
    m->form = form;
    module_note_macro(l->c);
    lower_macro_function(l, m, list_first(rest), list_rest(rest), at);
    return m;
}

static const char *expected_arguments(Compiler *c, const Macro *m)
{
    const char *plural = m->min_args == 1 ? "" : "s";
    return arena_format(c->arena, "%s%d argument%s", m->max_args < 0 ? "at least " : "", m->min_args, plural);
}

/* The operands, owned; NULL after *message was set. */
static RtValue *take_operands(Compiler *c, Macro *m, RtValue form, int64_t *count, const char **message)
{
    RtValue list = list_rest(form);
    if (!list_length(list, count)) {
        *message = arena_format(c->arena, "%s: the call of a macro must be a proper list", m->name);
        return NULL;
    }
    if (*count < m->min_args || (m->max_args >= 0 && *count > m->max_args)) {
        *message =
            arena_format(c->arena, "%s: expected %s, got %lld", m->name, expected_arguments(c, m), (long long)*count);
        return NULL;
    }
    RtValue *operands = arena_alloc(c->arena, ((size_t)*count + 1) * sizeof *operands);
    for (int64_t i = 0; i < *count; i++, list = list_rest(list)) operands[i] = datum_unmark(c, list_first(list), true);
    return operands;
}

/* One expansion.  false: *message says why, or is NULL when that was told before. */
static bool expand_once(Compiler *c, Macro *m, RtValue form, RtValue *result, const char **message)
{
    int64_t count;
    *message = NULL;
    RtValue *operands = take_operands(c, m, form, &count, message);
    if (!operands) return false;
    RtValue error = rt_nil();
    RtValue function = macro_function(c, m, &error);
    bool ok = function.tag != RT_UNBOUND && comptime_try_call(c, function, operands, count, result, &error);
    for (int64_t i = 0; i < count; i++) rt_drop(operands[i]);
    if (ok || error.tag != RT_ERROR) return ok;
    RtValue text = rt_as_error(error)->message;
    *message = arena_format(c->arena, "in the expansion of %s: %s", m->name,
                            text.tag == RT_STRING ? rt_as_string(text)->bytes : datum_text(c, text));
    rt_drop(error);
    return false;
}

RtValue macro_expand(Lower *l, Macro *m, RtValue form, const RtPlace *at, bool *ok)
{
    const char *message;
    RtValue result = rt_nil();
    *ok = expand_once(l->c, m, form, &result, &message);
    if (!*ok) {
        if (message) diag_error(l->c, at, "%s", message);
        return rt_nil();
    }
    if (compiler_dumps(l->c, "expand")) {
        dump_datum(l->c, form);
        fputs("=> ", stderr);
        dump_datum(l->c, result);
    }
    return compiler_root(l->c, result);
}

static Macro *global_macro(Compiler *c, RtValue form)
{
    if (form.tag != RT_CONS || !is_symbol(list_first(form))) return NULL;
    Name *name = module_meaning(c, compiler_name(c, list_first(form)), NULL);
    return name->form && !name->form->is_soft ? NULL : name->macro;
}

RtValue expand_datum(Compiler *c, RtValue form, bool once, const RtPlace *at)
{
    const char *who = once ? "macroexpand-1" : "macroexpand";
    if (!c) {
        rt_drop(form);
        rt_raise_message(at, "%s: no expander in this program", who);
    }
    Macro *m;
    for (int i = 0; (m = global_macro(c, form)) && (i == 0 || !once); i++) {
        const char *message = NULL;
        RtValue result = rt_nil();
        bool ok = i < EXPANSION_LIMIT && expand_once(c, m, form, &result, &message);
        rt_drop(form);
        if (!ok && i == EXPANSION_LIMIT) rt_raise_message(at, "%s: endless expansion of %s", who, m->name);
        if (!ok)
            rt_raise_message(at, "%s",
                             message ? message : arena_format(c->arena, "%s: the macro is malformed", m->name));
        form = result;
    }
    return form;
}
