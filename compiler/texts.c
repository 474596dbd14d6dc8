/* Pass texts (optional): a string that is put together from its end grows from its front.
 *
 * Requires and ensures STAGE_CLOSURES.
 *
 *   (define (join xs) (if xs (string-append (car xs) ", " (join (cdr xs))) ""))
 *
 * copies all that it has made in each turn on the way back, and takes time in proportion to the square of the result.  A function whose
 * result may be such a string, with a call of itself as the last part, gets a copy with one more parameter, the text so far:
 *
 *     (string-append a b (f x))    in f:     (let text (string-append a b) (f' x text))
 *                                  in f':    (let text' (string-append text a b) (f' x text'))
 *     v                            in f':    (string-append text v)
 *
 * It holds through LET, SEQ and IF.  A text that nobody else has grows in place (rt_string_append2), so this takes time in proportion to
 * what is made, and no stack.  The order of evaluation stays.  All parts must be known to be strings, so that no error moves, and
 * the recursion must be known to end (fuse_quiet.c): without an end it must be found to be too deep.
 */
#include "fuse.h"
#include "passes.h"
#include "remarks.h"

typedef struct Texts {
    Fuse fuse;
    CoreFunction *function, *copy; /* calls of the one in such a place become calls of the other */
    bool ignores_types; /* which are not known yet */
} Texts;

/* ---- which functions ------------------------------------------------------------------------------------------- */

static bool joins(const CoreNode *node)
{
    return core_is_prim(node, PRIM_string_append) || core_is_prim(node, PRIM_string_append2);
}

/* (string-append e ... (f x)) of strings */
static bool ends_in_call(Texts *t, const CoreNode *node)
{
    if (!joins(node) || node->u.call.count < 2) return false;
    int last = node->u.call.count - 1;
    const CoreNode *call = node->u.call.args[last];
    if (call->kind != CORE_CALL_KNOWN || call->u.call.function != t->function) return false;
    for (int i = 0; !t->ignores_types && i < last; i++) {
        CoreType type = fuse_type(&t->fuse, node->u.call.args[i]);
        if (!type_is(&type, TAG_BIT(RT_STRING))) return false;
    }
    return true;
}

static bool has_such_a_result(Texts *t, const CoreNode *node)
{
    for (;;) {
        switch ((enum CoreKind)node->kind) {
        case CORE_LET: node = node->u.let.body; continue;
        case CORE_SEQ: node = node->u.call.args[node->u.call.count - 1]; continue;
        case CORE_IF:
            if (has_such_a_result(t, node->u.branch.then)) return true;
            node = node->u.branch.otherwise;
            continue;
        default: return ends_in_call(t, node);
        }
    }
}

/* A call of another function must not wait for what it gives, because it may come back. */
static bool leaves_by_tail_call(const CoreFunction *f, const CoreNode *node)
{
    for (;;) {
        switch ((enum CoreKind)node->kind) {
        case CORE_LET: node = node->u.let.body; continue;
        case CORE_SEQ: node = node->u.call.args[node->u.call.count - 1]; continue;
        case CORE_IF:
            if (leaves_by_tail_call(f, node->u.branch.then)) return true;
            node = node->u.branch.otherwise;
            continue;
        default: return node->tail && (node->kind != CORE_CALL_KNOWN || node->u.call.function != f);
        }
    }
}

static bool grows_text(Texts *t, CoreFunction *f)
{
    t->function = f;
    if (f->is_toplevel || !has_such_a_result(t, f->body)) return false;
    if (t->ignores_types) return true;
    FuseEnd end = fuse_find_end(f);
    return end.is_known && end.counter < 0 && type_is(f->result, TAG_BIT(RT_STRING)) &&
           !leaves_by_tail_call(f, f->body);
}

/* ---- rewriting ------------------------------------------------------------------------------------------------- */

static CoreNode *join(Texts *t, const RtPlace *at, CoreNode *const *parts, int count)
{
    CoreProgram *p = t->fuse.program;
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = parts[i];
    return core_prim(p, at, count == 2 ? PRIM_string_append2 : PRIM_string_append, count, args);
}

/* The call with the text so far as its last operand. */
static CoreNode *call_copy(Texts *t, const CoreNode *call, CoreVar *text)
{
    CoreProgram *p = t->fuse.program;
    int count = call->u.call.count;
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = call->u.call.args[i];
    args[count] = core_local(p, call->place, text);
    return core_call_known(p, call->place, t->copy, count + 1, args);
}

/* text NULL: there is none yet */
static CoreNode *go_on(Texts *t, const CoreNode *node, CoreVar *text)
{
    CoreProgram *p = t->fuse.program;
    int last = node->u.call.count - 1, count = 0;
    CoreNode **parts = arena_alloc(t->fuse.arena, ((size_t)last + 1) * sizeof *parts);
    if (text) parts[count++] = core_local(p, node->place, text);
    for (int i = 0; i < last; i++) parts[count++] = node->u.call.args[i];
    CoreVar *more = core_var(p, "text");
    CoreNode *made = count == 1 ? parts[0] : join(t, node->place, parts, count);
    return core_let(p, node->place, more, made, call_copy(t, node->u.call.args[last], more));
}

/* The node with its value put behind the text. */
static CoreNode *behind_text(Texts *t, CoreNode *node, CoreVar *text)
{
    if (ends_in_call(t, node)) return go_on(t, node, text);
    CoreNode **last = NULL;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: node->u.let.body = behind_text(t, node->u.let.body, text); return node;
    case CORE_SEQ:
        last = &node->u.call.args[node->u.call.count - 1];
        *last = behind_text(t, *last, text);
        return node;
    case CORE_IF:
        node->u.branch.then = behind_text(t, node->u.branch.then, text);
        node->u.branch.otherwise = behind_text(t, node->u.branch.otherwise, text);
        return node;
    default: break;
    }
    if (text && node->kind == CORE_CALL_KNOWN && node->u.call.function == t->function) return call_copy(t, node, text);
    if (!text) return node;
    CoreNode *parts[] = {core_local(t->fuse.program, node->place, text), node};
    return join(t, node->place, parts, 2);
}

static CoreVar *add_param(Texts *t, CoreFunction *copy)
{
    CoreProgram *p = t->fuse.program;
    CoreVar **params = arena_alloc(p->arena, ((size_t)copy->param_count + 1) * sizeof *params);
    memcpy(params, copy->params, (size_t)copy->param_count * sizeof *params);
    CoreVar *text = params[copy->param_count++] = core_var(p, "text");
    copy->params = params;
    copy->has_rest = false; /* only entered by known calls */
    copy->needs_closure = false;
    return text;
}

static void rewrite(Texts *t, CoreFunction *f)
{
    CoreProgram *p = t->fuse.program;
    remark(t->fuse.compiler, NULL, f, REMARK_FAST, "the text grows from its front, in a loop");
    t->function = f;
    t->copy = core_copy_function(p, f);
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, t->copy);
    t->copy->body = behind_text(t, t->copy->body, add_param(t, t->copy));
    f->body = behind_text(t, f->body, NULL);
}

static void rewrite_all(Texts *t)
{
    CoreProgram *p = t->fuse.program;
    int count = p->function_count;
    tail_mark_calls(p);
    types_infer(p);
    fuse_look_at_all(&t->fuse);
    bool *found = arena_alloc(t->fuse.arena, (size_t)count * sizeof *found);
    for (int i = 0; i < count; i++) found[i] = grows_text(t, p->functions[i]);
    for (int i = 0; i < count; i++)
        if (found[i]) rewrite(t, p->functions[i]);
    for (int i = 0; i < count; i++) p->functions[i]->scratch = NULL;
    types_clear(p);
    tail_forget_calls(p);
}

void pass_texts(Compiler *c, CoreProgram *p)
{
    Texts t = {.fuse = {.compiler = c, .program = p, .arena = arena_new()}, .ignores_types = true};
    bool any = false;
    for (int i = 0; i < p->function_count && !any; i++) any = grows_text(&t, p->functions[i]);
    t.ignores_types = false;
    if (any) rewrite_all(&t);
    arena_free(t.fuse.arena);
}
