/* Unwinding: from the point where an error is raised to the innermost landing pad.
 *
 * Input: the registers saved by unwind_entry.S, the .eh_frame tables of the program and of code compiled in memory
 * (rt_register_frames).  Output: the registers with which the landing pad continues.  Frames of shared libraries are
 * not crossed: nothing of ours is called back from one.
 *
 * The one idea: unwinding has one phase, and everything that depends on the return address alone (how to find the
 * caller's registers, whether there is a landing pad) is one row of a cache.  A frame then costs a lookup and a few
 * loads. There is no search phase and there are no personality calls: a cleanup pad ends in rt_resume, a catching pad
 * just goes on.  libgcc is no alternative: it restores only the registers of the C convention, which is wrong under
 * preserve_most, and searches JIT code linearly.
 */
#include "consair_rt.h"
#include "program.h"
#include "unwind_registers.h"
#include <elf.h>
#include <stdlib.h>

enum { ROW_COUNT = 512, REMEMBER_DEPTH = 16 };

/* What unwinding needs to know about one return address. */
typedef struct Row {
    uintptr_t return_address; /* 0: empty */
    uintptr_t landing_pad; /* 0: none */
    uintptr_t action;
    int64_t cfa_offset;
    uintptr_t args_size; /* bytes of stack arguments that the callee would have popped */
    uint8_t cfa_register;
    uint8_t saved_count;
    bool is_in_memory; /* the code was compiled in memory */
    struct {
        int32_t offset; /* from the CFA */
        uint8_t reg;
    } saved[REG_COUNT];
} Row;

#pragma clang attribute push(__attribute__((minsize)),                                                                 \
                             apply_to = function) /* tables are read once for each return address */

/* Bytes of a table that is trusted to be mapped up to `end`, but not to be sane. */
typedef struct Reader {
    const uint8_t *at;
    const uint8_t *end;
    bool bad; /* read beyond the end, or met something unknown */
} Reader;

/* A frame description (FDE) joined with the common part (CIE) it refers to. */
typedef struct Frame {
    uintptr_t begin, end; /* the code it describes */
    const uint8_t *lsda; /* call-site table or NULL */
    Reader initial; /* instructions of the CIE */
    Reader program; /* instructions of the FDE */
    uint64_t code_align;
    int64_t data_align;
    uint8_t pointer_encoding, lsda_encoding;
    bool has_augmentation;
    bool is_in_memory; /* found in jit_frames */
} Frame;

/* Where the caller's registers are, at one instruction. */
typedef struct Rules {
    int cfa_register; /* -1: none that unwinding knows */
    int64_t cfa_offset;
    bool cfa_is_expression;
    uint64_t saved; /* bit r: register r is at CFA + offset[r] */
    uint64_t expression; /* bit r: kept in a way that is not supported */
    int64_t offset[REG_COUNT];
} Rules;

typedef struct JitFrame {
    uintptr_t begin, end;
    const uint8_t *fde;
    const void *section; /* the argument of rt_register_frames it came with */
} JitFrame;

RtValue rt_current_error;
void (*rt_frame_hook)(uintptr_t return_address, uintptr_t frame);

static Row rows[ROW_COUNT];
static JitFrame *jit_frames; /* sorted by begin */
static size_t jit_frame_count, jit_frame_capacity;

/* ---- reading tables -------------------------------------------------------------------------------------------- */

static uint64_t read_fixed(Reader *r, size_t size)
{
    uint64_t value = 0;
    if ((size_t)(r->end - r->at) < size) {
        r->bad = true;
        r->at = r->end;
        return 0;
    }
    memcpy(&value, r->at, size); /* little endian */
    r->at += size;
    return value;
}

static uint64_t read_uleb(Reader *r)
{
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        uint64_t byte = read_fixed(r, 1);
        if (shift < 64) value |= (byte & 127) << shift;
        if (!(byte & 128) || r->bad) return value;
    }
}

static int64_t read_sleb(Reader *r)
{
    uint64_t value = 0;
    for (unsigned shift = 0;;) {
        uint64_t byte = read_fixed(r, 1);
        if (shift < 64) value |= (byte & 127) << shift;
        shift += 7;
        if (byte & 128 && !r->bad) continue;
        if (byte & 64 && shift < 64) value |= ~UINT64_C(0) << shift;
        return (int64_t)value;
    }
}

/* A pointer in one of the DW_EH_PE encodings; the indirect flag is left to the caller, who never needs the target. */
static uintptr_t read_encoded(Reader *r, uint8_t encoding)
{
    if (encoding == 0xff) return 0; /* omitted */
    uintptr_t position = (uintptr_t)r->at, value = 0;
    switch (encoding & 15) {
    case 0x0:
    case 0x4:
    case 0xc: value = read_fixed(r, 8); break;
    case 0x1: value = read_uleb(r); break;
    case 0x2: value = read_fixed(r, 2); break;
    case 0x3: value = read_fixed(r, 4); break;
    case 0x9: value = (uintptr_t)read_sleb(r); break;
    case 0xa: value = (uintptr_t)(int16_t)read_fixed(r, 2); break;
    case 0xb: value = (uintptr_t)(int32_t)read_fixed(r, 4); break;
    default: r->bad = true;
    }
    if (value == 0) return 0;
    switch (encoding & 0x70) {
    case 0x00: return value;
    case 0x10: return position + value;
    default: r->bad = true; return 0;
    }
}

/* The entry without its length word; bad at the terminator and for the 64-bit format, which nobody emits. */
static Reader entry_reader(const uint8_t *entry)
{
    uint32_t length;
    memcpy(&length, entry, sizeof length);
    if (length == UINT32_MAX) length = 0;
    return (Reader){entry + 4, entry + 4 + length, length == 0};
}

/* The common part of frame descriptions: encodings, alignments, initial instructions. */
static bool parse_cie(const uint8_t *cie, Frame *frame)
{
    Reader r = entry_reader(cie);
    uint64_t id = read_fixed(&r, 4);
    uint64_t version = read_fixed(&r, 1);
    if (r.bad || id != 0 || (version != 1 && version != 3)) return false;
    const char *augmentation = (const char *)r.at;
    while (read_fixed(&r, 1) && !r.bad) {
    }
    frame->code_align = read_uleb(&r);
    frame->data_align = read_sleb(&r);
    uint64_t return_register = version == 1 ? read_fixed(&r, 1) : read_uleb(&r);
    frame->pointer_encoding = 0;
    frame->lsda_encoding = 0xff;
    frame->has_augmentation = *augmentation == 'z';
    if (frame->has_augmentation) {
        uint64_t size = read_uleb(&r);
        if (r.bad || size > (uint64_t)(r.end - r.at)) return false;
        const uint8_t *after = r.at + size;
        for (const char *letter = augmentation + 1; *letter; letter++) {
            if (*letter == 'R') frame->pointer_encoding = (uint8_t)read_fixed(&r, 1);
            else if (*letter == 'L') frame->lsda_encoding = (uint8_t)read_fixed(&r, 1);
            else if (*letter == 'P') read_encoded(&r, (uint8_t)read_fixed(&r, 1) & 0x7f);
            else if (*letter != 'S') break; /* nothing after an unknown letter can be understood */
        }
        r.at = after;
    } else if (*augmentation) {
        return false;
    }
    frame->initial = r;
    return !r.bad && unwind_register(return_register) == REG_RETURN_ADDRESS;
}

static bool parse_fde(const uint8_t *fde, Frame *frame)
{
    Reader r = entry_reader(fde);
    const uint8_t *cie_field = r.at;
    uint64_t cie_distance = read_fixed(&r, 4);
    if (r.bad || cie_distance == 0 || !parse_cie(cie_field - cie_distance, frame)) return false;
    frame->begin = read_encoded(&r, frame->pointer_encoding);
    frame->end = frame->begin + read_encoded(&r, frame->pointer_encoding & 15);
    frame->lsda = NULL;
    if (frame->has_augmentation) {
        uint64_t size = read_uleb(&r);
        if (r.bad || size > (uint64_t)(r.end - r.at)) return false;
        const uint8_t *after = r.at + size;
        if (size) frame->lsda = (const uint8_t *)read_encoded(&r, frame->lsda_encoding);
        r.at = after;
    }
    frame->program = r;
    return !r.bad && frame->begin < frame->end;
}

/* ---- code compiled in memory ----------------------------------------------------------------------------------- */

static int compare_jit_frames(const void *a, const void *b)
{
    uintptr_t x = ((const JitFrame *)a)->begin, y = ((const JitFrame *)b)->begin;
    return x < y ? -1 : x > y;
}

/* Sorts the frames from `first` on and merges them with those before, which are sorted. */
static void merge_new_frames(size_t first)
{
    size_t new_count = jit_frame_count - first, old_count = first;
    JitFrame *added = jit_frames + first;
    qsort(added, new_count, sizeof *added, compare_jit_frames);
    if (!first || jit_frames[first - 1].begin <= added[0].begin) return;
    JitFrame *copy = malloc(new_count * sizeof *copy);
    if (!copy) rt_out_of_memory();
    memcpy(copy, added, new_count * sizeof *copy);
    for (size_t to = jit_frame_count; new_count > 0; to--) {
        bool take_old = old_count > 0 && jit_frames[old_count - 1].begin > copy[new_count - 1].begin;
        jit_frames[to - 1] = take_old ? jit_frames[--old_count] : copy[--new_count];
    }
    free(copy);
}

void rt_register_frames(const void *eh_frame)
{
    size_t first = jit_frame_count;
    const uint8_t *entry = eh_frame;
    for (;;) {
        Reader r = entry_reader(entry);
        if (r.bad) break; /* the terminator */
        Frame frame;
        if (parse_fde(entry, &frame)) {
            if (jit_frame_count == jit_frame_capacity) {
                size_t capacity = jit_frame_capacity ? 2 * jit_frame_capacity : 64;
                JitFrame *larger = realloc(jit_frames, capacity * sizeof *larger);
                if (!larger) rt_out_of_memory();
                jit_frames = larger;
                jit_frame_capacity = capacity;
            }
            jit_frames[jit_frame_count++] = (JitFrame){frame.begin, frame.end, entry, eh_frame};
        }
        entry = r.end;
    }
    if (jit_frame_count > first) merge_new_frames(first);
}

void rt_deregister_frames(const void *eh_frame)
{
    size_t kept = 0;
    for (size_t i = 0; i < jit_frame_count; i++) {
        if (jit_frames[i].section != eh_frame) jit_frames[kept++] = jit_frames[i];
    }
    jit_frame_count = kept;
    memset(rows, 0, sizeof rows); /* the addresses may be used again for other code */
}

static const uint8_t *find_jit_fde(uintptr_t pc)
{
    size_t low = 0, high = jit_frame_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (jit_frames[middle].begin <= pc) low = middle + 1;
        else high = middle;
    }
    return low && pc < jit_frames[low - 1].end ? jit_frames[low - 1].fde : NULL;
}

/* ---- the program: binary search in .eh_frame_hdr --------------------------------------------------------------- */

extern const char __ehdr_start[] __attribute__((visibility("hidden"))); /* made by the linker */

static const uint8_t *program_table(void)
{
    static const uint8_t *table;
    if (table) return table;
    const Elf64_Ehdr *header = (const void *)__ehdr_start;
    const Elf64_Phdr *segments = (const void *)(__ehdr_start + header->e_phoff);
    uintptr_t base = 0;
    for (int i = 0; i < header->e_phnum; i++) {
        if (segments[i].p_type == PT_LOAD && segments[i].p_offset == 0) base = (uintptr_t)header - segments[i].p_vaddr;
    }
    for (int i = 0; i < header->e_phnum; i++) {
        if (segments[i].p_type == PT_GNU_EH_FRAME) table = (const uint8_t *)(base + segments[i].p_vaddr);
    }
    return table;
}

/* Searches the sorted pairs (code address, FDE address), both relative to the table. */
static const uint8_t *search_table(const uint8_t *table, uintptr_t pc)
{
    enum { ENCODING_DATAREL_SDATA4 = 0x3b, VERSION = 1 };
    if (!table || table[0] != VERSION || table[3] != ENCODING_DATAREL_SDATA4) return NULL;
    Reader r = {table + 4, table + 64, false};
    read_encoded(&r, table[1]);
    size_t count = read_encoded(&r, table[2]);
    if (r.bad) return NULL;
    int64_t key = (int64_t)(pc - (uintptr_t)table);
    size_t low = 0, high = count;
    int32_t pair[2];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        memcpy(pair, r.at + middle * sizeof pair, sizeof pair);
        if (pair[0] <= key) low = middle + 1;
        else high = middle;
    }
    if (!low) return NULL;
    memcpy(pair, r.at + (low - 1) * sizeof pair, sizeof pair);
    return table + pair[1];
}

static const uint8_t *loaded_table; /* of the program, when that is not what was started */

void rt_use_frame_table(const void *eh_frame_hdr) { loaded_table = eh_frame_hdr; }

static bool find_frame(uintptr_t pc, Frame *frame)
{
    frame->is_in_memory = false;
    const uint8_t *tables[] = {program_table(), loaded_table};
    for (int i = 0; i < 2; i++) {
        const uint8_t *fde = search_table(tables[i], pc);
        if (fde && parse_fde(fde, frame) && pc >= frame->begin && pc < frame->end) return true;
    }
    frame->is_in_memory = true;
    const uint8_t *fde = find_jit_fde(pc);
    return fde && parse_fde(fde, frame) && pc >= frame->begin && pc < frame->end;
}

/* ---- call frame instructions ----------------------------------------------------------------------------------- */

typedef struct Machine {
    const Frame *frame;
    const Rules *initial; /* what DW_CFA_restore goes back to */
    Rules rules;
    Rules remembered[REMEMBER_DEPTH];
    int remembered_count;
    uintptr_t location;
    uintptr_t args_size;
} Machine;

/* A register by its DWARF number; those that unwinding has nothing to do with are never restored. */
static void set_saved(Machine *m, Reader *r, uint64_t dwarf, int64_t offset)
{
    int reg = unwind_register(dwarf);
    if (offset != (int32_t)offset) r->bad = true;
    if (reg < 0) return;
    m->rules.saved |= UINT64_C(1) << reg;
    m->rules.expression &= ~(UINT64_C(1) << reg);
    m->rules.offset[reg] = offset;
}

static void set_unsaved(Machine *m, uint64_t dwarf, bool is_expression)
{
    int reg = unwind_register(dwarf);
    if (reg < 0) return;
    m->rules.saved &= ~(UINT64_C(1) << reg);
    m->rules.expression &= ~(UINT64_C(1) << reg);
    if (is_expression) m->rules.expression |= UINT64_C(1) << reg;
}

static void restore_initial(Machine *m, uint64_t dwarf)
{
    int reg = unwind_register(dwarf);
    if (reg < 0 || !m->initial) return;
    uint64_t bit = UINT64_C(1) << reg;
    m->rules.saved = (m->rules.saved & ~bit) | (m->initial->saved & bit);
    m->rules.expression = (m->rules.expression & ~bit) | (m->initial->expression & bit);
    m->rules.offset[reg] = m->initial->offset[reg];
}

static void set_cfa(Machine *m, int reg, int64_t offset)
{
    m->rules.cfa_register = reg;
    m->rules.cfa_offset = offset;
    m->rules.cfa_is_expression = false;
}

static void skip_block(Reader *r)
{
    uint64_t size = read_uleb(r);
    if (size > (uint64_t)(r->end - r->at)) r->bad = true;
    else r->at += size;
}

static void remember_or_restore(Machine *m, Reader *r, bool remember)
{
    if (remember && m->remembered_count < REMEMBER_DEPTH) m->remembered[m->remembered_count++] = m->rules;
    else if (!remember && m->remembered_count > 0) m->rules = m->remembered[--m->remembered_count];
    else r->bad = true;
}

static void execute_extended(Machine *m, Reader *r, uint64_t opcode)
{
    uint64_t code_align = m->frame->code_align, reg;
    int64_t data_align = m->frame->data_align;
    switch (opcode) {
    case 0x00: break; /* nop */
    case 0x01: m->location = read_encoded(r, m->frame->pointer_encoding); break;
    case 0x02: m->location += read_fixed(r, 1) * code_align; break;
    case 0x03: m->location += read_fixed(r, 2) * code_align; break;
    case 0x04: m->location += read_fixed(r, 4) * code_align; break;
    case 0x05:
        reg = read_uleb(r);
        set_saved(m, r, reg, (int64_t)read_uleb(r) * data_align);
        break;
    case 0x06: restore_initial(m, read_uleb(r)); break;
    case 0x07:
    case 0x08: set_unsaved(m, read_uleb(r), false); break; /* undefined, same value */
    case 0x09:
        set_unsaved(m, read_uleb(r), true);
        read_uleb(r);
        break; /* in another register */
    case 0x0a: remember_or_restore(m, r, true); break;
    case 0x0b: remember_or_restore(m, r, false); break;
    case 0x0c:
        reg = read_uleb(r);
        set_cfa(m, unwind_register(reg), (int64_t)read_uleb(r));
        break;
    case 0x0d: set_cfa(m, unwind_register(read_uleb(r)), m->rules.cfa_offset); break;
    case 0x0e: set_cfa(m, m->rules.cfa_register, (int64_t)read_uleb(r)); break;
    case 0x0f:
        m->rules.cfa_is_expression = true;
        skip_block(r);
        break;
    case 0x10:
    case 0x16:
        set_unsaved(m, read_uleb(r), true);
        skip_block(r);
        break;
    case 0x11:
        reg = read_uleb(r);
        set_saved(m, r, reg, read_sleb(r) * data_align);
        break;
    case 0x12:
        reg = read_uleb(r);
        set_cfa(m, unwind_register(reg), read_sleb(r) * data_align);
        break;
    case 0x13: set_cfa(m, m->rules.cfa_register, read_sleb(r) * data_align); break;
    case 0x14:
    case 0x15:
        set_unsaved(m, read_uleb(r), true);
        read_uleb(r);
        break; /* value is an offset */
    case 0x2e: m->args_size = read_uleb(r); break; /* GNU_args_size */
    default: r->bad = true;
    }
}

/* Runs instructions up to (and including) those for `pc`; false when something is not understood. */
static bool execute(Machine *m, Reader r, uintptr_t pc)
{
    while (r.at < r.end && !r.bad && m->location <= pc) {
        uint64_t opcode = read_fixed(&r, 1), operand = opcode & 63;
        switch (opcode >> 6) {
        case 1: m->location += operand * m->frame->code_align; break;
        case 2: set_saved(m, &r, operand, (int64_t)read_uleb(&r) * m->frame->data_align); break;
        case 3: restore_initial(m, operand); break;
        default: execute_extended(m, &r, opcode);
        }
    }
    return !r.bad;
}

/* ---- one row --------------------------------------------------------------------------------------------------- */

/* Finds the call site in the language-specific data; false when the table is not understood. */
static bool find_landing_pad(const Frame *frame, uintptr_t pc, Row *row)
{
    if (!frame->lsda) return true;
    Reader r = {frame->lsda, frame->lsda + 64, false}; /* the header is short; the table's size comes with it */
    uint8_t encoding = (uint8_t)read_fixed(&r, 1);
    uintptr_t pad_base = encoding == 0xff ? frame->begin : read_encoded(&r, encoding);
    encoding = (uint8_t)read_fixed(&r, 1);
    if (encoding != 0xff) read_uleb(&r);
    encoding = (uint8_t)read_fixed(&r, 1);
    uint64_t size = read_uleb(&r);
    if (r.bad) return false;
    r.end = r.at + size;
    while (r.at < r.end && !r.bad) {
        uintptr_t begin = frame->begin + read_encoded(&r, encoding);
        uintptr_t length = read_encoded(&r, encoding);
        uintptr_t pad = read_encoded(&r, encoding);
        uintptr_t action = read_uleb(&r);
        if (pc < begin) break; /* sorted */
        if (pc - begin >= length) continue;
        if (pad) {
            row->landing_pad = pad_base + pad;
            row->action = action;
        }
        break;
    }
    return !r.bad;
}

static bool fill_row(Row *row, uintptr_t return_address)
{
    uintptr_t pc = return_address - 1; /* inside the call instruction */
    Frame frame;
    if (!find_frame(pc, &frame)) return false;
    Machine machine = {.frame = &frame};
    if (!execute(&machine, frame.initial, UINTPTR_MAX)) return false;
    Rules initial = machine.rules;
    machine.initial = &initial;
    machine.location = frame.begin;
    if (!execute(&machine, frame.program, pc)) return false;
    const Rules *rules = &machine.rules;
    if (rules->cfa_is_expression || rules->expression || rules->cfa_register < 0) return false;

    Row filled = {.return_address = return_address,
                  .cfa_offset = rules->cfa_offset,
                  .args_size = machine.args_size,
                  .cfa_register = (uint8_t)rules->cfa_register,
                  .is_in_memory = frame.is_in_memory};
    for (uint8_t reg = 0; reg < REG_COUNT; reg++) {
        if (!(rules->saved >> reg & 1)) continue;
        filled.saved[filled.saved_count].reg = reg;
        filled.saved[filled.saved_count++].offset = (int32_t)rules->offset[reg];
    }
    if (!find_landing_pad(&frame, pc, &filled)) return false;
    *row = filled;
    return true;
}

#pragma clang attribute pop

/* ---- walking --------------------------------------------------------------------------------------------------- */

RT_NORETURN static void stop_unwinding(uintptr_t pc, bool is_outermost)
{
    char text[96];
    rt_report_error(rt_current_error);
    if (is_outermost) snprintf(text, sizeof text, "error raised outside of any rt_try");
    else snprintf(text, sizeof text, "no unwind information for the code at %#lx", (unsigned long)pc);
    rt_internal_error(text);
}

/* The address sanitizer's marks on the stack outlive the frames that are thrown away here, unless they are taken off. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define FORGET_FRAMES(from, to) __asan_unpoison_memory_region((const void *)(from), (to) - (from))
#endif
#endif
#ifndef FORGET_FRAMES
#define FORGET_FRAMES(from, to) ((void)(from))
#endif

/* Called by unwind_entry.S: replaces the registers of the raising frame by those of the innermost landing pad.  It reads the frames
 * of others, which the address sanitizer would take for a mistake. */
__attribute__((no_sanitize("address"))) void rt_unwind_find_pad(uintptr_t *registers)
{
    uintptr_t raising_frame = registers[REG_STACK];
    for (;;) {
        uintptr_t return_address = registers[REG_RETURN_ADDRESS];
        Row *row = &rows[(return_address ^ return_address >> 9) % ROW_COUNT];
        if (RT_UNLIKELY(!return_address)) stop_unwinding(0, true);
        if (RT_UNLIKELY(row->return_address != return_address) && !fill_row(row, return_address)) {
            stop_unwinding(return_address, false);
        }
        uintptr_t cfa = registers[row->cfa_register] + (uintptr_t)row->cfa_offset;
        if (RT_UNLIKELY(rt_frame_hook != NULL) && row->is_in_memory) rt_frame_hook(return_address, cfa);
        if (row->landing_pad) {
            registers[REG_PAD_ERROR] = (uintptr_t)&rt_current_error;
            registers[REG_PAD_ACTION] = row->action;
            registers[REG_STACK] += row->args_size;
            registers[REG_RETURN_ADDRESS] = row->landing_pad;
            FORGET_FRAMES(raising_frame, registers[REG_STACK]);
            return;
        }
        registers[REG_RETURN_ADDRESS] = 0; /* the outermost frame says that its return address is undefined */
        for (int i = 0; i < row->saved_count; i++) {
            memcpy(&registers[row->saved[i].reg], (const char *)cfa + row->saved[i].offset, sizeof *registers);
        }
        registers[REG_STACK] = cfa;
    }
}

void rt_raise(RtValue error)
{
    rt_current_error = error;
    rt_unwind_start();
}

bool rt_try(void (*fn)(void *), void *arg, RtValue *error)
{
    if (!rt_try_call(fn, arg)) return false;
    *error = rt_current_error;
    rt_current_error = rt_nil();
    return true;
}
