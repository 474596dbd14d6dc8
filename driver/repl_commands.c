/* The commands of the interactive mode: one table, from which :help and completion work too. */
#include "repl.h"

#include <stdlib.h>

typedef struct ReplCommand ReplCommand;
typedef void RunCommand(Repl *r, const ReplCommand *command, const char *operand, uint32_t line);
struct ReplCommand {
    const char *name, *short_name, *operand, *help;
    RunCommand *run;
    int detail;
};

static RunCommand run_help, run_quit, run_env, run_jit, run_dump, run_type, run_time, run_doc, run_apropos, run_load,
    run_reset;

static const ReplCommand commands[] = {
    {":help", ":h", "", "show this list", run_help, 0},
    {":quit", ":q", "", "leave; so do (exit) and Ctrl-D", run_quit, 0},
    {":env", NULL, "", "show what you have defined", run_env, 0},
    {":jit", NULL, "[on|off]", "compile what runs often (on), only interpret (off), or change over", run_jit, 0},
    {":dump-ir", NULL, "EXPR", "show the LLVM code generated for a form", run_dump, DUMP_IR},
    {":dump-asm", NULL, "EXPR", "show its machine code", run_dump, DUMP_ASM},
    {":dump-core", NULL, "EXPR", "show its intermediate form after all passes", run_dump, DUMP_CORE},
    {":expand", NULL, "EXPR", "show the expansion of a macro call", run_dump, DUMP_EXPANSION},
    {":type", NULL, "EXPR", "show the type of a value", run_type, 0},
    {":time", NULL, "EXPR", "show a value, how long it took to run and compile, and what it allocated", run_time, 0},
    {":doc", NULL, "NAME", "show how a function, form or macro is used", run_doc, 0},
    {":apropos", NULL, "WORD", "show the names that contain a word", run_apropos, 0},
    {":load", NULL, "FILE", "evaluate the forms of a file", run_load, 0},
    {":reset", NULL, "", "forget all definitions", run_reset, 0},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

const char *const repl_command_names[] = {":help",     ":quit",      ":env",    ":jit",   ":dump-ir",
                                          ":dump-asm", ":dump-core", ":expand", ":type",  ":time",
                                          ":doc",      ":apropos",   ":load",   ":reset", NULL};

static void print_error(Repl *r, const char *format, const char *what)
{
    rt_flush_output();
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-nonliteral"
    fprintf(stderr, format, what);
#pragma clang diagnostic pop
    fputc('\n', stderr);
    r->had_error = true;
}

static void print_row(const char *left, const char *right)
{
    char *line = NULL;
    size_t size;
    FILE *stream = open_memstream(&line, &size);
    if (!stream) rt_out_of_memory();
    fprintf(stream, *right ? "  %-22s %s\n" : "  %s\n", left, right);
    fclose(stream);
    repl_print(line);
    free(line);
}

static void run_help(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)r, (void)command, (void)operand, (void)line;
    repl_print("Enter an expression to see its value.  *1 *2 *3 are the last values.  Commands:\n");
    for (int i = 0; i < COMMANDS; i++) {
        char left[64];
        const ReplCommand *c = &commands[i];
        snprintf(left, sizeof left, "%s%s%s %s", c->name, c->short_name ? ", " : "", c->short_name ? c->short_name : "",
                 c->operand);
        print_row(left, c->help);
    }
    repl_print("What you enter is interpreted, which answers at once; with the JIT on, what runs often becomes machine "
               "code meanwhile.\n");
    repl_print("Ctrl-C stops what runs or drops what you type; Tab completes names.\n");
}

static void run_quit(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command, (void)operand, (void)line;
    r->is_over = true;
}

static void run_jit(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command, (void)line;
    bool wanted = !session_uses_jit(r->session);
    if (strcmp(operand, "on") == 0) wanted = true;
    else if (strcmp(operand, "off") == 0) wanted = false;
    else if (*operand) {
        print_error(r, "error: :jit: expected on, off or nothing, got %s", operand);
        return;
    }
    if (!session_use_jit(r->session, wanted)) r->had_error = true;
    else repl_print(wanted ? "JIT on: what runs often is compiled\n" : "JIT off: all is interpreted\n");
}

/* ---- names ----------------------------------------------------------------------------------------------------- */

typedef struct Lines { /* sorted before they are printed */
    WordList list;
    const char *word; /* part of the name, or NULL: only what the user has defined */
} Lines;

static int compare_lines(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void print_lines(Lines *lines, const char *if_none)
{
    if (lines->list.count) qsort(lines->list.words, (size_t)lines->list.count, sizeof(char *), compare_lines);
    else repl_print(if_none);
    for (int i = 0; i < lines->list.count; i++) {
        repl_print(lines->list.words[i]);
        repl_print("\n");
    }
    word_list_free(&lines->list);
}

/* "name  description", from two texts */
static void add_line(Lines *lines, const char *left, const char *right)
{
    RtText text = {0};
    rt_text_add_text(&text, left);
    for (size_t i = text.size; *right && i < 24; i++) rt_text_add(&text, " ", 1);
    if (*right) rt_text_add(&text, " ", 1);
    rt_text_add_text(&text, right);
    word_list_add(&lines->list, text.bytes);
    rt_text_free(&text);
}

static void add_users(const SessionName *name, void *data)
{
    enum { SHOWN = 60 };
    if (!name->is_users) return;
    RtText text = {0};
    if (name->usage && name->kind == NAME_MACRO) rt_text_add_text(&text, "macro ");
    if (name->usage) rt_text_add_text(&text, name->usage);
    else rt_write_value_borrow(&text, name->value, SHOWN);
    add_line(data, name->name, text.bytes);
    rt_text_free(&text);
}

static void run_env(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command, (void)operand, (void)line;
    Lines lines = {0};
    session_each_name(r->session, add_users, &lines);
    print_lines(&lines, "nothing is defined yet\n");
}

static const struct FormDoc {
    const char *name, *usage, *doc;
} form_docs[] = {
    {"quote", "(quote x)", "x itself, unevaluated; also written 'x"},
    {"quasiquote", "(quasiquote x)", "x with the parts behind , and ,@ evaluated; also written `x"},
    {"unquote", "(unquote e)", "inside quasiquote: the value of e; also written ,e"},
    {"unquote-splicing", "(unquote-splicing e)", "inside quasiquote: the elements of the list e; also written ,@e"},
    {"cond", "(cond (test body...) ...)", "the bodies of the first clause whose test is true; nil when none is"},
    {"lambda", "(lambda (parameter... [. rest]) body...)", "a function"},
    {"label", "(label name e)", "defines the name, globally or in the body around; the value of e"},
    {"defmacro", "(defmacro name (parameter... [. rest]) body...)", "defines a macro, known from the next form on"},
    {"if", "(if test then [else])", "the value of then when test is not nil, else of else"},
    {"progn", "(progn e...)", "evaluates all; the value of the last"},
    {"define", "(define name e), (define (name parameter...) [\"doc\"] body...)",
     "defines a value or function, as label does"},
    {"let", "(let ((name e)...) body...), (let name ((name e)...) body...)",
     "local names; with a name: a loop, by calling it"},
    {"let*", "(let* ((name e)...) body...)", "local names, each known to the next"},
    {"letrec", "(letrec ((name e)...) body...)", "local functions that know each other"},
    {"and", "(and e...)", "nil at the first that is nil, else the value of the last; (and) is t"},
    {"or", "(or e...)", "the first value that is not nil; (or) is nil"},
    {"when", "(when test body...)", "the body when test is not nil"},
    {"unless", "(unless test body...)", "the body when test is nil"},
    {"case", "(case e ((datum...) body...)... [(else body...)])", "the bodies of the clause that lists the value of e"},
    {"do", "(do ((name init [step])...) (test result...) body...)", "a loop that ends when test is not nil"},
    {"try", "(try body... (catch (e) handler...))", "the body's value, or after an error e the handler's"},
    {"assert", "(assert e [message datum...])", "t, or an error when e is nil"},
};

/* usage and doc of a name; special forms have theirs here */
static void describe(const SessionName *name, const char **usage, const char **doc)
{
    *usage = name->usage ? name->usage : name->name;
    *doc = name->doc ? name->doc : "";
    if (name->kind != NAME_FORM) return;
    for (size_t i = 0; i < sizeof form_docs / sizeof *form_docs; i++) {
        if (strcmp(form_docs[i].name, name->name) != 0) continue;
        *usage = form_docs[i].usage;
        *doc = form_docs[i].doc;
    }
}

static void run_doc(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command, (void)line;
    static const char *const kinds[] = {"special form", "builtin", "library function", "macro", "global"};
    SessionName name;
    if (!session_find_name(r->session, operand, &name)) {
        print_error(r, "error: :doc: %s is not defined (:apropos finds names)", operand);
        return;
    }
    const char *usage, *doc;
    describe(&name, &usage, &doc);
    bool is_function = name.kind == NAME_GLOBAL && name.value.tag == RT_CLOSURE;
    repl_print(usage);
    repl_print("   [");
    repl_print(is_function ? "function" : kinds[name.kind]);
    repl_print("]\n");
    if (*doc) print_row(doc, "");
    if (name.kind == NAME_GLOBAL && !is_function) {
        RtText text = {0};
        rt_write_value_borrow(&text, name.value, 200);
        print_row(text.bytes, "");
        rt_text_free(&text);
    }
}

static void add_matching(const SessionName *name, void *data)
{
    Lines *lines = data;
    if (!strstr(name->name, lines->word)) return;
    const char *usage, *doc;
    describe(name, &usage, &doc);
    add_line(lines, name->name, *doc ? doc : name->is_users ? "(yours)" : "");
}

static void run_apropos(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command, (void)line;
    Lines lines = {.word = operand};
    session_each_name(r->session, add_matching, &lines);
    print_lines(&lines, "no name contains that\n");
}

/* ---- forms ----------------------------------------------------------------------------------------------------- */

/* Opens the operand as a text whose columns are those of the input: blanks stand for the command before it. */
static bool open_operand(Repl *r, const char *operand, uint32_t line)
{
    const char *input = r->pending.bytes;
    size_t before = (size_t)(operand - input);
    char *text = strdup(input);
    if (!text) rt_out_of_memory();
    for (size_t i = 0; i < before; i++)
        if (text[i] != '\n') text[i] = ' ';
    bool opened = session_open(r->session, "<repl>", text, strlen(text), line);
    free(text);
    if (!opened) r->had_error = true;
    return opened;
}

static void run_dump(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    if (!open_operand(r, operand, line)) return;
    RtText text = {0};
    if (session_dump(r->session, (enum SessionDump)command->detail, &text) && text.size)
        rt_output_add(text.bytes, text.size);
    else r->had_error = true;
    rt_text_free(&text);
    session_close(r->session);
}

static void run_type(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command;
    if (!open_operand(r, operand, line)) return;
    repl_evaluate(r, SHOW_TYPE, NULL);
    session_close(r->session);
}

/* The most memory that the process has had since the last call with begin; where the system cannot start anew, ever. */
static double peak_mebibytes(bool begin)
{
    char line[128];
    long kibibytes = 0;
    FILE *file = fopen(begin ? "/proc/self/clear_refs" : "/proc/self/status", begin ? "w" : "r");
    if (file && begin) fputs("5", file);
    while (file && !begin && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %ld", &kibibytes) == 1) break;
    if (file) fclose(file);
    return (double)kibibytes / 1024;
}

static void run_time(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command;
    if (!open_operand(r, operand, line)) return;
    ReplTimes times = {0};
    peak_mebibytes(true);
    bool good = repl_evaluate(r, SHOW_VALUE, &times);
    session_close(r->session);
    if (!good) return;
    char text[200];
    snprintf(text, sizeof text,
             "; run %.3f ms, compile %.3f ms, allocated %lld object%s of %lld bytes, peak memory %.1f MiB\n",
             times.run_seconds * 1e3, times.compile_seconds * 1e3, (long long)times.allocated.objects,
             times.allocated.objects == 1 ? "" : "s", (long long)times.allocated.bytes, peak_mebibytes(false));
    repl_print(text);
}

static void run_load(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command, (void)line;
    if (!session_open_file(r->session, operand)) {
        r->had_error = true;
        return;
    }
    repl_evaluate(r, SHOW_NOTHING, NULL);
    session_close(r->session);
}

static void run_reset(Repl *r, const ReplCommand *command, const char *operand, uint32_t line)
{
    (void)command, (void)operand, (void)line;
    bool uses_jit = session_uses_jit(r->session);
    session_free(r->session);
    r->session = session_new(&r->options->compile, &r->options->backend, r->options->tier_after);
    session_use_jit(r->session, uses_jit);
    session_trace_errors(r->session);
    repl_print("all definitions are forgotten\n");
}

/* ---- finding the command --------------------------------------------------------------------------------------- */

static const ReplCommand *find_command(const char *word, size_t size)
{
    for (int i = 0; i < COMMANDS; i++) {
        const char *names[] = {commands[i].name, commands[i].short_name};
        for (int n = 0; n < 2; n++)
            if (names[n] && strlen(names[n]) == size && memcmp(names[n], word, size) == 0) return &commands[i];
    }
    return NULL;
}

void repl_command(Repl *r, const char *text, size_t size, uint32_t first_line)
{
    while (size && strchr(" \t\r\n", text[size - 1])) size--;
    r->pending.bytes[size] = 0; /* the text is the pending one */
    text += strspn(text, " \t");
    size_t word = strcspn(text, " \t\r\n(");
    const ReplCommand *command = find_command(text, word);
    const char *operand = text + word + strspn(text + word, " \t\r\n");
    if (!command) {
        r->pending.bytes[(size_t)(text - r->pending.bytes) + word] = 0;
        print_error(r, "error: %s is no command (:help shows them)", text);
    } else if (!*command->operand && *operand) {
        print_error(r, "error: %s takes no operand", command->name);
    } else if (*command->operand && *command->operand != '[' && !*operand) {
        print_error(r, "error: %s wants an operand", command->name);
    } else {
        command->run(r, command, operand, first_line);
    }
}
