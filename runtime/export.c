/* Lisp functions that C calls: what stands behind the functions of a shared library (compiler/emit_export.c).
 *
 * The library's program runs at the first call.  It registers the functions that it exports; from then on a call finds the function
 * by its name, and remembers where.  An error ends at the C function, which gives zero: the message waits in rt_export_error.
 */
#include "foreign_class.h"
#include "internal.h"

#include <stdlib.h>

typedef struct Export {
    const char *name; /* of a literal, which lasts */
    RtValue function;
} Export;

static struct {
    const RtProgram *program; /* NULL: this is no library, or it has not begun */
    bool has_failed; /* its program did not run to the end */
    Export *exports;
    int64_t count, capacity;
    char *message; /* of the last call, or NULL */
    RtValue text; /* the last result that was a string: C has a pointer into it */
} library;

RtValue rt_foreign_export(RtValue name, RtValue function, const RtPlace *at)
{
    if (function.tag != RT_CLOSURE) rt_raise_type(at, "foreign-export", "a function", function);
    if (!library.program) {
        rt_drop(function);
        return rt_nil();
    }
    if (library.count == library.capacity) {
        library.capacity = library.capacity ? 2 * library.capacity : 16;
        library.exports = realloc(library.exports, (size_t)library.capacity * sizeof *library.exports);
        if (!library.exports) rt_out_of_memory();
    }
    library.exports[library.count++] = (Export){rt_as_string(name)->bytes, function};
    return rt_nil();
}

/* ---- errors ---------------------------------------------------------------------------------------------------- */

static void set_message(const RtPlace *at, const char *text)
{
    free(library.message);
    int size = at ? snprintf(NULL, 0, "%s:%u:%u: %s", at->file, at->line, at->column, text) : (int)strlen(text);
    library.message = malloc((size_t)size + 1);
    if (!library.message) rt_out_of_memory();
    if (at) sprintf(library.message, "%s:%u:%u: %s", at->file, at->line, at->column, text);
    else strcpy(library.message, text);
}

static void take_report(const RtPlace *at, const char *severity, const char *message)
{
    (void)severity;
    set_message(at, message);
}

const char *rt_export_error(void) { return library.message; }

/* Runs on the Lisp stack.  false: the message is set. */
static bool run_protected(void (*fn)(void *), void *arg)
{
    RtValue error;
    if (!rt_try(fn, arg, &error)) return true;
    if (rt_is_exit(error)) {
        set_message(NULL, "exit: a library cannot end the program");
        return false;
    }
    rt_report_hook = take_report;
    rt_report_error(error);
    rt_report_hook = NULL;
    rt_drop(error);
    return false;
}

/* ---- calls ----------------------------------------------------------------------------------------------------- */

typedef struct Call {
    const char *name;
    int64_t *index; /* of the export, -1 until it is known */
    const RtValue *args;
    int64_t argc;
    int kind;
    int64_t word; /* the result */
} Call;

static int64_t int_word(RtValue v, const Call *call)
{
    int bits = call->kind >> 8 & 255, unused = 64 - bits;
    bool is_signed = call->kind >> 16;
    uint64_t shifted = (uint64_t)v.data << unused;
    int64_t kept = is_signed ? (int64_t)shifted >> unused : (int64_t)(shifted >> unused);
    if (v.tag == RT_INT && kept == v.data) return kept;
    char expected[48];
    snprintf(expected, sizeof expected, "an integer of %d bits%s", bits, is_signed ? "" : " without sign");
    rt_foreign_refuse(v, call->name, expected, NULL);
}

static int64_t string_word(RtValue v, const Call *call)
{
    const char *bytes = rt_foreign_string(v, call->name, NULL);
    if ((call->kind & 255) == FOREIGN_OWNED_STRING) {
        char *copy = bytes ? strdup(bytes) : NULL;
        if (bytes && !copy) rt_out_of_memory();
        return (int64_t)(uintptr_t)copy;
    }
    rt_drop(library.text);
    library.text = rt_dup(v);
    return (int64_t)(uintptr_t)bytes;
}

static int64_t word_of(RtValue v, const Call *call)
{
    switch ((enum ForeignClass)(call->kind & 255)) {
    case FOREIGN_BOOL: return rt_is_truthy(v);
    case FOREIGN_INT: return int_word(v, call);
    case FOREIGN_UINT64: return rt_foreign_uint64(v, call->name, NULL);
    case FOREIGN_FLOAT:
    case FOREIGN_DOUBLE: return rt_from_float(rt_foreign_double(v, call->name, NULL)).data;
    case FOREIGN_STRING:
    case FOREIGN_OWNED_STRING: return string_word(v, call);
    case FOREIGN_POINTER: return rt_foreign_pointer(v, call->name, NULL);
    default: return 0;
    }
}

static void run_program(void *unused)
{
    (void)unused;
    rt_drop(library.program->run());
}

static void start(const RtProgram *program)
{
    static char *no_arguments[] = {(char *)"", NULL};
    rt_init(1, no_arguments);
    library.program = rt_running_program = program;
    library.text = rt_nil();
    library.has_failed = !run_protected(run_program, NULL);
}

static int64_t find_export(const char *name)
{
    int64_t i = library.count - 1;
    while (i >= 0 && strcmp(library.exports[i].name, name) != 0) i--;
    return i;
}

static void call_export(void *data)
{
    Call *call = data;
    if (*call->index < 0) *call->index = find_export(call->name);
    if (*call->index < 0) rt_raise_message(NULL, "%s: the library has not exported it", call->name);
    for (int64_t i = 0; i < call->argc; i++) rt_args[i] = rt_dup(call->args[i]);
    RtValue result RT_OWNED = rt_apply_n(rt_dup(library.exports[*call->index].function), call->argc, NULL);
    call->word = word_of(result, call);
}

typedef struct Entry {
    const RtProgram *program;
    Call *call;
} Entry;

static void enter(void *data)
{
    Entry *entry = data;
    if (!library.program) start(entry->program);
    if (library.has_failed) return; /* its message stays */
    free(library.message);
    library.message = NULL;
    rt_call_place = NULL;
    if (!run_protected(call_export, entry->call)) entry->call->word = 0;
}

int64_t rt_export_call(const RtProgram *program, const char *name, int64_t *index, RtValue *args, int64_t argc,
                       int64_t kind)
{
    Call call = {.name = name, .index = index, .args = args, .argc = argc, .kind = (int)kind};
    Entry entry = {program, &call};
    rt_on_lisp_stack(enter, &entry);
    for (int64_t i = 0; i < argc; i++) rt_drop(args[i]);
    rt_flush_output();
    return call.word;
}
