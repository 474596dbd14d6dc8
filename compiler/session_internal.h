/* What the files of the session share. */
#ifndef CONSAIR_SESSION_INTERNAL_H
#define CONSAIR_SESSION_INTERNAL_H

#include "frontend.h"
#include "session.h"

typedef struct NameState { /* before a form */
    Name *name;
    bool is_defined;
    Macro *macro;
    uint32_t cell_tag;
    int64_t cell_data;
} NameState;

typedef struct Input { /* the open text */
    SourceFile *source; /* NULL: none is open */
    size_t offset;
    ArenaMark mark;
    uint64_t kept;
    const CountedLiteral *literals; /* of before */
    size_t root_count;
    SourceFile *sources;
    uint32_t next_offset;
    PlaceTable places; /* of all texts before */
} Input;

struct Session {
    CompileOptions compile;
    BackendOptions backend;
    Compiler *c;
    bool uses_jit, traces;
    int64_t tier_after;
#ifdef CONSAIR_JIT
    JitSession *jit; /* NULL until it is first used */
    CoreProgram *form; /* that runs now */
    JitModule form_module;
    bool form_is_loaded; /* form_module is its code */
    double compile_seconds; /* that went into machine code while it ran */
#endif
    Input input;
    NameState *states;
    int state_count, state_capacity;
    Arena *names; /* texts of the last question about names, or NULL */
    PointerMap *functions; /* CoreGlobal -> CoreFunction of its latest definition, for parameters and doc strings */
};

static inline RtValue *session_cell(Name *name) { return name->global.cells[WORLD_RUN]; }
/* What lowering a form may change of the names, and its withdrawal where the form did not get to its definition. */
void session_note_names(Session *s);
void session_withdraw_names(Session *s);
/* The program of the open text's next form, after the passes; NULL at the end, or after an error, which is then reported.
 * look(program, data) is called before the passes. */
CoreProgram *session_compile(Session *s, enum ReadResult *read, void (*look)(CoreProgram *, void *), void *data);
void session_show_trace(Session *s); /* of the error raised last, on stderr (session_trace.c) */
void session_forget(CoreProgram *p); /* the names forget that they occur in it */

#ifdef CONSAIR_JIT
/* session_jit.c: around a form's run */
void session_jit_begin(Session *s, CoreProgram *form);
void session_jit_end(Session *s, bool is_kept); /* is_kept: something may still refer to the form's code */
void session_jit_compile(Session *s, CoreProgram *p);
void session_jit_free(Session *s);
#endif

#endif
