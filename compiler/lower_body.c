/* Bodies with local definitions, and functions.
 *
 * Input: the forms of a body.  Output: one node. First the items are found: macro heads are expanded and `progn` is
 * opened, so that the body's own labels, defines and macros are declared before anything is lowered.  Then the items
 * are lowered in order.  A function is not placed where it stands: before the first item that needs it, the functions
 * it reaches and that are not placed yet become FIX groups, one for each strongly connected component (Tarjan, 1972),
 * inner ones first.  If one of them needs a value that is bound only later, that is an error.
 */
#include "lower.h"

typedef struct ItemInfo {
    RtValue datum; /* head expanded */
    const RtPlace *place;
    bool is_definition, is_valid;
    Definition definition;
    Decl *decl;
    UseList uses;
} ItemInfo;

typedef struct Items {
    ItemInfo *items;
    int count, capacity;
} Items;

/* ---- placing functions ---- */

typedef struct Placing {
    Lower *l;
    Body *body;
    int order;
    Decl **stack;
    int stack_count, stack_capacity;
    Entry *entries;
    int entry_count, entry_capacity;
} Placing;

static void place_group(Placing *p, Decl *root)
{
    int first = p->stack_count;
    while (p->stack[--first] != root) {
    }
    int count = p->stack_count - first;
    Arena *arena = p->l->program->arena;
    CoreFunction **functions = arena_alloc(arena, (size_t)count * sizeof *functions);
    CoreVar **vars = arena_alloc(arena, (size_t)count * sizeof *vars);
    for (int i = 0; i < count; i++) {
        Decl *decl = p->stack[first + i];
        decl->on_stack = false;
        decl->is_placed = true;
        functions[i] = decl->function;
        vars[i] = decl->var;
    }
    p->stack_count = first;
    Entry entry = {.kind = ENTRY_FIX, .place = root->place, .count = count, .functions = functions, .vars = vars};
    ARENA_PUSH(p->l->c->arena, p->entries, p->entry_count, p->entry_capacity, entry);
}

/* Is what is used there by now?  A function is from its item on: what it needs itself is not known before. */
static bool check_use(Placing *p, const Use *use)
{
    const Decl *decl = use->decl;
    if (decl->kind == DECL_FUNCTION ? decl->function != NULL : decl->index < p->body->index) return true;
    const char *what = decl == p->body->own ? "used in its own value" : "used before its definition";
    diag_error(p->l->c, use->place, "%s: %s", decl->name->global.name, what);
    return false;
}

static void place_function(Placing *p, Decl *decl)
{
    decl->order = decl->low = ++p->order;
    decl->on_stack = true;
    ARENA_PUSH(p->l->c->arena, p->stack, p->stack_count, p->stack_capacity, decl);
    for (int i = 0; i < decl->uses.count; i++) {
        Decl *used = decl->uses.uses[i].decl;
        if (!check_use(p, &decl->uses.uses[i]) || used->kind == DECL_VALUE) continue;
        if (!used->order) {
            place_function(p, used);
            if (used->low < decl->low) decl->low = used->low;
        } else if (used->on_stack && used->order < decl->low) {
            decl->low = used->order;
        }
    }
    if (decl->low == decl->order) place_group(p, decl);
}

/* Before the entries that the item made (those from `mark` on): the functions it uses. */
static void place_uses(Lower *l, Body *body, const UseList *uses, int mark, int *order)
{
    Placing p = {.l = l, .body = body, .order = *order};
    for (int i = 0; i < uses->count; i++) {
        Decl *decl = uses->uses[i].decl;
        if (check_use(&p, &uses->uses[i]) && decl->kind != DECL_VALUE && !decl->order) place_function(&p, decl);
    }
    *order = p.order;
    body_insert(l, body, mark, p.entries, p.entry_count);
}

/* ---- items ---- */

static void find_items(Lower *l, Body *body, Items *items, RtValue list, const RtPlace *at)
{
    for (; list.tag == RT_CONS; list = list_rest(list)) {
        const RtPlace *place = place_of_first(l, list, at);
        ItemInfo item = {.place = place, .is_valid = true};
        item.datum = expand_head(l, list_first(list), place);
        const SpecialForm *form = form_of(l, item.datum, place);
        int64_t count;
        bool is_proper = list_length(item.datum, &count);
        if (form && form->lower == lower_progn && is_proper && count > 1 && l->depth < NESTING_LIMIT) {
            l->depth++;
            find_items(l, body, items, list_rest(item.datum), place);
            l->depth--;
            continue;
        }
        if (form && form->lower == lower_label && is_proper) {
            item.is_definition = true;
            item.is_valid = parse_definition(l, item.datum, place, &item.definition);
            if (item.is_valid && !item.definition.alias)
                item.decl = scope_declare(l, body, item.definition.name,
                                          item.definition.is_function ? DECL_FUNCTION : DECL_VALUE, items->count);
        } else if (form && form->lower == lower_defmacro && is_proper) {
            item.is_definition = true;
            Macro *m = macro_define(l, item.datum, place);
            item.is_valid = m != NULL;
            if (m) {
                item.definition = (Definition){.name = list_first(list_rest(item.datum)), .alias = m};
            }
        }
        if (item.is_valid && item.definition.alias) {
            item.decl = scope_declare(l, body, item.definition.name, DECL_MACRO, items->count);
            item.decl->macro = item.definition.alias;
        }
        if (item.decl && item.decl->var) item.decl->var->place = item.definition.name_place;
        if (item.decl) item.decl->is_bound = true; /* for the heads of the items below */
        ARENA_PUSH(l->c->arena, items->items, items->count, items->capacity, item);
    }
}

static CoreNode *lower_item(Lower *l, Body *body, ItemInfo *item, int *order)
{
    int mark = body->entry_count;
    Decl *decl = item->decl;
    CoreNode *node;
    body->user = &item->uses;
    body->in_function = false;
    body->own = NULL;
    if (!item->is_valid) return lower_nil(l, item->place);
    if (decl && decl->kind == DECL_MACRO) {
        decl->is_bound = true;
        return core_const(l->program, item->place, decl->macro->object);
    }
    if (decl && decl->kind == DECL_FUNCTION) {
        decl->is_bound = true;
        decl->place = item->place;
        body->user = &decl->uses;
        body->in_function = true;
        decl->function = lower_definition_function(l, &item->definition);
        return NULL;
    }
    if (decl) {
        body->own = decl;
        node = lower_expr(l, item->definition.value, item->definition.value_place);
    } else {
        node = lower_expr(l, item->datum, item->place);
    }
    place_uses(l, body, &item->uses, mark, order);
    if (!decl) return node;
    body_push(l, body, (Entry){.kind = ENTRY_LET, .place = item->place, .node = node, .var = decl->var});
    decl->is_bound = true;
    return core_local(l->program, item->place, decl->var);
}

static CoreNode *lower_items_in_order(Lower *l, Body *body, Items *items)
{
    int order = 0;
    CoreNode *node = NULL;
    for (int i = 0; i < items->count; i++) /* now each is known from its own item on */
        if (items->items[i].decl) items->items[i].decl->is_bound = false;
    for (int i = 0; i < items->count; i++) {
        ItemInfo *item = &items->items[i];
        body->index = i;
        node = lower_item(l, body, item, &order);
        if (i + 1 < items->count && node && !item->is_definition)
            body_push(l, body, (Entry){.kind = ENTRY_EFFECT, .place = item->place, .node = node});
    }
    for (int i = 0; i + 1 < items->count; i++) { /* not placed: nothing will be left of it */
        const Decl *decl = items->items[i].decl;
        if (decl && decl->kind == DECL_FUNCTION && !decl->is_placed && decl->var->place && decl->var->name[0] != '_')
            diag_warning(l->c, WARNING_UNUSED_VARIABLE, decl->var->place, "%s: the local function is never used",
                         decl->var->name);
    }
    if (node) return node;
    /* The last item is a function: its value is the function. */
    ItemInfo *last = &items->items[items->count - 1];
    Use *use = arena_alloc(l->c->arena, sizeof *use);
    *use = (Use){last->decl, last->place};
    place_uses(l, body, &(UseList){.uses = use, .count = 1}, body->entry_count, &order);
    return core_local(l->program, last->place, last->decl->var);
}

static CoreNode *lower_region(Lower *l, RtValue list, bool is_letrec, const RtPlace *at)
{
    Body *body = body_open(l);
    body->is_letrec = is_letrec;
    l->at_toplevel = false;
    Items items = {0};
    find_items(l, body, &items, list, at);
    return body_close(l, body, lower_items_in_order(l, body, &items));
}

CoreNode *lower_body(Lower *l, RtValue list, const RtPlace *at) { return lower_region(l, list, false, at); }

CoreNode *lower_letrec_body(Lower *l, RtValue list, const RtPlace *at) { return lower_region(l, list, true, at); }

CoreNode *lower_branch(Lower *l, RtValue list, const RtPlace *at)
{
    return l->at_toplevel ? lower_sequence(l, list, at) : lower_body(l, list, at);
}

CoreNode *lower_branch_expr(Lower *l, RtValue list, const RtPlace *at)
{
    if (l->at_toplevel || list_first(list).tag != RT_CONS) return lower_first(l, list, at);
    Body *body = body_open(l);
    return body_close(l, body, lower_first(l, list, at));
}

/* ---- functions ---- */

/* `mark` is the newest binding outside of the parameter list. */
static void add_parameter(Lower *l, CoreFunction *f, int *capacity, const Binding *mark, const char *who,
                          RtValue symbol, const RtPlace *name_place, const RtPlace *at)
{
    if (!is_symbol(symbol)) {
        diag_error(l->c, at, "%s: parameters must be symbols, got %s", who, datum_text(l->c, symbol));
        return;
    }
    const Name *name = compiler_name(l->c, symbol);
    for (const Binding *b = l->scope; b != mark; b = b->previous) {
        if (b->name == name) diag_error(l->c, at, "%s: the parameter %s occurs twice", who, name->global.name);
    }
    CoreVar *var = core_var(l->program, name->global.name);
    var->place = name_place;
    ARENA_PUSH(l->program->arena, f->params, f->param_count, *capacity, var);
    scope_bind(l, symbol, var);
}

static void lower_parameters(Lower *l, CoreFunction *f, const char *who, RtValue params, const RtPlace *at)
{
    int capacity = 0;
    const Binding *mark = l->scope;
    for (; params.tag == RT_CONS; params = list_rest(params))
        add_parameter(l, f, &capacity, mark, who, list_first(params), place_of_name(l, params),
                      place_of_first(l, params, at));
    if (params.tag == RT_NIL) return;
    add_parameter(l, f, &capacity, mark, who, params, NULL, at);
    f->has_rest = true;
}

CoreFunction *lower_function(Lower *l, const char *who, const char *name, RtValue params, RtValue body,
                             const RtPlace *at)
{
    CoreFunction *f = core_function(l->program, name, at);
    Binding *mark = l->scope;
    l->lambda_depth++;
    lower_parameters(l, f, who, params, at);
    if (body.tag != RT_CONS) {
        f->body = form_error(l, at, "%s: no body", who);
    } else {
        RtValue first = list_first(body);
        if (first.tag == RT_STRING && list_rest(body).tag == RT_CONS) {
            f->doc = arena_text(l->program->arena, rt_as_string(first)->bytes, (size_t)rt_as_string(first)->size_bytes);
            body = list_rest(body);
        }
        f->body = lower_body(l, body, at);
    }
    l->lambda_depth--;
    scope_leave(l, mark);
    return f;
}
