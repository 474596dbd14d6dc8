/* Looking at a session: the names it knows, and what becomes of a form on its way to machine code. */
#include "session_internal.h"

#include "library.h"
#include "module.h"
#include "lower.h"

#include <stdlib.h>

/* ---- forms ----------------------------------------------------------------------------------------------------- */

static bool add_text(RtText *out, char *text)
{
    if (!text) return false;
    rt_text_add_text(out, text);
    free(text);
    return true;
}

static bool dump_program(Session *s, enum SessionDump what, CoreProgram *p, RtText *out)
{
    if (what == DUMP_CORE) {
        char *text = NULL;
        size_t size;
        FILE *stream = open_memstream(&text, &size);
        if (!stream) rt_out_of_memory();
        core_print_program(stream, p);
        fclose(stream);
        return add_text(out, text);
    }
#ifdef CONSAIR_JIT
    const Backend *backend = backend_load();
    if (!backend) return false;
    if (what == DUMP_IR) return add_text(out, backend->emit_ir_text(p, &s->backend, false));
    return add_text(out, backend->emit_asm_text(p, &s->backend));
#else
    (void)s;
    fputs("error: this consairc was built without LLVM (-Djit=disabled)\n", stderr);
    return false;
#endif
}

static bool dump_expansion(Session *s, RtText *out)
{
    Compiler *c = s->c;
    Form form;
    c->error_count = 0;
    if (reader_read(c, s->input.source, &s->input.offset, &form) != READ_FORM) {
        diag_flush(c);
        return false;
    }
    RtValue plain = datum_unmark(c, form.datum, false);
    rt_drop(form.datum);
    RtValue expansion = expand_datum(c, plain, false, form.place);
    rt_write_value_borrow(out, expansion, 0);
    rt_text_add(out, "\n", 1);
    rt_drop(expansion);
    return true;
}

typedef struct Look {
    Session *s;
    enum SessionDump what;
    RtText *out;
    bool done;
} Look;

static void look(void *data)
{
    Look *l = data;
    Session *s = l->s;
    if (l->what == DUMP_EXPANSION) {
        l->done = dump_expansion(s, l->out);
        return;
    }
    enum ReadResult read;
    session_note_names(s);
    s->c->is_trial = true;
    CoreProgram *p = session_compile(s, &read, NULL, NULL);
    s->c->is_trial = false;
    if (p) {
        l->done = dump_program(s, l->what, p, l->out);
        session_forget(p);
    }
    session_withdraw_names(s);
}

static void look_on_stack(void *data)
{
    RtValue error;
    if (!rt_try(look, data, &error)) return;
    if (rt_is_exit(error)) fputs("interrupted\n", stderr);
    else rt_report_error(error);
    rt_drop(error);
}

bool session_dump(Session *s, enum SessionDump what, RtText *out)
{
    Look l = {.s = s, .what = what, .out = out};
    rt_on_lisp_stack(look_on_stack, &l);
    return l.done;
}

/* ---- names ----------------------------------------------------------------------------------------------------- */

/* "(name a b . rest)" */
static const char *function_usage(Session *s, const char *name, const CoreFunction *f)
{
    if (!f) return NULL;
    Arena *arena = s->names;
    const char *text = arena_format(arena, "(%s", name);
    for (int i = 0; i < f->param_count; i++) {
        bool is_rest = f->has_rest && i == f->param_count - 1;
        text = arena_format(arena, "%s%s %s", text, is_rest ? " ." : "", f->params[i]->name);
    }
    return arena_format(arena, "%s)", text);
}

/* "(name a b [c])" from the operand counts of a row */
static const char *builtin_usage(Session *s, const PrimInfo *info)
{
    Arena *arena = s->names;
    const char *text = arena_format(arena, "(%s", info->name);
    int shown = info->max < 0 ? info->min : info->max;
    for (int i = 0; i < shown; i++)
        text = arena_format(arena, i < info->min ? "%s %c" : "%s [%c]", text, "abcdefgh"[i % 8]);
    return arena_format(arena, info->max < 0 ? "%s ...)" : "%s)", text);
}

static const CoreFunction *macro_lambda(const Macro *m)
{
    const CoreNode *body = m->maker ? m->maker->body : NULL;
    if (!body) return NULL;
    if (body->kind == CORE_CLOSURE) return body->u.call.function;
    return body->kind == CORE_LAMBDA || body->kind == CORE_FUNCTION ? body->u.function : NULL;
}

static void describe_global(Session *s, const Name *name, SessionName *out)
{
    const CoreFunction *function = pointer_map_find(s->functions, &name->global);
    out->kind = NAME_GLOBAL;
    out->is_users = true;
    if (out->value.tag != RT_CLOSURE || !function) return;
    out->usage = function_usage(s, out->name, function);
    out->doc = function->doc;
}

/* What a name means now; false: nothing. */
static bool describe(Session *s, Name *name, SessionName *out)
{
    *out = (SessionName){.name = name->global.name, .value = *session_cell(name)};
    if (name->global.is_private || !rt_as_symbol(name->global.symbol)->interned) return false;
    int primitive = name->global.primitive;
    bool is_builtin = primitive != PRIM_NONE && out->value.tag == RT_CLOSURE &&
                      rt_as_closure(out->value) == primitives[primitive].closure;
    const LibraryFunction *library = library_find(out->name);
    if (name->macro) {
        const CoreFunction *function = macro_lambda(name->macro);
        out->kind = NAME_MACRO;
        out->is_users = true;
        out->usage = function_usage(s, out->name, function);
        out->doc = function ? function->doc : NULL;
    } else if (name->is_defined && out->value.tag != RT_UNBOUND && !is_builtin) {
        describe_global(s, name, out);
    } else if (name->form) {
        out->kind = NAME_FORM;
    } else if (is_builtin) {
        out->kind = NAME_BUILTIN;
        out->usage = builtin_usage(s, &primitives[primitive]);
        out->doc = primitives[primitive].doc;
    } else if (library) {
        out->kind = NAME_LIBRARY;
        out->usage = library->usage;
        out->doc = library->doc;
    } else if (out->value.tag != RT_UNBOUND) {
        describe_global(s, name, out);
        out->is_users = false; /* *1, *2, *3 */
    } else {
        return false;
    }
    return true;
}

static void forget_texts(Session *s)
{
    if (s->names) arena_free(s->names);
    s->names = arena_new();
}

void session_each_name(Session *s, void (*visit)(const SessionName *, void *), void *data)
{
    forget_texts(s);
    for (int i = 0; i < library_function_count; i++)
        if (library_functions[i].doc) compiler_name(s->c, rt_intern_text(library_functions[i].name));
    SessionName described;
    for (Name *name = s->c->all_names; name; name = name->next)
        if (!module_hides(s->c, name) && describe(s, name, &described)) visit(&described, data);
}

bool session_find_name(Session *s, const char *text, SessionName *out)
{
    forget_texts(s);
    return describe(s, module_meaning(s->c, compiler_name(s->c, rt_intern_text(text)), NULL), out);
}
