/* Empty initialisers for the LLVM targets that this compiler does not contain.
 *
 * lld's link-time optimisation, which we never use, calls LLVMInitialize<Target>... of every target that the LLVM
 * of the distribution was configured for.  Linking the real ones would add 60 MB; these stubs satisfy the linker.
 * LLVM's own lists say which targets there are.  The initialisers that we do want are renamed here, so that the
 * stub does not take their place; what pasting tokens makes is looked up as a macro again, hence the plain #defines
 * work.
 */
#define LLVMInitializeX86TargetInfo lld_stub_x86_target_info
#define LLVMInitializeX86Target lld_stub_x86_target
#define LLVMInitializeX86TargetMC lld_stub_x86_target_mc
#define LLVMInitializeX86AsmPrinter lld_stub_x86_asm_printer
#define LLVMInitializeX86AsmParser lld_stub_x86_asm_parser

#define STUB(name)                                                                                                     \
    void name(void);                                                                                                   \
    void name(void) {}

#define LLVM_TARGET(target)                                                                                            \
    STUB(LLVMInitialize##target##TargetInfo)                                                                           \
    STUB(LLVMInitialize##target##Target)                                                                               \
    STUB(LLVMInitialize##target##TargetMC)
#include <llvm/Config/Targets.def>

#define LLVM_ASM_PRINTER(target) STUB(LLVMInitialize##target##AsmPrinter)
#include <llvm/Config/AsmPrinters.def>

#define LLVM_ASM_PARSER(target) STUB(LLVMInitialize##target##AsmParser)
#include <llvm/Config/AsmParsers.def>
