/* The form `foreign`: declarations of C functions to definitions of Lisp functions.
 *
 *   (foreign ["library"] (name (type ...) result) ...)
 *   name    SYMBOL, whose C name has _ for -, or (SYMBOL "c_name")
 *   type    a name of the table below, or (inout double*), (inout int64*)
 *
 * Each declaration becomes (define name (lambda (...) (foreign_call FUNCTION ...))), so arity, redefinition and use as a value are
 * those of any function.  The lambda counts as library code: its errors have the place of the call.  Operands that are vectors go
 * through foreign_vector first, which packs what is not packed, and makes those that C may change the caller's own; the latter are the
 * call's value, after the result if there is one.
 */
#include "foreign.h"
#include "lower.h"

#include <ctype.h>

const ForeignType foreign_types[] = {
    {"void", FOREIGN_VOID, 0, false, false, true, NULL},
    {"bool", FOREIGN_BOOL, 8, false, true, true, NULL},
    {"int8", FOREIGN_INT, 8, true, true, true, "an integer from -128 to 127"},
    {"uint8", FOREIGN_INT, 8, false, true, true, "an integer from 0 to 255"},
    {"int16", FOREIGN_INT, 16, true, true, true, "an integer from -32768 to 32767"},
    {"uint16", FOREIGN_INT, 16, false, true, true, "an integer from 0 to 65535"},
    {"int32", FOREIGN_INT, 32, true, true, true, "an integer of 32 bits"},
    {"uint32", FOREIGN_INT, 32, false, true, true, "an integer of 32 bits without sign"},
    {"int64", FOREIGN_INT, 64, true, true, true, "an integer of 64 bits"},
    {"uint64", FOREIGN_UINT64, 64, false, true, true, NULL},
    {"short", FOREIGN_INT, 16, true, true, true, "an integer from -32768 to 32767"},
    {"ushort", FOREIGN_INT, 16, false, true, true, "an integer from 0 to 65535"},
    {"int", FOREIGN_INT, 32, true, true, true, "an integer of 32 bits"},
    {"uint", FOREIGN_INT, 32, false, true, true, "an integer of 32 bits without sign"},
    {"long", FOREIGN_INT, 64, true, true, true, "an integer of 64 bits"},
    {"ulong", FOREIGN_UINT64, 64, false, true, true, NULL},
    {"size_t", FOREIGN_UINT64, 64, false, true, true, NULL},
    {"float", FOREIGN_FLOAT, 32, true, true, true, NULL},
    {"double", FOREIGN_DOUBLE, 64, true, true, true, NULL},
    {"string", FOREIGN_STRING, 64, false, true, true, NULL},
    {"owned-string", FOREIGN_OWNED_STRING, 64, false, false, true, NULL},
    {"pointer", FOREIGN_POINTER, 64, false, true, true, NULL},
    {"double*", FOREIGN_FLOATS, 64, false, true, false, NULL},
    {"int64*", FOREIGN_INTS, 64, false, true, false, NULL},
    {NULL, FOREIGN_VOID, 0, false, false, false, NULL},
};

/* ---- parsing --------------------------------------------------------------------------------------------------- */

static const ForeignType *find_type(RtValue datum)
{
    if (!is_symbol(datum)) return NULL;
    for (const ForeignType *type = foreign_types; type->name; type++)
        if (strcmp(type->name, symbol_name(datum)) == 0) return type;
    return NULL;
}

static bool is_vector_type(const ForeignType *type)
{
    return type->class == FOREIGN_FLOATS || type->class == FOREIGN_INTS;
}

static bool is_c_name(const char *name)
{
    if (!isalpha((unsigned char)*name) && *name != '_') return false;
    while (isalnum((unsigned char)*name) || *name == '_') name++;
    return !*name;
}

/* type | (inout type) */
static bool parse_parameter(Lower *l, const char *form, RtValue datum, const RtPlace *at, ForeignParameter *out)
{
    int64_t count;
    bool is_list = datum.tag == RT_CONS && list_length(datum, &count) && count == 2;
    out->is_inout = is_list && is_symbol(list_first(datum)) && strcmp(symbol_name(list_first(datum)), "inout") == 0;
    out->type = find_type(out->is_inout ? list_first(list_rest(datum)) : datum);
    const char *problem = !out->type                                    ? "unknown type"
                          : !out->type->is_parameter                    ? "not a type of parameters:"
                          : out->is_inout && !is_vector_type(out->type) ? "inout is for vectors (double*, int64*), not"
                                                                        : NULL;
    if (problem) diag_error(l->c, at, "%s: %s %s", form, problem, datum_text(l->c, datum));
    return !problem;
}

static bool parse_parameters(Lower *l, RtValue list, const RtPlace *at, ForeignFunction *f)
{
    int64_t count;
    if (!list_length(list, &count)) {
        diag_error(l->c, at, "%s: the parameters must be a list of types, got %s", f->form, datum_text(l->c, list));
        return false;
    }
    if (count > FOREIGN_MAX_PARAMETERS) {
        diag_error(l->c, at, "%s: %s has %lld parameters, at most %d are possible", f->form, f->name, (long long)count,
                   FOREIGN_MAX_PARAMETERS);
        return false;
    }
    bool good = true;
    for (; list.tag == RT_CONS; list = list_rest(list)) {
        ForeignParameter *parameter = &f->parameters[f->parameter_count++];
        good = parse_parameter(l, f->form, list_first(list), place_of_first(l, list, at), parameter) && good;
    }
    return good;
}

/* SYMBOL | (SYMBOL "c_name"): gives the symbol, or nil after a diagnostic. */
static RtValue parse_name(Lower *l, RtValue datum, const RtPlace *at, ForeignFunction *f)
{
    Arena *arena = l->c->lasting;
    RtValue symbol = datum;
    int64_t count;
    if (datum.tag == RT_CONS && list_length(datum, &count) && count == 2) {
        RtValue text = list_first(list_rest(datum));
        symbol = list_first(datum);
        if (text.tag == RT_STRING)
            f->c_name = arena_text(arena, rt_as_string(text)->bytes, (size_t)rt_as_string(text)->size_bytes);
    } else if (is_symbol(datum)) {
        char *c_name = arena_text(arena, symbol_name(datum), strlen(symbol_name(datum)));
        for (char *p = c_name; *p; p++)
            if (*p == '-') *p = '_';
        f->c_name = c_name;
    }
    if (!is_symbol(symbol) || !f->c_name) {
        diag_error(l->c, at, "%s: the name must be a symbol or (symbol \"c_name\"), got %s", f->form,
                   datum_text(l->c, datum));
        return rt_nil();
    }
    if (!is_c_name(f->c_name)) {
        diag_error(l->c, at, "%s: no C function can be called %s; give its name: (%s \"c_name\")", f->form, f->c_name,
                   symbol_name(symbol));
        return rt_nil();
    }
    f->name = compiler_name(l->c, symbol)->global.name;
    return symbol;
}

ForeignFunction *foreign_parse(Lower *l, const char *form, RtValue datum, const RtPlace *at, RtValue *symbol)
{
    int64_t count;
    if (datum.tag != RT_CONS || !list_length(datum, &count) || count != 3) {
        diag_error(l->c, at, "%s: a declaration must be (name (type ...) result), got %s", form,
                   datum_text(l->c, datum));
        return NULL;
    }
    ForeignFunction *f = arena_alloc(l->c->lasting, sizeof *f);
    f->form = form;
    f->compiler = l->c;
    f->place = at;
    RtValue rest = list_rest(datum), last = list_rest(rest);
    *symbol = parse_name(l, list_first(datum), place_of_first(l, datum, at), f);
    if (symbol->tag == RT_NIL) return NULL;
    f->object = (RtMacro){.count = RT_IMMORTAL, .name = f->name};
    bool good = parse_parameters(l, list_first(rest), place_of_first(l, rest, at), f);
    f->result = find_type(list_first(last));
    const RtPlace *result_place = place_of_first(l, last, at);
    const char *result_text = datum_text(l->c, list_first(last));
    if (!f->result) diag_error(l->c, result_place, "%s: unknown type %s", form, result_text);
    else if (!f->result->is_result) diag_error(l->c, result_place, "%s: not a type of results: %s", form, result_text);
    return good && f->result && f->result->is_result ? f : NULL;
}

/* ---- to Core --------------------------------------------------------------------------------------------------- */

typedef struct Wrapper {
    Lower *l;
    CoreFunction *function;
    CoreNode **args; /* of foreign_call */
    CoreVar *vectors[FOREIGN_MAX_PARAMETERS]; /* packed ones; NULL: an operand of another type */
} Wrapper;

static CoreNode *string_constant(Lower *l, const char *text)
{
    RtValue string = rt_string_from_text(text);
    rt_make_immortal(string);
    return core_const(l->program, NULL, string);
}

static void add_parameters(Wrapper *w, const ForeignFunction *f)
{
    CoreProgram *p = w->l->program;
    CoreFunction *function = w->function;
    function->param_count = f->parameter_count;
    function->params = arena_alloc(p->arena, ((size_t)f->parameter_count + 1) * sizeof *function->params);
    for (int i = 0; i < f->parameter_count; i++) {
        const ForeignType *type = f->parameters[i].type;
        function->params[i] = core_var(p, type->name);
        CoreVar *operand = function->params[i];
        if (is_vector_type(type)) operand = w->vectors[i] = core_var(p, type->name);
        w->args[i + 1] = core_local(p, NULL, operand);
    }
}

/* The call's value: the result, the vector, or a list of the result and the vectors. */
static CoreNode *wrapper_value(Wrapper *w, const ForeignFunction *f, CoreNode *call)
{
    CoreProgram *p = w->l->program;
    CoreNode **items = arena_alloc(p->arena, ((size_t)f->parameter_count + 1) * sizeof *items);
    int count = 0;
    bool has_result = f->result->class != FOREIGN_VOID;
    CoreVar *result = core_var(p, "result");
    if (has_result) items[count++] = core_local(p, NULL, result);
    for (int i = 0; i < f->parameter_count; i++)
        if (f->parameters[i].is_inout) items[count++] = core_local(p, NULL, w->vectors[i]);
    if (count == (has_result ? 1 : 0)) return call;
    CoreNode *value = count == 1 ? items[0] : core_prim(p, NULL, PRIM_list, count, items);
    return core_let(p, NULL, result, call, value);
}

/* enum RtForeignVector of runtime/consair_rt.h */
static int vector_kind(const ForeignParameter *parameter)
{
    int kind = parameter->type->class == FOREIGN_FLOATS ? RT_VECTOR_FLOATS : RT_VECTOR_INTS;
    return parameter->is_inout ? kind | RT_FOREIGN_INOUT : kind;
}

static CoreFunction *make_wrapper(Lower *l, const ForeignFunction *f)
{
    CoreProgram *p = l->program;
    Wrapper w = {.l = l, .function = core_function(p, f->name, NULL)};
    w.function->is_library = true;
    w.function->doc = arena_format(p->arena, "The C function %s%s%s.", f->c_name, f->library ? " of " : "",
                                   f->library ? f->library : "");
    w.args = arena_alloc(p->arena, ((size_t)f->parameter_count + 1) * sizeof *w.args);
    w.args[0] = core_const(p, NULL, rt_from_object(RT_MACRO, &f->object));
    add_parameters(&w, f);
    CoreNode *call = core_prim(p, NULL, PRIM_foreign_call, f->parameter_count + 1, w.args);
    CoreNode *body = wrapper_value(&w, f, call);
    for (int i = f->parameter_count; i-- > 0;) {
        if (!w.vectors[i]) continue;
        CoreNode *packed = lower_prim(l, NULL, PRIM_foreign_vector, 3, string_constant(l, f->name),
                                      core_const(p, NULL, rt_from_int(vector_kind(&f->parameters[i]))),
                                      core_local(p, NULL, w.function->params[i]));
        body = core_let(p, NULL, w.vectors[i], packed, body);
    }
    w.function->body = body;
    return w.function;
}

static const char *parse_library(Lower *l, RtValue *rest)
{
    if (rest->tag != RT_CONS || list_first(*rest).tag != RT_STRING) return NULL;
    const RtString *text = rt_as_string(list_first(*rest));
    *rest = list_rest(*rest);
    return arena_text(l->c->lasting, text->bytes, (size_t)text->size_bytes);
}

CoreNode **lower_foreign_definitions(Lower *l, RtValue form, const RtPlace *at, int *count)
{
    RtValue rest = list_rest(form);
    const char *library = parse_library(l, &rest);
    int64_t length;
    list_length(rest, &length);
    CoreNode **definitions = arena_alloc(l->program->arena, ((size_t)length + 1) * sizeof *definitions);
    *count = 0;
    if (!l->at_toplevel) diag_error(l->c, at, "foreign: only at top level");
    else if (length == 0) diag_error(l->c, at, "foreign: no declaration");
    if (!l->at_toplevel) return definitions;
    for (; rest.tag == RT_CONS; rest = list_rest(rest)) {
        const RtPlace *place = place_of_first(l, rest, at);
        RtValue symbol;
        ForeignFunction *f = foreign_parse(l, "foreign", list_first(rest), place, &symbol);
        if (!f) continue;
        f->library = library;
        const char *message;
        bool runs_here = l->c->options.bind_foreign || l->c->ignores_places; /* eval lowers without places */
        if (runs_here && !foreign_bind(f, &message)) diag_error(l->c, place, "foreign: %s", message);
        ARENA_PUSH(l->program->arena, l->program->foreign, l->program->foreign_count, l->program->foreign_capacity, f);
        definitions[(*count)++] = lower_function_definition(l, symbol, make_wrapper(l, f), place);
    }
    return definitions;
}

/* (foreign ["library"] (name (type ...) result) ...) */
CoreNode *lower_foreign(Lower *l, RtValue form, const RtPlace *at)
{
    int count;
    CoreNode **definitions = lower_foreign_definitions(l, form, at, &count);
    return count ? core_seq(l->program, at, count, definitions) : lower_nil(l, at);
}
