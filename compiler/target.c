/* LLVM set up: the targets, their target machines, the module verifier, and where LLVM's own errors go.
 *
 * Nothing here runs before the first module is compiled, so commands that do not compile pay nothing for LLVM.
 * One kind of code for executables and JIT alike: position independent, small code model, the least processor of the
 * architecture. (JITLink puts code and tables near each other and reaches the runtime through its own GOT and stubs;
 * LLVM's "JIT default" would be the large model with slower calls.)
 */
#include "codegen.h"

#include <llvm-c/Analysis.h>
#include <llvm-c/ErrorHandling.h>
#include <llvm-c/Target.h>

#include <stdlib.h>

int verifier_calls;

void backend_internal_error(const char *what, const char *detail)
{
    fprintf(stderr, "consairc: internal error: %s%s%s\n", what, detail && *detail ? ": " : "", detail ? detail : "");
    fputs("consairc: this is a bug in the compiler; please report it with the program that shows it\n", stderr);
}

/* LLVM calls this instead of abort() when it cannot go on. */
static void fatal_error(const char *reason)
{
    backend_internal_error("LLVM gave up", reason);
    rt_flush_output();
    _Exit(70);
}

static void initialize(void)
{
    static bool done;
    if (done) return;
    done = true;
    LLVMInstallFatalErrorHandler(fatal_error);
    install_llvm_memory_handler();
    initialize_llvm_target();
}

static LLVMCodeGenOptLevel codegen_level(int optimize)
{
    switch (optimize) {
    case 0: return LLVMCodeGenLevelNone; /* the fast instruction selector */
    case 1: return LLVMCodeGenLevelLess;
    case 2: return LLVMCodeGenLevelDefault;
    default: return LLVMCodeGenLevelAggressive;
    }
}

LLVMTargetMachineRef target_machine_new(const Target *target, int optimize)
{
    target = target_or_native(target);
    initialize();
    LLVMTargetRef found;
    char *message = NULL;
    if (LLVMGetTargetFromTriple(target->triple, &found, &message) != 0) {
        backend_internal_error("no LLVM target", message);
        LLVMDisposeMessage(message);
        exit(70);
    }
    return LLVMCreateTargetMachine(found, target->triple, target->processor, "", codegen_level(optimize), LLVMRelocPIC,
                                   LLVMCodeModelSmall);
}

bool verify_module(LLVMModuleRef module, bool verbose)
{
    char *message = NULL;
    verifier_calls++;
    bool broken = LLVMVerifyModule(module, LLVMReturnStatusAction, &message) != 0;
    if (broken) {
        char first[160] = "";
        if (message) snprintf(first, sizeof first, "%.*s", (int)strcspn(message, "\n"), message);
        backend_internal_error("the compiler made LLVM code that is not valid", first);
        if (verbose && message) fprintf(stderr, "%s\n", message);
    }
    LLVMDisposeMessage(message);
    return !broken;
}
