// Functions and places of machine code in memory (jit_lines.h).
//
// Nothing is done with the copy of the object file before an address in it is asked for: errors that end a form are rare.  Where its code
// was loaded follows from one pointer that is known on both sides, the first entry of its table of functions (jit_session.c).
#include "jit_lines.h"

#include <llvm-c/Core.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/MemoryBuffer.h>

#include <memory>
#include <string>

using namespace llvm;

struct JitLines {
    std::unique_ptr<MemoryBuffer> buffer;
    std::string symbol; // known on both sides:
    uint64_t offset; // the word there ...
    uintptr_t code; // ... has this value now
    bool is_open = false;
    std::unique_ptr<object::ObjectFile> object;
    std::unique_ptr<DWARFContext> dwarf;
    uint64_t section = 0; // that holds the code
    uintptr_t begin = 0, size = 0; // where it is now; size 0: nothing is known about it

    JitLines(LLVMMemoryBufferRef bytes, const char *symbol, uint64_t offset, uintptr_t code)
        : buffer(unwrap(bytes)), symbol(symbol), offset(offset), code(code)
    {
    }
    void open();
    bool locate(const object::RelocationRef &pointer);
};

// The relocation says where in the object the pointer points to.
bool JitLines::locate(const object::RelocationRef &pointer)
{
    auto addend = object::ELFRelocationRef(pointer).getAddend();
    if (!addend) {
        consumeError(addend.takeError());
        return false;
    }
    auto address = pointer.getSymbol()->getAddress();
    auto home = pointer.getSymbol()->getSection();
    if (!address || !home || *home == object->section_end()) {
        if (!address) consumeError(address.takeError());
        if (!home) consumeError(home.takeError());
        return false;
    }
    begin = code - static_cast<uintptr_t>(*address + *addend);
    size = (*home)->getSize();
    section = (*home)->getIndex();
    return true;
}

void JitLines::open()
{
    is_open = true;
    auto file = object::ObjectFile::createObjectFile(buffer->getMemBufferRef());
    if (!file) {
        consumeError(file.takeError());
        return;
    }
    object = std::move(*file);
    dwarf = DWARFContext::create(*object);
    for (const object::SymbolRef &candidate : object->symbols()) {
        auto name = candidate.getName();
        auto address = candidate.getAddress();
        auto home = candidate.getSection();
        bool is_it = name && address && home && *name == symbol;
        if (!name) consumeError(name.takeError());
        if (!address) consumeError(address.takeError());
        if (!home) consumeError(home.takeError());
        if (!is_it) continue;
        for (const object::SectionRef &relocations : object->sections()) {
            auto target = relocations.getRelocatedSection();
            if (!target) consumeError(target.takeError());
            else if (*target == *home)
                for (const object::RelocationRef &relocation : relocations.relocations())
                    if (relocation.getOffset() == *address + offset && locate(relocation)) return;
        }
    }
}

JitLines *jit_lines_new(LLVMMemoryBufferRef object, const char *symbol, uint64_t offset, uintptr_t code)
{
    return new JitLines(object, symbol, offset, code);
}

void jit_lines_free(JitLines *lines) { delete lines; }

bool jit_lines_find(JitLines *lines, uintptr_t address, VisitLine *visit, void *data)
{
    if (!lines->is_open) lines->open();
    if (address - lines->begin >= lines->size) return false;
    DILineInfoSpecifier specifier(DILineInfoSpecifier::FileLineInfoKind::RawValue, DINameKind::ShortName);
    DIInliningInfo found = lines->dwarf->getInliningInfoForAddress({address - lines->begin, lines->section}, specifier);
    for (uint32_t i = 0; i < found.getNumberOfFrames(); i++) {
        const DILineInfo &frame = found.getFrame(i);
        if (frame.Line == 0) continue; // the library's code, or ours
        bool has_name = frame.FunctionName != DILineInfo::BadString;
        visit(data, has_name ? frame.FunctionName.c_str() : nullptr, frame.FileName.c_str(), frame.Line, frame.Column);
    }
    return true;
}
