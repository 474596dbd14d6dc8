/* void rt_switch_stack(void (*fn)(void *), void *arg, void *top): calls fn(arg) with the stack pointer at `top`
 * (aligned to 16).  The frame is described through rbp, so debuggers and the unwinder cross from the new stack to the
 * old.
 */
    .section .text.rt_switch_stack, "ax", @progbits
    .globl rt_switch_stack
    .hidden rt_switch_stack
    .type rt_switch_stack, @function
rt_switch_stack:
    .cfi_startproc
    pushq %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    movq %rdx, %rsp
    movq %rdi, %rax
    movq %rsi, %rdi
    call *%rax
    movq %rbp, %rsp
    popq %rbp
    .cfi_def_cfa %rsp, 8
    ret
    .cfi_endproc
    .size rt_switch_stack, . - rt_switch_stack

    .section .note.GNU-stack, "", @progbits
