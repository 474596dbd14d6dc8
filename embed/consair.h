/* Consair inside a C program: libconsair.  See consair(3).
 *
 * Ownership: arguments are borrowed, results are the caller's: each value that a function gives out is released once.
 * Errors: functions that can fail give false, set *result to nil, and leave the reason in consair_last_error.
 * One thread at a time may use the library, whatever the number of instances.
 */
#ifndef CONSAIR_H
#define CONSAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CONSAIR_API __attribute__((visibility("default")))

typedef struct consair consair; /* an instance: its definitions and macros */

typedef struct consair_value { /* any Lisp value; the fields are the library's own */
    uint32_t tag_;
    int64_t data_;
} consair_value;

enum consair_type {
    CONSAIR_NIL,
    CONSAIR_TRUE,
    CONSAIR_INTEGER,
    CONSAIR_RATIO,
    CONSAIR_FLOAT,
    CONSAIR_STRING,
    CONSAIR_SYMBOL, /* keywords too */
    CONSAIR_PAIR, /* of a list, or dotted */
    CONSAIR_VECTOR,
    CONSAIR_MAP,
    CONSAIR_SET,
    CONSAIR_FUNCTION,
    CONSAIR_OTHER
};

typedef struct consair_error {
    const char *message;
    const char *file; /* or NULL, when the place is not known */
    unsigned line, column; /* from 1 */
    const char *source_line; /* or NULL */
    bool is_exit; /* no error: the program called `exit` */
    int exit_status;
} consair_error;

/* ---- instances ---- */
CONSAIR_API const char *consair_version(void);
CONSAIR_API consair *consair_new(void);
CONSAIR_API void consair_free(consair *c); /* with all definitions; values given out before stay valid */
/* What the program prints goes to write(data, ...) from now on; NULL: to standard output. */
CONSAIR_API void consair_set_output(consair *c, void (*write)(void *data, const char *bytes, size_t size), void *data);

/* ---- evaluation ---- */
/* All forms of the text, in turn; the value is that of the last one.  `name` is the file name in messages.  result may be NULL. */
CONSAIR_API bool consair_eval(consair *c, const char *name, const char *text, consair_value *result);
CONSAIR_API bool consair_eval_file(consair *c, const char *path, consair_value *result);
CONSAIR_API bool consair_lookup(consair *c, const char *name,
                                consair_value *result); /* the value of a global or builtin */
CONSAIR_API bool consair_call(consair *c, consair_value function, const consair_value *arguments, size_t count,
                              consair_value *result);
/* Of the last call that failed; its texts last until the next one that does. */
CONSAIR_API const consair_error *consair_last_error(const consair *c);

/* ---- counts ---- */
CONSAIR_API consair_value consair_retain(consair_value v); /* one more owner; gives v */
CONSAIR_API void consair_release(consair_value v);

/* ---- from Lisp to C ---- */
CONSAIR_API enum consair_type consair_type_of(consair_value v);
CONSAIR_API bool consair_is_true(consair_value v); /* all but nil is */
CONSAIR_API bool consair_get_int(consair_value v, int64_t *out); /* an integer of 64 bits */
CONSAIR_API bool consair_get_double(consair_value v, double *out); /* a number of any type */
/* UTF-8 with a NUL at the end, of a string or symbol; it lasts as long as the value.  size may be NULL. */
CONSAIR_API bool consair_get_string(consair_value v, const char **bytes, size_t *size);
CONSAIR_API char *consair_text(consair_value v); /* the written form, of any value; to be freed with free */
CONSAIR_API bool consair_get_pair(consair_value v, consair_value *first, consair_value *rest);
CONSAIR_API bool consair_get_count(consair_value v, size_t *count); /* elements of a proper list or a vector */
CONSAIR_API bool consair_get_item(consair_value v, size_t index, consair_value *out); /* of a list or vector */
/* The elements of a vector of floats where they are; they last as long as the value. */
CONSAIR_API bool consair_get_doubles(consair_value v, const double **items, size_t *count);

/* ---- from C to Lisp ---- */
CONSAIR_API consair_value consair_nil(void);
CONSAIR_API consair_value consair_bool(bool b);
CONSAIR_API consair_value consair_int(int64_t n);
CONSAIR_API consair_value consair_double(double x);
CONSAIR_API bool consair_number(const char *text,
                                consair_value *out); /* as Lisp writes numbers: any size, ratios, floats */
CONSAIR_API consair_value consair_string(const char *bytes, size_t size); /* malformed UTF-8 becomes U+FFFD */
CONSAIR_API consair_value consair_symbol(const char *name); /* or a keyword */
CONSAIR_API consair_value consair_cons(consair_value first, consair_value rest);
CONSAIR_API consair_value consair_list(const consair_value *items, size_t count);
CONSAIR_API consair_value consair_vector(const consair_value *items, size_t count);
CONSAIR_API consair_value consair_doubles(const double *items, size_t count); /* a vector */

#ifdef __cplusplus
}
#endif
#endif
