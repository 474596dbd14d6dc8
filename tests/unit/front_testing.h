/* Helpers of the front end's tests: compile a text, look at its diagnostics, evaluate it with the interpreter. */
#ifndef FRONT_TESTING_H
#define FRONT_TESTING_H

#include "frontend.h"

#include <check.h>
#include <stdlib.h>

/* The written form of a value; to be freed. */
static inline char *written(RtValue v)
{
    RtText text = {0};
    rt_write_value_borrow(&text, v, 0);
    if (!text.bytes) rt_text_add_text(&text, "");
    return text.bytes;
}

typedef struct Evaluation {
    const char *text;
    char *value; /* written form of the last value; NULL when compiling failed or an error was raised */
    char *message; /* of the first diagnostic or of the error, or NULL */
} Evaluation;

static inline void run_forms(void *data)
{
    Evaluation *e = data;
    Compiler *c = compiler_new(&(CompileOptions){.check_passes = true});
    Source *s = source_from_text(c, "test.lisp", e->text, strlen(e->text));
    CoreProgram *p = s ? compile_source(c, s) : NULL;
    if (c->diagnostic_count) e->message = strdup(c->diagnostics[0].message);
    if (p && pipeline_run(c, p)) {
        compiler_install_expander(c);
        interp_prepare(p);
        RtValue value = rt_nil();
        for (int i = 0; i < p->toplevel_count; i++) {
            rt_drop(value);
            value = interp_run_toplevel(p->toplevel[i], WORLD_RUN);
        }
        e->value = written(value);
        rt_drop(value);
    }
    compiler_free(c);
}

static inline void run_or_catch(void *data)
{
    Evaluation *e = data;
    RtValue error;
    if (!rt_try(run_forms, e, &error)) return;
    free(e->message);
    e->message = strdup(rt_as_string(rt_as_error(error)->message)->bytes);
    rt_drop(error);
}

static inline Evaluation evaluate_text(const char *text)
{
    Evaluation e = {.text = text};
    rt_init(0, NULL);
    rt_on_lisp_stack(run_or_catch, &e);
    return e;
}

#define ck_evaluates(source, expected)                                                                                 \
    do {                                                                                                               \
        Evaluation e_ = evaluate_text(source);                                                                         \
        ck_assert_msg(e_.value, "%s: %s", source, e_.message ? e_.message : "no value");                               \
        ck_assert_str_eq(e_.value, expected);                                                                          \
        free(e_.value);                                                                                                \
        free(e_.message);                                                                                              \
    } while (0)

#define ck_fails(source, part)                                                                                         \
    do {                                                                                                               \
        Evaluation e_ = evaluate_text(source);                                                                         \
        ck_assert_msg(!e_.value && e_.message, "%s: no error", source);                                                \
        ck_assert_msg(strstr(e_.message, part) != NULL, "%s: got \"%s\"", source, e_.message);                         \
        free(e_.message);                                                                                              \
    } while (0)

static inline int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}

#endif
