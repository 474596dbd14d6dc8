/* Part of pass rc: wholes that end one after the other end together.
 *
 *   (let a (take_cdr x) (let b (take_cdr a) (take_car b)))
 *   becomes  (let a (part_cdr &x) (let b (part_cdr &a) (let r (part_car &b) (drop (x) (keep r) r))))
 *
 *   (drop (x) (keep p q) (let r (part_car &p) (drop (p) (keep r) BODY)))   becomes   (let r (part_car &p) (drop (x) (keep q r) BODY))
 *
 * A pair that nobody else holds gives up the same cells in either case.  Of one that others hold as well only that count changes, and
 * those of the parts that live on: what lies between them is not touched, and one test tells the cases apart.  In between there is nothing
 * but reads of parts.
 */
#include "rc_chains.h"
#include "rc_lists.h"

static bool gives_half(const CoreNode *node)
{
    return core_is_prim(node, PRIM_part_car) || core_is_prim(node, PRIM_part_cdr);
}

/* The variable that a half is taken out of, which ends there, or NULL. */
static CoreVar *taken_from(const CoreNode *node)
{
    if (!core_is_prim(node, PRIM_take_car) && !core_is_prim(node, PRIM_take_cdr)) return NULL;
    const CoreNode *whole = node->u.call.args[0];
    return whole->kind == CORE_LOCAL && whole->use == USE_MOVE ? whole->u.local : NULL;
}

static bool is_half_of(const CoreVar *var, const CoreVar *whole)
{
    return var->whole == whole && (var->part == PART_CAR || var->part == PART_CDR);
}

/* What follows reads of halves. */
static CoreNode **behind_reads(CoreNode **slot)
{
    while ((*slot)->kind == CORE_LET && gives_half((*slot)->u.let.init)) slot = &(*slot)->u.let.body;
    return slot;
}

/* Does the DROP end the variable as a pair of which halves are kept? */
static bool opens(const CoreNode *drop, const CoreVar *pair)
{
    if (drop->kind != CORE_DROP) return false;
    bool is_dropped = false, has_half = false;
    for (int i = 0; i < drop->u.drop.count; i++) is_dropped |= drop->u.drop.vars[i] == pair;
    for (int i = 0; i < drop->u.drop.kept_count; i++) {
        const CoreVar *part = drop->u.drop.kept[i];
        while (part->whole && part->whole != pair) part = part->whole;
        has_half |= is_half_of(part, pair);
    }
    return is_dropped && has_half;
}

static void replace(VarList *list, const CoreVar *old, CoreVar *new)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i] == old) list->items[i] = new;
    list_sort(list);
}

/* ---- halves that are taken ------------------------------------------------------------------------------------------ */

/* From here on the half is read, and the whole ends later. */
static void read_half(CoreVar *var, CoreNode *take, CoreVar *whole)
{
    bool is_car = take->u.call.primitive == PRIM_take_car;
    take->u.call.primitive = is_car ? PRIM_part_car : PRIM_part_cdr;
    take->u.call.args[0]->use = USE_BORROW;
    var->is_borrowed = true;
    var->whole = whole;
    var->part = is_car ? PART_CAR : PART_CDR;
}

static CoreNode *drop_keeping(CoreProgram *p, CoreVar *whole, CoreVar *part, CoreNode *body)
{
    CoreVar **vars = arena_alloc(p->arena, 2 * sizeof *vars);
    vars[0] = whole;
    vars[1] = part;
    CoreNode *drop = core_drop(p, body->place, 1, vars, body);
    drop->u.drop.kept_count = 1;
    drop->u.drop.kept = vars + 1;
    return drop;
}

/* The node, a half of `whole` that is the value, with a name. */
static CoreNode *name_last(CoreProgram *p, CoreNode *take, CoreVar *whole)
{
    CoreVar *var = core_var(p, "r");
    var->type = take->type;
    read_half(var, take, whole);
    CoreNode *value = core_local(p, take->place, var);
    value->type = take->type;
    value->use = USE_MOVE;
    CoreNode *let = core_let(p, take->place, var, take, drop_keeping(p, whole, var, value));
    let->type = take->type;
    return let;
}

/* Makes what ends `whole` at once behind reads of its halves, if anything does, a DROP; gives it, or NULL. */
static CoreNode *make_drop(CoreProgram *p, CoreNode **slot, CoreVar *whole)
{
    slot = behind_reads(slot);
    CoreNode *node = *slot;
    if (opens(node, whole)) return node;
    if (taken_from(node) == whole && !type_is_immediate(node->type)) {
        *slot = name_last(p, node, whole);
        return (*slot)->u.let.body;
    }
    if (node->kind != CORE_LET || taken_from(node->u.let.init) != whole || type_is_immediate(node->u.let.init->type))
        return NULL;
    CoreVar *var = node->u.let.var;
    read_half(var, node->u.let.init, whole);
    return node->u.let.body = drop_keeping(p, whole, var, node->u.let.body);
}

/* (let a (take x) ...), where a is taken apart at once. */
static void join_take(CoreProgram *p, CoreNode *let)
{
    CoreVar *whole = taken_from(let->u.let.init), *var = let->u.let.var;
    if (!whole) return;
    CoreNode *drop = make_drop(p, &let->u.let.body, var);
    if (!drop) return;
    read_half(var, let->u.let.init, whole);
    VarList vars = {drop->u.drop.vars, drop->u.drop.count, 0};
    replace(&vars, var, whole);
}

/* ---- DROPs ---------------------------------------------------------------------------------------------------------- */

static bool is_under(const CoreVar *part, const CoreVar *whole)
{
    while (part && part != whole) part = part->whole;
    return part != NULL;
}

/* Takes what is under `whole` out of the list, but for `except`, and adds it to the other one, which has room. */
static void move_parts(VarList *from, VarList *to, const CoreVar *whole, const CoreVar *except)
{
    int kept = 0;
    for (int i = 0; i < from->count; i++) {
        CoreVar *part = from->items[i];
        if (!is_under(part, whole)) from->items[kept++] = part;
        else if (part != except) to->items[to->count++] = part;
    }
    from->count = kept;
}

static int remove_var(CoreVar **vars, int count, const CoreVar *var)
{
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (vars[i] != var) vars[kept++] = vars[i];
    return kept;
}

/* The whole of a half that is kept here, and taken apart by the next DROP. */
static CoreVar *find_joint(const CoreNode *drop, const CoreNode *next, CoreVar **half)
{
    for (int i = 0; i < drop->u.drop.kept_count; i++) {
        CoreVar *part = drop->u.drop.kept[i];
        bool is_half = part->whole && is_half_of(part, part->whole);
        for (int j = 0; is_half && j < drop->u.drop.count; j++)
            if (drop->u.drop.vars[j] == part->whole && opens(next, part)) {
                *half = part;
                return part->whole;
            }
    }
    return NULL;
}

static bool join_drops(CoreProgram *p, CoreNode *drop, CoreNode *next)
{
    CoreVar *half, *whole = find_joint(drop, next, &half);
    if (!whole) return false;
    int count = next->u.drop.kept_count;
    CoreVar **items = arena_alloc(p->arena, (size_t)(count + drop->u.drop.kept_count) * sizeof *items);
    for (int i = 0; i < count; i++) items[i] = next->u.drop.kept[i];
    VarList kept = {items, count, 0}, outer = {drop->u.drop.kept, drop->u.drop.kept_count, 0};
    move_parts(&outer, &kept, whole, half);
    list_sort(&kept);
    VarList vars = {next->u.drop.vars, next->u.drop.count, 0};
    replace(&vars, half, whole);
    drop->u.drop.kept_count = outer.count;
    drop->u.drop.count = remove_var(drop->u.drop.vars, drop->u.drop.count, whole);
    next->u.drop.kept = kept.items;
    next->u.drop.kept_count = kept.count;
    return true;
}

/* ---- the walk, from inside out --------------------------------------------------------------------------------------- */

static void walk(CoreNode **slot, void *data)
{
    CoreProgram *p = data;
    core_each_child(*slot, walk, p);
    CoreNode *node = *slot;
    if (node->kind == CORE_LET) join_take(p, node);
    if (node->kind != CORE_DROP) return;
    while (join_drops(p, node, *behind_reads(&node->u.drop.body))) {
    }
    if (!node->u.drop.count && !node->u.drop.kept_count) *slot = node->u.drop.body;
}

void rc_join_ends(CoreProgram *p, CoreFunction *f) { walk(&f->body, p); }
