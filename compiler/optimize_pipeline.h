// The passes of -O2, in C++ as LLVM wants them, and what they leave alone; for optimize_passes.cpp alone.
#ifndef CONSAIR_OPTIMIZE_PIPELINE_H
#define CONSAIR_OPTIMIZE_PIPELINE_H

#include <llvm/IR/PassManager.h>

llvm::ModulePassManager optimize_pipeline();

// Functions so large that optimising them would take minutes: marked in a module, asked for.
void leave_huge_functions(llvm::Module &module);
bool is_left_as_it_is(const llvm::Function &function);

#endif
