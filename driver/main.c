/* consairc: the command line's entry point.
 *
 * main parses the options and hands over to one function a command; all of them read, expand and lower a source, run the passes
 * (pipeline.c) and give the final Core to an engine.  Everything runs on the Lisp stack, because reading, expanding and the passes
 * recurse on the program's nesting.
 */
#include "failure.h"
#include "foreign.h"
#include "heap.h"
#ifdef CONSAIR_JIT
#include "link.h"
#include "objects.h"
#endif
#include "options.h"
#include "remarks.h"
#include "repl.h"
#include "run.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct Job {
    Options options;
    Cache cache;
    double start;
    void *behind_heap; /* expect_large_program */
    int status;
} Job;

/* Reads and analyses the input; NULL after an error, which is then reported. */
static CoreProgram *compile_input(Compiler *c, Source *source, Options *o)
{
    bool is_module = o->compile.unit == UNIT_MODULE;
    CoreProgram *program = !source ? NULL : is_module ? compile_module(c, o->input) : compile_source(c, source);
    if (program && o->command == COMMAND_EVAL) {
        for (int i = 0; i < program->toplevel_count; i++) {
            CoreFunction *form = program->toplevel[i];
            CoreNode **operand = arena_alloc(program->arena, sizeof *operand);
            *operand = form->body;
            form->body = core_prim(program, form->place, PRIM_show, 1, operand);
        }
    }
    if (!program || diag_error_count(c) > 0) {
        diag_flush(c);
        return NULL;
    }
    bool finished = pipeline_run(c, program);
    if (finished) explain_program(c, program);
    remarks_print(c, stderr);
    diag_flush(c);
    if (diag_error_count(c) > 0) return NULL;
    return finished ? program : NULL;
}

#ifdef CONSAIR_JIT
/* prog.lisp gives prog, prog.o, prog.s, prog.ll or prog.bc in the current folder. */
static const char *default_output(Compiler *c, const Options *o)
{
    static const char *const endings[] = {".ll", ".bc", ".s", ".o", ""};
    const char *base = strrchr(o->input, '/');
    base = base ? base + 1 : o->input;
    if (strcmp(o->input, "-") == 0) base = "a";
    size_t length = strlen(base);
    bool is_lisp = length > 5 && strcmp(base + length - 5, ".lisp") == 0;
    if (is_lisp) length -= 5;
    if (o->shared && o->emit == EMIT_EXE) return arena_format(compiler_arena(c), "lib%.*s.so", (int)length, base);
    if (!is_lisp && o->emit == EMIT_EXE && strcmp(o->input, "-") != 0)
        return arena_format(compiler_arena(c), "%s.out", base); /* never over the source */
    return arena_format(compiler_arena(c), "%.*s%s", (int)length, base, endings[o->emit]);
}

static int build(Compiler *c, CoreProgram *program, Source *source, Options *o)
{
    if (program->uses_expander) {
        o->backend.expander_source = source;
        o->backend.expander_files = module_sources(c, &o->backend.expander_file_count);
    }
    if (o->emit == EMIT_EXE && !foreign_link_files(c, program, &o->backend.libraries, &o->backend.library_count)) {
        diag_flush(c);
        return 1;
    }
    const char *output = o->output ? o->output : default_output(c, o);
    if (o->shared) o->backend.library_name = shared_library_name(c, output);
    if (o->shared && !shared_check_names(c, program, o->backend.library_name)) {
        diag_flush(c);
        return 1;
    }
    if (o->emit == EMIT_EXE && !toolchain_has_runtime(o->backend.target)) return 1;
    const Backend *backend = backend_load_for(o->backend.target);
    if (!backend) return 1;
    char *depfile = NULL;
    if (o->depfile.interfaces) depfile_name_interfaces(c, program->unit, o->input, output);
    if (o->depfile.wanted && !depfile_write(&o->depfile, output, &depfile)) return 1;
    int status = backend->build_program(program, &o->backend, o->emit, output);
    bool wants_header = o->shared && o->emit == EMIT_EXE && status == 0;
    if (wants_header && !shared_write_header(c, program, output, o->backend.library_name)) status = 1;
    bool wants_interface = o->depfile.interfaces && program->unit->interface && status == 0;
    if (wants_interface && !depfile_write_interface(c, program->unit, output)) status = 1;
    if (status != 0 && depfile) unlink(depfile);
    free(depfile);
    return status;
}
#endif

/* A large program is compiled in much memory, all of which is touched: what a page of 4 KiB costs when it is first touched is more
 * than filling it several times, and one of 2 MiB costs hardly more, if the system has one at hand, which the first one tells.  malloc gets
 * a free block that may have such pages; nothing more of it is taken before it is used (touched before there are two processes, pages are
 * copied: 1.09 of the time at -O0).  What lies behind it keeps malloc from giving it back as the end of its heap. */
static void expect_large_program(Job *job, const Source *source)
{
    enum { LARGE = 64 << 10, BYTES_EACH = 512 /* the memory for a byte of source, in two processes */ };
    const size_t most = (size_t)512 << 20, wanted = source->size * BYTES_EACH, size = wanted < most ? wanted : most;
    if (source->size < LARGE) return;
    mallopt(M_MMAP_MAX, 0);
    char *block = malloc(size);
    mallopt(M_MMAP_MAX, 65536); /* as it was */
    if (!block) return;
    job->behind_heap = malloc(64 << 10);
    const size_t skipped = -(uintptr_t)block & (RT_HUGE_PAGE - 1),
                 tried = 2 * RT_HUGE_PAGE; /* of which one is touched */
    rt_huge_pages(block + skipped, tried);
    if (rt_huge_page_pays()) madvise(block + skipped + tried, size - skipped - tried, MADV_HUGEPAGE);
    free(block);
}

static void do_job(void *data)
{
    Job *job = data;
    Options *o = &job->options;
    Compiler *c = compiler_new(&o->compile);
    compiler_install_expander(c);
    diag_copy_to(c, &job->cache.warnings);
#ifdef CONSAIR_JIT
    if (o->depfile.wanted) depfile_begin();
#endif
#ifdef CONSAIR_JIT
    if (o->object_count) {
        if (!o->input || !objects_are_foreign(o)) {
            job->status = o->input ? 1 : link_objects(c, o);
            return;
        }
        o->backend.objects = o->objects;
        o->backend.object_count = o->object_count;
    }
    if (o->compile.unit != UNIT_WHOLE) o->backend.build_name = object_build(compiler_arena(c));
#endif
    Source *source = o->command == COMMAND_EVAL ? source_from_text(c, "<eval>", o->input, strlen(o->input))
                                                : source_from_file(c, o->input);
    if (source) expect_large_program(job, source);
    CoreProgram *program = compile_input(c, source, o);
    if (!program) {
        job->status = diag_error_count(c) > 0 ? 1 : 0;
        return;
    }
    switch (o->command) {
    case COMMAND_RUN:
    case COMMAND_EVAL:
        job->status = run_program(c, program, source, o, &job->cache, pipeline_clock() - job->start);
        break;
    case COMMAND_BUILD:
#ifdef CONSAIR_JIT
        job->status = build(c, program, source, o);
#endif
        break;
    case COMMAND_CHECK:
    case COMMAND_REPL:
    case COMMAND_COUNT: break;
    }
}

int main(int argc, char **argv)
{
    Job job = {.status = 0};
    int status = options_parse(argc, argv, &job.options);
    if (status >= 0) return fflush(stdout) == 0 ? status : 1;
#ifndef CONSAIR_JIT
    if (job.options.command == COMMAND_BUILD) {
        failure("this consairc was built without LLVM (-Djit=disabled) and cannot build executables");
        return 1;
    }
    job.options.engine = ENGINE_INTERP;
#endif
    job.options.compile.bind_foreign = job.options.command != COMMAND_BUILD && job.options.command != COMMAND_CHECK;
    if (options_want_color(&job.options, STDERR_FILENO)) rt_report_styles = rt_terminal_styles;
    job.start = pipeline_clock();
    if (job.options.command == COMMAND_RUN)
        run_from_cache(&job.options, &job.cache); /* first: then nothing else is wanted */
    rt_init(argc, argv);
    if (job.options.command == COMMAND_REPL) return repl_run(&job.options);
    rt_on_lisp_stack(do_job, &job);
    if (job.options.compile.time_passes) pipeline_print_times(stderr);
    return job.status; /* the engines have flushed what the program printed */
}
