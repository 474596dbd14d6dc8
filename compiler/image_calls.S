/* consairc_NAME: the C library's functions at addresses that are the same in every run, for images (image.c). */
#define C_FUNCTION(name) \
    .globl consairc_##name; .type consairc_##name, @function; \
    consairc_##name: jmpq *name@GOTPCREL(%rip); \
    .size consairc_##name, . - consairc_##name;

    .text
#include "c_functions.def"
    .section .note.GNU-stack,"",@progbits
