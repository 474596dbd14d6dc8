/* What jit.c and object.c share: the program as a finished LLVM module, and the module as machine code. */
#ifndef CONSAIR_CODEGEN_H
#define CONSAIR_CODEGEN_H

#include "emit.h"
#include "halves.h"

#include <llvm-c/LLJIT.h>

typedef struct Codegen {
    const BackendOptions *options;
    LLVMContextRef context;
    LLVMModuleRef module;
    LLVMTargetMachineRef target;
    bool in_process;
    bool failed; /* LLVM reported an error, which has been printed */
    OtherHalf other; /* of a large program: codegen_objects */
} Codegen;

/* The module is emitted, checked and, if `optimized`, put through the passes; resumes are lowered then.  All failures
 * are our own bugs: a message on stderr, false, and g needs no codegen_end. */
bool codegen_begin(Codegen *g, CoreProgram *p, const BackendOptions *o, bool in_process, bool optimized);
/* The same for what becomes object files in memory, optimised: a large module may be compiled in two halves, and then the
 * module here is only one of them. */
bool codegen_begin_objects(Codegen *g, CoreProgram *p, const BackendOptions *o, bool in_process);
/* The object files of such a program: number of them, 0 after a message. */
int codegen_objects(Codegen *g, LLVMMemoryBufferRef objects[2]);
/* The same for a module that exists already; takes over context and module. */
bool codegen_begin_module(Codegen *g, LLVMContextRef context, LLVMModuleRef module, const BackendOptions *o,
                          bool in_process, bool optimized);
/* Machine code or assembly; NULL after a message. */
LLVMMemoryBufferRef codegen_machine_code(Codegen *g, LLVMCodeGenFileType kind);
void codegen_end(Codegen *g);

/* A module in this process, run as jit_run_program does. */
int jit_run_codegen(Codegen *g, int argc, char **argv);

/* jit.c: an ORC JIT that knows the runtime; NULL after a message. */
LLVMOrcLLJITRef jit_make(const BackendOptions *o);
void jit_watch_graphs(LLVMOrcLLJITRef jit, bool perf_map); /* jit_graph.cpp */
/* True when there was an error, which is then reported. */
bool jit_failed(LLVMErrorRef error, const char *what);

/* The time since *start becomes a row of the table of passes, and *start is set to now. */
void codegen_add_time(const char *phase, double *start);

/* llvm_memory.cpp: from now on lack of memory inside LLVM is told like any other. */
void install_llvm_memory_handler(void);

/* target.c: "consairc: internal error: ...; please report this" on stderr, with the detail when there is one. */
void backend_internal_error(const char *what, const char *detail);

#endif
