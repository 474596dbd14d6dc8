/* Command-line parsing, by the rows of options.def.
 *
 * `run` and `eval` stop at their operand: what follows belongs to the program.  The other commands take options
 * anywhere.  Options may also stand before the command; whether they belong to it is asked when it is known.
 */
#include "failure.h"
#include "options.h"

#ifdef CONSAIR_JIT
#include "link.h"
#endif
#include "passes.h"
#include "suggest.h"

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#define ON(command) (1u << COMMAND_##command)
#define ON_ALL ((1u << COMMAND_COUNT) - 1)
#define ON_CODE (ON_ALL & ~ON(CHECK))

const OptionRow option_rows[OPTION_COUNT] = {
#define OPTION(id, name, alias, style, argument, commands, section, help, more)                                        \
    [OPTION_##id] = {name, alias, STYLE_##style, argument, commands, SECTION_##section, help},
#include "options.def"
};
const CommandRow command_rows[COMMAND_COUNT] = {
#define COMMAND(id, name, operands, help, more) [COMMAND_##id] = {name, operands, help},
#include "options.def"
};
const char *const section_titles[SECTION_COUNT] = {
#define SECTION(id, title) [SECTION_##id] = title,
#include "options.def"
};
const FactRow fact_rows[FACT_COUNT] = {
#define PRINT(id, name, help) [FACT_##id] = {name, help},
#include "options.def"
};

typedef struct Parser {
    Words words;
    Options *out;
    bool command_known;
    unsigned early; /* commands that every option before the command belongs to */
    const char *early_option; /* the last of them */
} Parser;

static int usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
static int usage_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("consairc: error: ", stderr);
    vfprintf(stderr, format, args);
    fputs("\nTry 'consairc --help'.\n", stderr);
    va_end(args);
    return 2;
}

/* "unknown THING 'NAME'", and which one may have been meant, or else all there are. */
static int unknown(const char *thing, const Suggestion *s, const char *all)
{
    if (s->best) return usage_error("unknown %s '%s'; did you mean '%s'?", thing, s->wanted, s->best);
    if (all) return usage_error("unknown %s '%s' (%s)", thing, s->wanted, all);
    return usage_error("unknown %s '%s'", thing, s->wanted);
}

/* The index of the value among the words of the option's argument, -1 when it is none of them. */
static int find_choice(const OptionRow *row, const char *value)
{
    size_t length = strlen(value);
    const char *choice = row->argument;
    for (int i = 0; *choice; i++) {
        size_t size = strcspn(choice, "|");
        if (size == length && memcmp(choice, value, size) == 0) return i;
        choice += size;
        if (*choice == '|') choice++;
    }
    return -1;
}

static int unknown_choice(const OptionRow *row, const char *value)
{
    char choices[80];
    snprintf(choices, sizeof choices, "%s", row->argument);
    Suggestion s = suggestion_for(value);
    for (char *choice = strtok(choices, "|"); choice; choice = strtok(NULL, "|")) suggestion_offer(&s, choice);
    char thing[40];
    snprintf(thing, sizeof thing, "value of %s", row->name);
    return unknown(thing, &s, row->argument);
}

/* ---- passes ---- */

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

static int apply_pass_option(const OptionRow *row, const char *value, Options *out)
{
    char bad[64];
    if (row == &option_rows[OPTION_NO_PASS]) {
        if (strcmp(value, "stack-check") == 0) out->backend.stack_check = false;
        else if (!passes_known(value, true, bad, sizeof bad))
            return usage_error("'%s' is no optional pass (see --help-passes)", bad);
        else join_name(&out->compile.disabled, value);
        return -1;
    }
    if (!passes_known(value, false, bad, sizeof bad)) return usage_error("'%s' is no pass (see --help-passes)", bad);
    if (row == &option_rows[OPTION_DUMP]) join_name(&out->compile.dump, value);
    else out->compile.stop_after = value;
    return -1;
}

/* ---- options ---- */

static void add_word(const char ***words, int *count, const char *word)
{
    *words = realloc(*words, ((size_t)*count + 1) * sizeof **words);
    if (!*words) rt_out_of_memory();
    (*words)[(*count)++] = word;
}

static int apply_emit(const char *kind, Options *out)
{
    out->emit_given = true;
    out->emit = (enum EmitKind)find_choice(&option_rows[OPTION_EMIT], kind);
    return -1;
}

static int apply_depfile(const OptionRow *row, const char *value, DepfileOptions *out)
{
    out->wanted = true;
    if (row == &option_rows[OPTION_DEPFILE_PATH]) out->path = value;
    if (row == &option_rows[OPTION_DEPFILE_TARGET]) out->target = value;
    if (row == &option_rows[OPTION_DEPFILE_PHONY]) out->phony = true;
    if (row == &option_rows[OPTION_DEPFILE_INTERFACES]) out->interfaces = true;
    if (row->style == STYLE_SEPARATE && !*value) return usage_error("%s wants a name", row->name);
    return -1;
}

static int apply_warning(const char *word, Options *out)
{
    if (warnings_set(&out->compile.warnings, word)) return -1;
    bool refuses = strncmp(word, "no-", 3) == 0;
    Suggestion s = suggestion_for(refuses ? word + 3 : word);
    suggestion_offer(&s, "unused");
    for (int i = 0; i < WARNING_COUNT; i++) suggestion_offer(&s, warning_rows[i].name);
    return unknown("warning", &s, "see --help-warnings");
}

static int apply_target(const char *triple, Options *out)
{
    const Target *target = target_find(triple);
    if (target) {
        out->compile.target = out->backend.target = target;
        return -1;
    }
    Suggestion s = suggestion_for(triple);
    for (int i = 0; i < ARCHITECTURE_COUNT; i++) suggestion_offer(&s, targets[i].name);
    return unknown("target", &s, "see --print=targets");
}

static int apply_unit(const OptionRow *row, Options *out)
{
    enum CompileUnit unit = row == &option_rows[OPTION_MODULE] ? UNIT_MODULE : UNIT_PROGRAM;
    if (out->compile.unit != UNIT_WHOLE && out->compile.unit != unit)
        return usage_error("--separate and --module contradict each other");
    out->compile.unit = unit;
    return -1;
}

static int apply_print(const char *what, const Options *out)
{
    Suggestion s = suggestion_for(what);
    for (int i = 0; i < FACT_COUNT; i++) {
        if (strcmp(what, fact_rows[i].name) == 0) return print_fact((enum Fact)i, out->backend.target);
        suggestion_offer(&s, fact_rows[i].name);
    }
    return unknown("value of --print", &s, "see --help");
}

/* -1: no number, or too large. */
static int64_t parse_count(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits == 0 || digits > 15 || text[digits] ? -1 : strtoll(text, NULL, 10);
}

static int apply_option(const OptionRow *row, const char *value, const Parser *p)
{
    Options *out = p->out;
    int choice = strchr(row->argument, '|') ? find_choice(row, value) : 0;
    if (choice < 0) return unknown_choice(row, value);
    switch ((enum OptionId)(row - option_rows)) {
    case OPTION_ENGINE: out->engine = (enum Engine)choice; break;
    case OPTION_OPTIMIZE:
        if (strlen(value) != 1 || *value < '0' || *value > '3')
            return usage_error("unknown level -O%s (0 to 3)", value);
        out->compile.optimize = out->backend.optimize = *value - '0';
        break;
    case OPTION_EMIT: return apply_emit(value, out);
    case OPTION_SEPARATE:
    case OPTION_MODULE: return apply_unit(row, out);
    case OPTION_COMPILE: return apply_emit("obj", out);
    case OPTION_ASSEMBLE: return apply_emit("asm", out);
    case OPTION_OUTPUT:
        if (!*value) return usage_error("-o wants a file name");
        out->output = value;
        break;
    case OPTION_IMPORT_FOLDER: add_word(&out->compile.import_folders, &out->compile.import_folder_count, value); break;
    case OPTION_LIBRARY: add_word(&out->compile.libraries, &out->compile.library_count, value); break;
    case OPTION_LIBRARY_FOLDER:
        add_word(&out->compile.library_folders, &out->compile.library_folder_count, value);
        break;
    case OPTION_DEBUG: out->backend.debug = true; break;
    case OPTION_STATIC: out->backend.is_static = true; break;
    case OPTION_STRIP: out->backend.strip = true; break;
    case OPTION_DEPFILE:
    case OPTION_DEPFILE_PATH:
    case OPTION_DEPFILE_TARGET:
    case OPTION_DEPFILE_INTERFACES:
    case OPTION_DEPFILE_PHONY: return apply_depfile(row, value, &out->depfile);
    case OPTION_TARGET: return apply_target(value, out);
    case OPTION_STACK_SIZE:
        if (!rt_set_stack_size(value))
            return usage_error(
                "--stack-size=%s: expected a size of at least 512K: a number with an optional suffix K, M or G", value);
        out->stack_size = value;
        break;
    case OPTION_PRINT_RESULT: out->print_result = out->backend.print_result = true; break;
    case OPTION_DUMP:
    case OPTION_STOP_AFTER:
    case OPTION_NO_PASS: return apply_pass_option(row, value, out);
    case OPTION_TIME_PASSES: out->compile.time_passes = out->backend.time_passes = true; break;
    case OPTION_EXPLAIN: out->compile.explain = true; break;
    case OPTION_CHECK: out->compile.check_passes = true; break;
    case OPTION_SHARED: out->shared = true; break;
    case OPTION_JIT: out->jit = true; break;
    case OPTION_PERF_MAP: out->backend.perf_map = true; break;
    case OPTION_NO_CACHE: out->no_cache = true; break;
    case OPTION_TIER_AFTER:
        out->tier_after = parse_count(value);
        if (out->tier_after < 0) return usage_error("'%s' is no number of calls", value);
        break;
    case OPTION_WARNING: return apply_warning(value, out);
    case OPTION_NO_WARNINGS: out->compile.warnings.all_off = true; break;
    case OPTION_DIAGNOSTICS_FORMAT:
        out->compile.diagnostics_as_json = choice == 1;
        failures_as_json(choice == 1);
        break;
    case OPTION_HELP_WARNINGS: print_warnings(); return 0;
    case OPTION_COLOR: out->color = (enum ColorChoice)choice; break;
    case OPTION_VERBOSE: out->compile.verbose = out->backend.verbose = true; break;
    case OPTION_PRINT: return apply_print(value, out);
    case OPTION_HELP_PASSES: pipeline_list(stdout); return 0;
    case OPTION_HELP: print_help(p->command_known ? (int)out->command : -1); return 0;
    case OPTION_VERSION: print_version(); return 0;
    case OPTION_COUNT: break;
    }
    return -1;
}

/* Is `text` this spelling?  *value is then what follows the name, NULL: to be taken from the next word. */
static bool is_spelling(const OptionRow *row, const char *name, const char *text, const char **value)
{
    size_t length = strlen(name);
    if (!length || strncmp(text, name, length) != 0) return false;
    const char *rest = text + length;
    switch (row->style) {
    case STYLE_NONE: *value = ""; return !*rest;
    case STYLE_EQUALS: *value = *rest ? rest + 1 : NULL; return *rest == '=' || !*rest;
    case STYLE_JOINED: *value = rest; return true;
    case STYLE_SEPARATE: *value = *rest ? rest : NULL; return true;
    }
    return false;
}

/* The row whose spelling fits best: the longest, so that -Wall is not -W with a value all. */
static const OptionRow *find_option(const char *text, const char **value)
{
    const OptionRow *best = NULL;
    size_t best_length = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionRow *row = &option_rows[i];
        const char *names[] = {row->name, row->alias}, *found;
        for (int n = 0; n < 2; n++) {
            if (strlen(names[n]) <= best_length || !is_spelling(row, names[n], text, &found)) continue;
            best = row;
            best_length = strlen(names[n]);
            *value = found;
        }
    }
    return best;
}

static int unknown_option(const char *word)
{
    size_t length = strcspn(word, "=");
    char *name = strndup(word, length); /* kept: the process ends with the message */
    if (!name) rt_out_of_memory();
    Suggestion s = suggestion_for(name);
    for (int i = 0; i < OPTION_COUNT; i++) suggestion_offer(&s, option_rows[i].name);
    return unknown("option", &s, NULL);
}

static int wrong_command(const char *option, enum Command command)
{
    return usage_error("'%s' is no option of '%s'", option, command_rows[command].name);
}

/* Parses the option that is the next word; -1 to go on. */
static int parse_option(Parser *p)
{
    const char *word = p->words.words[p->words.at++], *value = NULL;
    const OptionRow *row = find_option(word, &value);
    if (!row) return unknown_option(word);
    if (!p->command_known) {
        p->early &= row->commands;
        p->early_option = row->name;
    } else if (!(row->commands & (1u << p->out->command))) {
        return wrong_command(word, p->out->command);
    }
    if (!value) {
        bool failed = false;
        value = words_peek(&p->words, &failed);
        if (failed) return 2;
        if (!value) return usage_error("%s wants an argument", row->name);
        p->words.at++;
    }
    return apply_option(row, value, p);
}

static int parse_command(Parser *p, const char *word)
{
    Suggestion s = suggestion_for(word);
    for (int c = 0; c < COMMAND_COUNT; c++) {
        suggestion_offer(&s, command_rows[c].name);
        if (strcmp(word, command_rows[c].name) != 0) continue;
        p->out->command = (enum Command)c;
        p->command_known = true;
        p->words.at++;
        return p->early & (1u << c) ? -1 : wrong_command(p->early_option, p->out->command);
    }
    return unknown("command", &s, "run, build, eval, check, repl");
}

static bool is_object(const char *word)
{
    size_t size = strlen(word);
    return size > 2 && (strcmp(word + size - 2, ".o") == 0 || strcmp(word + size - 2, ".a") == 0);
}

/* The file or expression; what stands behind it belongs to the program that run and eval execute. */
static int parse_operand(Parser *p, const char *word)
{
    Options *out = p->out;
    if (out->command == COMMAND_BUILD && is_object(word)) {
        add_word(&out->objects, &out->object_count, word);
        p->words.at++;
        return -1;
    }
    if (out->input || out->command == COMMAND_REPL) return usage_error("unexpected operand '%s'", word);
    out->input = word;
    p->words.at++;
    if (out->command == COMMAND_RUN || out->command == COMMAND_EVAL) {
        out->argument_count = p->words.count - p->words.at;
        out->arguments = p->words.words + p->words.at;
        p->words.at = p->words.count;
    }
    return -1;
}

static int parse_words(Parser *p)
{
    bool options_end = false, failed = false;
    const char *word;
    while ((word = words_peek(&p->words, &failed))) {
        int status = -1;
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = true;
            p->words.at++;
        } else if (!options_end && word[0] == '-' && word[1]) status = parse_option(p);
        else if (!p->command_known) status = parse_command(p, word);
        else status = parse_operand(p, word);
        if (status >= 0) return status;
    }
    return failed ? 2 : -1;
}

bool options_want_color(const Options *o, int fd)
{
    if (o->color != COLOR_AUTO) return o->color == COLOR_ALWAYS;
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return !(refused && *refused) && !(terminal && strcmp(terminal, "dumb") == 0) && isatty(fd);
}

/* Only what is built may be for another machine; its C libraries are then beside its runtime, too. */
static int check_target(Options *out)
{
    const Target *target = target_or_native(out->backend.target);
    if (target == target_native() || out->command == COMMAND_CHECK) return -1;
    if (out->command != COMMAND_BUILD)
        return usage_error("'%s' cannot run code for %s on this machine; 'build' makes it",
                           command_rows[out->command].name, target->name);
#ifdef CONSAIR_JIT
    add_word(&out->compile.library_folders, &out->compile.library_folder_count, toolchain_target_folder(target));
#endif
    return -1;
}

/* What is compiled apart becomes an object; what is linked is one program. */
static int check_units(Options *out)
{
    const char *option = out->compile.unit == UNIT_MODULE ? "--module" : "--separate";
    bool is_apart = out->compile.unit != UNIT_WHOLE;
    if (is_apart && !out->emit_given) out->emit = EMIT_OBJ;
    if (!is_apart && out->depfile.interfaces) return usage_error("-MI goes with --separate and --module");
    if (is_apart && out->shared) return usage_error("%s makes no shared library", option);
    if (is_apart && out->emit == EMIT_EXE)
        return usage_error("%s makes an object; executables are made from objects: consairc build FILE.o...", option);
    if (is_apart && out->object_count) return usage_error("%s takes a source, not '%s'", option, out->objects[0]);
    if (out->object_count && out->emit != EMIT_EXE)
        return usage_error("'%s' can only be linked into an executable", out->objects[0]);
    if (out->object_count && out->shared) return usage_error("no shared library is made from '%s'", out->objects[0]);
    if (out->object_count && !out->input && out->depfile.wanted)
        return usage_error("-MD is about a source, and there is none");
    if (out->compile.unit == UNIT_MODULE && out->input && strcmp(out->input, "-") == 0)
        return usage_error("--module takes a file: its name is the module's");
    return -1;
}

int options_parse(int argc, char **argv, Options *out)
{
    *out = (Options){.emit = EMIT_EXE, .tier_after = -1};
    out->compile.optimize = out->backend.optimize = 2;
    out->backend.verify = true;
    out->backend.stack_check = true;
#ifndef NDEBUG
    out->compile.check_passes = true;
#endif
    Parser p = {.words = words_from(argc, argv), .out = out, .early = ON_ALL};
    int status = parse_words(&p);
    if (status >= 0) return status;
    if (!p.command_known) {
        if (!isatty(STDIN_FILENO)) return usage_error("no command given");
        out->command = COMMAND_REPL;
        return p.early & ON(REPL) ? check_target(out) : wrong_command(p.early_option, COMMAND_REPL);
    }
    if (out->depfile.wanted && !out->depfile.path && out->output && strcmp(out->output, "-") == 0)
        return usage_error("-MD needs -MF FILE when the output goes to standard output");
    if (out->command == COMMAND_BUILD && (status = check_units(out)) >= 0) return status;
    if (!out->input && !out->object_count && out->command != COMMAND_REPL)
        return usage_error("%s wants an operand", command_rows[out->command].name);
    return check_target(out);
}
