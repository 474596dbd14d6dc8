/* What consairc tells about itself: --help, --version, --print. */
#include "options.h"

#ifdef CONSAIR_JIT
#include "link.h"
#endif

#include <stdlib.h>

#ifndef CONSAIR_VERSION
#define CONSAIR_VERSION "unknown"
#endif

enum { SPELLING_WIDTH = 24, COMMAND_WIDTH = 30 };

static unsigned all_commands(void) { return (1u << COMMAND_COUNT) - 1; }

static void format_spelling(const OptionRow *row, char *out, size_t size)
{
    const char *separator = *row->alias ? ", " : "";
    const char *before = row->style == STYLE_EQUALS ? "=" : row->style == STYLE_SEPARATE ? " " : "";
    snprintf(out, size, "%s%s%s%s%s", row->alias, separator, row->name, before, row->argument);
}

static void print_option(const OptionRow *row, bool names_commands)
{
    char spelling[80];
    format_spelling(row, spelling, sizeof spelling);
    if (strlen(spelling) > SPELLING_WIDTH) printf("  %s\n  %-*s  %s", spelling, SPELLING_WIDTH, "", row->help);
    else printf("  %-*s  %s", SPELLING_WIDTH, spelling, row->help);
    if (names_commands && row->commands != all_commands()) {
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

static void print_section(enum OptionSection section, int command)
{
    bool is_empty = true;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionRow *row = &option_rows[i];
        if (row->section != section || (command >= 0 && !(row->commands & (1u << command)))) continue;
        if (is_empty) printf("\n%s:\n", section_titles[section]);
        is_empty = false;
        print_option(row, command < 0);
    }
}

static void print_commands(void)
{
    printf("\nCommands:\n");
    for (int c = 0; c < COMMAND_COUNT; c++) {
        char spelling[80];
        snprintf(spelling, sizeof spelling, "%s %s", command_rows[c].name, command_rows[c].operands);
        printf("  %-*s  %s\n", COMMAND_WIDTH, spelling, command_rows[c].help);
    }
}

void print_help(int command)
{
    if (command < 0) printf("Usage: consairc COMMAND [OPTION...] OPERAND\n");
    else
        printf("Usage: consairc %s [OPTION...] %s\n%s\n", command_rows[command].name, command_rows[command].operands,
               command_rows[command].help);
    if (command < 0) print_commands();
    printf("\nA FILE of - is standard input.  @FILE stands for the arguments in a file.\n");
    for (int section = 0; section < SECTION_COUNT; section++) print_section((enum OptionSection)section, command);
    printf("\n--print tells:\n");
    for (int i = 0; i < FACT_COUNT; i++) printf("  %-*s  %s\n", SPELLING_WIDTH, fact_rows[i].name, fact_rows[i].help);
    printf(
        "\nExit status: that of the program; 1 after an error in it, 2 for wrong usage, 70 for a bug of consairc.\n");
}

void print_warnings(void)
{
    static const char *const levels[] = {"default", "-Wall", "-Wextra"};
    for (int i = 0; i < WARNING_COUNT; i++)
        printf("-W%-18s %-8s  %s\n", warning_rows[i].name, levels[warning_rows[i].level], warning_rows[i].what);
}

static const char *llvm_version(void)
{
#ifdef CONSAIR_JIT
    const Backend *backend = backend_load();
    return backend ? backend->version() : NULL;
#else
    return NULL;
#endif
}

void print_version(void)
{
    const char *llvm = llvm_version();
    if (llvm) printf("consairc %s (%s)\n", CONSAIR_VERSION, llvm);
    else printf("consairc %s (interpreter only, built without LLVM)\n", CONSAIR_VERSION);
}

/* The path of the runtime library, malloc'd, or NULL. */
static char *runtime_path(const Target *target)
{
#ifdef CONSAIR_JIT
    return toolchain_file(target, "libconsair_rt.a");
#else
    (void)target;
    return NULL;
#endif
}

/* A name a line, as many as this consairc can make code for. */
static const char *target_names(void)
{
    static char names[ARCHITECTURE_COUNT * 40];
    size_t size = 0;
    for (int i = 0; i < ARCHITECTURE_COUNT; i++)
        size += (size_t)snprintf(names + size, sizeof names - size, "%s%s", i ? "\n" : "", targets[i].name);
    return names;
}

int print_fact(enum Fact fact, const Target *target)
{
    const char *text = NULL;
    char *path = NULL;
    switch (fact) {
    case FACT_VERSION: text = CONSAIR_VERSION; break;
    case FACT_LLVM_VERSION: text = llvm_version(); break;
#ifdef CONSAIR_JIT
    case FACT_TARGET: text = target_or_native(target)->triple; break;
    case FACT_TARGETS: text = target_names(); break;
#else
    case FACT_TARGET:
    case FACT_TARGETS: break;
#endif
    case FACT_LIB_DIR:
    case FACT_RUNTIME: text = path = runtime_path(target); break;
    case FACT_COUNT: break;
    }
    if (path) {
        text = realpath(path, NULL);
        free(path);
        path = (char *)(uintptr_t)text;
    }
    if (path && fact == FACT_LIB_DIR) *strrchr(path, '/') = '\0';
    if (text) puts(text);
    else fprintf(stderr, "consairc: error: --print=%s: this consairc has none\n", fact_rows[fact].name);
    free(path);
    return text ? 0 : 1;
}
