/* Pass prune (optional): definitions that nothing uses any more leave the program.
 *
 * Requires and ensures STAGE_RESOLVE.  A top-level form that only makes a function goes away when the function is not
 * reached from any other form: one of the library, or one whose calls were inlined or specialised.  A function that the
 * program never used stays, so that what is asked about it (--dump, --explain) has an answer; LLVM drops it.
 */
#include "passes.h"

typedef struct Pruner {
    Arena *arena;
    CoreFunction **pending; /* reached; their bodies are to be walked */
    int pending_count, pending_capacity;
} Pruner;

/* The function that a form consists of, or NULL.  Its scratch is the form until it is reached. */
static CoreFunction *function_of_form(const CoreFunction *form)
{
    const CoreNode *body = form->body;
    if (body->kind == CORE_DEFINE && body->u.define.global->is_constant) body = body->u.define.value;
    else if (body->kind == CORE_DEFINE) return NULL;
    if (body->kind != CORE_LAMBDA) return NULL;
    CoreFunction *f = body->u.function;
    return f->is_library || f->is_dispensable ? f : NULL;
}

static void reach(Pruner *k, CoreFunction *f)
{
    if (!f->scratch) return;
    f->scratch = NULL;
    ARENA_PUSH(k->arena, k->pending, k->pending_count, k->pending_capacity, f);
}

static void walk(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_FUNCTION) reach(data, node->u.function);
    if (node->kind == CORE_CALL_KNOWN) reach(data, node->u.call.function);
    core_each_part(node, walk, data);
}

void pass_prune(Compiler *c, CoreProgram *p)
{
    (void)c;
    if (p->open_world) return;
    Pruner k = {.arena = arena_new()};
    int last = p->toplevel_count - 1, kept = 0;
    for (int i = 0; i < last; i++) {
        CoreFunction *f = function_of_form(p->toplevel[i]);
        if (f) f->scratch = p->toplevel[i];
    }
    for (int i = 0; i <= last; i++)
        if (i == last || !function_of_form(p->toplevel[i])) walk(&p->toplevel[i]->body, &k);
    while (k.pending_count > 0) walk(&k.pending[--k.pending_count]->body, &k);
    for (int i = 0; i <= last; i++) {
        CoreFunction *f = i < last ? function_of_form(p->toplevel[i]) : NULL;
        if (!f || !f->scratch) p->toplevel[kept++] = p->toplevel[i];
        if (f) f->scratch = NULL;
    }
    p->toplevel_count = kept;
    arena_free(k.arena);
}
