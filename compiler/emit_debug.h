/* Debug information of a module (-g); without it every function here does nothing. */
#ifndef CONSAIR_EMIT_DEBUG_H
#define CONSAIR_EMIT_DEBUG_H

#include "emit_internal.h"

void debug_begin(ModuleEmitter *m);
void debug_end(ModuleEmitter *m); /* before the module is verified */
/* A function begins; what is emitted now has no line, so a breakpoint on the function stops behind it. */
void debug_begin_function(FunctionEmitter *f);
void debug_begin_body(FunctionEmitter *f); /* behind the parameters: at its first line */
/* What is emitted now has no place in a source. */
void debug_no_location(ModuleEmitter *m);
/* What is emitted now belongs to the node; gives the location before, for debug_restore. */
LLVMMetadataRef debug_enter(FunctionEmitter *f, const CoreNode *node);
void debug_restore(FunctionEmitter *f, LLVMMetadataRef location);
/* The value of a parameter, at the builder; in a loop, of each round. */
void debug_parameter(FunctionEmitter *f, int index, LLVMValueRef tag, LLVMValueRef data);

#endif
