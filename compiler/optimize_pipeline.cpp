// LLVM's passes as consairc's -O2 runs them: its own pipeline (LLVM 19) without what only costs time here.
//
// Left out, because no instruction count and no size of two dozen programs grew without it: passes for what our code does not have
// (coroutines, matrices, expected values, calls of the C library, annotations), aggressive instcombine, constraint elimination, SCCP
// of single functions (IPSCCP is there), elimination of dead bits, stores and control flow, memcpy optimisation, and three of eight
// runs of instcombine, the dearest of all passes.  Functions without loops do without two more, and what else stands behind
// passes over loops.  Loop unswitching, which alone asked for block frequencies, gets none.  Kept although they are dear: the first
// instcombine and the first correlated value propagation (without either a sort of lists takes 27 % more instructions), the second
// jump threading (3 % of the same), CSE over memory (products of matrices: 14 %), machine CSE and sinking, scheduling, and passing on
// what the turn before has stored (prefix sums take 0.4 of the time, Gauss-Seidel 0.73, with as many instructions).
//
// -O1 and -O3 are LLVM's own pipelines.
#include "optimize_pipeline.h"

#include <llvm/Analysis/GlobalsModRef.h>
#include <llvm/Analysis/InlineCost.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ProfileSummaryInfo.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/IPO/AlwaysInliner.h>
#include <llvm/Transforms/IPO/ConstantMerge.h>
#include <llvm/Transforms/IPO/ElimAvailExtern.h>
#include <llvm/Transforms/IPO/FunctionAttrs.h>
#include <llvm/Transforms/IPO/GlobalDCE.h>
#include <llvm/Transforms/IPO/GlobalOpt.h>
#include <llvm/Transforms/IPO/InferFunctionAttrs.h>
#include <llvm/Transforms/IPO/Inliner.h>
#include <llvm/Transforms/IPO/SCCP.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/CorrelatedValuePropagation.h>
#include <llvm/Transforms/Scalar/DivRemPairs.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/GVN.h>
#include <llvm/Transforms/Scalar/IndVarSimplify.h>
#include <llvm/Transforms/Scalar/InferAlignment.h>
#include <llvm/Transforms/Scalar/InstSimplifyPass.h>
#include <llvm/Transforms/Scalar/JumpThreading.h>
#include <llvm/Transforms/Scalar/LICM.h>
#include <llvm/Transforms/Scalar/LoopDeletion.h>
#include <llvm/Transforms/Scalar/LoopIdiomRecognize.h>
#include <llvm/Transforms/Scalar/LoopInstSimplify.h>
#include <llvm/Transforms/Scalar/LoopLoadElimination.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Scalar/LoopRotation.h>
#include <llvm/Transforms/Scalar/LoopSimplifyCFG.h>
#include <llvm/Transforms/Scalar/LoopUnrollPass.h>
#include <llvm/Transforms/Scalar/Reassociate.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimpleLoopUnswitch.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include <llvm/Transforms/Scalar/TailRecursionElimination.h>
#include <llvm/Transforms/Vectorize/LoopVectorize.h>
#include <llvm/Transforms/Vectorize/VectorCombine.h>

using namespace llvm;
using namespace llvm::PatternMatch;

namespace
{

// Passes for functions with loops alone.
class IfLoops : public PassInfoMixin<IfLoops>
{
    FunctionPassManager passes;

  public:
    explicit IfLoops(FunctionPassManager passes) : passes(std::move(passes)) {}

    PreservedAnalyses run(Function &function, FunctionAnalysisManager &analyses)
    {
        if (analyses.getResult<LoopAnalysis>(function).empty()) return PreservedAnalyses::all();
        return passes.run(function, analyses);
    }

    static bool isRequired() { return true; }
};

// Small functions are inlined long before (inline.c), and what a call costs counts where it is made again and again: in a loop, in
// recursion, by a tail call.  Elsewhere copies of functions of medium size are not worth what it takes to optimise each of them (a fifth
// of the time of large programs).
class InlineLessOutsideLoops : public PassInfoMixin<InlineLessOutsideLoops>
{
    static bool calls_itself(const Function &function)
    {
        for (const User *user : function.users()) {
            const auto *call = dyn_cast<CallBase>(user);
            if (call && call->getFunction() == &function) return true;
        }
        return false;
    }

    static bool is_of_program(const Function *callee)
    {
        return callee && !callee->isDeclaration() && !callee->hasAvailableExternallyLinkage();
    }

  public:
    PreservedAnalyses run(Function &function, FunctionAnalysisManager &analyses)
    {
        if (calls_itself(function)) return PreservedAnalyses::all();
        const LoopInfo &loops = analyses.getResult<LoopAnalysis>(function);
        Attribute limit = Attribute::get(function.getContext(), "function-inline-threshold", "60"); // LLVM's is 225
        for (Instruction &instruction : instructions(function)) {
            auto *call = dyn_cast<CallBase>(&instruction);
            if (!call || call->isMustTailCall() || loops.getLoopFor(call->getParent())) continue;
            if (is_of_program(call->getCalledFunction())) call->addFnAttr(limit);
        }
        return PreservedAnalyses::all();
    }
};

// A loop that looks for one of two values has one way out, where instruction selection would make a branch of each comparison: which of
// the two ends the loop can be told in advance no better than when, and each is one more that is foretold wrongly (n-queens 0.97).
class SearchesHaveOneExit : public PassInfoMixin<SearchesHaveOneExit>
{
    static bool looks_at_memory(const Value *value)
    {
        const auto *comparison = dyn_cast<ICmpInst>(value);
        if (!comparison || !comparison->hasOneUse() || !comparison->isEquality()) return false;
        return isa<LoadInst>(comparison->getOperand(0)) || isa<LoadInst>(comparison->getOperand(1));
    }

    static bool join(const Loop &loop, BranchInst &branch)
    {
        Value *a, *b, *condition = branch.getCondition();
        bool is_or = match(condition, m_OneUse(m_LogicalOr(m_Value(a), m_Value(b))));
        if (!is_or && !match(condition, m_OneUse(m_LogicalAnd(m_Value(a), m_Value(b))))) return false;
        if (loop.contains(branch.getSuccessor(is_or ? 0 : 1)) || !looks_at_memory(a) || !looks_at_memory(b))
            return false;
        IRBuilder<> builder(&branch);
        Value *x = builder.CreateZExt(a, builder.getInt32Ty()),
              *y = builder.CreateZExt(builder.CreateFreeze(b), builder.getInt32Ty());
        Value *both = is_or ? builder.CreateOr(x, y) : builder.CreateAnd(x, y);
        branch.setCondition(builder.CreateICmpNE(both, builder.getInt32(0)));
        return true;
    }

  public:
    PreservedAnalyses run(Function &function, FunctionAnalysisManager &analyses)
    {
        bool changed = false;
        for (const Loop *loop : analyses.getResult<LoopAnalysis>(function).getLoopsInPreorder()) {
            SmallVector<BasicBlock *> exiting;
            if (loop->isInnermost()) loop->getExitingBlocks(exiting);
            for (BasicBlock *block : exiting) {
                auto *branch = dyn_cast<BranchInst>(block->getTerminator());
                changed |= branch && branch->isConditional() && join(*loop, *branch);
            }
        }
        if (!changed) return PreservedAnalyses::all();
        PreservedAnalyses preserved;
        preserved.preserveSet<CFGAnalyses>();
        return preserved;
    }
};

SimplifyCFGPass simplify_cfg() { return SimplifyCFGPass(SimplifyCFGOptions().convertSwitchRangeToICmp(true)); }

LICMPass hoist(bool speculate = true)
{
    LICMOptions options;
    options.AllowSpeculation = speculate;
    return LICMPass(options);
}

template <typename Passes> auto over_loops(Passes passes, bool memory_ssa = false)
{
    return createFunctionToLoopPassAdaptor(std::move(passes), memory_ssa, false);
}

// Before anything is inlined.
FunctionPassManager early_passes()
{
    FunctionPassManager passes;
    passes.addPass(SimplifyCFGPass());
    passes.addPass(SROAPass(SROAOptions::ModifyCFG));
    passes.addPass(EarlyCSEPass());
    return passes;
}

void add_loop_passes(FunctionPassManager &passes)
{
    LoopPassManager first, second;
    first.addPass(LoopInstSimplifyPass());
    first.addPass(LoopSimplifyCFGPass());
    first.addPass(hoist(false)); // smaller headers, before rotation copies them
    first.addPass(LoopRotatePass(true, false));
    first.addPass(hoist());
    first.addPass(SimpleLoopUnswitchPass(false));
    second.addPass(LoopIdiomRecognizePass());
    second.addPass(IndVarSimplifyPass());
    second.addPass(SimpleLoopUnswitchPass(false));
    second.addPass(LoopDeletionPass());
    second.addPass(LoopFullUnrollPass(2, false, false));
    passes.addPass(over_loops(std::move(first), true));
    passes.addPass(simplify_cfg());
    passes.addPass(InstCombinePass());
    passes.addPass(over_loops(std::move(second)));
    passes.addPass(SROAPass(SROAOptions::ModifyCFG));
}

// A function whose callees are simplified already, behind the inliner.
FunctionPassManager simplification()
{
    FunctionPassManager passes, loops, hoisting;
    passes.addPass(SROAPass(SROAOptions::ModifyCFG));
    passes.addPass(EarlyCSEPass(true));
    passes.addPass(JumpThreadingPass());
    passes.addPass(CorrelatedValuePropagationPass());
    passes.addPass(simplify_cfg());
    passes.addPass(InstCombinePass());
    passes.addPass(TailCallElimPass()); // marks calls, too
    passes.addPass(ReassociatePass());
    add_loop_passes(loops);
    passes.addPass(IfLoops(std::move(loops)));
    passes.addPass(GVNPass());
    passes.addPass(JumpThreadingPass());
    passes.addPass(CorrelatedValuePropagationPass());
    hoisting.addPass(over_loops(hoist(), true));
    passes.addPass(IfLoops(std::move(hoisting)));
    passes.addPass(SimplifyCFGPass(
        SimplifyCFGOptions().convertSwitchRangeToICmp(true).hoistCommonInsts(true).sinkCommonInsts(true)));
    passes.addPass(InstCombinePass());
    return passes;
}

ModuleInlinerWrapperPass inlining()
{
    ModuleInlinerWrapperPass inliner(getInlineParams(2, 0), false, {}, InliningAdvisorMode::Default, 4);
    inliner.addModulePass(RequireAnalysisPass<GlobalsAA, Module>());
    inliner.addModulePass(createModuleToFunctionPassAdaptor(InvalidateAnalysisPass<AAManager>()));
    inliner.addModulePass(RequireAnalysisPass<ProfileSummaryAnalysis, Module>());
    CGSCCPassManager &passes = inliner.getPM();
    passes.addPass(PostOrderFunctionAttrsPass(true));
    passes.addPass(createCGSCCToFunctionPassAdaptor(simplification(), true, true));
    passes.addPass(PostOrderFunctionAttrsPass());
    passes.addPass(
        createCGSCCToFunctionPassAdaptor(RequireAnalysisPass<ShouldNotRunFunctionPassesAnalysis, Function>()));
    inliner.addLateModulePass(
        createModuleToFunctionPassAdaptor(InvalidateAnalysisPass<ShouldNotRunFunctionPassesAnalysis>()));
    return inliner;
}

SimplifyCFGOptions late_cfg_options()
{
    return SimplifyCFGOptions()
        .forwardSwitchCondToPhi(true)
        .convertSwitchRangeToICmp(true)
        .convertSwitchToLookupTable(true)
        .needCanonicalLoops(false)
        .hoistCommonInsts(true)
        .sinkCommonInsts(true);
}

// When nothing will be inlined any more.
FunctionPassManager late_passes()
{
    FunctionPassManager passes, loops;
    LoopPassManager rotation;
    rotation.addPass(LoopRotatePass(true, false));
    rotation.addPass(LoopDeletionPass());
    loops.addPass(over_loops(std::move(rotation)));
    loops.addPass(LoopVectorizePass());
    loops.addPass(LoopLoadEliminationPass());
    loops.addPass(InferAlignmentPass());
    loops.addPass(InstCombinePass());
    loops.addPass(SimplifyCFGPass(late_cfg_options()));
    loops.addPass(VectorCombinePass());
    loops.addPass(LoopUnrollPass(LoopUnrollOptions(2)));
    loops.addPass(over_loops(hoist(), true));
    passes.addPass(IfLoops(std::move(loops)));
    passes.addPass(InstSimplifyPass());
    passes.addPass(DivRemPairsPass());
    passes.addPass(SimplifyCFGPass(late_cfg_options().speculateUnpredictables(true)));
    passes.addPass(SearchesHaveOneExit());
    return passes;
}

} // namespace

ModulePassManager optimize_pipeline()
{
    FunctionPassManager before_inlining;
    before_inlining.addPass(InstCombinePass());
    before_inlining.addPass(simplify_cfg());
    before_inlining.addPass(InlineLessOutsideLoops());
    ModulePassManager passes;
    passes.addPass(InferFunctionAttrsPass());
    passes.addPass(createModuleToFunctionPassAdaptor(early_passes(), true));
    passes.addPass(IPSCCPPass());
    passes.addPass(GlobalOptPass());
    passes.addPass(createModuleToFunctionPassAdaptor(std::move(before_inlining), true));
    passes.addPass(AlwaysInlinerPass());
    passes.addPass(inlining());
    passes.addPass(GlobalOptPass());
    passes.addPass(GlobalDCEPass());
    passes.addPass(EliminateAvailableExternallyPass());
    passes.addPass(ReversePostOrderFunctionAttrsPass());
    passes.addPass(RecomputeGlobalsAAPass());
    passes.addPass(createModuleToFunctionPassAdaptor(late_passes(), true));
    passes.addPass(GlobalDCEPass());
    passes.addPass(ConstantMergePass());
    return passes;
}
