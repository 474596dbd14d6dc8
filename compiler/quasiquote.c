/* Quasiquote: templates to the code that builds them.
 *
 * The parts of a template are lowered from left to right; what has no active unquote in it stays a constant, and so
 * does the end of a list behind its last active part, which all results share.  (a ,b ,@c . d) becomes (cons 'a (cons b
 * (qq_splice c 'd))); a long run of elements becomes one (list ...), so that the expression does not get deep.  Nested
 * quasiquotes raise the level, unquotes lower it, and only those at level 1 are active.
 */
#include "module.h"

#define LONG_RUN 8

typedef struct Part {
    CoreNode *node; /* NULL: constant */
    bool is_spliced;
    RtValue datum, rest; /* rest: the list behind it */
    const RtPlace *place;
} Part;

typedef struct Template {
    Part *parts;
    int count, capacity;
    int active_count; /* parts up to and including the last that is no constant */
    bool has_splice;
} Template;

static CoreNode *lower_template(Lower *l, RtValue datum, int level, const RtPlace *at);

/* (symbol x), with exactly one operand? */
static bool is_unary(RtValue datum, RtValue symbol)
{
    int64_t count;
    return datum.tag == RT_CONS && same_object(list_first(datum), symbol) && list_rest(datum).tag == RT_CONS &&
           list_rest(list_rest(datum)).tag == RT_NIL && list_length(datum, &count);
}

static bool is_unquoting(Lower *l, RtValue datum)
{
    const KnownSymbols *s = &l->c->symbols;
    return is_unary(datum, s->unquote) || is_unary(datum, s->unquote_splicing);
}

/* The nodes evaluated before those just made must stay before the entries that these made. */
static void keep_order(Lower *l, Template *t, int mark)
{
    if (lower_mark(l) == mark) return;
    CoreNode **nodes = arena_alloc(l->c->arena, ((size_t)t->count + 1) * sizeof *nodes);
    int count = 0;
    for (int i = 0; i < t->count; i++)
        if (t->parts[i].node) nodes[count++] = t->parts[i].node;
    lower_keep_order(l, nodes, count, mark);
    count = 0;
    for (int i = 0; i < t->count; i++)
        if (t->parts[i].node) t->parts[i].node = nodes[count++];
}

static void add_part(Lower *l, Template *t, RtValue datum, RtValue rest, int level, const RtPlace *at)
{
    Part part = {.datum = datum, .rest = rest, .place = at};
    int mark = lower_mark(l);
    part.is_spliced = level == 1 && is_unary(datum, l->c->symbols.unquote_splicing);
    part.node = part.is_spliced ? lower_first(l, list_rest(datum), at) : lower_template(l, datum, level, at);
    keep_order(l, t, mark);
    ARENA_PUSH(l->c->arena, t->parts, t->count, t->capacity, part);
    if (part.node) t->active_count = t->count;
    t->has_splice |= part.is_spliced;
}

static CoreNode *part_node(Lower *l, const Part *part)
{
    return part->node ? part->node : lower_constant(l, part->datum, part->place);
}

static CoreNode *build_run(Lower *l, const Part *parts, int count, CoreNode *tail, const RtPlace *at)
{
    CoreNode *node = tail;
    if (count <= LONG_RUN) {
        for (int i = count; i-- > 0;) node = lower_prim(l, at, PRIM_cons, 2, part_node(l, &parts[i]), node);
        return node;
    }
    CoreNode **nodes = arena_alloc(l->program->arena, (size_t)count * sizeof *nodes);
    for (int i = 0; i < count; i++) nodes[i] = part_node(l, &parts[i]);
    node = core_prim(l->program, at, PRIM_list, count, nodes);
    bool ends_here = core_is_nil(tail);
    return ends_here ? node : lower_prim(l, at, PRIM_qq_splice, 2, node, tail);
}

/* The first `count` parts on top of the tail. */
static CoreNode *build_list(Lower *l, const Template *t, int count, CoreNode *tail, const RtPlace *at)
{
    while (count > 0) {
        int first = count;
        while (first > 0 && !t->parts[first - 1].is_spliced) first--;
        if (first < count) tail = build_run(l, t->parts + first, count - first, tail, at);
        if (first > 0)
            tail = lower_prim(l, t->parts[first - 1].place, PRIM_qq_splice, 2, t->parts[first - 1].node, tail);
        count = first - 1;
    }
    return tail;
}

/* Level of what stands behind the head of a list. */
static int inner_level(Lower *l, RtValue datum, int level)
{
    if (is_unary(datum, l->c->symbols.quasiquote)) return level + 1;
    return is_unquoting(l, datum) ? level - 1 : level;
}

static CoreNode *lower_list_template(Lower *l, RtValue datum, int level, const RtPlace *at)
{
    Template t = {0};
    CoreNode *tail = NULL;
    int inner = inner_level(l, datum, level);
    RtValue rest = datum;
    while (rest.tag == RT_CONS) {
        if (t.count && inner == level && (is_unquoting(l, rest) || is_unary(rest, l->c->symbols.quasiquote))) {
            int mark = lower_mark(l); /* (a . ,b) is the list (a unquote b) */
            tail = lower_template(l, rest, level, at);
            keep_order(l, &t, mark);
            break;
        }
        add_part(l, &t, list_first(rest), list_rest(rest), inner, place_of_first(l, rest, at));
        rest = list_rest(rest);
    }
    if (rest.tag != RT_CONS && rest.tag != RT_NIL) {
        int mark = lower_mark(l);
        tail = lower_template(l, rest, level, at); /* a vector may end a dotted list */
        keep_order(l, &t, mark);
    }
    if (tail) return build_list(l, &t, t.count, tail, at);
    if (!t.active_count) return NULL;
    tail = lower_constant(l, t.parts[t.active_count - 1].rest, at);
    return build_list(l, &t, t.active_count, tail, at);
}

static CoreNode *build_nodes(Lower *l, const Template *t, int primitive, const RtPlace *at)
{
    CoreNode **nodes = arena_alloc(l->program->arena, ((size_t)t->count + 1) * sizeof *nodes);
    for (int i = 0; i < t->count; i++) nodes[i] = part_node(l, &t->parts[i]);
    return core_prim(l->program, at, primitive, t->count, nodes);
}

static CoreNode *lower_vector_template(Lower *l, RtValue datum, int level, const RtPlace *at)
{
    Template t = {0};
    RtVector *vector = rt_as_vector(datum);
    for (int64_t i = 0; i < vector->length; i++) {
        const RtPlace *place = reader_place_of_item(l->c, datum, i);
        add_part(l, &t, vector_item(vector, i), rt_nil(), level, place ? place : at);
    }
    if (!t.active_count) return NULL;
    if (!t.has_splice) return build_nodes(l, &t, PRIM_vector, at);
    return lower_prim(l, at, PRIM_list_to_vector, 1, build_list(l, &t, t.count, lower_nil(l, at), at));
}

static CoreNode *lower_literal_template(Lower *l, RtValue datum, enum Literal literal, int level, const RtPlace *at)
{
    Template t = {0};
    for (RtValue rest = list_rest(datum); rest.tag == RT_CONS; rest = list_rest(rest))
        add_part(l, &t, list_first(rest), list_rest(rest), level, place_of_first(l, rest, at));
    if (!t.active_count) return NULL;
    if (t.has_splice) return form_error(l, at, "unquote-splicing: splicing into a map or set literal is not possible");
    return build_nodes(l, &t, literal_primitive(literal), at);
}

static CoreNode *lower_template_datum(Lower *l, RtValue datum, int level, const RtPlace *at)
{
    enum Literal literal;
    if (datum.tag == RT_VECTOR) return lower_vector_template(l, datum, level, at);
    if (literal_kind(l->c, datum, &literal)) return lower_literal_template(l, datum, literal, level, at);
    if (level == 1 && is_unary(datum, l->c->symbols.unquote)) return lower_first(l, list_rest(datum), at);
    if (level == 1 && is_unary(datum, l->c->symbols.unquote_splicing))
        return form_error(l, at, "unquote-splicing: splicing is only possible inside a list or vector");
    return lower_list_template(l, datum, level, at);
}

/* NULL: the template is a constant. */
static CoreNode *lower_template(Lower *l, RtValue datum, int level, const RtPlace *at)
{
    if ((datum.tag != RT_CONS && datum.tag != RT_VECTOR) || l->is_abandoned) return NULL;
    if (l->depth == NESTING_LIMIT) {
        l->is_abandoned = true;
        return form_error(l, at, "nested too deeply (more than %d levels)", NESTING_LIMIT);
    }
    l->depth++;
    CoreNode *node = lower_template_datum(l, datum, level, at);
    l->depth--;
    return node;
}

/* (quasiquote template) */
CoreNode *lower_quasiquote(Lower *l, RtValue form, const RtPlace *at)
{
    int64_t count;
    list_length(form, &count);
    if (count != 2) return form_error(l, at, "quasiquote: expected 1 argument, got %lld", (long long)count - 1);
    module_qualify_template(l->c, list_rest(form));
    CoreNode *node = lower_template(l, list_first(list_rest(form)), 1, at);
    return node ? node : lower_constant(l, list_first(list_rest(form)), at);
}

/* (unquote x) where there is no template around it */
CoreNode *lower_unquote(Lower *l, RtValue form, const RtPlace *at)
{
    bool splices = same_object(list_first(form), l->c->symbols.unquote_splicing);
    if (splices) return form_error(l, at, "unquote-splicing: splicing is only possible inside a quasiquoted list");
    return form_error(l, at, "unquote: only possible inside a quasiquote");
}
