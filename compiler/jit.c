/* Runs a program in memory: module to machine code to ORC's linker (JITLink) to a call of the program.
 *
 * The runtime's functions are given to the linker as a table of addresses (symbols.c), so nothing depends on what
 * this executable exports.  Unwind tables of the code reach our unwinder through __register_frame, which LLVM calls
 * with a whole .eh_frame section; the linker gives our functions those names (llvm_link_args.sh).
 * Nothing is torn down at the end: the process exits, and values that outlive the program may point into its code.
 */
#include "codegen.h"

#include "program.h"

#include <llvm-c/Orc.h>

#include <stdlib.h>

void __wrap___register_frame(const void *eh_frame);
void __wrap___deregister_frame(const void *eh_frame);

void __wrap___register_frame(const void *eh_frame) { rt_register_frames(eh_frame); }

void __wrap___deregister_frame(const void *eh_frame) { rt_deregister_frames(eh_frame); }

bool jit_failed(LLVMErrorRef error, const char *what)
{
    if (!error) return false;
    char *message = LLVMGetErrorMessage(error);
    backend_internal_error(what, message);
    LLVMDisposeErrorMessage(message);
    return true;
}

/* Details of a failure, "Symbols not found: [ x ]"; what it made impossible is reported by the lookup. */
static void session_error(void *data, LLVMErrorRef error)
{
    (void)data;
    char *message = LLVMGetErrorMessage(error);
    fprintf(stderr, "consairc: LLVM: %s\n", message);
    LLVMDisposeErrorMessage(message);
}

static bool define_runtime(LLVMOrcLLJITRef jit)
{
    LLVMOrcCSymbolMapPair *pairs = malloc((size_t)runtime_symbol_count * sizeof *pairs);
    if (!pairs) rt_out_of_memory();
    for (int i = 0; i < runtime_symbol_count; i++) {
        pairs[i].Name = LLVMOrcLLJITMangleAndIntern(jit, runtime_symbols[i].name);
        pairs[i].Sym.Address = (LLVMOrcExecutorAddress)(uintptr_t)runtime_symbols[i].address;
        pairs[i].Sym.Flags.GenericFlags = LLVMJITSymbolGenericFlagsExported | LLVMJITSymbolGenericFlagsCallable;
        pairs[i].Sym.Flags.TargetFlags = 0;
    }
    LLVMOrcMaterializationUnitRef unit = LLVMOrcAbsoluteSymbols(pairs, (size_t)runtime_symbol_count);
    free(pairs);
    LLVMErrorRef error = LLVMOrcJITDylibDefine(LLVMOrcLLJITGetMainJITDylib(jit), unit);
    return !jit_failed(error, "the runtime cannot be given to the JIT");
}

LLVMOrcLLJITRef jit_make(const BackendOptions *o)
{
    LLVMTargetMachineRef target = target_machine_new(NULL, 0);
    LLVMOrcLLJITBuilderRef builder = LLVMOrcCreateLLJITBuilder();
    LLVMOrcLLJITBuilderSetJITTargetMachineBuilder(builder,
                                                  LLVMOrcJITTargetMachineBuilderCreateFromTargetMachine(target));
    LLVMOrcLLJITRef jit;
    if (jit_failed(LLVMOrcCreateLLJIT(&jit, builder), "the JIT cannot be started")) return NULL;
    LLVMOrcExecutionSessionSetErrorReporter(LLVMOrcLLJITGetExecutionSession(jit), session_error, NULL);
    jit_watch_graphs(jit, o->perf_map);
    return define_runtime(jit) ? jit : NULL;
}

int jit_run_codegen(Codegen *g, int argc, char **argv)
{
    LLVMMemoryBufferRef objects[2];
    int count = codegen_objects(g, objects);
    if (!count) return 70;
    double start = pipeline_clock();
    LLVMOrcLLJITRef jit = jit_make(g->options);
    if (!jit) return 70;
    for (int i = 0; i < count; i++) {
        LLVMErrorRef error = LLVMOrcLLJITAddObjectFile(jit, LLVMOrcLLJITGetMainJITDylib(jit), objects[i]);
        if (jit_failed(error, "machine code was rejected")) return 70;
    }
    LLVMOrcExecutorAddress program;
    if (jit_failed(LLVMOrcLLJITLookup(jit, &program, "consair_program"), "the program cannot be loaded")) return 70;
    codegen_add_time("jit-load", &start);
    return rt_run_program((const RtProgram *)(uintptr_t)program, argc, argv);
}

int jit_run_program(CoreProgram *p, const BackendOptions *o, int argc, char **argv)
{
    Codegen g;
    if (!codegen_begin_objects(&g, p, o, true)) return 70;
    return jit_run_codegen(&g, argc, argv);
}

/* ---- for the interpreter --------------------------------------------------------------------------------------- */

bool tier_compile(CoreProgram *p, const BackendOptions *o, int fd)
{
    BackendOptions options = *o;
    options.joins_interpreter = true;
    Codegen g;
    if (!codegen_begin(&g, p, &options, true, true)) return false;
    LLVMMemoryBufferRef code = codegen_machine_code(&g, LLVMObjectFile);
    codegen_end(&g);
    if (!code) return false;
    bool written = rt_write_fully(fd, LLVMGetBufferStart(code), LLVMGetBufferSize(code)) == 0;
    LLVMDisposeMemoryBuffer(code);
    return written;
}

const CompiledFunction *tier_load(int fd, const BackendOptions *o)
{
    char path[40], *message = NULL;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    LLVMMemoryBufferRef code;
    if (LLVMCreateMemoryBufferWithContentsOfFile(path, &code, &message) != 0) {
        LLVMDisposeMessage(message); /* no /proc: the interpreter goes on */
        return NULL;
    }
    LLVMOrcLLJITRef jit = jit_make(o);
    if (!jit) return NULL;
    if (jit_failed(LLVMOrcLLJITAddObjectFile(jit, LLVMOrcLLJITGetMainJITDylib(jit), code), "machine code was rejected"))
        return NULL;
    LLVMOrcExecutorAddress functions;
    if (jit_failed(LLVMOrcLLJITLookup(jit, &functions, "consair_functions"), "the program cannot be loaded"))
        return NULL;
    return (const CompiledFunction *)(uintptr_t)functions;
}
