/* The forms that bind: let, named let, let*, letrec, do, try; and assert.
 *
 * The variables of let are bound in parallel, those of let* one after the other; letrec is a body whose first items are
 * definitions. Loops (named let, do) are local functions that call themselves in tail position.
 */
#include "lower.h"

/* ((name value) ...): false after a diagnostic.  Values may be missing when `min` is 1; `max` counts the parts of a
 * binding. */
static bool check_bindings(Lower *l, const char *who, RtValue bindings, int min, int max, const RtPlace *at)
{
    int64_t count;
    if (!list_length(bindings, &count)) {
        form_error(l, at, "%s: the bindings must be a list, got %s", who, datum_text(l->c, bindings));
        return false;
    }
    bool ok = true;
    for (; bindings.tag == RT_CONS; bindings = list_rest(bindings)) {
        RtValue binding = list_first(bindings);
        const RtPlace *place = place_of_first(l, bindings, at);
        if (!list_length(binding, &count) || count < min || count > max) {
            form_error(l, place, "%s: a binding must be %s, got %s", who,
                       max == 3 ? "(name value [step])" : "(name value)", datum_text(l->c, binding));
            ok = false;
        } else if (!is_symbol(list_first(binding))) {
            form_error(l, place, "%s: the name of a binding must be a symbol, got %s", who,
                       datum_text(l->c, list_first(binding)));
            ok = false;
        }
    }
    return ok;
}

/* The values of the bindings, evaluated in order. */
static CoreNode **lower_values(Lower *l, RtValue bindings, int *count, const RtPlace *at)
{
    int64_t length;
    list_length(bindings, &length);
    *count = (int)length;
    CoreNode **nodes = arena_alloc(l->program->arena, ((size_t)length + 1) * sizeof *nodes);
    for (int i = 0; i < *count; i++, bindings = list_rest(bindings)) {
        int mark = lower_mark(l);
        nodes[i] = lower_first(l, list_rest(list_first(bindings)), at);
        lower_keep_order(l, nodes, i, mark);
    }
    return nodes;
}

static RtValue names_of(Lower *l, RtValue bindings)
{
    ListBuilder names = {0};
    for (; bindings.tag == RT_CONS; bindings = list_rest(bindings))
        list_builder_add(&names, rt_dup(list_first(list_first(bindings))));
    return compiler_root(l->c, names.head);
}

static CoreNode *call_loop(Lower *l, CoreFunction *f, CoreVar *var, CoreNode **values, int count, const RtPlace *at)
{
    CoreProgram *p = l->program;
    CoreFunction **functions = arena_alloc(p->arena, sizeof *functions);
    CoreVar **vars = arena_alloc(p->arena, sizeof *vars);
    *functions = f;
    *vars = var;
    return core_fix(p, at, 1, functions, vars, core_call(p, at, core_local(p, at, var), count, values));
}

/* (let name ((v value) ...) body ...) */
static CoreNode *lower_named_let(Lower *l, RtValue form, const RtPlace *at)
{
    RtValue name = list_first(list_rest(form)), rest = list_rest(list_rest(form));
    if (rest.tag != RT_CONS || list_rest(rest).tag != RT_CONS) return form_error(l, at, "let: no bindings or no body");
    RtValue bindings = list_first(rest);
    if (!check_bindings(l, "let", bindings, 2, 2, at)) return lower_nil(l, at);
    int count;
    CoreNode **values = lower_values(l, bindings, &count, at);
    CoreVar *var = core_var(l->program, compiler_name(l->c, name)->global.name);
    Binding *mark = l->scope;
    scope_bind(l, name, var);
    CoreFunction *f = lower_function(l, "let", var->name, names_of(l, bindings), list_rest(rest), at);
    scope_leave(l, mark);
    return call_loop(l, f, var, values, count, at);
}

/* (let ((v value) ...) body ...) */
CoreNode *lower_let(Lower *l, RtValue form, const RtPlace *at)
{
    RtValue rest = list_rest(form);
    if (rest.tag == RT_CONS && is_symbol(list_first(rest))) return lower_named_let(l, form, at);
    if (rest.tag != RT_CONS || list_rest(rest).tag != RT_CONS) return form_error(l, at, "let: no bindings or no body");
    RtValue bindings = list_first(rest);
    if (!check_bindings(l, "let", bindings, 2, 2, at)) return lower_nil(l, at);
    int count;
    CoreNode **values = lower_values(l, bindings, &count, at);
    CoreVar **vars = arena_alloc(l->c->arena, ((size_t)count + 1) * sizeof *vars);
    Binding *mark = l->scope;
    for (int i = 0; i < count; i++, bindings = list_rest(bindings)) {
        RtValue symbol = list_first(list_first(bindings));
        vars[i] = core_var(l->program, compiler_name(l->c, symbol)->global.name);
        vars[i]->place = place_of_name(l, list_first(bindings));
        scope_bind(l, symbol, vars[i]);
    }
    CoreNode *node = lower_body(l, list_rest(rest), at);
    scope_leave(l, mark);
    for (int i = count; i-- > 0;) node = core_let(l->program, at, vars[i], values[i], node);
    return node;
}

/* (let* ((v value) ...) body ...) */
CoreNode *lower_let_star(Lower *l, RtValue form, const RtPlace *at)
{
    RtValue rest = list_rest(form);
    if (rest.tag != RT_CONS || list_rest(rest).tag != RT_CONS) return form_error(l, at, "let*: no bindings or no body");
    RtValue bindings = list_first(rest);
    if (!check_bindings(l, "let*", bindings, 2, 2, at)) return lower_nil(l, at);
    Body *region = body_open(l);
    for (; bindings.tag == RT_CONS; bindings = list_rest(bindings)) {
        RtValue symbol = list_first(list_first(bindings));
        CoreNode *value = lower_first(l, list_rest(list_first(bindings)), at);
        CoreVar *var = core_var(l->program, compiler_name(l->c, symbol)->global.name);
        var->place = place_of_name(l, list_first(bindings));
        scope_bind(l, symbol, var);
        body_push(l, region, (Entry){.kind = ENTRY_LET, .place = at, .node = value, .var = var});
    }
    return body_close(l, region, lower_body(l, list_rest(rest), at));
}

/* (letrec ((v value) ...) body ...) */
CoreNode *lower_letrec(Lower *l, RtValue form, const RtPlace *at)
{
    RtValue rest = list_rest(form);
    if (rest.tag != RT_CONS || list_rest(rest).tag != RT_CONS)
        return form_error(l, at, "letrec: no bindings or no body");
    RtValue bindings = list_first(rest);
    if (!check_bindings(l, "letrec", bindings, 2, 2, at)) return lower_nil(l, at);
    ListBuilder items = {0};
    for (; bindings.tag == RT_CONS; bindings = list_rest(bindings))
        list_builder_add(&items, rt_cons(l->c->symbols.label, rt_dup(list_first(bindings))));
    for (RtValue body = list_rest(rest); body.tag == RT_CONS; body = list_rest(body))
        list_builder_add(&items, rt_dup(list_first(body)));
    return lower_letrec_body(l, compiler_root(l->c, items.head), at);
}

/* ---- do ---- */

static CoreNode *lower_round(Lower *l, RtValue bindings, RtValue body, CoreFunction *f, CoreVar *loop,
                             const RtPlace *at)
{
    CoreProgram *p = l->program;
    Body *region = body_open(l);
    if (body.tag == RT_CONS)
        body_push(l, region, (Entry){.kind = ENTRY_EFFECT, .place = at, .node = lower_body(l, body, at)});
    CoreNode **steps = arena_alloc(p->arena, ((size_t)f->param_count + 1) * sizeof *steps);
    for (int i = 0; i < f->param_count; i++, bindings = list_rest(bindings)) {
        RtValue step = list_rest(list_rest(list_first(bindings)));
        int mark = lower_mark(l);
        steps[i] = step.tag == RT_CONS ? lower_first(l, step, at) : core_local(p, at, f->params[i]);
        lower_keep_order(l, steps, i, mark);
    }
    return body_close(l, region, core_call(p, at, core_local(p, at, loop), f->param_count, steps));
}

/* (do ((v init [step]) ...) (test result ...) body ...) */
CoreNode *lower_do(Lower *l, RtValue form, const RtPlace *at)
{
    CoreProgram *p = l->program;
    RtValue rest = list_rest(form);
    RtValue end = rest.tag == RT_CONS && list_rest(rest).tag == RT_CONS ? list_first(list_rest(rest)) : rt_nil();
    int64_t length;
    if (end.tag != RT_CONS || !list_length(end, &length))
        return form_error(l, at, "do: expected bindings and (test result ...)");
    RtValue bindings = list_first(rest);
    if (!check_bindings(l, "do", bindings, 2, 3, at)) return lower_nil(l, at);
    int count;
    CoreNode **values = lower_values(l, bindings, &count, at);
    CoreVar *loop = core_var(p, "do");
    CoreFunction *f = core_function(p, "do", at);
    f->param_count = count;
    f->params = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *f->params);
    l->lambda_depth++;
    Body *region = body_open(l);
    l->at_toplevel = false;
    RtValue b = bindings;
    for (int i = 0; i < count; i++, b = list_rest(b)) {
        RtValue symbol = list_first(list_first(b));
        f->params[i] = core_var(p, compiler_name(l->c, symbol)->global.name);
        scope_bind(l, symbol, f->params[i]);
    }
    CoreNode *test = lower_first(l, end, at);
    CoreNode *result = length > 1 ? lower_branch(l, list_rest(end), at) : lower_nil(l, at);
    CoreNode *round = lower_round(l, bindings, list_rest(list_rest(rest)), f, loop, at);
    f->body = body_close(l, region, core_if(p, at, test, result, round));
    l->lambda_depth--;
    return call_loop(l, f, loop, values, count, at);
}

/* ---- errors ---- */

/* (try body ... (catch (name) handler ...)) */
CoreNode *lower_try(Lower *l, RtValue form, const RtPlace *at)
{
    ListBuilder body = {0};
    RtValue rest = list_rest(form), clause = rt_nil();
    for (; rest.tag == RT_CONS; rest = list_rest(rest)) {
        if (list_rest(rest).tag == RT_CONS) list_builder_add(&body, rt_dup(list_first(rest)));
        else clause = list_first(rest);
    }
    compiler_root(l->c, body.head);
    int64_t count, names;
    if (clause.tag != RT_CONS || !same_object(list_first(clause), l->c->symbols.catch_) || !list_length(clause, &count))
        return form_error(l, at, "try: the last form must be (catch (name) handler ...)");
    RtValue name = count > 1 ? list_first(list_rest(clause)) : rt_nil();
    if (!list_length(name, &names) || names != 1 || !is_symbol(list_first(name)))
        return form_error(l, at, "try: catch needs one name in parentheses, a symbol");
    CoreNode *body_node = body.head.tag == RT_CONS ? lower_branch(l, body.head, at) : lower_nil(l, at);
    CoreVar *error = core_var(l->program, compiler_name(l->c, list_first(name))->global.name);
    /* A handler often only wants to know that there was an error: no place, no warning. */
    Binding *mark = l->scope;
    scope_bind(l, list_first(name), error);
    RtValue handler = list_rest(list_rest(clause));
    CoreNode *handler_node = handler.tag == RT_CONS ? lower_branch(l, handler, at) : lower_nil(l, at);
    scope_leave(l, mark);
    return core_try(l->program, at, body_node, error, handler_node);
}

static CoreNode *lower_failure(Lower *l, RtValue operands, int count, const RtPlace *at)
{
    if (count == 1) {
        RtValue text = rt_string_from_text("assertion failed");
        rt_make_immortal(text);
        return lower_prim(l, at, PRIM_fail, 2, core_const(l->program, at, text),
                          lower_constant(l, list_first(operands), at));
    }
    Body *region = body_open(l);
    CoreNode **nodes = lower_list(l, list_rest(operands), count - 1, at);
    return body_close(l, region, core_prim(l->program, at, PRIM_fail, count - 1, nodes));
}

/* (assert expr [message datum ...]) */
CoreNode *lower_assert(Lower *l, RtValue form, const RtPlace *at)
{
    int64_t count;
    list_length(form, &count);
    if (count < 2) return form_error(l, at, "assert: no expression");
    RtValue operands = list_rest(form);
    CoreNode *test = lower_first(l, operands, at);
    CoreNode *failure = lower_failure(l, operands, (int)count - 1, at);
    return core_if(l->program, at, test, core_const(l->program, at, rt_true()), failure);
}
