/* Start code of executables that consairc links: the kernel jumps to _start, which hands main to the C library.
 *
 * With our own copy neither a C compiler nor the C library's development files are needed to build a Consair program.
 * At entry: (sp) = argc, argv and the environment above it, x0 = function that the dynamic linker wants run at
 * exit. __libc_start_main(main, argc, argv, init, fini, rtld_fini, stack_end): with init and fini 0 (glibc 2.34 and
 * later) the C library runs the initialisers itself.  The undefined return address tells unwinders that this is the
 * last frame.
 */
    .section .text.startup,"ax",@progbits
    .globl _start
    .type _start, @function
    .p2align 2
_start:
    .cfi_startproc
    .cfi_undefined x30
    mov x29, #0
    mov x30, #0
    mov x5, x0
    ldr x1, [sp]
    add x2, sp, #8
    mov x6, sp
    adrp x0, main
    add x0, x0, :lo12:main
    mov x3, #0
    mov x4, #0
    bl __libc_start_main
    brk #1
    .cfi_endproc
    .size _start, . - _start
    .section .note.GNU-stack,"",@progbits
