/* Core as text, in the grammar of core.h.
 *
 * A dump must be the same on every machine and after unrelated changes: no addresses, ids, places or columns.
 * Variables carry their names; the second, third ... of one name within a function print as name.1, name.2 in order
 * of binding, and so do functions within what is printed.  A call in tail position has the prefix `tail-`.  After
 * pass rc a use reads x (moved), (dup x) or &x (borrowed).  Borrowed parameters are listed as &x.
 *
 * With types (after pass types) a variable reads x:TYPE where it is bound, and a function shows -> TYPE.
 *
 * A node becomes a tree of texts with known widths first; what does not fit on a line is then broken after its head,
 * one part a line.  The indentation stops growing at a limit, so that long chains of LETs do not make the text
 * quadratic.
 */
#include "core.h"
#include "structs.h"

#include <stdlib.h>

enum { LINE_WIDTH = 100, INDENT_MAX = 40, CONSTANT_MAX_BYTES = 400 };

typedef struct Text { /* a word, or a list of texts of which the first `head` stay on its first line */
    const char *word;
    struct Text **parts;
    int count, capacity, head;
    size_t width; /* on one line */
} Text;

typedef struct Printer {
    FILE *out;
    Arena *arena;
    PointerMap *names; /* variable or function -> its text */
    bool with_types;
} Printer;

/* ---- names ---- */

typedef struct Named {
    const void *thing;
    const char *name;
    int order;
} Named;

typedef struct Names {
    Arena *arena;
    Named *variables, *functions;
    int variable_count, variable_capacity, function_count, function_capacity;
} Names;

static void name_variable(Names *n, const CoreVar *var)
{
    Named named = {var, var->name ? var->name : "v", n->variable_count};
    ARENA_PUSH(n->arena, n->variables, n->variable_count, n->variable_capacity, named);
}

static void name_node(CoreNode **node, void *data);

static void name_function(Names *n, const CoreFunction *f)
{
    Named named = {f, f->name ? f->name : "function", n->function_count};
    ARENA_PUSH(n->arena, n->functions, n->function_count, n->function_capacity, named);
    for (int i = 0; i < f->capture_count; i++) name_variable(n, f->captures[i]);
    for (int i = 0; i < f->param_count; i++) name_variable(n, f->params[i]);
    CoreNode *body = f->body;
    name_node(&body, n);
}

static void name_node(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    Names *n = data;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: name_variable(n, node->u.let.var); break;
    case CORE_TRY: name_variable(n, node->u.try_.error); break;
    case CORE_LAMBDA: name_function(n, node->u.function); break;
    case CORE_FIX:
        for (int i = 0; i < node->u.fix.count; i++) name_variable(n, node->u.fix.vars[i]);
        for (int i = 0; i < node->u.fix.count; i++) name_function(n, node->u.fix.functions[i]);
        break;
    default: break;
    }
    core_each_child(node, name_node, n);
}

static int compare_named(const void *a, const void *b)
{
    const Named *x = a, *y = b;
    int by_name = strcmp(x->name, y->name);
    return by_name ? by_name : (x->order > y->order) - (x->order < y->order);
}

static void number_names(Printer *p, Named *named, int count)
{
    if (count > 0) qsort(named, (size_t)count, sizeof *named, compare_named);
    int same = 0;
    for (int i = 0; i < count; i++) {
        same = i > 0 && strcmp(named[i].name, named[i - 1].name) == 0 ? same + 1 : 0;
        const char *text = same ? arena_format(p->arena, "%s.%d", named[i].name, same) : named[i].name;
        pointer_map_set(p->names, named[i].thing, (void *)(uintptr_t)text);
    }
}

static const char *name_of(const Printer *p, const void *thing, const char *otherwise)
{
    const char *name = pointer_map_find(p->names, thing);
    return name ? name : otherwise ? otherwise : "?";
}

/* ---- texts ---- */

static Text *word(Printer *p, const char *s)
{
    Text *text = arena_alloc(p->arena, sizeof *text);
    text->word = s;
    text->width = strlen(s);
    return text;
}

static Text *list(Printer *p)
{
    Text *text = arena_alloc(p->arena, sizeof *text);
    text->width = 2;
    return text;
}

static void add(Printer *p, Text *to, Text *part)
{
    to->width += part->width + (to->count > 0);
    ARENA_PUSH(p->arena, to->parts, to->count, to->capacity, part);
}

static void add_word(Printer *p, Text *to, const char *s)
{
    add(p, to, word(p, s));
    to->head = to->count;
}

static const char *var_name(const Printer *p, const CoreVar *var) { return name_of(p, var, var->name); }

/* Where it is bound. */
static const char *binding(const Printer *p, const CoreVar *var)
{
    if (!p->with_types || !var->type) return var_name(p, var);
    return arena_format(p->arena, "%s:%s", var_name(p, var), type_text(p->arena, var->type));
}

static const char *function_name(const Printer *p, const CoreFunction *f) { return name_of(p, f, f->name); }

static Text *var_list(Printer *p, CoreVar *const *vars, int count, bool has_rest, bool marks_borrowed)
{
    Text *text = list(p);
    for (int i = 0; i < count; i++) {
        if (has_rest && i == count - 1) add_word(p, text, ".");
        const char *name = binding(p, vars[i]);
        add_word(p, text, marks_borrowed && vars[i]->is_borrowed ? arena_format(p->arena, "&%s", name) : name);
    }
    return text;
}

static Text *constant(Printer *p, RtValue value)
{
    RtText bytes = {0};
    rt_write_value_borrow(&bytes, value, CONSTANT_MAX_BYTES);
    Text *text = word(p, arena_text(p->arena, bytes.bytes ? bytes.bytes : "", bytes.size));
    rt_text_free(&bytes);
    return text;
}

static Text *pair(Printer *p, const char *first, const char *second)
{
    Text *text = list(p);
    add_word(p, text, first);
    add_word(p, text, second);
    return text;
}

static Text *local(Printer *p, const CoreNode *node)
{
    const char *name = var_name(p, node->u.local);
    if (node->use == USE_DUP) return pair(p, "dup", name);
    return word(p, node->use == USE_BORROW ? arena_format(p->arena, "&%s", name) : name);
}

static Text *text_of(Printer *p, const CoreNode *node);

static void add_node(CoreNode **child, void *data)
{
    struct {
        Printer *printer;
        Text *text;
    } *to = data;
    add(to->printer, to->text, text_of(to->printer, *child));
}

static Text *add_children(Printer *p, Text *text, const CoreNode *node)
{
    struct {
        Printer *printer;
        Text *text;
    } to = {p, text};
    core_each_child((CoreNode *)(uintptr_t)node, add_node, &to);
    return text;
}

static Text *lambda(Printer *p, const char *head, const CoreFunction *f, bool with_captures)
{
    Text *text = pair(p, head, function_name(p, f));
    if (with_captures) add(p, text, var_list(p, f->captures, f->capture_count, false, true));
    add(p, text, var_list(p, f->params, f->param_count, f->has_rest, true));
    static const char *const entries[] = {":closure", ":lent", ":borrow"};
    if (f->needs_closure) add(p, text, word(p, entries[f->lends]));
    if (f->self_tail_calls) add(p, text, word(p, ":loop"));
    if (f->needs_tailcc) add(p, text, word(p, ":tailcc"));
    if (f->parts) add(p, text, word(p, arena_format(p->arena, ":parts%d", f->parts->count)));
    if (p->with_types && f->result)
        add(p, text, word(p, arena_format(p->arena, "-> %s", type_text(p->arena, f->result))));
    text->head = text->count;
    add(p, text, text_of(p, f->body));
    return text;
}

static Text *fix(Printer *p, const CoreNode *node)
{
    Text *text = list(p), *bindings = list(p);
    add_word(p, text, "fix");
    for (int i = 0; i < node->u.fix.count; i++) {
        Text *binding = list(p);
        add_word(p, binding, var_name(p, node->u.fix.vars[i]));
        add(p, binding, lambda(p, "lambda", node->u.fix.functions[i], false));
        add(p, bindings, binding);
    }
    add(p, text, bindings);
    return add_children(p, text, node);
}

/* A private name of the library has the prefix ~, with which no symbol of a program begins. */
static const char *global_name(Printer *p, const CoreGlobal *global)
{
    return global->is_private ? arena_format(p->arena, "~%s", global->name) : global->name;
}

/* The first words of a node that is a list: its kind, and what stands before its children. */
static Text *head_of(Printer *p, const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_DEFINE: return pair(p, "define", global_name(p, node->u.define.global));
    case CORE_LET: {
        const CoreVar *var = node->u.let.var;
        return pair(p, var->is_in_frame ? "let frame" : var->parts ? "let parts" : "let", binding(p, var));
    }
    case CORE_CLOSURE: return pair(p, "closure", function_name(p, node->u.call.function));
    case CORE_CALL_KNOWN:
        return pair(p, node->tail ? "tail-call-known" : "call-known", function_name(p, node->u.call.function));
    case CORE_PRIM:
        return pair(p,
                    node->is_unique  ? "prim unique"
                    : node->is_apart ? "prim apart"
                                     : "prim",
                    primitives[node->u.call.primitive].id);
    default: break;
    }
    const char *kind = node->kind == CORE_SEQ    ? "seq"
                       : node->kind == CORE_IF   ? "if"
                       : node->kind == CORE_CALL ? (node->tail ? "tail-call" : "call")
                                                 : (node->tail ? "tail-apply" : "apply");
    Text *text = list(p);
    add_word(p, text, kind);
    return text;
}

/* (keep x ...) */
static Text *kept_list(Printer *p, const CoreNode *node)
{
    Text *text = list(p);
    add_word(p, text, "keep");
    for (int i = 0; i < node->u.drop.kept_count; i++) add_word(p, text, var_name(p, node->u.drop.kept[i]));
    return text;
}

static Text *text_of(Printer *p, const CoreNode *node)
{
    Text *text, *dropped = list(p);
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
        text = list(p);
        add_word(p, text, "const");
        add(p, text, constant(p, node->u.constant));
        return text;
    case CORE_LOCAL: return local(p, node);
    case CORE_GLOBAL: return pair(p, node->use == USE_BORROW ? "&global" : "global", global_name(p, node->u.global));
    case CORE_FUNCTION: return pair(p, "function", function_name(p, node->u.function));
    case CORE_LAMBDA: return lambda(p, "lambda", node->u.function, false);
    case CORE_FIX: return fix(p, node);
    case CORE_TRY:
        text = list(p);
        add_word(p, text, "try");
        add(p, text, text_of(p, node->u.try_.body));
        add(p, text, word(p, var_name(p, node->u.try_.error)));
        add(p, text, text_of(p, node->u.try_.handler));
        return text;
    case CORE_DROP:
        text = list(p);
        add_word(p, text, "drop");
        for (int i = 0; i < node->u.drop.count; i++) add_word(p, dropped, var_name(p, node->u.drop.vars[i]));
        add(p, text, dropped);
        if (node->u.drop.kept_count) add(p, text, kept_list(p, node));
        if (node->u.drop.shell) add_word(p, text, var_name(p, node->u.drop.shell));
        text->head = text->count;
        return add_children(p, text, node);
    default: return add_children(p, head_of(p, node), node);
    }
}

/* ---- layout ---- */

static void put_flat(const Printer *p, const Text *text)
{
    if (text->word) {
        fputs(text->word, p->out);
        return;
    }
    fputc('(', p->out);
    for (int i = 0; i < text->count; i++) {
        if (i > 0) fputc(' ', p->out);
        put_flat(p, text->parts[i]);
    }
    fputc(')', p->out);
}

static void put(const Printer *p, const Text *text, int indent)
{
    if (text->word || (size_t)indent + text->width <= LINE_WIDTH) {
        put_flat(p, text);
        return;
    }
    int inner = indent + 2 < INDENT_MAX ? indent + 2 : INDENT_MAX;
    fputc('(', p->out);
    for (int i = 0; i < text->count; i++) {
        if (i > 0 && i < text->head) fputc(' ', p->out);
        if (i > 0 && i >= text->head) fprintf(p->out, "\n%*s", inner, "");
        if (i < text->head) put_flat(p, text->parts[i]);
        else put(p, text->parts[i], i == 0 ? indent + 1 : inner);
    }
    fputc(')', p->out);
}

static void print_functions(FILE *out, CoreFunction *const *functions, int count, bool with_types)
{
    Printer p = {.out = out, .with_types = with_types, .arena = arena_new(), .names = pointer_map_new()};
    Names names = {.arena = p.arena};
    for (int i = 0; i < count; i++) {
        names.variable_count = 0;
        name_function(&names, functions[i]);
        number_names(&p, names.variables, names.variable_count);
    }
    number_names(&p, names.functions, names.function_count);
    Arena *keep = p.arena;
    for (int i = 0; i < count; i++) {
        p.arena = arena_new(); /* texts of one function at a time */
        put(&p, lambda(&p, "function", functions[i], true), 0);
        fputc('\n', out);
        arena_free(p.arena);
    }
    arena_free(keep);
    pointer_map_free(p.names);
}

void core_print_program(FILE *out, const CoreProgram *p)
{
    if (p->function_count > 0) print_functions(out, p->functions, p->function_count, false);
    else print_functions(out, p->toplevel, p->toplevel_count, false);
}

static void print_record(FILE *out, Arena *arena, const CoreRecord *record)
{
    fprintf(out, record->is_cell ? "(cell %d" : "(record %d", record->number);
    for (int i = 0; i < RECORD_FIELDS_MAX && record->fields[i]; i++)
        fprintf(out, " %s", type_text(arena, record->fields[i]));
    fputs(")\n", out);
}

static void print_records(FILE *out, const RecordTable *table)
{
    Arena *arena = arena_new();
    for (int i = 0; i < table->count; i++)
        if (table->items[i]->number) print_record(out, arena, table->items[i]);
    arena_free(arena);
}

static void print_layout(FILE *out, Arena *arena, const CoreRecord *record)
{
    static const char *const forms[] = {
        [FORM_NIL] = "nil",     [FORM_TRUE] = "t",        [FORM_BOOL] = "bool",   [FORM_INT] = "int",
        [FORM_FLOAT] = "float", [FORM_STRUCT] = "struct", [FORM_VALUE] = "value",
    };
    const StructLayout *layout = record->layout;
    fprintf(out, "(struct %d :bytes %d", layout->number, layout->size_bytes);
    for (int i = 0; i < layout->count; i++) {
        const StructField *field = &layout->fields[i];
        fprintf(out, " (%s", forms[field->form]);
        if (field->form == FORM_INT) fprintf(out, "%d", 8 * field->size_bytes);
        if (field->size_bytes) fprintf(out, " %d", field->offset);
        if (field->form == FORM_VALUE) fprintf(out, " %d", field->tag_offset);
        if (field->form == FORM_STRUCT) fprintf(out, " #%d", type_layout(record->fields[i])->number);
        else if (field->form == FORM_VALUE) fprintf(out, " %s", type_text(arena, record->fields[i]));
        fputs(")", out);
    }
    fputs(")\n", out);
}

void core_print_structs(FILE *out, const CoreProgram *p)
{
    Arena *arena = arena_new();
    for (int i = 0; p->records && i < p->records->count; i++)
        if (p->records->items[i]->layout) print_layout(out, arena, p->records->items[i]);
    arena_free(arena);
    core_print_program(out, p);
}

void core_print_typed_program(FILE *out, const CoreProgram *p)
{
    if (p->records) print_records(out, p->records);
    print_functions(out, p->functions, p->function_count, true);
}

void core_print_function(FILE *out, const CoreFunction *f)
{
    CoreFunction *one = (CoreFunction *)(uintptr_t)f;
    print_functions(out, &one, 1, false);
}
