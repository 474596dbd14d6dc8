/* Command-line parsing.
 *
 * One table of options: each row names the spelling, the commands it belongs to, what it sets and its help line.  Parsing and
 * --help both read it, so that they cannot disagree.  `run` and `eval` stop at their operand: what follows belongs to the
 * program.  The other commands take options anywhere.
 */
#include "options.h"

#include "passes.h"

#include <stdlib.h>
#include <unistd.h>

#ifndef CONSAIR_VERSION
#define CONSAIR_VERSION "unknown"
#endif

enum OptionId {
    OPTION_ENGINE,
    OPTION_OPTIMIZE,
    OPTION_EMIT,
    OPTION_COMPILE,
    OPTION_ASSEMBLE,
    OPTION_OUTPUT,
    OPTION_PRINT_RESULT,
    OPTION_DUMP,
    OPTION_STOP_AFTER,
    OPTION_TIME_PASSES,
    OPTION_EXPLAIN,
    OPTION_NO_PASS,
    OPTION_CHECK,
    OPTION_VERBOSE,
    OPTION_HELP_PASSES,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_JIT
};

enum ArgumentStyle {
    ARGUMENT_NONE,
    ARGUMENT_EQUALS, /* --name=VALUE */
    ARGUMENT_JOINED, /* -OVALUE */
    ARGUMENT_SEPARATE /* -o VALUE or -oVALUE */
};

#define ON(command) (1u << COMMAND_##command)
#define ON_ALL (ON(RUN) | ON(BUILD) | ON(EVAL) | ON(CHECK) | ON(REPL))
#define ON_CODE (ON(RUN) | ON(BUILD) | ON(EVAL) | ON(REPL))

static const struct OptionRow {
    enum OptionId id;
    const char *name;
    enum ArgumentStyle style;
    const char *argument;
    unsigned commands;
    const char *help;
} option_rows[] = {
    {OPTION_ENGINE, "--engine", ARGUMENT_EQUALS, "jit|interp", ON(RUN) | ON(EVAL), "how to execute (default jit)"},
    {OPTION_OPTIMIZE, "-O", ARGUMENT_JOINED, "LEVEL", ON_CODE, "optimise: 0 to 3 (default 2)"},
    {OPTION_JIT, "--jit", ARGUMENT_NONE, NULL, ON(REPL), "compile what is entered (:jit off interprets)"},
    {OPTION_OUTPUT, "-o", ARGUMENT_SEPARATE, "FILE", ON(BUILD), "write to FILE; - is standard output for text"},
    {OPTION_COMPILE, "-c", ARGUMENT_NONE, NULL, ON(BUILD), "the same as --emit=obj"},
    {OPTION_ASSEMBLE, "-S", ARGUMENT_NONE, NULL, ON(BUILD), "the same as --emit=asm"},
    {OPTION_EMIT, "--emit", ARGUMENT_EQUALS, "llvm-ir|llvm-bc|asm|obj|exe", ON(BUILD), "what to write (default exe)"},
    {OPTION_PRINT_RESULT, "--print-result", ARGUMENT_NONE, NULL, ON(RUN) | ON(BUILD),
     "print the value of the last top-level form at the end"},
    {OPTION_DUMP, "--dump", ARGUMENT_EQUALS, "PASS,...", ON_ALL,
     "print Core after the passes named (or all) to standard error"},
    {OPTION_STOP_AFTER, "--stop-after", ARGUMENT_EQUALS, "PASS", ON_ALL, "stop after a pass"},
    {OPTION_TIME_PASSES, "--time-passes", ARGUMENT_NONE, NULL, ON_ALL,
     "print how long each pass took to standard error"},
    {OPTION_EXPLAIN, "--explain", ARGUMENT_NONE, NULL, ON(RUN) | ON(BUILD) | ON(EVAL) | ON(CHECK),
     "tell what was optimised, what stays generic and why, and what allocates, to standard error"},
    {OPTION_NO_PASS, "-fno-", ARGUMENT_JOINED, "PASS", ON_ALL, "leave out an optional pass (or stack-check)"},
    {OPTION_CHECK, "--check", ARGUMENT_NONE, NULL, ON_ALL, "check Core after every pass"},
    {OPTION_VERBOSE, "--verbose", ARGUMENT_NONE, NULL, ON_ALL, "also show messages meant for compiler developers"},
    {OPTION_HELP_PASSES, "--help-passes", ARGUMENT_NONE, NULL, ON_ALL, "list the passes"},
    {OPTION_HELP, "--help", ARGUMENT_NONE, NULL, ON_ALL, "this text"},
    {OPTION_VERSION, "--version", ARGUMENT_NONE, NULL, ON_ALL, "version of consairc and LLVM"},
};
enum { OPTION_ROWS = sizeof option_rows / sizeof *option_rows };

static const struct CommandRow {
    const char *name, *operand, *help;
} command_rows[COMMAND_COUNT] = {
    [COMMAND_RUN] = {"run", "FILE [ARGUMENT...]", "compile a program in memory and run it"},
    [COMMAND_BUILD] = {"build", "FILE", "make a native executable (or object, assembly, LLVM IR)"},
    [COMMAND_EVAL] = {"eval", "EXPRESSION [ARGUMENT...]", "evaluate an expression and print its value"},
    [COMMAND_CHECK] = {"check", "FILE", "report the errors in a program without running it"},
    [COMMAND_REPL] = {"repl", "", "evaluate what is entered; also without any command on a terminal"},
};

static void print_option(const struct OptionRow *row)
{
    char spelling[80];
    switch (row->style) {
    case ARGUMENT_EQUALS: snprintf(spelling, sizeof spelling, "%s=%s", row->name, row->argument); break;
    case ARGUMENT_JOINED: snprintf(spelling, sizeof spelling, "%s%s", row->name, row->argument); break;
    case ARGUMENT_SEPARATE: snprintf(spelling, sizeof spelling, "%s %s", row->name, row->argument); break;
    default: snprintf(spelling, sizeof spelling, "%s", row->name); break;
    }
    if (strlen(spelling) > 22) printf("  %s\n  %-22s  %s", spelling, "", row->help);
    else printf("  %-22s  %s", spelling, row->help);
    if (row->commands != ON_ALL) {
        const char *separator = " [";
        for (int c = 0; c < COMMAND_COUNT; c++) {
            if (!(row->commands & (1u << c))) continue;
            printf("%s%s", separator, command_rows[c].name);
            separator = ", ";
        }
        printf("]");
    }
    putchar('\n');
}

static void print_help(void)
{
    printf("Usage: consairc COMMAND [OPTION...] OPERAND\n\nCommands:\n");
    for (int c = 0; c < COMMAND_COUNT; c++) {
        char spelling[80];
        snprintf(spelling, sizeof spelling, "%s %s", command_rows[c].name, command_rows[c].operand);
        printf("  %-30s  %s\n", spelling, command_rows[c].help);
    }
    printf("\nA FILE of - is standard input.\n\nOptions:\n");
    for (int i = 0; i < OPTION_ROWS; i++) print_option(&option_rows[i]);
    printf(
        "\nExit status: that of the program; 1 after an error in it, 2 for wrong usage, 70 for a bug of consairc.\n");
}

static void print_version(void)
{
#ifdef CONSAIR_JIT
    printf("consairc %s (%s)\n", CONSAIR_VERSION, backend_version());
#else
    printf("consairc %s (interpreter only, built without LLVM)\n", CONSAIR_VERSION);
#endif
}

static int usage_error(const char *format, const char *what)
{
    fputs("consairc: error: ", stderr);
    fprintf(stderr, format, what);
    fputs("\nTry 'consairc --help'.\n", stderr);
    return 2;
}

static int parse_emit(const char *text, Options *out)
{
    static const char *const names[] = {"llvm-ir", "llvm-bc", "asm", "obj", "exe"};
    for (int i = 0; i < 5; i++) {
        if (strcmp(text, names[i]) == 0) {
            out->emit = (enum EmitKind)i;
            return -1;
        }
    }
    return usage_error("unknown kind of output '%s' (llvm-ir, llvm-bc, asm, obj, exe)", text);
}

/* Joins NAME to the comma-separated list in *list. */
static void join_name(const char **list, const char *name)
{
    size_t old = *list ? strlen(*list) : 0;
    char *joined = malloc(old + strlen(name) + 2);
    if (!joined) rt_out_of_memory();
    if (old) sprintf(joined, "%s,%s", *list, name);
    else strcpy(joined, name);
    *list = joined;
}

/* True when every name of a comma-separated list is a pass; else *bad is the first that is not. */
static bool passes_known(const char *list, bool must_be_optional, char *bad, size_t bad_size)
{
    while (*list) {
        size_t length = strcspn(list, ",");
        snprintf(bad, bad_size, "%.*s", (int)length, list);
        if (!pipeline_knows(bad, must_be_optional)) return false;
        list += length;
        if (*list == ',') list++;
    }
    return true;
}

static int apply_pass_option(const struct OptionRow *row, const char *value, Options *out)
{
    char bad[64];
    if (row->id == OPTION_NO_PASS) {
        if (strcmp(value, "stack-check") == 0) out->backend.stack_check = false;
        else if (!passes_known(value, true, bad, sizeof bad))
            return usage_error("'%s' is no optional pass (see --help-passes)", bad);
        else join_name(&out->compile.disabled, value);
        return -1;
    }
    if (!passes_known(value, false, bad, sizeof bad)) return usage_error("'%s' is no pass (see --help-passes)", bad);
    if (row->id == OPTION_DUMP) join_name(&out->compile.dump, value);
    else out->compile.stop_after = value;
    return -1;
}

static int apply_option(const struct OptionRow *row, const char *value, Options *out)
{
    switch (row->id) {
    case OPTION_ENGINE:
        if (strcmp(value, "jit") == 0) out->engine = ENGINE_JIT;
        else if (strcmp(value, "interp") == 0) out->engine = ENGINE_INTERP;
        else return usage_error("unknown engine '%s' (jit, interp)", value);
        break;
    case OPTION_OPTIMIZE:
        if (strlen(value) != 1 || *value < '0' || *value > '3')
            return usage_error("unknown level -O%s (0 to 3)", value);
        out->compile.optimize = out->backend.optimize = *value - '0';
        break;
    case OPTION_EMIT: out->emit_given = true; return parse_emit(value, out);
    case OPTION_COMPILE: return parse_emit("obj", out);
    case OPTION_ASSEMBLE: return parse_emit("asm", out);
    case OPTION_OUTPUT:
        if (!*value) return usage_error("-o wants a file name%s", "");
        out->output = value;
        break;
    case OPTION_PRINT_RESULT: out->print_result = out->backend.print_result = true; break;
    case OPTION_DUMP:
    case OPTION_STOP_AFTER:
    case OPTION_NO_PASS: return apply_pass_option(row, value, out);
    case OPTION_TIME_PASSES: out->compile.time_passes = out->backend.time_passes = true; break;
    case OPTION_EXPLAIN: out->compile.explain = true; break;
    case OPTION_CHECK: out->compile.check_passes = true; break;
    case OPTION_JIT: out->jit = true; break;
    case OPTION_VERBOSE: out->compile.verbose = out->backend.verbose = true; break;
    case OPTION_HELP_PASSES: pipeline_list(stdout); return 0;
    case OPTION_HELP: print_help(); return 0;
    case OPTION_VERSION: print_version(); return 0;
    }
    return -1;
}

/* The row whose spelling `text` uses; *value is what follows the name (NULL: to be taken from the next word). */
static const struct OptionRow *find_option(const char *text, const char **value)
{
    for (int i = 0; i < OPTION_ROWS; i++) {
        const struct OptionRow *row = &option_rows[i];
        size_t length = strlen(row->name);
        if (strncmp(text, row->name, length) != 0) continue;
        const char *rest = text + length;
        switch (row->style) {
        case ARGUMENT_NONE:
            if (*rest) continue;
            *value = "";
            return row;
        case ARGUMENT_EQUALS:
            if (*rest != '=' && *rest) continue;
            *value = *rest ? rest + 1 : NULL;
            return row;
        case ARGUMENT_JOINED: *value = rest; return row;
        case ARGUMENT_SEPARATE: *value = *rest ? rest : NULL; return row;
        }
    }
    return NULL;
}

/* Parses the word argv[*index], an option; -1 to go on. */
static int parse_option(int argc, char **argv, int *index, Options *out, bool command_known)
{
    const char *word = strcmp(argv[*index], "-h") == 0 ? "--help" : argv[*index];
    const char *value = NULL;
    const struct OptionRow *row = find_option(word, &value);
    if (!row) return usage_error("unknown option '%s'", argv[*index]);
    if (command_known && !(row->commands & (1u << out->command))) {
        fprintf(stderr, "consairc: error: '%s' is no option of '%s'\nTry 'consairc --help'.\n", word,
                command_rows[out->command].name);
        return 2;
    }
    if (!value) {
        if (row->style == ARGUMENT_EQUALS || *index + 1 >= argc) return usage_error("%s wants an argument", row->name);
        value = argv[++*index];
    }
    return apply_option(row, value, out);
}

static bool find_command(const char *name, Options *out)
{
    for (int c = 0; c < COMMAND_COUNT; c++) {
        if (strcmp(name, command_rows[c].name) != 0) continue;
        out->command = (enum Command)c;
        return true;
    }
    return false;
}

static int parse_words(int argc, char **argv, Options *out)
{
    bool options_end = false;
    for (int i = 2; i < argc; i++) {
        const char *word = argv[i];
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = true;
            continue;
        }
        if (!options_end && word[0] == '-' && word[1]) {
            int status = parse_option(argc, argv, &i, out, true);
            if (status >= 0) return status;
            continue;
        }
        if (out->input || out->command == COMMAND_REPL) return usage_error("unexpected operand '%s'", word);
        out->input = word;
        if (out->command == COMMAND_RUN || out->command == COMMAND_EVAL) {
            out->argument_count = argc - i - 1;
            out->arguments = argv + i + 1;
            break;
        }
    }
    if (!out->input && out->command != COMMAND_REPL)
        return usage_error("%s wants an operand", command_rows[out->command].name);
    return -1;
}

int options_parse(int argc, char **argv, Options *out)
{
    *out = (Options){.emit = EMIT_EXE};
    out->compile.optimize = out->backend.optimize = 2;
    out->backend.verify = true;
    out->backend.stack_check = true;
#ifndef NDEBUG
    out->compile.check_passes = true;
#endif
    if (argc < 2) {
        if (!isatty(STDIN_FILENO)) return usage_error("no command given%s", "");
        out->command = COMMAND_REPL;
        return -1;
    }
    if (argv[1][0] == '-') {
        int index = 1;
        int status = parse_option(argc, argv, &index, out, false);
        return status >= 0 ? status : usage_error("options come after the command: consairc run %s ...", argv[1]);
    }
    if (!find_command(argv[1], out))
        return usage_error("unknown command '%s' (run, build, eval, check, repl)", argv[1]);
    return parse_words(argc, argv, out);
}
