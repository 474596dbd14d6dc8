/* The register half of the unwinder (unwind.c) and the catching pad of rt_try.  AArch64, AAPCS64.
 *
 * rt_unwind_start and rt_resume save the registers in the array that unwind_registers.h describes, let rt_unwind_find_pad replace
 * them by those of the landing pad, load them and jump.  All general registers are restored, not only those of the C convention:
 * preserve_most functions keep values in the others on the unwind edge too.  x16 and x17 no function keeps; they hold the address
 * to jump to and the stack pointer until the end.
 *
 * rt_try_call is what C cannot express: a call whose landing pad returns normally.  It needs no personality because
 * our unwinder reads the call-site table itself.
 */

    .macro enter_unwinder
    sub sp, sp, #320                    /* 40 words */
    .cfi_def_cfa_offset 320
    stp x0, x1, [sp, #0]
    stp x2, x3, [sp, #16]
    stp x4, x5, [sp, #32]
    stp x6, x7, [sp, #48]
    stp x8, x9, [sp, #64]
    stp x10, x11, [sp, #80]
    stp x12, x13, [sp, #96]
    stp x14, x15, [sp, #112]
    stp x16, x17, [sp, #128]
    stp x18, x19, [sp, #144]
    stp x20, x21, [sp, #160]
    stp x22, x23, [sp, #176]
    stp x24, x25, [sp, #192]
    stp x26, x27, [sp, #208]
    stp x28, x29, [sp, #224]
    add x0, sp, #320                    /* the caller's stack pointer */
    stp x30, x0, [sp, #240]             /* return address */
    .cfi_offset x30, -80
    stp d8, d9, [sp, #256]
    stp d10, d11, [sp, #272]
    stp d12, d13, [sp, #288]
    stp d14, d15, [sp, #304]
    mov x0, sp
    bl rt_unwind_find_pad
    ldp d8, d9, [sp, #256]
    ldp d10, d11, [sp, #272]
    ldp d12, d13, [sp, #288]
    ldp d14, d15, [sp, #304]
    ldp x16, x17, [sp, #240]
    ldp x0, x1, [sp, #0]
    ldp x2, x3, [sp, #16]
    ldp x4, x5, [sp, #32]
    ldp x6, x7, [sp, #48]
    ldp x8, x9, [sp, #64]
    ldp x10, x11, [sp, #80]
    ldp x12, x13, [sp, #96]
    ldp x14, x15, [sp, #112]
    ldp x18, x19, [sp, #144]
    ldp x20, x21, [sp, #160]
    ldp x22, x23, [sp, #176]
    ldp x24, x25, [sp, #192]
    ldp x26, x27, [sp, #208]
    ldp x28, x29, [sp, #224]
    mov sp, x17
    br x16
    .endm

    .section .text.rt_unwind_start, "ax", @progbits
    .globl rt_unwind_start
    .hidden rt_unwind_start
    .type rt_unwind_start, @function
    .p2align 2
rt_unwind_start:
    .cfi_startproc
    enter_unwinder
    .cfi_endproc
    .size rt_unwind_start, . - rt_unwind_start

    .section .text.rt_resume, "ax", @progbits
    .globl rt_resume
    .type rt_resume, @function
    .p2align 2
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
    .p2align 2
rt_try_call:
    .cfi_startproc
    .cfi_lsda 0x1b, .Ltry_table         /* pc-relative, 4 bytes */
    stp x29, x30, [sp, #-16]!
    .cfi_def_cfa_offset 16
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    mov x2, x0
    mov x0, x1
.Ltry_begin:
    blr x2
.Ltry_end:
    mov w0, #0
.Ltry_return:
    ldp x29, x30, [sp], #16
    .cfi_remember_state
    .cfi_def_cfa_offset 0
    .cfi_restore x29
    .cfi_restore x30
    ret
    .cfi_restore_state
.Ltry_pad:
    mov w0, #1
    b .Ltry_return
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
