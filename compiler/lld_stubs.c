/* Empty initialisers for the LLVM targets that a back end does not contain (it has one, see llvm_target.c).
 *
 * lld's link-time optimisation, which we never use, calls LLVMInitialize<Target>... of every target that the LLVM
 * of the distribution was configured for.  Linking the real ones would add 60 MB; these stubs satisfy the linker.
 * LLVM's own lists say which targets there are.  The initialisers that are wanted are renamed here, so that the
 * stub does not take their place; what pasting tokens makes is looked up as a macro again, hence the plain #defines
 * work.
 */
#if defined LLVM_TARGET_AARCH64
#define LLVMInitializeAArch64TargetInfo lld_stub_aarch64_target_info
#define LLVMInitializeAArch64Target lld_stub_aarch64_target
#define LLVMInitializeAArch64TargetMC lld_stub_aarch64_target_mc
#define LLVMInitializeAArch64AsmPrinter lld_stub_aarch64_asm_printer
#define LLVMInitializeAArch64AsmParser lld_stub_aarch64_asm_parser
#elif defined LLVM_TARGET_X86
#define LLVMInitializeX86TargetInfo lld_stub_x86_target_info
#define LLVMInitializeX86Target lld_stub_x86_target
#define LLVMInitializeX86TargetMC lld_stub_x86_target_mc
#define LLVMInitializeX86AsmPrinter lld_stub_x86_asm_printer
#define LLVMInitializeX86AsmParser lld_stub_x86_asm_parser
#else
#error "lld_stubs.c: no LLVM_TARGET_..."
#endif

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
