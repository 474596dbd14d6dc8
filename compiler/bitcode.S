/* The bitcode of the runtime's hot functions, as bytes in the compiler; optimize.c reads it.
 * Assemble with -DRUNTIME_BITCODE="path of hot.bc".
 */
    .section .rodata.runtime_bitcode,"a",@progbits
    .globl runtime_bitcode
    .globl runtime_bitcode_end
    .p2align 4
    .type runtime_bitcode, @object
runtime_bitcode:
    .incbin RUNTIME_BITCODE
runtime_bitcode_end:
    .size runtime_bitcode, runtime_bitcode_end - runtime_bitcode
    .section .note.GNU-stack,"",@progbits
