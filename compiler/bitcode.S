/* The bitcode of the runtime's hot functions, as bytes in the compiler; optimize.c reads it.
 * Assemble with -DRUNTIME_BITCODE="path of hot.bc" -DCOUNTING_BITCODE="path of hot_counting.bc".
 */
    .macro bytes name, path
    .globl \name
    .globl \name\()_end
    .p2align 4
    .type \name, @object
\name:
    .incbin "\path"
\name\()_end:
    .size \name, \name\()_end - \name
    .endm

    .section .rodata.runtime_bitcode,"a",@progbits
    bytes runtime_bitcode, RUNTIME_BITCODE
    bytes counting_bitcode, COUNTING_BITCODE
    .section .note.GNU-stack,"",@progbits
