/* Prints the functions that a program calls, each once, in the order of their first calls.
 *
 * usage: trace_functions PROGRAM ARGUMENTS...
 *
 * For ./dev layout, on x86-64: a breakpoint stands at the head of every function of PROGRAM (an executable that is not position
 * independent, with symbols), and goes when it is met.  A program of sixty thousand functions takes a second.  Child processes are
 * followed.  Functions outside the section .text are left out: the linker keeps those together anyway.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BREAKPOINT = 0xcc };

typedef struct Function {
    uint64_t address;
    const char *name;
    unsigned char first_byte;
    bool is_printed;
} Function;

static Function *functions;
static size_t function_count;

static void fail(const char *what)
{
    fprintf(stderr, "trace_functions: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int by_address(const void *a, const void *b)
{
    uint64_t x = ((const Function *)a)->address, y = ((const Function *)b)->address;
    return x < y ? -1 : x > y;
}

static void read_functions(const char *path)
{
    int file = open(path, O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) fail(path);
    const char *image = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (image == MAP_FAILED) fail(path);
    const Elf64_Ehdr *header = (const void *)image;
    const Elf64_Shdr *sections = (const void *)(image + header->e_shoff);
    const char *section_names = image + sections[header->e_shstrndx].sh_offset;
    for (int i = 0; i < header->e_shnum; i++) {
        if (sections[i].sh_type != SHT_SYMTAB) continue;
        const Elf64_Sym *symbols = (const void *)(image + sections[i].sh_offset);
        const char *names = image + sections[sections[i].sh_link].sh_offset;
        size_t count = sections[i].sh_size / sizeof *symbols;
        functions = calloc(count, sizeof *functions);
        if (!functions) fail("memory");
        for (size_t k = 0; k < count; k++) {
            const Elf64_Sym *s = &symbols[k];
            if (ELF64_ST_TYPE(s->st_info) != STT_FUNC || s->st_size == 0 || s->st_shndx >= SHN_LORESERVE) continue;
            if (strcmp(section_names + sections[s->st_shndx].sh_name, ".text") != 0) continue;
            functions[function_count++] = (Function){.address = s->st_value, .name = names + s->st_name};
        }
    }
    if (function_count == 0) fail("no symbols");
    qsort(functions, function_count, sizeof *functions, by_address);
}

/* All at once: writing them one by one would take longer than the program. */
static void set_breakpoints(pid_t process)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/mem", (int)process);
    int memory = open(path, O_RDWR);
    uint64_t low = functions[0].address;
    size_t size = functions[function_count - 1].address + 1 - low;
    unsigned char *code = malloc(size);
    if (memory < 0 || !code || pread(memory, code, size, (off_t)low) != (ssize_t)size) fail("reading the code");
    for (size_t i = 0; i < function_count; i++) functions[i].first_byte = code[functions[i].address - low];
    for (size_t i = 0; i < function_count; i++) code[functions[i].address - low] = BREAKPOINT;
    if (pwrite(memory, code, size, (off_t)low) != (ssize_t)size) fail("writing breakpoints");
    free(code);
    close(memory);
}

/* Is it one of ours that the process met?  It goes on at the function's head then. */
static bool breakpoint_was_met(pid_t process)
{
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, process, NULL, &registers) != 0) return false;
    Function key = {.address = registers.rip - 1};
    Function *f = bsearch(&key, functions, function_count, sizeof *functions, by_address);
    if (!f) return false;
    while (f > functions && f[-1].address == f->address) f--; /* functions folded into one: the first name */
    if (!f->is_printed) puts(f->name);
    f->is_printed = true;
    uint64_t word = (uint64_t)ptrace(PTRACE_PEEKTEXT, process, f->address, NULL);
    ptrace(PTRACE_POKETEXT, process, f->address, (word & ~UINT64_C(0xff)) | f->first_byte);
    registers.rip = f->address;
    ptrace(PTRACE_SETREGS, process, NULL, &registers);
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: trace_functions PROGRAM ARGUMENTS...\n", stderr);
        return 2;
    }
    read_functions(argv[1]);
    pid_t program = fork();
    if (program == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0) _exit(1); /* our output is the list */
        execv(argv[1], argv + 1);
        _exit(1);
    }
    int status;
    if (program < 0 || waitpid(program, &status, 0) != program || !WIFSTOPPED(status)) fail("starting the program");
    ptrace(PTRACE_SETOPTIONS, program, NULL,
           PTRACE_O_EXITKILL | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC);
    set_breakpoints(program);
    int result = 1;
    pid_t stopped = program;
    int signal_number = 0;
    for (;;) {
        ptrace(PTRACE_CONT, stopped, NULL, signal_number);
        do {
            if ((stopped = waitpid(-1, &status, __WALL)) < 0) return result; /* all have ended */
            if (stopped == program && WIFEXITED(status)) result = WEXITSTATUS(status);
        } while (!WIFSTOPPED(status));
        int stop = WSTOPSIG(status);
        bool is_event = status >> 16 != 0 || stop == SIGSTOP;
        signal_number = is_event || (stop == SIGTRAP && breakpoint_was_met(stopped)) ? 0 : stop;
    }
}
