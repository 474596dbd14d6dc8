/* `run` and `eval`: the program is started where it is fastest.
 *
 * By default: a program that was run before is in the cache; any other is interpreted, which starts at once, and compiled meanwhile if
 * it turns out to run long (tiers.c), which also puts it into the cache.  --engine=jit compiles first, --engine=interp never.
 */
#include "run.h"

#include "tiers.h"

#include <stdlib.h>

#define SLOW_START_SECONDS 0.003 /* a program that takes so long to read is worth caching, whatever it does */

static char **program_arguments(const Options *o)
{
    char **argv = malloc(((size_t)o->argument_count + 2) * sizeof *argv);
    if (!argv) rt_out_of_memory();
    argv[0] = (char *)(uintptr_t)o->input;
    for (int i = 0; i < o->argument_count; i++) argv[i + 1] = o->arguments[i];
    argv[o->argument_count + 1] = NULL;
    return argv;
}

#ifdef CONSAIR_JIT

/* Somebody who looks at the compiler wants it to work. */
static bool may_use_cache(const Options *o)
{
    const CompileOptions *c = &o->compile;
    return o->command == COMMAND_RUN && o->engine == ENGINE_AUTO && !o->no_cache && strcmp(o->input, "-") != 0 &&
           o->tier_after < 0 && !c->dump && !c->stop_after && !c->time_passes && !c->check_passes && !c->explain &&
           !c->verbose && !o->backend.perf_map;
}

/* All that the program's code depends on, and what is said about it. */
static void describe_options(const Options *o, RtText *out)
{
    char level[] = {' ', '-', 'O', (char)('0' + o->compile.optimize), ' ', 0};
    rt_text_add_text(out, level);
    if (rt_report_styles) rt_text_add_text(out, "color ");
    if (o->print_result) rt_text_add_text(out, "print ");
    if (o->compile.diagnostics_as_json) rt_text_add_text(out, "json ");
    char warnings[48];
    const WarningOptions *w = &o->compile.warnings;
    snprintf(warnings, sizeof warnings, "-W%x,%x,%d,%d ", (unsigned)w->on, (unsigned)w->off, w->all_off, w->are_errors);
    rt_text_add_text(out, warnings);
    if (!o->backend.stack_check) rt_text_add_text(out, "unchecked ");
    if (o->compile.disabled) rt_text_add_text(out, o->compile.disabled);
    for (int i = 0; i < o->compile.import_folder_count; i++) {
        rt_text_add_text(out, "\n-I");
        rt_text_add_text(out, o->compile.import_folders[i]);
    }
    rt_text_add_text(out, "\n");
}

void run_from_cache(Options *o, Cache *cache)
{
    *cache = (Cache){0};
    if (!may_use_cache(o)) return;
    RtText options = {0};
    describe_options(o, &options);
    cache_open(cache, o->input, &options);
    rt_text_free(&options);
    char **argv = program_arguments(o);
    cache_run(cache, argv, o->stack_size);
    free(argv);
    cache_watch(cache);
}

typedef struct Storing { /* of the program in the cache, by the compiling process */
    CoreProgram *program;
    BackendOptions backend;
    const Cache *cache;
} Storing;

static bool store(void *data)
{
    Storing *s = data;
    char *new_file = cache_new_file(s->cache);
    if (!new_file) return false;
    bool is_built = backend_load()->build_program(s->program, &s->backend, EMIT_EXE, new_file) == 0;
    cache_store(s->cache, new_file, is_built);
    free(new_file);
    return is_built;
}

/* Does the cache's key show the text that was compiled?  The file may have changed in between. */
static bool is_key_of(const Cache *cache, const Source *source)
{
    return source->size <= cache->key.size &&
           memcmp(cache->key.bytes + cache->key.size - source->size, source->text, source->size) == 0;
}

static int run_in_tiers(Compiler *c, CoreProgram *p, const Source *source, Options *o, Cache *cache, double seconds,
                        char **argv)
{
    Storing storing = {.program = p, .backend = o->backend, .cache = cache};
    storing.backend.is_image = !p->uses_expander; /* an executable has the expander's part of consairc in it */
    if (p->uses_expander) {
        storing.backend.expander_source = source;
        storing.backend.expander_files = module_sources(c, &storing.backend.expander_file_count);
    }
    TierPlan plan = {.calls = seconds > SLOW_START_SECONDS ? 0 : TIER_CALLS, .data = &storing};
    if (o->tier_after >= 0) {
        plan.calls = o->tier_after;
        plan.waits = true;
    }
    /* C libraries may be others the next time. */
    if (cache_wants(cache) && is_key_of(cache, source) && p->foreign_count == 0) plan.store = store;
    return tiers_run_program(p, &o->backend, &plan, o->argument_count + 1, argv);
}

#else

void run_from_cache(Options *o, Cache *cache)
{
    (void)o;
    (void)cache;
}

#endif

int run_program(Compiler *c, CoreProgram *p, const Source *source, Options *o, Cache *cache, double seconds)
{
    char **argv = program_arguments(o);
    int argc = o->argument_count + 1;
#ifdef CONSAIR_JIT
    cache_watch_end();
    bool is_jit = o->engine == ENGINE_JIT || (o->engine == ENGINE_AUTO && o->compile.time_passes);
    if (is_jit) {
        const Backend *backend = backend_load();
        return backend ? backend->jit_run_program(p, &o->backend, argc, argv) : 1;
    }
    if (o->engine == ENGINE_AUTO) return run_in_tiers(c, p, source, o, cache, seconds, argv);
#else
    (void)c;
    (void)source;
    (void)cache;
    (void)seconds;
#endif
    return interp_run_program(p, o->print_result, argc, argv);
}
