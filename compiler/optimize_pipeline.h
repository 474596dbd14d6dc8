// The passes of -O2, in C++ as LLVM wants them; for optimize_passes.cpp alone.
#ifndef CONSAIR_OPTIMIZE_PIPELINE_H
#define CONSAIR_OPTIMIZE_PIPELINE_H

#include <llvm/IR/PassManager.h>

llvm::ModulePassManager optimize_pipeline();

#endif
