/* Functions and places of machine code in memory, from its debug information: what traces of errors show. */
#ifndef CONSAIR_JIT_LINES_H
#define CONSAIR_JIT_LINES_H

#include <llvm-c/Types.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct JitLines JitLines;
typedef void VisitLine(void *data, const char *function, const char *file, unsigned line, unsigned column);

/* Of an object file that was loaded: the word at `offset` behind the symbol points to code, and is `code` now.  Takes the object over. */
JitLines *jit_lines_new(LLVMMemoryBufferRef object, const char *symbol, uint64_t offset, uintptr_t code);
void jit_lines_free(JitLines *lines);
/* Visits what the instruction at the address belongs to, from the inside out, function NULL: it has no name.  false: it is in
 * other code. */
bool jit_lines_find(JitLines *lines, uintptr_t address, VisitLine *visit, void *data);

#ifdef __cplusplus
}
#endif

#endif
