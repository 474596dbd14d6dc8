/* The command line, parsed: one table (options.def) from which the parser, --help, the manual and the completions are made. */
#ifndef CONSAIR_OPTIONS_H
#define CONSAIR_OPTIONS_H

#include "backend.h"
#include "depfile.h"

#define OPTION(id, ...) OPTION_##id,
enum OptionId {
#include "options.def"
    OPTION_COUNT
};
#define COMMAND(id, ...) COMMAND_##id,
enum Command {
#include "options.def"
    COMMAND_COUNT
};
#define SECTION(id, ...) SECTION_##id,
enum OptionSection {
#include "options.def"
    SECTION_COUNT
};
#define PRINT(id, ...) FACT_##id,
enum Fact {
#include "options.def"
    FACT_COUNT
};

/* In the order of the words in options.def, like EmitKind. */
enum Engine { ENGINE_AUTO, ENGINE_JIT, ENGINE_INTERP };
enum ColorChoice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

typedef struct Options {
    enum Command command;
    enum Engine engine;
    enum EmitKind emit;
    bool emit_given;
    bool print_result;
    bool jit; /* repl */
    bool no_cache;
    int64_t tier_after; /* calls; negative: not given */
    const char *stack_size; /* as given, or NULL */
    bool shared; /* build */
    enum ColorChoice color;
    DepfileOptions depfile;
    const char *output; /* -o, or NULL */
    const char *input; /* file, "-", or the expression of eval */
    const char **objects; /* build: objects and archives to link */
    int object_count;
    int argument_count; /* program arguments */
    char **arguments;
    CompileOptions compile;
    BackendOptions backend;
} Options;

/* Fills *out.  Returns -1 to go on, else the exit status (help and version print to stdout and give 0; a usage error
 * prints to stderr and gives 2). */
int options_parse(int argc, char **argv, Options *out);

/* ---- link_objects.c: build with objects among its operands ---- */
int link_objects(Compiler *c, Options *o); /* exit status */
/* Have other compilers made them, so that they can be linked with a whole program?  Else a message. */
bool objects_are_foreign(const Options *o);

/* ---- shared.c: build -shared ---- */
const char *shared_library_name(Compiler *c, const char *output); /* as a C name */
/* Can the functions be called so in C?  Else diagnostics. */
bool shared_check_names(Compiler *c, const CoreProgram *program, const char *library);
bool shared_write_header(Compiler *c, const CoreProgram *program, const char *output, const char *name);

/* Shall what is written to this descriptor have colours?  By --color, NO_COLOR and what the descriptor is. */
bool options_want_color(const Options *o, int fd);

/* ---- rows of options.def ---- */

enum ArgumentStyle { STYLE_NONE, STYLE_EQUALS, STYLE_JOINED, STYLE_SEPARATE };
typedef struct OptionRow {
    const char *name, *alias;
    enum ArgumentStyle style;
    const char *argument;
    unsigned commands;
    enum OptionSection section;
    const char *help;
} OptionRow;
typedef struct CommandRow {
    const char *name, *operands, *help;
} CommandRow;
typedef struct FactRow {
    const char *name, *help;
} FactRow;
extern const OptionRow option_rows[OPTION_COUNT];
extern const CommandRow command_rows[COMMAND_COUNT];
extern const char *const section_titles[SECTION_COUNT];
extern const FactRow fact_rows[FACT_COUNT];

/* ---- options_help.c ---- */
void print_help(int command); /* of all commands when it is negative */
void print_version(void);
void print_warnings(void);
int print_fact(enum Fact fact, const Target *target); /* NULL: this machine; exit status */

/* ---- words.c: argv with its @FILE words replaced as they are reached ---- */
typedef struct Words {
    char **words;
    int count, at;
    int depth; /* files opened so far */
} Words;
Words words_from(int argc, char **argv);
/* The word at words->at, when it is no @FILE; else the file's words take its place first.  NULL: end, or *failed. */
const char *words_peek(Words *words, bool *failed);

#endif
