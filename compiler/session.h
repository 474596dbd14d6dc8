/* A session: forms that come one after the other, each compiled and run before the next is read, with all definitions kept.
 *
 * What the REPL stands on.  Every form is a program of its own in the open world: a global is a cell that interpreted and compiled
 * code share, so definitions survive a change of the engine, and whoever calls through a name sees what it means now.
 */
#ifndef CONSAIR_SESSION_H
#define CONSAIR_SESSION_H

#include "backend.h"

typedef struct Session Session;

enum SessionOutcome {
    SESSION_VALUE,
    SESSION_END, /* no further form */
    SESSION_ERROR, /* reported; the form's definitions that were not carried out are withdrawn */
    SESSION_EXIT, /* the program called exit */
    SESSION_INTERRUPTED
};

typedef struct SessionResult {
    enum SessionOutcome outcome;
    RtValue value; /* SESSION_VALUE: owned */
    int status; /* SESSION_EXIT */
    double compile_seconds; /* reading to code that can run */
    double run_seconds;
    RtAllocations allocated; /* while it ran */
} SessionResult;

/* tier_after: with the JIT on, functions are compiled after so many calls; 0: all at once, -1: when it pays. */
Session *session_new(const CompileOptions *compile, const BackendOptions *backend, int64_t tier_after);
void session_free(Session *s); /* drops every global */
/* What runs often is compiled from now on, or only interpreted.  false after a message when there is no JIT. */
bool session_use_jit(Session *s, bool wanted);
bool session_uses_jit(const Session *s);

/* Reports of errors show the calls that were under way. */
void session_trace_errors(Session *s);

/* ---- input: a text of any number of forms; forms of one text are read, compiled and run in turn ---- */
/* lines_before: lines that went before this text in its file.  false after a message. */
bool session_open(Session *s, const char *name, const char *text, size_t size, uint32_t lines_before);
bool session_open_file(Session *s, const char *path);
SessionResult session_next(Session *s);
void session_close(Session *s); /* what its forms left no trace of is given back */

/* The value becomes *1, what was *1 becomes *2, and so on; consumed. */
void session_remember(Session *s, RtValue value);

/* ---- looking at a form without running it: the next one of the open text ---- */
enum SessionDump { DUMP_CORE, DUMP_IR, DUMP_ASM, DUMP_EXPANSION };
bool session_dump(Session *s, enum SessionDump what, RtText *out); /* false after a message */

/* ---- names ---- */
enum SessionNameKind { NAME_FORM, NAME_BUILTIN, NAME_LIBRARY, NAME_MACRO, NAME_GLOBAL };
typedef struct SessionName {
    const char *name;
    enum SessionNameKind kind;
    bool is_users; /* the user has defined it */
    RtValue value; /* borrowed; NAME_GLOBAL and NAME_MACRO */
    const char *usage; /* "(f x [y])", or NULL */
    const char *doc; /* or NULL */
} SessionName;
/* Visits every name that means something, in no order.  The texts live until the next call. */
void session_each_name(Session *s, void (*visit)(const SessionName *, void *), void *data);
bool session_find_name(Session *s, const char *name, SessionName *out);

#endif
