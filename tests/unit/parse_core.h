/* Core from text, for the tests of the passes: what core_print.c writes of a lowered program, back to Core.
 *
 * Each expression of the text is a top-level form.  Supported: const (integers, t, nil), variables, global, define,
 * let, seq, if, lambda, fix, call, apply, prim, try.  A parameter list may end in `. rest`.  A global whose name is a
 * builtin means it.
 */
#ifndef PARSE_CORE_H
#define PARSE_CORE_H

#include "core.h"
#include "frontend.h"

#include <check.h>
#include <stdlib.h>

typedef struct Scope {
    CoreVar *var;
    const struct Scope *outer;
} Scope;

typedef struct CoreParser {
    CoreProgram *program;
    const char *at;
} CoreParser;

static CoreNode *parse_node(CoreParser *k, const Scope *scope);

static inline void skip_blanks(CoreParser *k) { k->at += strspn(k->at, " \n"); }

static inline bool accept_char(CoreParser *k, char c)
{
    skip_blanks(k);
    if (*k->at != c) return false;
    k->at++;
    return true;
}

static inline void expect_char(CoreParser *k, char c)
{
    if (!accept_char(k, c)) ck_abort_msg("expected %c before: %s", c, k->at);
}

static inline char *parse_word(CoreParser *k)
{
    skip_blanks(k);
    size_t length = strcspn(k->at, " \n()");
    char *word = arena_text(k->program->arena, k->at, length);
    k->at += length;
    return word;
}

static inline Scope *extend_scope(CoreParser *k, const Scope *outer, const char *name)
{
    Scope *scope = arena_alloc(k->program->arena, sizeof *scope);
    *scope = (Scope){core_var(k->program, name), outer};
    return scope;
}

static inline CoreNode *parse_variable(CoreParser *k, const Scope *scope)
{
    const char *name = parse_word(k);
    while (scope && strcmp(scope->var->name, name) != 0) scope = scope->outer;
    if (!scope) ck_abort_msg("unknown variable %s", name);
    return core_local(k->program, NULL, scope->var);
}

static inline CoreGlobal *parse_global(CoreParser *k)
{
    CoreProgram *p = k->program;
    const char *name = parse_word(k);
    for (int i = 0; i < p->global_count; i++)
        if (strcmp(p->globals[i]->name, name) == 0) return p->globals[i];
    CoreGlobal *global =
        &((Name *)arena_alloc(p->arena, sizeof(Name)))->global; /* passes find a Name behind each global */
    global->name = name;
    global->symbol = rt_intern_text(name);
    global->primitive = PRIM_NONE;
    for (int i = 0; i < PRIMITIVE_COUNT; i++)
        if (primitives[i].name && strcmp(primitives[i].name, name) == 0) global->primitive = i;
    ARENA_PUSH(p->arena, p->globals, p->global_count, p->global_capacity, global);
    return global;
}

/* Expressions up to the closing parenthesis. */
static inline CoreNode **parse_nodes(CoreParser *k, const Scope *scope, int *count)
{
    CoreNode **nodes = NULL;
    int capacity = 0;
    for (*count = 0; !accept_char(k, ')');) {
        CoreNode *node = parse_node(k, scope);
        ARENA_PUSH(k->program->arena, nodes, *count, capacity, node);
    }
    return nodes;
}

/* The rest of (lambda NAME (x ...) body). */
static inline CoreFunction *parse_lambda(CoreParser *k, const Scope *scope)
{
    CoreFunction *f = core_function(k->program, parse_word(k), NULL);
    int capacity = 0;
    expect_char(k, '(');
    while (!accept_char(k, ')')) {
        const char *name = parse_word(k);
        if (strcmp(name, ".") == 0) {
            f->has_rest = true;
            name = parse_word(k);
        }
        Scope *inner = extend_scope(k, scope, name);
        ARENA_PUSH(k->program->arena, f->params, f->param_count, capacity, inner->var);
        scope = inner;
    }
    f->body = parse_node(k, scope);
    expect_char(k, ')');
    return f;
}

/* The rest of (fix ((f (lambda ...)) ...) body); the names are collected first, as each function sees all of them. */
static inline CoreNode *parse_fix(CoreParser *k, const Scope *scope)
{
    CoreVar **vars = NULL;
    CoreFunction **functions = NULL;
    int var_count = 0, var_capacity = 0, count = 0, capacity = 0, depth = 0;
    expect_char(k, '(');
    const char *begin = k->at;
    for (; depth >= 0; k->at++) {
        if (*k->at == '(' && depth++ == 0) {
            CoreParser name = {k->program, k->at + 1};
            Scope *inner = extend_scope(k, scope, parse_word(&name));
            ARENA_PUSH(k->program->arena, vars, var_count, var_capacity, inner->var);
            scope = inner;
        }
        if (*k->at == ')') depth--;
    }
    k->at = begin;
    while (!accept_char(k, ')')) {
        expect_char(k, '(');
        parse_word(k);
        expect_char(k, '(');
        parse_word(k);
        CoreFunction *f = parse_lambda(k, scope);
        ARENA_PUSH(k->program->arena, functions, count, capacity, f);
        expect_char(k, ')');
    }
    CoreNode *body = parse_node(k, scope);
    expect_char(k, ')');
    return core_fix(k->program, NULL, count, functions, vars, body);
}

static inline RtValue parse_constant(CoreParser *k)
{
    const char *word = parse_word(k);
    if (strcmp(word, "nil") == 0) return rt_nil();
    if (strcmp(word, "t") == 0) return rt_true();
    return rt_from_int(atoll(word));
}

static inline int parse_primitive(CoreParser *k)
{
    const char *id = parse_word(k);
    for (int i = 0; i < PRIMITIVE_COUNT; i++)
        if (strcmp(primitives[i].id, id) == 0) return i;
    ck_abort_msg("unknown primitive %s", id);
}

/* The rest of a list whose parts are not all expressions; NULL: none of these. */
static inline CoreNode *parse_special(CoreParser *k, const Scope *scope, const char *head)
{
    CoreProgram *p = k->program;
    CoreNode *node = NULL;
    if (strcmp(head, "lambda") == 0) return core_lambda(p, NULL, parse_lambda(k, scope));
    if (strcmp(head, "fix") == 0) return parse_fix(k, scope);
    if (strcmp(head, "const") == 0) node = core_const(p, NULL, parse_constant(k));
    if (strcmp(head, "global") == 0) node = core_global(p, NULL, parse_global(k));
    if (strcmp(head, "define") == 0) {
        CoreGlobal *global = parse_global(k);
        node = core_define(p, NULL, global, parse_node(k, scope));
    }
    if (strcmp(head, "let") == 0) {
        const char *name = parse_word(k);
        CoreNode *init = parse_node(k, scope);
        Scope *inner = extend_scope(k, scope, name);
        node = core_let(p, NULL, inner->var, init, parse_node(k, inner));
    }
    if (strcmp(head, "try") == 0) {
        CoreNode *body = parse_node(k, scope);
        Scope *inner = extend_scope(k, scope, parse_word(k));
        node = core_try(p, NULL, body, inner->var, parse_node(k, inner));
    }
    if (node) expect_char(k, ')');
    return node;
}

static CoreNode *parse_node(CoreParser *k, const Scope *scope)
{
    CoreProgram *p = k->program;
    if (!accept_char(k, '(')) return parse_variable(k, scope);
    const char *head = parse_word(k);
    CoreNode *special = parse_special(k, scope, head);
    if (special) return special;
    bool is_prim = strcmp(head, "prim") == 0;
    int primitive = is_prim ? parse_primitive(k) : PRIM_NONE, count;
    CoreNode **nodes = parse_nodes(k, scope, &count);
    if (is_prim) return core_prim(p, NULL, primitive, count, nodes);
    if (strcmp(head, "seq") == 0) return core_seq(p, NULL, count, nodes);
    if (strcmp(head, "if") == 0) return core_if(p, NULL, nodes[0], nodes[1], nodes[2]);
    if (strcmp(head, "call") == 0) return core_call(p, NULL, nodes[0], count - 1, nodes + 1);
    if (strcmp(head, "apply") == 0) return core_apply(p, NULL, nodes[0], count - 1, nodes + 1);
    ck_abort_msg("unknown kind %s", head);
}

static inline CoreProgram *parse_core(Arena *arena, const char *text)
{
    CoreProgram *p = core_program_new(arena);
    CoreParser k = {p, text};
    for (skip_blanks(&k); *k.at; skip_blanks(&k)) {
        CoreFunction *form = core_function(p, "form", NULL);
        form->is_toplevel = true;
        form->body = parse_node(&k, NULL);
        ARENA_PUSH(arena, p->toplevel, p->toplevel_count, p->toplevel_capacity, form);
    }
    return p;
}

/* The dump with every run of blanks as one, so that expectations do not depend on the layout. */
static inline char *core_text(const CoreProgram *p)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    core_print_program(out, p);
    fclose(out);
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from != ' ' && *from != '\n') *to++ = *from;
        else if (to > text && to[-1] != ' ') *to++ = ' ';
    }
    while (to > text && to[-1] == ' ') to--;
    *to = '\0';
    return text;
}

#endif
