/* The register half of the unwinder (unwind.c) and the catching pad of rt_try.  x86-64, System V.
 *
 * rt_unwind_start and rt_resume save all sixteen general registers and the return address in an array in DWARF order,
 * let rt_unwind_find_pad replace them by the registers of the landing pad, load them and jump.  All registers are
 * restored, not only the C callee-saved ones: preserve_most functions keep values in the others on the unwind edge too.
 *
 * rt_try_call is what C cannot express: a call whose landing pad returns normally.  It needs no personality because
 * our unwinder reads the call-site table itself.
 */

    .macro enter_unwinder
    subq $136, %rsp                     /* 17 words; keeps the stack aligned to 16 at the call below */
    .cfi_adjust_cfa_offset 136
    movq %rax, 0(%rsp)
    movq %rdx, 8(%rsp)
    movq %rcx, 16(%rsp)
    movq %rbx, 24(%rsp)
    movq %rsi, 32(%rsp)
    movq %rdi, 40(%rsp)
    movq %rbp, 48(%rsp)
    leaq 144(%rsp), %rax                /* the caller's stack pointer after our return */
    movq %rax, 56(%rsp)
    movq %r8, 64(%rsp)
    movq %r9, 72(%rsp)
    movq %r10, 80(%rsp)
    movq %r11, 88(%rsp)
    movq %r12, 96(%rsp)
    movq %r13, 104(%rsp)
    movq %r14, 112(%rsp)
    movq %r15, 120(%rsp)
    movq 136(%rsp), %rax                /* return address */
    movq %rax, 128(%rsp)
    movq %rsp, %rdi
    call rt_unwind_find_pad
    /* The pad's stack pointer lies above this array, so the word below it may hold the address to jump to. */
    movq 56(%rsp), %rcx
    movq 128(%rsp), %rax
    subq $8, %rcx
    movq %rax, (%rcx)
    movq %rcx, 56(%rsp)
    movq 0(%rsp), %rax
    movq 8(%rsp), %rdx
    movq 16(%rsp), %rcx
    movq 24(%rsp), %rbx
    movq 32(%rsp), %rsi
    movq 40(%rsp), %rdi
    movq 48(%rsp), %rbp
    movq 64(%rsp), %r8
    movq 72(%rsp), %r9
    movq 80(%rsp), %r10
    movq 88(%rsp), %r11
    movq 96(%rsp), %r12
    movq 104(%rsp), %r13
    movq 112(%rsp), %r14
    movq 120(%rsp), %r15
    movq 56(%rsp), %rsp
    ret
    .endm

    .section .text.rt_unwind_start, "ax", @progbits
    .globl rt_unwind_start
    .hidden rt_unwind_start
    .type rt_unwind_start, @function
rt_unwind_start:
    .cfi_startproc
    enter_unwinder
    .cfi_endproc
    .size rt_unwind_start, . - rt_unwind_start

    .section .text.rt_resume, "ax", @progbits
    .globl rt_resume
    .type rt_resume, @function
rt_resume:
    .cfi_startproc
    enter_unwinder
    .cfi_endproc
    .size rt_resume, . - rt_resume

/* int rt_try_call(void (*fn)(void *), void *arg): fn(arg); 1 when it raised. */
    .section .text.rt_try_call, "ax", @progbits
    .globl rt_try_call
    .hidden rt_try_call
    .type rt_try_call, @function
rt_try_call:
    .cfi_startproc
    .cfi_lsda 0x1b, .Ltry_table         /* pc-relative, 4 bytes */
    subq $8, %rsp
    .cfi_adjust_cfa_offset 8
    movq %rdi, %rax
    movq %rsi, %rdi
.Ltry_begin:
    call *%rax
.Ltry_end:
    xorl %eax, %eax
.Ltry_return:
    addq $8, %rsp
    .cfi_remember_state
    .cfi_adjust_cfa_offset -8
    ret
    .cfi_restore_state
.Ltry_pad:
    movl $1, %eax
    jmp .Ltry_return
    .cfi_endproc
    .size rt_try_call, . - rt_try_call

    .section .gcc_except_table.rt_try_call, "a", @progbits
    .p2align 2
.Ltry_table:
    .byte 0xff                          /* landing pads relative to the start of the function */
    .byte 0xff                          /* no type table */
    .byte 0x01                          /* call sites in ULEB128 */
    .uleb128 .Ltry_table_end - .Ltry_sites
.Ltry_sites:
    .uleb128 .Ltry_begin - rt_try_call
    .uleb128 .Ltry_end - .Ltry_begin
    .uleb128 .Ltry_pad - rt_try_call
    .uleb128 1                          /* action: a catch */
.Ltry_table_end:

    .section .note.GNU-stack, "", @progbits
