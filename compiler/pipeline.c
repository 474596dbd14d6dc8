/* Runs the passes of passes.h in their order: check, dump, stop, time.
 *
 * The list in passes.h is the only one; everything here is made from it.  The names "read", "expand" and "lower"
 * stand for the steps of the front end, which --dump and --stop-after may name as well.
 */
#include "passes.h"

#include <stdlib.h>
#include <time.h>

typedef struct Pass {
    const char *name;
    void (*run)(Compiler *, CoreProgram *);
    enum CoreStage stage;
    enum PassNeed need;
    const char *what;
} Pass;

static const Pass passes[] = {
#define PASS_ROW(pass_name, pass_run, pass_stage, pass_need, pass_what)                                                \
    {#pass_name, pass_run, pass_stage, pass_need, pass_what},
    PASSES(PASS_ROW)
#undef PASS_ROW
};
enum { PASS_COUNT = sizeof passes / sizeof *passes };

static const char *const front_end_steps[] = {"read", "expand", "lower"};
enum { FRONT_END_STEP_COUNT = sizeof front_end_steps / sizeof *front_end_steps };

/* ---- time table ---- */

enum { TIME_ROWS_MAX = 200, PARTS_SHOWN = 20 };
static struct TimeRow {
    char name[48];
    double seconds;
    bool is_part; /* of llvm-passes */
} time_rows[TIME_ROWS_MAX];
static int time_row_count;

double pipeline_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void add_time(const char *name, double seconds, bool is_part)
{
    struct TimeRow row = {.seconds = 0, .is_part = is_part};
    snprintf(row.name, sizeof row.name, "%s", name);
    int i = 0;
    while (i < time_row_count && (time_rows[i].is_part != is_part || strcmp(time_rows[i].name, row.name) != 0)) i++;
    if (i == TIME_ROWS_MAX) return;
    if (i == time_row_count) time_rows[time_row_count++] = row;
    time_rows[i].seconds += seconds;
}

void pipeline_add_time(const char *name, double seconds) { add_time(name, seconds, false); }

void pipeline_add_part_time(const char *name, double seconds) { add_time(name, seconds, true); }

static int compare_times(const void *a, const void *b)
{
    double x = ((const struct TimeRow *)a)->seconds, y = ((const struct TimeRow *)b)->seconds;
    return (x < y) - (x > y);
}

/* The parts, the longest first. */
static void print_parts(FILE *out, double total)
{
    qsort(time_rows, (size_t)time_row_count, sizeof *time_rows, compare_times);
    int shown = 0;
    for (int i = 0; i < time_row_count && shown < PARTS_SHOWN; i++) {
        if (!time_rows[i].is_part) continue;
        if (shown++ == 0) fprintf(out, "of llvm-passes:\n");
        fprintf(out, "  %-30s %10.6f %6.1f%%\n", time_rows[i].name, time_rows[i].seconds,
                100 * time_rows[i].seconds / total);
    }
}

void pipeline_print_times(FILE *out)
{
    double total = 1e-9;
    for (int i = 0; i < time_row_count; i++) total += time_rows[i].is_part ? 0 : time_rows[i].seconds;
    fprintf(out, "%-12s %10s %7s\n", "pass", "seconds", "share");
    for (int i = 0; i < time_row_count; i++) {
        if (time_rows[i].is_part) continue;
        fprintf(out, "%-12s %10.6f %6.1f%%\n", time_rows[i].name, time_rows[i].seconds,
                100 * time_rows[i].seconds / total);
    }
    fprintf(out, "%-12s %10.6f\n", "total", total);
    print_parts(out, total);
    time_row_count = 0;
}

/* ---- names ---- */

/* Is the name in the comma-separated list (NULL: empty)? */
static bool is_listed(const char *list, const char *name)
{
    size_t length = strlen(name);
    while (list && *list) {
        size_t item = strcspn(list, ",");
        if (item == length && memcmp(list, name, length) == 0) return true;
        list += item;
        if (*list == ',') list++;
    }
    return false;
}

bool pipeline_knows(const char *name, bool must_be_optional)
{
    for (int i = 0; i < PASS_COUNT; i++)
        if (strcmp(passes[i].name, name) == 0) return passes[i].need != PASS_ALWAYS || !must_be_optional;
    if (must_be_optional) return false;
    for (int i = 0; i < FRONT_END_STEP_COUNT; i++)
        if (strcmp(front_end_steps[i], name) == 0) return true;
    return strcmp(name, "all") == 0;
}

void pipeline_list(FILE *out)
{
    for (int i = 0; i < PASS_COUNT; i++)
        fprintf(out, "%-10s %-9s %s\n", passes[i].name, passes[i].need != PASS_ALWAYS ? "optional" : "",
                passes[i].what);
}

/* ---- running ---- */

static void dump(const CompileOptions *o, const CoreProgram *p, const char *name)
{
    if (!is_listed(o->dump, name) && !is_listed(o->dump, "all")) return;
    fprintf(stderr, ";; after %s\n", name);
    if (strcmp(name, "types") == 0) core_print_typed_program(stderr, p);
    else if (strcmp(name, "structs") == 0) core_print_structs(stderr, p);
    else core_print_program(stderr, p);
}

static bool stops_in_front_end(const CompileOptions *o)
{
    for (int i = 0; i < FRONT_END_STEP_COUNT; i++)
        if (o->stop_after && strcmp(o->stop_after, front_end_steps[i]) == 0) return true;
    return false;
}

static bool is_wanted(const CompileOptions *o, const Pass *pass)
{
    if (pass->need == PASS_ALWAYS) return true;
    return !is_listed(o->disabled, pass->name) && (pass->need != PASS_FOR_SPEED || o->optimize > 0);
}

bool pipeline_has(const Compiler *c, const char *pass)
{
    for (int i = 0; i < PASS_COUNT; i++)
        if (strcmp(passes[i].name, pass) == 0) return is_wanted(compiler_options(c), &passes[i]);
    rt_internal_error("pipeline_has: no such pass");
}

bool pipeline_run(Compiler *c, CoreProgram *p)
{
    const CompileOptions *o = compiler_options(c);
    bool is_shown = p->is_whole || !p->open_world; /* what compile time evaluates is not what was asked for */
    if (o->check_passes) core_check(p, STAGE_LOWER, "lower");
    if (is_shown) dump(o, p, "lower");
    if (is_shown && stops_in_front_end(o)) return false;
    for (int i = 0; i < PASS_COUNT; i++) {
        const Pass *pass = &passes[i];
        if (is_wanted(o, pass)) {
            double start = pipeline_clock();
            pass->run(c, p);
            if (o->time_passes && is_shown) pipeline_add_time(pass->name, pipeline_clock() - start);
            if (o->check_passes) core_check(p, pass->stage, pass->name);
        }
        if (!is_shown) continue;
        dump(o, p, pass->name);
        if (o->stop_after && strcmp(o->stop_after, pass->name) == 0) return false;
    }
    return true;
}
