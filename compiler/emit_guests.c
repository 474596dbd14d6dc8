/* Functions whose code is a part of another one's: those that only it jumps to.
 *
 * Loops with several results call each other in tail position:
 *
 *     (let outer (...) ... (let inner (...) (if (done) (outer ...) (inner ...))))
 *
 * Every call of `inner` comes from `outer` or from itself, and none of them comes back.  So `inner` is the guest of its host
 * `outer`: a label in that one's LLVM function, and what it is called with are phis.  As a function of its own it would take three
 * values in registers and the others through memory, and LLVM would see no loop around the inner one.
 *
 * A guest may be host itself: then its guests are those of its own host.  It is a function of its own, too, for generic functions that
 * come back to it (pass specialize).
 */
#include "emit_internal.h"

enum {
    MOST_NODES = 600, /* of a host with its guests: LLVM takes more than linear time */
    ROUNDS = 4 /* so deep are guests of guests found */
};

typedef struct TailCall {
    int from, next; /* number of the function; the next tail call of the same function, or -1 */
} TailCall;

typedef struct Guests {
    ModuleEmitter *m;
    Arena *arena;
    CoreFunction **functions;
    int count, current; /* current: the one that is looked at */
    int *first; /* by function: its first tail call, or -1 */
    int *hosts; /* by function: itself, or its host */
    int *sizes; /* by function: nodes, those of its guests included */
    bool *is_needed; /* by function: it is called elsewhere, too, or is a value */
    TailCall *calls;
    int call_count, call_capacity;
} Guests;

static int number_of(const CoreFunction *f) { return (int)(intptr_t)f->scratch - 1; }

static void look_at(CoreNode **child, void *data)
{
    Guests *g = data;
    CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN) {
        int to = number_of(node->u.call.function);
        if (!node->tail) {
            g->is_needed[to] = true;
        } else if (to != g->current) {
            TailCall call = {g->current, g->first[to]};
            g->first[to] = g->call_count;
            ARENA_PUSH(g->arena, g->calls, g->call_count, g->call_capacity, call);
        }
    }
    if (node->kind == CORE_FUNCTION) g->is_needed[number_of(node->u.function)] = true;
    if (node->kind == CORE_CLOSURE) g->is_needed[number_of(node->u.call.function)] = true;
    core_each_child(node, look_at, data);
}

static int host_of(const Guests *g, int f)
{
    while (g->hosts[f] != f) f = g->hosts[f];
    return f;
}

/* A generic function goes back to a fast one, once. */
static bool is_way_back(const Guests *g, const TailCall *call, int f)
{
    return g->functions[call->from]->is_generic && !g->functions[f]->is_generic;
}

/* The one function that the calls come from, not counting its own code; -1: none, or several. */
static int only_caller(const Guests *g, int f)
{
    int only = -1;
    for (int i = g->first[f]; i >= 0; i = g->calls[i].next) {
        int caller = host_of(g, g->calls[i].from);
        if (caller == f || caller == only || is_way_back(g, &g->calls[i], f)) continue;
        if (only >= 0) return -1;
        only = caller;
    }
    return only;
}

/* A generic function is the way out of a fast one: its code would cost that one registers. */
static bool may_be_guest(const Guests *g, int f, int host)
{
    const CoreFunction *guest = g->functions[f], *to = g->functions[host];
    if (g->is_needed[f] || guest->wraps || guest->is_toplevel) return false;
    if (to->wraps || to->is_toplevel || (guest->is_generic && !to->is_generic)) return false;
    return g->sizes[f] + g->sizes[host] <= MOST_NODES;
}

static bool find_more(Guests *g)
{
    bool is_more = false;
    for (int f = 0; f < g->count; f++) {
        int host = g->hosts[f] == f ? only_caller(g, f) : -1;
        if (host < 0 || !may_be_guest(g, f, host)) continue;
        g->hosts[f] = host;
        g->sizes[host] += g->sizes[f];
        is_more = true;
    }
    return is_more;
}

static void note(Guests *g, int f)
{
    FunctionParts *parts = g->functions[f]->engine, *host = g->functions[host_of(g, f)]->engine;
    if (parts == host) return;
    parts->host = g->functions[host_of(g, f)];
    parts->is_guest_only = !g->m->options->backend->joins_interpreter; /* the interpreter calls all */
    for (int i = g->first[f]; i >= 0; i = g->calls[i].next)
        if (is_way_back(g, &g->calls[i], f)) parts->is_guest_only = false;
    host->has_guests = true;
    host->allocates |= parts->allocates;
}

static void *table(const Guests *g, size_t item_bytes)
{
    void *items = arena_alloc(g->arena, ((size_t)g->count + 1) * item_bytes);
    memset(items, 0, ((size_t)g->count + 1) * item_bytes);
    return items;
}

void emit_find_guests(ModuleEmitter *m, CoreFunction **functions, int count)
{
    if (m->options->backend->optimize == 0 || m->debug) return; /* a function of the program is one in the debugger */
    Guests g = {.m = m, .arena = arena_new(), .functions = functions, .count = count};
    g.first = table(&g, sizeof *g.first);
    g.hosts = table(&g, sizeof *g.hosts);
    g.sizes = table(&g, sizeof *g.sizes);
    g.is_needed = table(&g, sizeof *g.is_needed);
    for (int i = 0; i < count; i++) {
        functions[i]->scratch = (void *)(intptr_t)(i + 1);
        g.first[i] = -1;
        g.hosts[i] = i;
        g.sizes[i] = core_size(functions[i]->body);
    }
    for (g.current = 0; g.current < count; g.current++) look_at(&functions[g.current]->body, &g);
    for (int i = 0; i < ROUNDS && find_more(&g); i++) continue;
    for (int i = 0; i < count; i++) note(&g, i);
    for (int i = 0; i < count; i++) functions[i]->scratch = NULL;
    arena_free(g.arena);
}

/* ---- jumps -------------------------------------------------------------------------------------------------------- */

bool emit_is_part(const FunctionEmitter *f, const CoreFunction *callee)
{
    const FunctionParts *parts = callee->engine;
    const CoreFunction *host = f->first ? f->first->core : NULL;
    return host && (parts->host == host || (callee == host && parts->has_guests));
}

Part *emit_part_new(FunctionEmitter *f, CoreFunction *core)
{
    Part *part = arena_alloc(f->arena, sizeof *part);
    *part = (Part){.core = core, .start = emit_block(f, core->name)};
    part->start_phis = emit_parameter_phis(f, core, part->start);
    if (f->last) f->last->next = part;
    else f->first = part;
    f->last = part;
    return part;
}

void emit_add_incoming(FunctionEmitter *f, const CoreFunction *core, const EmitValue *values, LLVMValueRef *phis)
{
    LLVMBasicBlockRef block = LLVMGetInsertBlock(f->m->builder);
    for (int i = 0, next = 0; i < core_param_count(core); i++) {
        LLVMValueRef words[2];
        int count = emit_words(f->m, emit_phi_type(core_param(core, i)->type), values[i], words);
        for (int j = 0; j < count; j++) LLVMAddIncoming(phis[next++], &words[j], &block, 1);
    }
}

static Part *part_of(FunctionEmitter *f, CoreFunction *callee)
{
    for (Part *part = f->first; part; part = part->next)
        if (part->core == callee) return part;
    LLVMBasicBlockRef here = LLVMGetInsertBlock(f->m->builder);
    Part *part = emit_part_new(f, callee);
    LLVMPositionBuilderAtEnd(f->m->builder, here);
    return part;
}

void emit_jump(FunctionEmitter *f, CoreFunction *callee, const EmitValue *values)
{
    if (!owned_is_empty(f)) rt_internal_error("emit: values are owned at a jump");
    bool is_turn = callee == f->core && f->part->loop_phis;
    Part *to = is_turn ? f->part : part_of(f, callee);
    /* All ways from the host to itself are noticed at its head, others at the head of each guest. */
    if (!is_turn && (to == f->first || f->part != f->first)) to->is_on_cycle = true;
    emit_add_incoming(f, callee, values, is_turn ? to->loop_phis : to->start_phis);
    LLVMBuildBr(f->m->builder, is_turn ? to->body : to->start);
}
