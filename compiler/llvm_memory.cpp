// Lack of memory inside LLVM and lld: told like any other, with exit status 1.
//
// Without this, operator new would throw into code that is built without exceptions, and the process would abort.
#include <llvm/Support/ErrorHandling.h>
#include <new>

extern "C" [[noreturn]] void rt_out_of_memory(void);
extern "C" void install_llvm_memory_handler(void); // codegen.h

static void refuse(void *, const char *, bool) { rt_out_of_memory(); }

void install_llvm_memory_handler(void)
{
    std::set_new_handler(rt_out_of_memory);
    llvm::install_bad_alloc_error_handler(refuse, nullptr);
}
