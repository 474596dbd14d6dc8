/* Pass fuse_vectors (for speed): vectors that are made to be read once, in order, are not made.
 *
 * Requires and ensures STAGE_TAIL.
 *
 *     (let v (map a 0 n <<>>) (fold 0.0 v 0 (vector_length v)))      (fold' 0.0 0 n a)
 *
 * `map` is a loop like that of vector-map (map_loop.h), `fold` one that reads the item at its counter in each turn, like that of
 * vector-fold or vector-map again.  In fold' each turn begins with what finds the next item.  Inner products, norms, sums of what is
 * computed of vectors then take one pass over their operands and no memory.
 *
 * Turns of the two loops now alternate, which nobody can tell if those of fold have no effects and cannot raise: types say that of sums of
 * floats.  What map does may be anything, it happens in the same order.  So nothing may happen between the two loops, and fold may
 * only end with the last item.
 */
#include "fuse.h"
#include "map_loop.h"
#include "passes.h"
#include "remarks.h"

enum { SIZE_MAX_FUSED = 200 };

typedef struct Reader { /* a loop that reads the items of a vector in order */
    CoreFunction *function;
    CoreNode *call; /* the next turn */
    int vector, index, limit; /* parameters */
} Reader;

typedef struct Fusion {
    Fuse fuse;
    CoreProgram *program;
    CoreFunction *within;
    bool has_fused;
} Fusion;

/* ---- the loop that reads --------------------------------------------------------------------------------------------------- */

typedef struct Reads {
    const CoreVar *vector, *index, *rest; /* rest: what is bound to the vector without the item at the index */
    int reads, others;
} Reads;

static bool is_read(const Reads *r, const CoreNode *node, int primitive)
{
    return core_is_prim(node, primitive) && core_is_var(node->u.call.args[0], r->vector) &&
           core_is_var(node->u.call.args[1], r->index);
}

static void count_reads(CoreNode **child, void *data)
{
    Reads *r = data;
    CoreNode *node = *child;
    if (is_read(r, node, PRIM_vector_ref)) {
        r->reads++;
        return;
    }
    if (node->kind == CORE_LET && is_read(r, node->u.let.init, PRIM_forget) && !r->rest) {
        r->rest = node->u.let.var;
        count_reads(&node->u.let.body, r);
        return;
    }
    r->others += node->kind == CORE_LOCAL && (node->u.local == r->vector || node->u.local == r->rest);
    core_each_child(node, count_reads, r);
}

/* The only call of itself, if every way through the node leads to it. */
static CoreNode *only_turn(const CoreFunction *f, CoreNode *node)
{
    while (node->kind == CORE_LET) node = node->u.let.body;
    return node->kind == CORE_CALL_KNOWN && node->tail && node->u.call.function == f ? node : NULL;
}

static bool find_reader(Reader *r, CoreFunction *f, int vector)
{
    CoreNode *body = f->body;
    if (!f->self_tail_calls || body->kind != CORE_IF || !core_is_prim(body->u.branch.test, PRIM_num_eq)) return false;
    CoreNode **tested = body->u.branch.test->u.call.args;
    *r = (Reader){f, only_turn(f, body->u.branch.otherwise), vector, core_param_of(f, tested[0]),
                  core_param_of(f, tested[1])};
    if (!r->call || r->index < 0 || r->limit < 0 || r->index == vector || r->limit == vector) return false;
    CoreNode **next = r->call->u.call.args;
    const CoreVar *index = core_param(f, r->index);
    if (core_param_of(f, next[r->limit]) != r->limit || !map_loop_adds_one(next[r->index], index)) return false;
    Reads reads = {.vector = core_param(f, vector), .index = index};
    count_reads(&f->body, &reads);
    const CoreNode *passed = next[vector];
    bool passes_on = core_is_var(passed, reads.vector) || (reads.rest && core_is_var(passed, reads.rest));
    return reads.reads > 0 && reads.others == 1 && passes_on;
}

/* ---- where both are called -------------------------------------------------------------------------------------------------- */

typedef struct Use { /* of a vector, behind the loop that makes it */
    const CoreVar *vector;
    CoreNode **call; /* of the loop that reads it: the first thing that is evaluated */
    int param; /* of that loop */
    int count; /* how often it is named: as that operand, and for its length */
    int lengths;
} Use;

static bool is_empty_vector(const CoreNode *node) { return core_is_prim(node, PRIM_vector) && node->u.call.count == 0; }

static bool is_length_of(const CoreNode *node, const CoreVar *vector)
{
    if (core_is_prim(node, PRIM_vector_length)) return core_is_var(node->u.call.args[0], vector);
    return core_is_prim(node, PRIM_check_vector) && core_is_var(node->u.call.args[1], vector);
}

static void count_use(CoreNode **child, void *data)
{
    Use *use = data;
    use->lengths += is_length_of(*child, use->vector);
    use->count += core_is_var(*child, use->vector);
    core_each_child(*child, count_use, use);
}

/* Goes to what is evaluated first; variables of lengths have the scratch of `use` then. */
static CoreNode **first_call(const Use *use, CoreNode **place)
{
    CoreNode *node = *place;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET:
        if (!is_length_of(node->u.let.init, use->vector)) return first_call(use, &node->u.let.init);
        node->u.let.var->scratch = (void *)(uintptr_t)use;
        return first_call(use, &node->u.let.body);
    case CORE_SEQ: return first_call(use, &node->u.call.args[0]);
    case CORE_IF: return first_call(use, &node->u.branch.test);
    case CORE_PRIM:
        for (int i = 0; i < node->u.call.count; i++)
            if (!core_is_atom(node->u.call.args[i])) return first_call(use, &node->u.call.args[i]);
        return NULL;
    case CORE_CALL_KNOWN:
        for (int i = 0; i < node->u.call.count; i++) {
            CoreNode **arg = &node->u.call.args[i];
            bool is_unseen = core_is_atom(*arg) || is_empty_vector(*arg) || is_length_of(*arg, use->vector);
            if (!is_unseen) return first_call(use, arg);
        }
        return place;
    default: return NULL;
    }
}

static bool is_length(const Use *use, const CoreNode *node)
{
    return is_length_of(node, use->vector) || (node->kind == CORE_LOCAL && node->u.local->scratch == use);
}

static void forget_lengths(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_LET && (*child)->u.let.var->scratch == data) (*child)->u.let.var->scratch = NULL;
    core_each_child(*child, forget_lengths, data);
}

static bool is_zero(const CoreNode *node) { return core_is_int(node) && node->u.constant.data == 0; }

/* Does the reading loop go over all of the vector, which is not used otherwise? */
static bool find_use(Use *use, Reader *reader, CoreNode *let)
{
    *use = (Use){.vector = let->u.let.var, .param = -1};
    count_use(&let->u.let.body, use);
    use->call = first_call(use, &let->u.let.body);
    const CoreNode *call = use->call ? *use->call : NULL;
    for (int i = 0; call && i < call->u.call.count; i++)
        if (core_is_var(call->u.call.args[i], use->vector)) use->param = i;
    bool holds = use->param >= 0 && use->count == use->lengths + 1 &&
                 find_reader(reader, call->u.call.function, use->param) && is_zero(call->u.call.args[reader->index]) &&
                 is_length(use, call->u.call.args[reader->limit]);
    forget_lengths(&let->u.let.body, use);
    return holds;
}

/* ---- writing the loop that does both ----------------------------------------------------------------------------------------- */

typedef struct Item {
    Reads reads;
    CoreVar *value;
    CoreProgram *program;
} Item;

/* The item has been found; the vector need not forget it. */
static void put_item(CoreNode **child, void *data)
{
    const Item *item = data;
    if ((*child)->kind == CORE_LET && is_read(&item->reads, (*child)->u.let.init, PRIM_forget))
        *child = (*child)->u.let.body;
    if (is_read(&item->reads, *child, PRIM_vector_ref)) {
        *child = core_local(item->program, (*child)->place, item->value);
        (*child)->type = item->value->type;
        return;
    }
    core_each_child(*child, put_item, data);
}

/* Does parameter i of the map loop become one of the loop that does both? */
static bool is_kept(const MapLoop *map, int i) { return i != map->index && i != map->limit && i != map->out; }

static CoreNode *join_turns(CoreProgram *p, CoreFunction *both, const Reader *reader, const MapLoop *map)
{
    CoreNode **args = arena_alloc(p->arena, ((size_t)both->param_count + 1) * sizeof *args);
    int count = 0;
    for (int i = 0; i < reader->call->u.call.count; i++)
        if (i != reader->vector) args[count++] = reader->call->u.call.args[i];
    for (int i = 0; i < map->call->u.call.count; i++)
        if (is_kept(map, i)) args[count++] = map->call->u.call.args[i];
    return core_call_known(p, reader->call->place, both, count, args);
}

static CoreFunction *make_function(CoreProgram *p, const Reader *reader, const MapLoop *map)
{
    const CoreFunction *f = reader->function, *m = map->function;
    CoreFunction *both = core_function(p, f->name, f->place);
    both->is_library = f->is_library;
    both->is_global = f->is_global;
    both->params = arena_alloc(p->arena, (size_t)(core_param_count(f) + core_param_count(m)) * sizeof *both->params);
    for (int i = 0; i < core_param_count(f); i++)
        if (i != reader->vector) both->params[both->param_count++] = core_param(f, i);
    for (int i = 0; i < core_param_count(m); i++)
        if (is_kept(map, i)) both->params[both->param_count++] = core_param(m, i);
    return both;
}

/* Vectors of numbers have nothing to forget, and stay the same from turn to turn. */
static void keep_numbers(CoreNode **place)
{
    while ((*place)->kind == CORE_LET) {
        CoreNode *let = *place, *init = let->u.let.init;
        const CoreNode *vector = core_is_prim(init, PRIM_forget) ? init->u.call.args[0] : NULL;
        bool is_of_numbers = vector && vector->kind == CORE_LOCAL && vector->u.local->type &&
                             type_is(vector->u.local->type->item, TAGS_NUMBER & TAGS_IMMEDIATE);
        if (is_of_numbers) {
            core_rename(let->u.let.body, let->u.let.var, vector->u.local);
            *place = let->u.let.body;
        } else {
            place = &let->u.let.body;
        }
    }
}

/* Can a turn of the reading loop, whose other turns call `itself`, neither raise nor be seen?  A map loop's change of its vector cannot. */
static bool is_quiet(Fusion *u, const Reader *reader, CoreFunction *itself)
{
    MapLoop map;
    CoreNode **args = reader->call->u.call.args, *out = NULL, *none = core_const(u->program, NULL, rt_nil());
    bool is_map = map_loop_find(&map, itself);
    if (is_map) {
        out = args[map.out];
        args[map.out] = none;
    }
    u->fuse.function = reader->function;
    bool is_quiet = fuse_is_quiet(&u->fuse, itself, reader->function->body->u.branch.otherwise);
    if (is_map) args[map.out] = out;
    return is_quiet;
}

/* NULL: the reading loop could tell.  Both are copies, which become parts of the function. */
static CoreFunction *join_loops(Fusion *u, Reader reader, MapLoop map)
{
    CoreProgram *p = u->program;
    CoreFunction *f = reader.function;
    CoreNode **rest = &f->body->u.branch.otherwise;
    Item item = {{.vector = core_param(f, reader.vector), .index = core_param(f, reader.index)}, map.value->u.local, p};
    reader.call->u.call.args[reader.vector] = core_const(p, NULL, rt_nil());
    put_item(rest, &item);
    if (!is_quiet(u, &reader, reader.call->u.call.function)) return NULL;
    keep_numbers(&map.function->body->u.branch.otherwise);
    CoreNode *found = map.function->body->u.branch.otherwise;
    core_rename(found, core_param(map.function, map.index), core_param(f, reader.index));
    core_rename(found, core_param(map.function, map.limit), core_param(f, reader.limit));
    CoreFunction *both = make_function(p, &reader, &map);
    CoreNode *turn = join_turns(p, both, &reader, &map), **last = &found, **end = rest;
    while ((*last)->kind == CORE_LET) last = &(*last)->u.let.body;
    while ((*end)->kind == CORE_LET) end = &(*end)->u.let.body;
    *end = turn;
    *last = *rest;
    *rest = found;
    both->body = f->body;
    return both;
}

static CoreFunction *join_copies(Fusion *u, const Reader *reader, const MapLoop *map)
{
    CoreProgram *p = u->program;
    if (core_size(reader->function->body) + core_size(map->function->body) > SIZE_MAX_FUSED) return NULL;
    Reader r = *reader;
    MapLoop m = *map;
    r.function = core_copy_function(p, reader->function);
    r.call = only_turn(reader->function, r.function->body->u.branch.otherwise);
    m.function = core_copy_function(p, map->function);
    m.call = only_turn(map->function, m.function->body->u.branch.otherwise);
    m.value = m.call->u.call.args[m.out]->u.branch.then->u.call.args[1];
    return join_loops(u, r, m);
}

/* ---- the calls --------------------------------------------------------------------------------------------------------------- */

typedef struct Length {
    const CoreVar *vector;
    const CoreNode *length;
    CoreProgram *program;
} Length;

static CoreNode *copy_atom(CoreProgram *p, const CoreNode *atom)
{
    return atom->kind == CORE_LOCAL      ? core_local(p, atom->place, atom->u.local)
           : atom->kind == CORE_FUNCTION ? core_function_ref(p, atom->place, atom->u.function)
                                         : core_const(p, atom->place, atom->u.constant);
}

static void put_length(CoreNode **child, void *data)
{
    const Length *length = data;
    if (is_length_of(*child, length->vector)) *child = copy_atom(length->program, length->length);
    else core_each_child(*child, put_length, data);
}

/* Operands of the loop that maps come first, in variables. */
static CoreNode *bind_operands(CoreProgram *p, const MapLoop *map, CoreNode *call, CoreNode *body)
{
    for (int i = call->u.call.count - 1; i >= 0; i--) {
        CoreNode *arg = call->u.call.args[i];
        if (core_is_atom(arg) || i == map->out) continue;
        CoreVar *var = core_var(p, core_param(map->function, i)->name);
        var->type = core_param(map->function, i)->type;
        call->u.call.args[i] = core_local(p, arg->place, var);
        body = core_let(p, arg->place, var, arg, body);
    }
    return body;
}

static void rewrite(Fusion *u, CoreNode **place, const Use *use, const Reader *reader, const MapLoop *map,
                    CoreFunction *both)
{
    CoreProgram *p = u->program;
    CoreNode *let = *place, *mapping = let->u.let.init, *reading = *use->call;
    CoreNode *body = bind_operands(p, map, mapping, let->u.let.body);
    CoreNode **args = arena_alloc(p->arena, ((size_t)both->param_count + 1) * sizeof *args);
    int count = 0;
    for (int i = 0; i < reading->u.call.count; i++)
        if (i != reader->vector) args[count++] = reading->u.call.args[i];
    for (int i = 0; i < mapping->u.call.count; i++)
        if (is_kept(map, i)) args[count++] = copy_atom(p, mapping->u.call.args[i]);
    reading->u.call.function = both;
    reading->u.call.args = args;
    reading->u.call.count = count;
    *place = body;
    Length length = {use->vector, mapping->u.call.args[map->limit], p};
    put_length(place, &length);
}

static bool starts_empty(const MapLoop *map, const CoreNode *call)
{
    return is_zero(call->u.call.args[map->index]) && is_empty_vector(call->u.call.args[map->out]);
}

static void look_at(CoreNode **child, void *data)
{
    Fusion *u = data;
    core_each_child(*child, look_at, u);
    CoreNode *node = *child;
    if (node->kind != CORE_LET || node->u.let.init->kind != CORE_CALL_KNOWN) return;
    MapLoop map;
    Reader reader;
    Use use;
    CoreNode *call = node->u.let.init;
    if (!map_loop_find(&map, call->u.call.function) || !starts_empty(&map, call)) return;
    if (!find_use(&use, &reader, node)) return;
    CoreFunction *both = join_copies(u, &reader, &map);
    if (!both) return;
    rewrite(u, child, &use, &reader, &map, both);
    ARENA_PUSH(u->program->arena, u->program->functions, u->program->function_count, u->program->function_capacity,
               both);
    both->self_tail_calls = true;
    u->has_fused = true;
    remark(u->fuse.compiler, call->place, u->within, REMARK_FAST,
           "the vector is not made: its items are used as they are found");
}

void pass_fuse_vectors(Compiler *c, CoreProgram *p)
{
    Fusion u = {.fuse = {.compiler = c, .program = p, .arena = arena_new()}, .program = p};
    int count = p->function_count;
    for (int i = 0; i < count; i++) {
        u.within = p->functions[i];
        look_at(&u.within->body, &u);
    }
    arena_free(u.fuse.arena);
    if (!u.has_fused) return;
    core_drop_unreached(p);
    tail_mark_calls(p);
    pass_types(c, p); /* of what was added */
}
