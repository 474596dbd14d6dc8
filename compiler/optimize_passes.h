/* What LLVM's C interface cannot do (optimize_passes.cpp). */
#ifndef CONSAIR_OPTIMIZE_PASSES_H
#define CONSAIR_OPTIMIZE_PASSES_H

#include <llvm-c/TargetMachine.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void LLVMPassTime(const char *pass, double seconds);

/* level: from 1 on.  add_time, if not NULL, is told how long each pass and analysis took. */
void run_llvm_pipeline(LLVMModuleRef module, LLVMTargetMachineRef target, int level, LLVMPassTime *add_time);

#ifdef __cplusplus
}
#endif

#endif
