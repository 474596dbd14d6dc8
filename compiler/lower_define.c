/* Definitions: label, define, lambda, defmacro.
 *
 * At top level a definition stores a global, wherever it stands in an expression.  As an item of a body it is
 * lower_body.c's; deeper inside an expression it becomes an entry of the body around it, which makes it known to what
 * is evaluated afterwards. A definition whose value names a macro makes one more name of that macro.
 */
#include "module.h"

static Macro *macro_named(Lower *l, RtValue datum, const RtPlace *at)
{
    if (!is_symbol(datum)) return NULL;
    Name *name = compiler_name(l->c, datum);
    if (name->binding && name->binding->kind == BINDING_VAR) return NULL;
    if (!name->binding && !module_meaning(l->c, name, at)->macro) return NULL;
    Meaning meaning = scope_lookup(l, name, false, at);
    return meaning.kind == MEANING_MACRO ? meaning.macro : NULL;
}

/* (define (name . params) body...) */
static void parse_function(RtValue head, RtValue body, Definition *out)
{
    out->name = list_first(head);
    out->is_function = true;
    out->params = list_rest(head);
    out->body = body;
}

/* (label name value), (define name value), (define (name . params) body...) */
bool parse_definition(Lower *l, RtValue form, const RtPlace *at, Definition *out)
{
    const char *who = symbol_name(list_first(form));
    bool is_define = same_object(list_first(form), l->c->symbols.define);
    int64_t count;
    list_length(form, &count);
    *out = (Definition){.place = at, .who = who};
    bool is_function = is_define && count > 1 && list_first(list_rest(form)).tag == RT_CONS;
    if (is_function) {
        parse_function(list_first(list_rest(form)), list_rest(list_rest(form)), out);
        out->name_place = place_of_name(l, list_first(list_rest(form)));
    } else if (count != 3) {
        diag_error(l->c, at, "%s: expected 2 operands (a name and a value), got %lld", who, (long long)count - 1);
        return false;
    } else {
        out->name = list_first(list_rest(form));
        out->name_place = place_of_name(l, list_rest(form));
    }
    if (!is_symbol(out->name)) {
        const RtPlace *place = place_of_first(l, list_rest(form), at);
        diag_error(l->c, place, "%s: the name must be a symbol, got %s", who, datum_text(l->c, out->name));
        return false;
    }
    if (is_function) return true;
    RtValue rest = list_rest(list_rest(form));
    out->value_place = place_of_first(l, rest, at);
    out->value = expand_head(l, list_first(rest), out->value_place);
    out->alias = macro_named(l, out->value, out->value_place);
    const SpecialForm *value_form = form_of(l, out->value, out->value_place);
    if (value_form && value_form->lower == lower_lambda && list_length(out->value, &count) && count > 1) {
        out->is_function = true;
        out->who = "lambda";
        out->params = list_first(list_rest(out->value));
        out->body = list_rest(list_rest(out->value));
    }
    return true;
}

CoreFunction *lower_definition_function(Lower *l, const Definition *d)
{
    const char *name = compiler_name(l->c, d->name)->global.name;
    return lower_function(l, d->who, name, d->params, d->body, d->place);
}

static CoreNode *define_global(Lower *l, const Definition *d)
{
    Name *name = module_definition(l->c, compiler_name(l->c, d->name), d->place);
    if (!name) return lower_nil(l, d->place);
    CoreNode *value;
    if (d->is_function) { /* the function may call itself: the name means the new value already */
        name->is_defined = true;
        name->macro = NULL;
        value = core_lambda(l->program, d->place, lower_definition_function(l, d));
    } else if (d->alias) {
        value = core_const(l->program, d->place, d->alias->object);
    } else {
        value = lower_expr(l, d->value, d->value_place);
    }
    name->is_defined = true;
    name->macro = d->alias;
    program_add_global(l->c, l->program, name);
    return core_define(l->program, d->place, &name->global, value);
}

CoreNode *lower_function_definition(Lower *l, RtValue symbol, CoreFunction *f, const RtPlace *at)
{
    Name *name = module_definition(l->c, compiler_name(l->c, symbol), at);
    if (!name) return lower_nil(l, at);
    name->is_defined = true;
    name->macro = NULL;
    program_add_global(l->c, l->program, name);
    return core_define(l->program, at, &name->global, core_lambda(l->program, at, f));
}

static CoreNode *define_in_body(Lower *l, const Definition *d)
{
    Body *body = l->body;
    if (d->alias) {
        Decl *decl = scope_declare(l, body, d->name, DECL_MACRO, body->index);
        decl->macro = d->alias;
        decl->is_bound = true;
        return core_const(l->program, d->place, d->alias->object);
    }
    if (!d->is_function) {
        CoreNode *value = lower_expr(l, d->value, d->value_place);
        Decl *decl = scope_declare(l, body, d->name, DECL_VALUE, body->index);
        body_push(l, body, (Entry){.kind = ENTRY_LET, .place = d->place, .node = value, .var = decl->var});
        decl->is_bound = true;
        return core_local(l->program, d->place, decl->var);
    }
    Decl *decl = scope_declare(l, body, d->name, DECL_VALUE, body->index);
    decl->is_bound = true;
    CoreFunction **functions = arena_alloc(l->program->arena, sizeof *functions);
    CoreVar **vars = arena_alloc(l->program->arena, sizeof *vars);
    *functions = lower_definition_function(l, d);
    *vars = decl->var;
    body_push(l, body, (Entry){.kind = ENTRY_FIX, .place = d->place, .count = 1, .functions = functions, .vars = vars});
    return core_local(l->program, d->place, decl->var);
}

CoreNode *lower_label(Lower *l, RtValue form, const RtPlace *at)
{
    Definition d;
    if (!parse_definition(l, form, at, &d)) return lower_nil(l, at);
    return l->at_toplevel ? define_global(l, &d) : define_in_body(l, &d);
}

CoreNode *lower_defmacro(Lower *l, RtValue form, const RtPlace *at)
{
    Macro *m = macro_define(l, form, at);
    if (!m) return lower_nil(l, at);
    Definition d = {.name = list_first(list_rest(form)), .place = at, .alias = m};
    return l->at_toplevel ? define_global(l, &d) : define_in_body(l, &d);
}

CoreNode *lower_lambda(Lower *l, RtValue form, const RtPlace *at)
{
    if (list_rest(form).tag != RT_CONS) return form_error(l, at, "lambda: no parameter list and no body");
    RtValue rest = list_rest(form);
    return core_lambda(l->program, at, lower_function(l, "lambda", "lambda", list_first(rest), list_rest(rest), at));
}
