// What is changed while JITLink links an object in memory.
//
// Edges that keep unwind information alive with its function are cut when dead code has been removed: LLVM computes for each block which
// blocks it needs, directly or not.  All code is one block and each function's unwind information another one, so by these edges everybody
// needed everybody: time and memory were quadratic in the number of functions (10,000: 8 of 15 seconds, a gigabyte).
//
// For `perf`, names of functions go to /tmp/perf-PID.map, a line for each: address and size in hexadecimal, name.
#include <llvm-c/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>

#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

using namespace llvm;

extern "C" void jit_watch_graphs(LLVMOrcLLJITRef jit, bool perf_map); // codegen.h

namespace
{

orc::LLJIT *cpp_jit(LLVMOrcLLJITRef jit) { return reinterpret_cast<orc::LLJIT *>(jit); }

Error cut_edges(jitlink::LinkGraph &graph)
{
    for (jitlink::Block *block : graph.blocks())
        for (auto edge = block->edges().begin(); edge != block->edges().end();)
            edge = edge->getKind() == jitlink::Edge::KeepAlive ? block->removeEdge(edge) : edge + 1;
    return Error::success();
}

// Calls inside the code need no symbols, so the linker would forget them.
Error keep_functions(jitlink::LinkGraph &graph)
{
    for (jitlink::Symbol *symbol : graph.defined_symbols())
        if (symbol->isCallable()) symbol->setLive(true);
    return Error::success();
}

// A map that cannot be written is no error: the program runs all the same.
Error write_perf_map(jitlink::LinkGraph &graph)
{
    char path[40];
    snprintf(path, sizeof path, "/tmp/perf-%ld.map", static_cast<long>(getpid()));
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? nullptr : fdopen(fd, "a");
    if (!file) return Error::success();
    for (jitlink::Symbol *symbol : graph.defined_symbols())
        if (symbol->hasName() && symbol->isCallable() && symbol->getSize() > 0)
            fprintf(file, "%llx %llx %s\n", static_cast<unsigned long long>(symbol->getAddress().getValue()),
                    static_cast<unsigned long long>(symbol->getSize()), symbol->getName().str().c_str());
    fclose(file);
    return Error::success();
}

class GraphPlugin : public orc::ObjectLinkingLayer::Plugin
{
    bool perf_map;

  public:
    explicit GraphPlugin(bool perf_map) : perf_map(perf_map) {}

    void modifyPassConfig(orc::MaterializationResponsibility &, jitlink::LinkGraph &,
                          jitlink::PassConfiguration &passes) override
    {
        passes.PostPrunePasses.push_back(cut_edges);
        if (!perf_map) return;
        passes.PrePrunePasses.push_back(keep_functions);
        passes.PostFixupPasses.push_back(write_perf_map);
    }
    Error notifyFailed(orc::MaterializationResponsibility &) override { return Error::success(); }
    Error notifyRemovingResources(orc::JITDylib &, orc::ResourceKey) override { return Error::success(); }
    void notifyTransferringResources(orc::JITDylib &, orc::ResourceKey, orc::ResourceKey) override {}
};

} // namespace

void jit_watch_graphs(LLVMOrcLLJITRef jit, bool perf_map)
{
    // The layer of LLJIT on x86-64 Linux; there is no run-time type information to ask.
    auto &layer = static_cast<orc::ObjectLinkingLayer &>(cpp_jit(jit)->getObjLinkingLayer());
    layer.addPlugin(std::make_shared<GraphPlugin>(perf_map));
}
