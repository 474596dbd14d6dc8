/* The one LLVM target that a back end contains: this file is compiled for each with another -DLLVM_TARGET_....
 *
 * Whoever compiles for this machine should not pay for the other targets: one more makes loading LLVM a quarter slower, by its tables,
 * which are full of addresses.  So there is a module for each (Target.backend), of which one is loaded.
 */
#include "emit.h"

#include <llvm-c/Target.h>

#if defined LLVM_TARGET_AARCH64
#define INITIALIZE(part) LLVMInitializeAArch64##part()
#elif defined LLVM_TARGET_X86
#define INITIALIZE(part) LLVMInitializeX86##part()
#else
#error "llvm_target.c: no LLVM_TARGET_..."
#endif

void initialize_llvm_target(void)
{
    INITIALIZE(TargetInfo);
    INITIALIZE(Target);
    INITIALIZE(TargetMC);
    INITIALIZE(AsmPrinter);
}
