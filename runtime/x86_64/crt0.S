/* Start code of executables that consairc links: the kernel jumps to _start, which hands main to the C library.
 *
 * With our own copy neither a C compiler nor the C library's development files are needed to build a Consair program.
 * At entry: (%rsp) = argc, argv and the environment above it, %rdx = function that the dynamic linker wants run at
 * exit. __libc_start_main(main, argc, argv, init, fini, rtld_fini, stack_end): with init and fini 0 (glibc 2.34 and
 * later) the C library runs the initialisers itself.  The undefined return address tells unwinders that this is the
 * last frame.
 */
    .section .text.startup,"ax",@progbits
    .globl _start
    .type _start, @function
_start:
    .cfi_startproc
    .cfi_undefined rip
    endbr64
    xorl %ebp, %ebp
    movq %rdx, %r9
    popq %rsi
    movq %rsp, %rdx
    andq $-16, %rsp
    pushq %rax
    pushq %rsp
    leaq main(%rip), %rdi
    xorl %ecx, %ecx
    xorl %r8d, %r8d
    callq *__libc_start_main@GOTPCREL(%rip)
    hlt
    .cfi_endproc
    .size _start, . - _start
    .section .note.GNU-stack,"",@progbits
