/* What loads and stores in compiled code say of themselves: which of them never touch the same memory. */
#include "emit_internal.h"

void emit_set_metadata(ModuleEmitter *m, LLVMValueRef access, const char *kind, LLVMMetadataRef *items, size_t count)
{
    LLVMValueRef node = LLVMMetadataAsValue(m->context, LLVMMDNodeInContext2(m->context, items, count));
    LLVMSetMetadata(access, LLVMGetMDKindIDInContext(m->context, kind, (unsigned)strlen(kind)), node);
}

static LLVMMetadataRef text_metadata(ModuleEmitter *m, const char *text)
{
    return LLVMMDStringInContext2(m->context, text, strlen(text));
}

/* What the memory is, for alias analysis: types in the tree that clang makes for the runtime's C code, some of which is inlined.  It
 * writes counts and values there as int and long; nothing that is inlined writes a length, and packed items, being in
 * a union, are char to it, as are the bytes of strings. */
void emit_mark_access(ModuleEmitter *m, LLVMValueRef access, enum Access what)
{
    static const char *const names[] = {[ACCESS_COUNT] = "int",
                                        [ACCESS_LENGTH] = "vector length",
                                        [ACCESS_FLOAT_ITEMS] = "float items",
                                        [ACCESS_INT_ITEMS] = "int items",
                                        [ACCESS_BOOL_ITEMS] = "bool items",
                                        [ACCESS_VALUE_TAGS] = "int",
                                        [ACCESS_VALUE_DATA] = "long",
                                        [ACCESS_TEXT] = "text"};
    LLVMMetadataRef zero = LLVMValueAsMetadata(emit_int(m, m->i64, 0));
    LLVMMetadataRef root_name = text_metadata(m, "Simple C/C++ TBAA");
    LLVMMetadataRef root = LLVMMDNodeInContext2(m->context, &root_name, 1);
    LLVMMetadataRef any_parts[3] = {text_metadata(m, "omnipotent char"), root, zero};
    LLVMMetadataRef any = LLVMMDNodeInContext2(m->context, any_parts, 3);
    LLVMMetadataRef type_parts[3] = {text_metadata(m, names[what]), any, zero};
    LLVMMetadataRef type = LLVMMDNodeInContext2(m->context, type_parts, 3);
    LLVMMetadataRef tag[3] = {type, type, zero};
    emit_set_metadata(m, access, "tbaa", tag, 3);
}
