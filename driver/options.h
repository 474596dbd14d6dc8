/* The command line, parsed: one table (options.c) from which the parser and --help work. */
#ifndef CONSAIR_OPTIONS_H
#define CONSAIR_OPTIONS_H

#include "backend.h"

enum Command { COMMAND_RUN, COMMAND_BUILD, COMMAND_EVAL, COMMAND_CHECK, COMMAND_REPL, COMMAND_COUNT };
enum Engine { ENGINE_JIT, ENGINE_INTERP };

typedef struct Options {
    enum Command command;
    enum Engine engine;
    enum EmitKind emit;
    bool emit_given;
    bool print_result;
    bool jit; /* repl */
    const char *output; /* -o, or NULL */
    const char *input; /* file, "-", or the expression of eval */
    int argument_count; /* program arguments */
    char **arguments;
    CompileOptions compile;
    BackendOptions backend;
} Options;

/* Fills *out.  Returns -1 to go on, else the exit status (help and version print to stdout and give 0; a usage error
 * prints one line to stderr and gives 2). */
int options_parse(int argc, char **argv, Options *out);

#endif
