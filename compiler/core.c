/* Constructors of Core, questions about a node, and the walk over direct children.
 *
 * Nodes are plain: a constructor fills the fields of its kind and simplifies nothing, so that what a pass builds is
 * what a dump shows.  Arrays are taken over, never copied.
 */
#include "core.h"

CoreProgram *core_program_new(Arena *arena)
{
    CoreProgram *p = arena_alloc(arena, sizeof *p);
    p->arena = arena;
    p->next_var_id = 1;
    p->next_function_id = 1;
    return p;
}

CoreVar *core_var(CoreProgram *p, const char *name)
{
    CoreVar *var = arena_alloc(p->arena, sizeof *var);
    var->id = p->next_var_id++;
    var->name = name;
    var->slot = -1;
    return var;
}

CoreFunction *core_function(CoreProgram *p, const char *name, const RtPlace *place)
{
    CoreFunction *f = arena_alloc(p->arena, sizeof *f);
    f->id = p->next_function_id++;
    f->name = name;
    f->place = place;
    return f;
}

static CoreNode *node_new(CoreProgram *p, const RtPlace *at, enum CoreKind kind)
{
    CoreNode *node = arena_alloc(p->arena, sizeof *node);
    node->kind = (uint8_t)kind;
    node->place = at;
    return node;
}

CoreNode *core_const(CoreProgram *p, const RtPlace *at, RtValue immortal)
{
    CoreNode *node = node_new(p, at, CORE_CONST);
    node->u.constant = immortal;
    return node;
}

CoreNode *core_local(CoreProgram *p, const RtPlace *at, CoreVar *var)
{
    CoreNode *node = node_new(p, at, CORE_LOCAL);
    node->u.local = var;
    node->type = var->type;
    return node;
}

CoreNode *core_global(CoreProgram *p, const RtPlace *at, CoreGlobal *global)
{
    CoreNode *node = node_new(p, at, CORE_GLOBAL);
    node->u.global = global;
    return node;
}

CoreNode *core_function_ref(CoreProgram *p, const RtPlace *at, CoreFunction *f)
{
    CoreNode *node = node_new(p, at, CORE_FUNCTION);
    node->u.function = f;
    return node;
}

CoreNode *core_define(CoreProgram *p, const RtPlace *at, CoreGlobal *global, CoreNode *value)
{
    CoreNode *node = node_new(p, at, CORE_DEFINE);
    node->u.define.global = global;
    node->u.define.value = value;
    return node;
}

CoreNode *core_let(CoreProgram *p, const RtPlace *at, CoreVar *var, CoreNode *init, CoreNode *body)
{
    CoreNode *node = node_new(p, at, CORE_LET);
    node->u.let.var = var;
    node->u.let.init = init;
    node->u.let.body = body;
    if (body) node->type = body->type;
    return node;
}

static CoreNode *call_new(CoreProgram *p, const RtPlace *at, enum CoreKind kind, int count, CoreNode **args)
{
    CoreNode *node = node_new(p, at, kind);
    node->u.call.count = count;
    node->u.call.args = args;
    return node;
}

CoreNode *core_seq(CoreProgram *p, const RtPlace *at, int count, CoreNode **nodes)
{
    if (count == 1) return nodes[0];
    CoreNode *node = call_new(p, at, CORE_SEQ, count, nodes);
    if (count > 0) node->type = nodes[count - 1]->type;
    return node;
}

CoreNode *core_if(CoreProgram *p, const RtPlace *at, CoreNode *test, CoreNode *then, CoreNode *otherwise)
{
    CoreNode *node = node_new(p, at, CORE_IF);
    node->u.branch.test = test;
    node->u.branch.then = then;
    node->u.branch.otherwise = otherwise;
    return node;
}

CoreNode *core_lambda(CoreProgram *p, const RtPlace *at, CoreFunction *f)
{
    CoreNode *node = node_new(p, at, CORE_LAMBDA);
    node->u.function = f;
    return node;
}

CoreNode *core_fix(CoreProgram *p, const RtPlace *at, int count, CoreFunction **functions, CoreVar **vars,
                   CoreNode *body)
{
    CoreNode *node = node_new(p, at, CORE_FIX);
    node->u.fix.count = count;
    node->u.fix.functions = functions;
    node->u.fix.vars = vars;
    node->u.fix.body = body;
    return node;
}

CoreNode *core_closure(CoreProgram *p, const RtPlace *at, CoreFunction *f, int count, CoreNode **captures)
{
    CoreNode *node = call_new(p, at, CORE_CLOSURE, count, captures);
    node->u.call.function = f;
    return node;
}

CoreNode *core_call(CoreProgram *p, const RtPlace *at, CoreNode *callee, int count, CoreNode **args)
{
    CoreNode *node = call_new(p, at, CORE_CALL, count, args);
    node->u.call.callee = callee;
    return node;
}

CoreNode *core_apply(CoreProgram *p, const RtPlace *at, CoreNode *callee, int count, CoreNode **args)
{
    CoreNode *node = call_new(p, at, CORE_APPLY, count, args);
    node->u.call.callee = callee;
    return node;
}

CoreNode *core_call_known(CoreProgram *p, const RtPlace *at, CoreFunction *f, int count, CoreNode **args)
{
    CoreNode *node = call_new(p, at, CORE_CALL_KNOWN, count, args);
    node->u.call.function = f;
    return node;
}

CoreNode *core_prim(CoreProgram *p, const RtPlace *at, int primitive, int count, CoreNode **args)
{
    CoreNode *node = call_new(p, at, CORE_PRIM, count, args);
    node->u.call.primitive = primitive;
    return node;
}

CoreNode *core_try(CoreProgram *p, const RtPlace *at, CoreNode *body, CoreVar *error, CoreNode *handler)
{
    CoreNode *node = node_new(p, at, CORE_TRY);
    node->u.try_.body = body;
    node->u.try_.error = error;
    node->u.try_.handler = handler;
    return node;
}

CoreNode *core_drop(CoreProgram *p, const RtPlace *at, int count, CoreVar **vars, CoreNode *body)
{
    CoreNode *node = node_new(p, at, CORE_DROP);
    node->u.drop.count = count;
    node->u.drop.vars = vars;
    node->u.drop.body = body;
    if (body) node->type = body->type;
    return node;
}

enum CoreLending core_lending(const CoreNode *call)
{
    if (call->kind != CORE_CALL || call->u.call.callee->use != USE_BORROW) return LEND_NOTHING;
    for (int i = 0; i < call->u.call.count; i++)
        if (call->u.call.args[i]->use == USE_BORROW) return LEND_ALL;
    return LEND_CLOSURE;
}

bool core_gives_part(const CoreNode *node)
{
    if (node->kind != CORE_PRIM) return false;
    int row = node->u.call.primitive;
    return prim_part_row(row) != PRIM_NONE || primitives[row].result == RESULT_PART;
}

bool core_is_lent_global(const CoreProgram *p, const CoreNode *node)
{
    if (node->kind != CORE_GLOBAL || p->open_world) return false;
    return node->u.global->definition_count == 1 && node->u.global->primitive == PRIM_NONE;
}

bool core_is_lent(const CoreVar *var)
{
    while (var->whole) var = var->whole;
    return var->is_borrowed;
}

CoreVar *core_whole_of(const CoreNode *node)
{
    if (!core_gives_part(node) || node->u.call.args[0]->kind != CORE_LOCAL) return NULL;
    return node->u.call.args[0]->u.local;
}

void core_each_child(CoreNode *node, void (*visit)(CoreNode **child, void *data), void *data)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
    case CORE_LOCAL:
    case CORE_GLOBAL:
    case CORE_FUNCTION:
    case CORE_LAMBDA: break;
    case CORE_DEFINE: visit(&node->u.define.value, data); break;
    case CORE_LET:
        visit(&node->u.let.init, data);
        visit(&node->u.let.body, data);
        break;
    case CORE_IF:
        visit(&node->u.branch.test, data);
        visit(&node->u.branch.then, data);
        visit(&node->u.branch.otherwise, data);
        break;
    case CORE_FIX: visit(&node->u.fix.body, data); break;
    case CORE_CALL:
    case CORE_APPLY:
        visit(&node->u.call.callee, data);
        for (int i = 0; i < node->u.call.count; i++) visit(&node->u.call.args[i], data);
        break;
    case CORE_SEQ:
    case CORE_CLOSURE:
    case CORE_CALL_KNOWN:
    case CORE_PRIM:
        for (int i = 0; i < node->u.call.count; i++) visit(&node->u.call.args[i], data);
        break;
    case CORE_TRY:
        visit(&node->u.try_.body, data);
        visit(&node->u.try_.handler, data);
        break;
    case CORE_DROP: visit(&node->u.drop.body, data); break;
    }
}

void core_each_part(CoreNode *node, void (*visit)(CoreNode **child, void *data), void *data)
{
    if (node->kind == CORE_LAMBDA) visit(&node->u.function->body, data);
    if (node->kind == CORE_FIX)
        for (int i = 0; i < node->u.fix.count; i++) visit(&node->u.fix.functions[i]->body, data);
    core_each_child(node, visit, data);
}

typedef struct Uses {
    const CoreVar *var;
    int count;
} Uses;

static void count_uses(CoreNode **child, void *data)
{
    Uses *uses = data;
    uses->count += core_is_var(*child, uses->var);
    core_each_child(*child, count_uses, uses);
}

int core_uses(const CoreNode *node, const CoreVar *var)
{
    Uses uses = {.var = var};
    count_uses((CoreNode **)(uintptr_t)&node, &uses);
    return uses.count;
}

typedef struct Renamed {
    const CoreVar *from;
    CoreVar *to;
} Renamed;

static void rename_var(CoreNode **child, void *data)
{
    const Renamed *renamed = data;
    if (core_is_var(*child, renamed->from)) (*child)->u.local = renamed->to;
    core_each_child(*child, rename_var, data);
}

void core_rename(CoreNode *node, const CoreVar *from, CoreVar *to)
{
    Renamed renamed = {from, to};
    rename_var(&node, &renamed);
}

static void add_size(CoreNode **child, void *data)
{
    ++*(int *)data;
    core_each_part(*child, add_size, data);
}

int core_size(CoreNode *node)
{
    int size = 0;
    add_size(&node, &size);
    return size;
}

static void stamp_place(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (!node->place) node->place = data;
    core_each_child(node, stamp_place, data);
}

void core_stamp_place(CoreNode *node, const RtPlace *at) { stamp_place(&node, (void *)(uintptr_t)at); }

static void note_init(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_LET) (*child)->u.let.var->scratch = (*child)->u.let.init;
    core_each_child(*child, note_init, data);
}

void core_note_inits(CoreNode *body) { note_init(&body, NULL); }

static void forget_init(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_LET) (*child)->u.let.var->scratch = NULL;
    core_each_child(*child, forget_init, data);
}

void core_forget_inits(CoreNode *body) { forget_init(&body, NULL); }

/* ---- functions that are left over ---------------------------------------------------------------------------------- */

typedef struct Reach {
    Arena *arena;
    CoreFunction **pending; /* reached; their bodies are to be walked */
    int pending_count, pending_capacity;
} Reach;

static void reach(Reach *r, CoreFunction *f)
{
    if (f->scratch) return;
    f->scratch = f;
    ARENA_PUSH(r->arena, r->pending, r->pending_count, r->pending_capacity, f);
}

static void reach_node(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_FUNCTION) reach(data, node->u.function);
    if (node->kind == CORE_CALL_KNOWN || node->kind == CORE_CLOSURE) reach(data, node->u.call.function);
    core_each_child(node, reach_node, data);
}

void core_drop_unreached(CoreProgram *p)
{
    Reach r = {.arena = arena_new()};
    for (int i = 0; i < p->toplevel_count; i++) reach(&r, p->toplevel[i]);
    while (r.pending_count > 0) reach_node(&r.pending[--r.pending_count]->body, &r);
    int kept = 0;
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        if (f->scratch) p->functions[kept++] = f;
        f->scratch = NULL;
    }
    p->function_count = kept;
    arena_free(r.arena);
}
