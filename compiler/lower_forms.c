/* The table of special forms, and the forms that choose: if, cond, and, or, when, unless, case; quote and progn.
 *
 * A grammar line stands above each form.  A form gets a proper list whose head is its name. Chains (cond, and, or) are
 * lowered in a loop from the first link on and put together from the last, so that their length does not matter; what
 * follows a test is a region of its own, since it may not be evaluated.
 */
#include "lower.h"

const SpecialForm special_forms[] = {
    {"quote", lower_quote, false},
    {"quasiquote", lower_quasiquote, false},
    {"unquote", lower_unquote, false},
    {"unquote-splicing", lower_unquote, false},
    {"cond", lower_cond, false},
    {"lambda", lower_lambda, false},
    {"label", lower_label, false},
    {"defmacro", lower_defmacro, false},
    {"if", lower_if, true},
    {"progn", lower_progn, true},
    {"define", lower_label, true},
    {"let", lower_let, true},
    {"let*", lower_let_star, true},
    {"letrec", lower_letrec, true},
    {"and", lower_and, true},
    {"or", lower_or, true},
    {"when", lower_when, true},
    {"unless", lower_unless, true},
    {"case", lower_case, true},
    {"do", lower_do, true},
    {"try", lower_try, true},
    {"assert", lower_assert, true},
    {"foreign", lower_foreign, true},
    {"foreign-export", lower_foreign_export, true},
    {"import", lower_import, true},
    {"module", lower_module, true},
    {NULL, NULL, false},
};

static int operand_count(RtValue form)
{
    int64_t count;
    list_length(form, &count);
    return (int)count - 1;
}

/* (quote datum) */
CoreNode *lower_quote(Lower *l, RtValue form, const RtPlace *at)
{
    int count = operand_count(form);
    if (count != 1) return form_error(l, at, "quote: expected 1 argument, got %d", count);
    return lower_constant(l, list_first(list_rest(form)), at);
}

/* (progn expr ...) */
CoreNode *lower_progn(Lower *l, RtValue form, const RtPlace *at) { return lower_sequence(l, list_rest(form), at); }

/* (if test then [else]) */
CoreNode *lower_if(Lower *l, RtValue form, const RtPlace *at)
{
    int count = operand_count(form);
    if (count != 2 && count != 3) return form_error(l, at, "if: expected 2 or 3 arguments, got %d", count);
    RtValue rest = list_rest(form), branches = list_rest(rest);
    CoreNode *test = lower_first(l, rest, at);
    CoreNode *then = lower_branch_expr(l, branches, at);
    CoreNode *otherwise = count == 3 ? lower_branch_expr(l, list_rest(branches), at) : lower_nil(l, at);
    return core_if(l->program, at, test, then, otherwise);
}

static CoreNode *lower_conditional(Lower *l, RtValue form, const RtPlace *at, bool wanted)
{
    if (operand_count(form) < 1) return form_error(l, at, "%s: no test", symbol_name(list_first(form)));
    RtValue rest = list_rest(form), body = list_rest(rest);
    CoreNode *test = lower_first(l, rest, at);
    CoreNode *chosen = body.tag == RT_CONS ? lower_branch(l, body, at) : lower_nil(l, at);
    CoreNode *other = lower_nil(l, at);
    return core_if(l->program, at, test, wanted ? chosen : other, wanted ? other : chosen);
}

/* (when test body ...) */
CoreNode *lower_when(Lower *l, RtValue form, const RtPlace *at) { return lower_conditional(l, form, at, true); }

/* (unless test body ...) */
CoreNode *lower_unless(Lower *l, RtValue form, const RtPlace *at) { return lower_conditional(l, form, at, false); }

/* ---- chains ---- */

typedef struct Link {
    Body *body; /* region of the test and all that follows; NULL: none needed */
    CoreNode *test, *then; /* then NULL: the value of the test */
    const RtPlace *place;
} Link;

static void open_link(Lower *l, Link *link, RtValue test, bool is_first)
{
    if (!is_first && !l->at_toplevel && test.tag == RT_CONS) link->body = body_open(l);
}

static CoreNode *close_link(Lower *l, const Link *link, CoreNode *rest)
{
    CoreProgram *p = l->program;
    CoreNode *node;
    if (link->then) {
        node = core_if(p, link->place, link->test, link->then, rest);
    } else {
        CoreVar *var = core_var(p, "value");
        CoreNode *choice =
            core_if(p, link->place, core_local(p, link->place, var), core_local(p, link->place, var), rest);
        node = core_let(p, link->place, var, link->test, choice);
    }
    return link->body ? body_close(l, link->body, node) : node;
}

/* The clauses behind one that is always taken. */
static void warn_unreachable(Lower *l, RtValue clauses)
{
    const RtPlace *place = clauses.tag == RT_CONS ? reader_place_of_datum(l->c, list_first(clauses)) : NULL;
    if (place) diag_warning(l->c, WARNING_UNREACHABLE, place, "cond: this clause is never reached");
}

/* (cond (test body ...) ...) */
CoreNode *lower_cond(Lower *l, RtValue form, const RtPlace *at)
{
    int count = operand_count(form), used = 0;
    Link *links = arena_alloc(l->c->arena, ((size_t)count + 1) * sizeof *links);
    for (RtValue rest = list_rest(form); rest.tag == RT_CONS; rest = list_rest(rest)) {
        RtValue clause = list_first(rest);
        const RtPlace *place = place_of_first(l, rest, at);
        int64_t length;
        if (clause.tag != RT_CONS || !list_length(clause, &length)) {
            form_error(l, place, "cond: a clause must be a non-empty list, got %s", datum_text(l->c, clause));
            continue;
        }
        Link *link = &links[used];
        link->place = place;
        open_link(l, link, list_first(clause), used == 0);
        link->test = lower_first(l, clause, place);
        if (length > 1) link->then = lower_branch(l, list_rest(clause), place);
        used++;
        if (link->test->kind == CORE_CONST && link->test->u.constant.tag != RT_NIL)
            warn_unreachable(l, list_rest(rest));
    }
    CoreNode *node = lower_nil(l, at);
    while (used > 0) node = close_link(l, &links[--used], node);
    return node;
}

/* (or expr ...) */
CoreNode *lower_or(Lower *l, RtValue form, const RtPlace *at)
{
    int count = operand_count(form), i = 0;
    if (count == 0) return lower_nil(l, at);
    Link *links = arena_alloc(l->c->arena, (size_t)count * sizeof *links);
    RtValue rest = list_rest(form);
    for (; i < count - 1; i++, rest = list_rest(rest)) {
        links[i].place = at;
        open_link(l, &links[i], list_first(rest), i == 0);
        links[i].test = lower_first(l, rest, at);
    }
    CoreNode *node = count == 1 ? lower_first(l, rest, at) : lower_branch_expr(l, rest, at);
    while (i > 0) node = close_link(l, &links[--i], node);
    return node;
}

/* (and expr ...): the same chain with the branches of each IF exchanged */
CoreNode *lower_and(Lower *l, RtValue form, const RtPlace *at)
{
    int count = operand_count(form), i = 0;
    if (count == 0) return core_const(l->program, at, rt_true());
    Link *links = arena_alloc(l->c->arena, (size_t)count * sizeof *links);
    RtValue rest = list_rest(form);
    for (; i < count - 1; i++, rest = list_rest(rest)) {
        open_link(l, &links[i], list_first(rest), i == 0);
        links[i].test = lower_first(l, rest, at);
    }
    CoreNode *node = count == 1 ? lower_first(l, rest, at) : lower_branch_expr(l, rest, at);
    while (i-- > 0) {
        node = core_if(l->program, at, links[i].test, node, lower_nil(l, at));
        if (links[i].body) node = body_close(l, links[i].body, node);
    }
    return node;
}

/* ---- case ---- */

static bool compares_by_eq(RtValue datum) { return datum.tag <= RT_INT || datum.tag == RT_SYMBOL; }

/* Is the key one of the data?  nil as a list of data: never. */
static CoreNode *lower_case_test(Lower *l, CoreVar *key, RtValue data, const RtPlace *at)
{
    CoreProgram *p = l->program;
    int64_t count;
    list_length(data, &count);
    CoreNode **tests = arena_alloc(l->c->arena, ((size_t)count + 1) * sizeof *tests);
    for (int64_t i = 0; i < count; i++, data = list_rest(data)) {
        RtValue datum = list_first(data);
        tests[i] = lower_prim(l, at, compares_by_eq(datum) ? PRIM_eq : PRIM_equal, 2, core_local(p, at, key),
                              lower_constant(l, datum, at));
    }
    if (count == 0) return lower_nil(l, at);
    CoreNode *node = tests[count - 1];
    for (int64_t i = count - 1; i-- > 0;) node = core_if(p, at, tests[i], core_const(p, at, rt_true()), node);
    return node;
}

static bool is_else(const Lower *l, RtValue head)
{
    return head.tag == RT_BOOL || same_object(head, l->c->symbols.else_);
}

/* (case key ((datum ...) body ...) ... [(else body ...)]) */
CoreNode *lower_case(Lower *l, RtValue form, const RtPlace *at)
{
    int count = operand_count(form), used = 0;
    if (count < 1) return form_error(l, at, "case: no key");
    RtValue rest = list_rest(form);
    CoreVar *key = core_var(l->program, "key");
    CoreNode *key_node = lower_first(l, rest, at), *node = lower_nil(l, at);
    Link *links = arena_alloc(l->c->arena, (size_t)count * sizeof *links);
    for (rest = list_rest(rest); rest.tag == RT_CONS; rest = list_rest(rest)) {
        RtValue clause = list_first(rest);
        const RtPlace *place = place_of_first(l, rest, at);
        int64_t length;
        if (clause.tag != RT_CONS || !list_length(clause, &length)) {
            form_error(l, place, "case: a clause must be a non-empty list, got %s", datum_text(l->c, clause));
            continue;
        }
        RtValue head = list_first(clause);
        CoreNode *body = length > 1 ? lower_branch(l, list_rest(clause), place) : lower_nil(l, place);
        if (is_else(l, head)) {
            if (list_rest(rest).tag != RT_NIL) form_error(l, place, "case: the else clause must be the last");
            node = body;
        } else if (!list_length(head, &length)) {
            form_error(l, place, "case: a clause must start with a list of data, got %s", datum_text(l->c, head));
        } else {
            links[used++] = (Link){.test = lower_case_test(l, key, head, place), .then = body, .place = place};
        }
    }
    while (used > 0) node = close_link(l, &links[--used], node);
    return core_let(l->program, at, key, key_node, node);
}
