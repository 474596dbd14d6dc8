/* Scopes: bindings of names, the meaning of a name at a point, and the entries of a body (scope.h).
 *
 * Each Name leads to its innermost binding, and each binding to the one it hides, so a lookup does not depend on how
 * many names are in scope; leaving a scope undoes its bindings one by one.
 */
#include "module.h"

static Binding *push_binding(Lower *l, RtValue symbol, enum BindingKind kind)
{
    Name *name = compiler_name(l->c, symbol);
    Binding *b = arena_alloc(l->c->arena, sizeof *b);
    *b = (Binding){
        .name = name, .outer = name->binding, .previous = l->scope, .kind = kind, .macro_level = l->macro_level};
    name->binding = b;
    l->scope = b;
    return b;
}

void scope_bind(Lower *l, RtValue symbol, CoreVar *var) { push_binding(l, symbol, BINDING_VAR)->var = var; }

void scope_leave(Lower *l, Binding *mark)
{
    while (l->scope != mark) {
        l->scope->name->binding = l->scope->outer;
        l->scope = l->scope->previous;
    }
}

/* A name defined again in the same body gets one more Decl, in the order of the text: behind those passed already. */
Decl *scope_declare(Lower *l, Body *body, RtValue symbol, enum DeclKind kind, int index)
{
    Name *name = compiler_name(l->c, symbol);
    Binding *b = name->binding;
    if (!b || b->kind != BINDING_BODY || b->body != body) {
        b = push_binding(l, symbol, BINDING_BODY);
        b->body = body;
    }
    Decl *decl = arena_alloc(l->c->arena, sizeof *decl);
    *decl = (Decl){.name = name, .body = body, .kind = kind, .index = index};
    if (kind != DECL_MACRO) decl->var = core_var(l->program, name->global.name);
    Decl **link = &b->decls;
    while (*link && ((*link)->is_bound || (*link)->index < index)) link = &(*link)->next;
    decl->next = *link;
    *link = decl;
    return decl;
}

static void note_use(Lower *l, Decl *decl, const RtPlace *at)
{
    UseList *user = decl->body->user;
    if (!user || decl->last_user == user) return;
    if (decl->kind == DECL_VALUE && decl->is_bound && !decl->body->in_function) return;
    decl->last_user = user;
    Use use = {decl, at};
    ARENA_PUSH(l->c->arena, user->uses, user->count, user->capacity, use);
}

static bool means_something_outside(const Binding *b)
{
    const Name *name = b->name;
    for (b = b->outer; b; b = b->outer) {
        if (b->kind == BINDING_VAR) return true;
        for (const Decl *d = b->decls; d; d = d->next)
            if (d->is_bound || d->kind != DECL_MACRO) return true;
    }
    name = module_known_meaning(name->compiler, (Name *)(uintptr_t)name);
    return name->macro || name->is_defined || name->form || name->global.primitive != PRIM_NONE;
}

/* The definition a use means, or NULL: the name's meaning outside of the body. */
static Decl *find_decl(Lower *l, const Binding *b)
{
    Decl *latest = NULL, *first = NULL;
    for (Decl *d = b->decls; d; d = d->next) {
        if (d->is_bound) latest = d;
        else if (!first && d->kind != DECL_MACRO) first = d;
    }
    if (latest || !first) return latest;
    bool is_inside_lambda = l->lambda_depth > b->body->lambda_depth;
    return is_inside_lambda || b->body->is_letrec || !means_something_outside(b) ? first : NULL;
}

static Meaning global_meaning(Name *name, bool is_operator)
{
    if (name->macro) return (Meaning){.kind = MEANING_MACRO, .macro = name->macro};
    if (is_operator && name->form && !name->is_defined) return (Meaning){.kind = MEANING_FORM, .form = name->form};
    return (Meaning){.kind = MEANING_GLOBAL, .name = name};
}

Meaning scope_lookup(Lower *l, Name *name, bool is_operator, const RtPlace *at)
{
    if (is_operator && name->form && !name->form->is_soft) return (Meaning){.kind = MEANING_FORM, .form = name->form};
    for (Binding *b = name->binding; b; b = b->outer) {
        Decl *decl = NULL;
        if (b->kind == BINDING_BODY && !(decl = find_decl(l, b))) continue;
        if (decl && decl->kind == DECL_MACRO) return (Meaning){.kind = MEANING_MACRO, .macro = decl->macro};
        if (b->macro_level < l->macro_level) return (Meaning){.kind = MEANING_HIDDEN};
        if (!decl) return (Meaning){.kind = MEANING_VAR, .var = b->var};
        note_use(l, decl, at);
        return (Meaning){.kind = MEANING_VAR, .var = decl->var};
    }
    /* An operator is looked up once more, as the symbol that it is. */
    return global_meaning(module_meaning(l->c, name, is_operator ? NULL : at), is_operator);
}

/* ---- bodies ---- */

Body *body_open(Lower *l)
{
    Body *body = arena_alloc(l->c->arena, sizeof *body);
    *body = (Body){
        .outer = l->body, .outer_at_toplevel = l->at_toplevel, .scope = l->scope, .lambda_depth = l->lambda_depth};
    l->body = body;
    return body;
}

Entry *body_push(Lower *l, Body *body, Entry entry)
{
    ARENA_PUSH(l->c->arena, body->entries, body->entry_count, body->entry_capacity, entry);
    return &body->entries[body->entry_count - 1];
}

void body_insert(Lower *l, Body *body, int at, const Entry *entries, int count)
{
    int moved = body->entry_count - at;
    for (int i = 0; i < count; i++) body_push(l, body, entries[i]);
    if (!moved || !count) return;
    memmove(body->entries + at + count, body->entries + at, (size_t)moved * sizeof(Entry));
    memcpy(body->entries + at, entries, (size_t)count * sizeof(Entry));
}

static CoreNode *wrap_effects(Lower *l, const Entry *entries, int count, CoreNode *value)
{
    CoreNode **nodes = arena_alloc(l->program->arena, ((size_t)count + 1) * sizeof *nodes);
    for (int i = 0; i < count; i++) nodes[i] = entries[i].node;
    nodes[count] = value;
    return core_seq(l->program, entries[0].place, count + 1, nodes);
}

CoreNode *body_close(Lower *l, Body *body, CoreNode *value)
{
    for (int i = body->entry_count; i > 0;) {
        const Entry *e = &body->entries[i - 1];
        int first = i - 1;
        switch (e->kind) {
        case ENTRY_EFFECT:
            while (first > 0 && body->entries[first - 1].kind == ENTRY_EFFECT) first--;
            value = wrap_effects(l, &body->entries[first], i - first, value);
            break;
        case ENTRY_LET: value = core_let(l->program, e->place, e->var, e->node, value); break;
        case ENTRY_FIX: value = core_fix(l->program, e->place, e->count, e->functions, e->vars, value); break;
        }
        i = first;
    }
    scope_leave(l, body->scope);
    l->at_toplevel = body->outer_at_toplevel;
    l->body = body->outer;
    return value;
}
