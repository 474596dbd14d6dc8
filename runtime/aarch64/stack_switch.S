/* void rt_switch_stack(void (*fn)(void *), void *arg, void *top): calls fn(arg) with the stack pointer at `top`
 * (aligned to 16).  The frame is described through x29, so debuggers and the unwinder cross from the new stack to the
 * old.
 */
    .section .text.rt_switch_stack, "ax", @progbits
    .globl rt_switch_stack
    .hidden rt_switch_stack
    .type rt_switch_stack, @function
    .p2align 2
rt_switch_stack:
    .cfi_startproc
    stp x29, x30, [sp, #-16]!
    .cfi_def_cfa_offset 16
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    mov x29, sp
    .cfi_def_cfa_register x29
    mov sp, x2
    mov x2, x0
    mov x0, x1
    blr x2
    mov sp, x29
    .cfi_def_cfa sp, 16
    ldp x29, x30, [sp], #16
    .cfi_def_cfa_offset 0
    .cfi_restore x29
    .cfi_restore x30
    ret
    .cfi_endproc
    .size rt_switch_stack, . - rt_switch_stack

    .section .note.GNU-stack, "", @progbits
