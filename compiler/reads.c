/* Pass reads (for speed): a part that has a name already is not read again.
 *
 * Requires and ensures STAGE_TAIL.
 *
 *   (let a (car x) ... (f (car x)))   becomes   (let a (car x) ... (f a))
 *
 * Values never change, so wherever the name is in scope it will do, whatever happened in between.  What is saved is less the read than
 * what the passes behind find out about the part, which is known of one variable then: that it is no nil, because that was tested.
 * Functions that were inlined one beside the other leave many such reads.  Behind pass closures, so that no function captures
 * what it could read itself.
 */
#include "passes.h"

typedef struct Read {
    const CoreNode *node;
    CoreVar *var; /* bound to it */
} Read;

typedef struct Reads {
    Arena *arena;
    Read *items; /* whose names are in scope */
    int count, capacity;
} Reads;

/* Of a variable, at a constant place? */
static bool is_read(const CoreNode *node)
{
    if (node->kind != CORE_PRIM || !node->u.call.count || node->u.call.args[0]->kind != CORE_LOCAL) return false;
    int primitive = node->u.call.primitive;
    if (primitive == PRIM_vector_ref) return core_is_int(node->u.call.args[1]);
    return primitive == PRIM_car || primitive == PRIM_cdr;
}

static bool is_same(const CoreNode *a, const CoreNode *b)
{
    if (a->u.call.primitive != b->u.call.primitive || !core_is_same_atom(a->u.call.args[0], b->u.call.args[0]))
        return false;
    return a->u.call.count == 1 || core_is_same_atom(a->u.call.args[1], b->u.call.args[1]);
}

static CoreVar *find(const Reads *r, const CoreNode *node)
{
    enum { NEAREST = 30 }; /* so that the pass stays linear */
    for (int i = r->count - 1; i >= 0 && i >= r->count - NEAREST; i--)
        if (is_same(r->items[i].node, node)) return r->items[i].var;
    return NULL;
}

static void become_local(CoreNode *node, CoreVar *var)
{
    node->kind = CORE_LOCAL;
    node->use = USE_NONE;
    node->u.local = var;
}

static void visit(CoreNode **child, void *data);

static void visit_let(CoreNode **child, Reads *r)
{
    CoreNode *node = *child, *init = node->u.let.init;
    visit(&node->u.let.init, r);
    CoreVar *var = node->u.let.var;
    if (is_read(init)) {
        Read read = {init, var};
        ARENA_PUSH(r->arena, r->items, r->count, r->capacity, read);
    } else if (init->kind == CORE_LOCAL) { /* a name for a name: scratch is what it stands for */
        var->scratch = init->u.local;
    }
    visit(&node->u.let.body, r);
    if (!var->scratch) return;
    var->scratch = NULL;
    *child = node->u.let.body;
}

static void visit(CoreNode **child, void *data)
{
    Reads *r = data;
    CoreNode *node = *child;
    int mark = r->count;
    if (node->kind == CORE_LET) {
        visit_let(child, r);
        r->count = mark;
        return;
    }
    if (node->kind == CORE_LOCAL && node->u.local->scratch) node->u.local = node->u.local->scratch;
    core_each_child(node, visit, data);
    if (!is_read(node)) return;
    CoreVar *var = find(r, node);
    if (var) become_local(node, var);
}

void pass_reads(Compiler *c, CoreProgram *p)
{
    (void)c;
    Reads r = {.arena = arena_new()};
    for (int i = 0; i < p->function_count; i++) visit(&p->functions[i]->body, &r);
    arena_free(r.arena);
}
