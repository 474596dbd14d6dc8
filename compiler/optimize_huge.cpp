// Functions that are too large to be optimised.
//
// Instruction selection, scheduling and InstCombine take time with the square of the length of a block, and what keeps live ranges with
// the square of a function's size: a list of 40,000 operands took minutes.  Such a function is a table or was written by a program, and
// runs once or seldom; what is not optimised takes linear time.  The largest functions of benchmarks, examples and tests have 1,300
// instructions, 4,000 with what is inlined into them before all else, and blocks of 140.
#include "optimize_pipeline.h"

#include <llvm/IR/InstIterator.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/Module.h>

using namespace llvm;

constexpr const char *mark = "consair-huge";

static bool is_huge(const Function &function)
{
    constexpr size_t most_in_block = 1000, most = 20000;
    size_t all = 0;
    for (const BasicBlock &block : function) {
        if (block.size() > most_in_block) return true;
        all += block.size();
    }
    return all > most;
}

// Nor is anything inlined there: it would be as many copies as there are calls.
static void leave(Function &function)
{
    function.addFnAttr(mark);
    function.addFnAttr(Attribute::OptimizeNone);
    function.addFnAttr(Attribute::NoInline);
    for (Instruction &instruction : instructions(function)) {
        auto *call = dyn_cast<CallBase>(&instruction);
        const Function *callee = call ? call->getCalledFunction() : nullptr;
        if (callee && !callee->isDeclaration() && !callee->hasAvailableExternallyLinkage()) call->setIsNoInline();
    }
}

bool is_left_as_it_is(const Function &function) { return function.hasOptNone() && function.hasFnAttribute(mark); }

void leave_huge_functions(Module &module)
{
    for (Function &function : module) {
        if (function.isDeclaration() || function.hasAvailableExternallyLinkage()) continue;
        if (!function.hasFnAttribute(Attribute::AlwaysInline) && is_huge(function)) leave(function);
    }
}
