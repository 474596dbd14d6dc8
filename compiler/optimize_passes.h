/* LLVM's standard pipeline (optimize_passes.cpp). */
#ifndef CONSAIR_OPTIMIZE_PASSES_H
#define CONSAIR_OPTIMIZE_PASSES_H

#include <llvm-c/TargetMachine.h>

#ifdef __cplusplus
extern "C" {
#endif

/* level: from 1 on */
void run_llvm_pipeline(LLVMModuleRef module, LLVMTargetMachineRef target, int level);

#ifdef __cplusplus
}
#endif

#endif
