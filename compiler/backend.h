/* From final Core to machine code: everything that sees LLVM is behind this header, which does not. */
#ifndef CONSAIR_BACKEND_H
#define CONSAIR_BACKEND_H

#include "compile.h"

enum EmitKind { EMIT_LLVM_IR, EMIT_LLVM_BC, EMIT_ASM, EMIT_OBJ, EMIT_EXE };

typedef struct BackendOptions {
    const Target *target; /* NULL: this machine */
    int optimize; /* 0-3 */
    bool print_result;
    bool verify; /* always run the LLVM verifier; a failure is our bug, told in a readable sentence */
    bool verbose; /* raw LLVM messages too */
    bool stack_check; /* -fno-stack-check: measure what the check costs */
    bool time_passes;
    bool is_static, strip; /* of executables: without shared libraries, without symbols */
    bool is_image; /* instead of an executable: an image for the cache (image.h) */
    bool debug; /* -g: lines, functions and arguments for debuggers */
    bool perf_map; /* --perf-map: names of functions in memory for perf */
    bool traces; /* code in memory gets lines and functions too */
    bool is_interactive; /* a form of a session: globals are the compiler's cells, builtins may be redefined later */
    bool joins_interpreter; /* it runs the program: its cells and closures are used, no new ones */
    const Source *expander_source; /* build: to embed for eval and macroexpand at run time, or NULL */
    const Source **expander_files; /* of the modules that it imports */
    int expander_file_count;
    const char *library_name; /* build: make a shared library; a C name, for NAME_error */
    const char *build_name; /* of this consairc, for objects that are compiled apart */
    const char **objects; /* build: objects and archives to link */
    int object_count;
    const char **libraries; /* build: files to link with, for C functions */
    int library_count;
} BackendOptions;

/* Compiles in memory and runs: exit status of the program. */
int jit_run_program(CoreProgram *p, const BackendOptions *o, int argc, char **argv);
/* Code for functions that the interpreter has: compiled in one process, into a file; loaded in that whose program it is. */
typedef struct CompiledFunction {
    CoreFunction *function; /* NULL ends the table */
    RtValue (*enter)(void);
    const RtCode *code; /* NULL: it is no value */
} CompiledFunction;
bool tier_compile(CoreProgram *p, const BackendOptions *o, int fd);
const CompiledFunction *tier_load(int fd, const BackendOptions *o); /* NULL after a message */
/* A JIT that lives on, for programs that come one after the other (jit_session.c). */
typedef struct JitSession JitSession;
typedef struct JitModule {
    void *tracker, *lines;
} JitModule;
JitSession *jit_session_new(const BackendOptions *o); /* NULL after a message */
void jit_session_free(JitSession *s); /* with all code */
/* NULL when it cannot be compiled; *reason then says what it is that cannot.  The program joins the interpreter. */
const CompiledFunction *jit_session_load(JitSession *s, CoreProgram *p, JitModule *module, const char **reason);
void jit_session_unload(JitSession *s, JitModule module);
/* Functions that an instruction of a session's code belongs to, from the inside out: more than one when calls became part of their
 * callers.  name NULL: a top-level form.  Nothing is visited for code that has no place in a source. */
typedef void VisitCode(void *data, const char *name, const char *file, unsigned line, unsigned column);
void jit_session_find(JitSession *s, uintptr_t address, VisitCode *visit, void *data);
/* Writes one artefact.  path "-": stdout (text kinds only).  Written to a temporary name first, renamed when complete; on
 * any failure a message on stderr, no file left, and a non-zero exit status is returned. */
int build_program(CoreProgram *p, const BackendOptions *o, enum EmitKind kind, const char *path);
typedef bool ExplainLink(void *data, const char *messages); /* tells the linker's messages better; false: it cannot */
/* Links o->objects, which must be one program, to an executable; exit status. */
int link_program(const BackendOptions *o, const char *path, ExplainLink *explain, void *data);
/* IR text of the program, optimised or not (malloc'd); for tests and :dump-ir. */
char *emit_ir_text(CoreProgram *p, const BackendOptions *o, bool optimized);
char *emit_asm_text(CoreProgram *p, const BackendOptions *o); /* likewise: optimised machine code as assembly */
bool backend_self_test(char *message, size_t size); /* makes an empty module and reads its name back */
const char *backend_version(void); /* "LLVM 19.1.7" */

/* All of the above as one table, because a back end may have to be loaded, and must be made ready, when it is first needed. */
typedef struct Backend {
    int (*jit_run_program)(CoreProgram *p, const BackendOptions *o, int argc, char **argv);
    bool (*tier_compile)(CoreProgram *p, const BackendOptions *o, int fd);
    const CompiledFunction *(*tier_load)(int fd, const BackendOptions *o);
    JitSession *(*jit_session_new)(const BackendOptions *o);
    void (*jit_session_free)(JitSession *s);
    const CompiledFunction *(*jit_session_load)(JitSession *s, CoreProgram *p, JitModule *module, const char **reason);
    void (*jit_session_unload)(JitSession *s, JitModule module);
    void (*jit_session_find)(JitSession *s, uintptr_t address, VisitCode *visit, void *data);
    int (*build_program)(CoreProgram *p, const BackendOptions *o, enum EmitKind kind, const char *path);
    int (*link_program)(const BackendOptions *o, const char *path, ExplainLink *explain, void *data);
    char *(*emit_ir_text)(CoreProgram *p, const BackendOptions *o, bool optimized);
    char *(*emit_asm_text)(CoreProgram *p, const BackendOptions *o);
    const char *(*version)(void);
} Backend;
extern const Backend consair_backend; /* backend_table.c */
/* backend_load.c: NULL after a message, which is given once */
const Backend *backend_load(void);
const Backend *backend_load_for(const Target *target); /* one for another machine can only build */

/* symbols.c: every runtime symbol that IR may name, for the JIT */
typedef struct RuntimeSymbol {
    const char *name;
    void *address;
} RuntimeSymbol;
extern const RuntimeSymbol runtime_symbols[];
extern const int runtime_symbol_count;

#endif
