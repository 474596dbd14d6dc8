/* A compilation: options, sources, diagnostics, the macro environment, and the calls that lead from text to final Core. */
#ifndef CONSAIR_COMPILE_H
#define CONSAIR_COMPILE_H

#include "core.h"
#include "target.h"
#include "warnings.h"

/* What a source is compiled to: a program with all modules, or only its own part of one (separate.c). */
enum CompileUnit { UNIT_WHOLE, UNIT_PROGRAM, UNIT_MODULE };

typedef struct CompileOptions {
    int optimize; /* 0-3 */
    enum CompileUnit unit;
    bool check_passes; /* core_check after every pass (default in debug builds) */
    bool time_passes; /* table on stderr at the end */
    bool explain; /* collect the remarks of passes (remarks.h) */
    const char *dump; /* comma-separated pass names: print Core after each to stderr; "read" and "expand" print data */
    const char *stop_after; /* pass name or NULL */
    const char *disabled; /* comma-separated names given as -fno-PASS; only passes marked optional */
    bool verbose;
    const char **import_folders; /* of option -I */
    int import_folder_count;
    const char **libraries, **library_folders; /* of options -l and -L, for C functions */
    int library_count, library_folder_count;
    const Target *target; /* what code is made for; NULL: this machine */
    bool bind_foreign; /* C functions will be called in this process: a missing one is an error of its declaration */
    WarningOptions warnings;
    bool diagnostics_as_json;
} CompileOptions;

typedef struct Source { /* source.c */
    const char *name; /* as it shall appear in messages */
    const char *text; /* UTF-8, checked, NUL-terminated */
    size_t size;
    const char **lines; /* arena copies of lines, filled on demand */
    uint32_t *line_starts;
    uint32_t line_count;
    uint32_t lines_before; /* of the text that this one continues: its first line has the next number */
} Source;

typedef struct Compiler Compiler;

/* ---- source.c: sources, places, diagnostics ---- */
Source *source_from_file(Compiler *c, const char *path); /* "-": stdin; NULL after a diagnostic */
Source *source_from_text(Compiler *c, const char *name, const char *text, size_t size);
const RtPlace *source_place(Compiler *c, Source *s, size_t begin, size_t end); /* byte offsets; in the arena */
void diag_error(Compiler *c, const RtPlace *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Nothing when the warning is off, an error with -Werror. */
void diag_warning(Compiler *c, enum Warning warning, const RtPlace *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int diag_error_count(const Compiler *c);
void diag_flush(Compiler *c); /* prints what was collected to stderr, in source order */
void diag_copy_to(Compiler *c, RtText *copy); /* what is printed from now on is added to it, too */

/* ---- reader.c: text to data.  Places of data: a side table keyed by cons cell or vector ---- */
typedef struct Form {
    RtValue datum;
    const RtPlace *place;
} Form;
/* Reads the next datum from *offset.  true: out filled (datum owned).  false: end of text, or error (diagnosed; *offset moved to
 * the end).  Iterative: any nesting. */
bool reader_next(Compiler *c, Source *s, size_t *offset, Form *out);
const RtPlace *reader_place_of_datum(const Compiler *c, RtValue cons_or_vector); /* NULL when not from a source */
const RtPlace *reader_place_of_car(const Compiler *c, const RtCons *cell); /* place of the element it holds */
const RtPlace *reader_place_of_item(const Compiler *c, RtValue vector, int64_t index);

/* ---- compile.c ---- */
Compiler *compiler_new(const CompileOptions *options);
void compiler_free(Compiler *c);
const CompileOptions *compiler_options(const Compiler *c);
Arena *compiler_arena(Compiler *c);
/* The program's name table: one CoreGlobal a symbol (also for builtins). */
CoreGlobal *compiler_global(Compiler *c, RtValue symbol_borrow);
/* Reads, expands and lowers a whole source.  NULL when there were errors (collected, not yet flushed). */
CoreProgram *compile_source(Compiler *c, Source *s);
/* The same for a file that is a module, with UNIT_MODULE. */
CoreProgram *compile_module(Compiler *c, const char *path);
/* The sources of the modules that were imported, in the arena. */
const Source **module_sources(Compiler *c, int *count);
/* lower.c + expand.c: one datum (borrowed) to a top-level function appended to p. */
void lower_toplevel(Compiler *c, CoreProgram *p, Form form);
/* Runs the passes (pipeline.c) over the program; false when --stop-after ended it early. */
bool pipeline_run(Compiler *c, CoreProgram *p);
bool pipeline_has(const Compiler *c, const char *pass); /* not left out by -fno-PASS or the level of optimisation */
void pipeline_list(FILE *out); /* --help-passes: name, optional or not, one line each */
bool pipeline_knows(const char *name, bool must_be_optional); /* is it a name for --dump, --stop-after / -fno-PASS? */
/* The table of --time-passes, one for the process: later rows of the same name add up. */
void pipeline_add_time(const char *name, double seconds);
void pipeline_add_part_time(const char *name,
                            double seconds); /* of one of LLVM's passes: shown apart, part of llvm-passes */
void pipeline_print_times(FILE *out); /* seconds and share of each row; empties the table */
double pipeline_clock(void); /* seconds of a monotonic clock */
/* Compile-time world (comptime.c). */
/* Tells the compile-time world of a lowered top-level form; definitions are evaluated (on a copy) when an expansion needs them. */
void comptime_add_form(Compiler *c, CoreProgram *p, CoreFunction *form);
/* Macro expansion of a datum at run time (macroexpand, macroexpand-1): result owned; raises on errors. */
RtValue expand_datum(Compiler *c, RtValue form, bool once, const RtPlace *at);
/* The compiler that run-time macroexpand uses (NULL: none; then it raises). */
extern Compiler *runtime_expander;
/* Called by the interpreter in WORLD_COMPILE when cells[WORLD_COMPILE] is unbound: evaluates the pending definitions of the global
 * that stand above the expansion; true when the cell is bound now.  Raises what such a definition raises. */
bool comptime_demand(CoreGlobal *g);
/* Makes c the compiler behind macroexpand in this process: sets runtime_expander and rt_expand_hook. */
void compiler_install_expander(Compiler *c);

/* ---- interp.c ---- */
/* Slots, RtCode, closures for all functions of a program that went through the pipeline. */
void interp_prepare(CoreProgram *p);
RtValue interp_run_toplevel(CoreFunction *form, enum World world); /* owned value; raises */
/* World of interpreted functions that C code calls (rt_call_value); gives the previous one, to be restored by the caller. */
enum World interp_set_world(enum World world);
int interp_run_program(CoreProgram *p, bool print_result, int argc, char **argv); /* exit status */

/* ---- LLVM side (backend.h declares it); absent when built with -Djit=disabled ---- */
#endif
