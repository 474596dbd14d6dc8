// C++, as lld has no C interface.
//
// lld writes the executable to stdout ("-o -"), which link.c has made a memory file, so that lld leaves no files
// behind whatever happens to it.  A second link in one process corrupts the heap (lld 19), hence link.c calls this
// in a child.
#include "link.h"

#include <lld/Common/Driver.h>
#include <llvm/Passes/PassPlugin.h>
#include <llvm/Support/raw_ostream.h>
#include <string>
#include <unistd.h>

LLD_HAS_DRIVER(elf)

int lld_link_elf(const char *const *arguments, size_t count, int message_fd)
{
    std::string messages;
    llvm::raw_string_ostream stream(messages);
    bool linked = lld::elf::link({arguments, count}, stream, stream, /*exitEarly=*/false, /*disableOutput=*/false);
    llvm::outs().flush();
    if (llvm::outs().has_error()) {
        stream << arguments[0] << ": error: " << llvm::outs().error().message() << '\n';
        llvm::outs().clear_error(); // or its destructor would abort
        linked = false;
    }
    stream.flush();
    const char *rest = messages.data();
    size_t left = messages.size();
    while (left > 0) {
        ssize_t written = write(message_fd, rest, left);
        if (written <= 0) break;
        rest += written;
        left -= static_cast<size_t>(written);
    }
    return linked ? 0 : 1;
}

// LLVM's table of built-in extensions names Polly, which we do not link.  Nothing reads the table.
llvm::PassPluginLibraryInfo getPollyPluginInfo();
llvm::PassPluginLibraryInfo getPollyPluginInfo()
{
    return {LLVM_PLUGIN_API_VERSION, "Polly", LLVM_VERSION_STRING, [](llvm::PassBuilder &) {}};
}
