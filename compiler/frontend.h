/* What the files of the front end share: the compiler's state, the name table, data built by the reader, lowering.
 *
 * Text becomes data (reader.c), data become Core (lower*.c), macro calls are expanded on the way (expand.c,
 * comptime.c). All data the reader or a macro made are roots: they stay alive, at their addresses, until compiler_free,
 * so the side table of places can use the address of a cons cell or vector as its key.
 *
 * A map, set or persistent literal that is not evaluated yet is a list (MARKER element ...), where MARKER is an
 * uninterned symbol of the compiler: its elements are expressions, and two equal ones must not become one.  Under quote
 * it becomes the real collection (datum.c).  A vector literal is a vector.
 */
#ifndef CONSAIR_FRONTEND_H
#define CONSAIR_FRONTEND_H

#include "compile.h"

/* ---- sources (source.c) ---- */
typedef struct SourceFile {
    Source base;
    uint32_t base_offset; /* offsets of all sources of a compiler form one range: [base_offset, base_offset + size] */
    uint32_t *point_counts; /* code points before each block of SOURCE_BLOCK bytes */
    struct SourceFile *next;
} SourceFile;
#define SOURCE_BLOCK 512
#define SOURCE_LINE_LIMIT 1000 /* bytes of a line that a place shows */

/* ---- places of data (places.c): open addressing, 16 bytes an entry ---- */
typedef struct PlaceEntry {
    uintptr_t key; /* 0: free */
    uint32_t begin, end;
} PlaceEntry;
typedef struct PlaceTable PlaceTable;
struct PlaceTable {
    PlaceEntry *entries;
    size_t capacity, count;
    const PlaceTable *older; /* or NULL: a table that is asked when this one does not know */
};
enum PlaceSlot { PLACE_SELF = 1, PLACE_CAR = 2 }; /* items of a vector: PLACE_CAR at its address + 8 * (index + 1) */

/* ---- diagnostics (diagnostics.c) ---- */
typedef struct Diagnostic {
    const RtPlace *place;
    const char *message;
    bool is_error;
    int warning; /* enum Warning, or -1 */
    int file_rank, sequence;
} Diagnostic;
void diag_add_json(RtText *out, const Diagnostic *d); /* diagnostics_json.c */
#define DIAG_ERROR_LIMIT 20

/* ---- names ---- */
typedef struct Lower Lower;
typedef struct Body Body;
typedef struct Binding Binding;
typedef struct PendingForm PendingForm;
typedef struct PendingLink PendingLink;
typedef CoreNode *LowerForm(Lower *l, RtValue form, const RtPlace *at);
typedef struct SpecialForm {
    const char *name;
    LowerForm *lower;
    bool is_soft; /* looked up after variables, globals of the user and macros */
} SpecialForm;

typedef struct Macro {
    const char *name;
    const RtPlace *place;
    RtValue form; /* borrowed: the definition */
    RtValue object; /* immortal RT_MACRO: the macro as a value */
    CoreFunction *maker; /* gives the macro's function; NULL when lowering it failed */
    CoreProgram *program; /* maker's; NULL once function is there */
    RtValue function; /* RT_UNBOUND until the first call */
    int min_args, max_args;
    struct Macro *next; /* all macros of the compiler */
} Macro;

typedef struct Remark Remark; /* remarks.c */

typedef struct ProgramList {
    CoreProgram *program;
    struct ProgramList *next;
} ProgramList;

typedef struct Name Name;
struct Name { /* all that is known of a symbol; global is first so that a CoreGlobal leads to its Name */
    CoreGlobal global;
    Binding *binding; /* innermost lexical binding */
    Macro *macro; /* global macro */
    const SpecialForm *form;
    bool is_defined; /* the user has defined the global, from here on */
    struct Module *module; /* whose own global it is, or NULL (module.h) */
    Name *private_name; /* what the library means by it (library.c) */
    const struct LibraryFunction *library; /* of a private name: its definition */
    bool is_overridden; /* pass library: the program defines it */
    ProgramList *programs; /* that have it in their `globals` */
    Compiler *compiler;
    PendingLink *pending, **pending_end; /* definitions not yet evaluated at compile time, in order */
    PendingForm *last_pending;
    RtValue suspended; /* compile-time value while later definitions are pending */
    bool is_restored; /* has such a value although definitions are pending, for a definition above them */
    struct Name *next_restored;
    bool is_kept; /* an uninterned symbol held by the table */
    struct Name *next;
};

enum Literal { LITERAL_MAP, LITERAL_SET, LITERAL_PVEC, LITERAL_PMAP, LITERAL_PSET, LITERAL_COUNT };

typedef struct KnownSymbols {
    RtValue quote, quasiquote, unquote, unquote_splicing, label, define, defmacro, lambda, progn, else_, catch_;
    RtValue markers[LITERAL_COUNT];
} KnownSymbols;

struct Compiler {
    CompileOptions options;
    Arena *arena; /* what is made now goes here: `lasting`, or while eval lowers `evaluations` */
    Arena *lasting;
    SourceFile *sources; /* newest first */
    Source **library_sources; /* by file; NULL until needed */
    uint32_t next_offset;
    PlaceTable places;
    Diagnostic *diagnostics;
    int diagnostic_count, diagnostic_capacity, error_count, shown_error_count;
    Remark *remarks;
    int remark_count, remark_capacity;
    RtText *diagnostics_copy; /* or NULL */
    RtValue *roots;
    size_t root_count, root_capacity;
    PointerMap *names; /* RtSymbol -> Name */
    Name *all_names;
    Macro *all_macros;
    KnownSymbols symbols;
    struct Module *module; /* of the file that is lowered now; NULL: the program, which has imported nothing */
    struct Module *modules; /* all, newest first */
    const char *root_path; /* of the program's file, or NULL */
    bool root_has_macros; /* defined while there was no module */
    bool has_literals; /* some datum holds a marker */
    bool is_trial; /* what is lowered now will not run: compile time does not learn its definitions */
    /* evaluate.c */
    Arena *evaluations; /* or NULL */
    uint64_t kept_evaluations; /* those that left something in it */
    struct CountedLiteral *literals; /* of evaluations, newest first */
    bool ignores_places; /* what is lowered now was not read from a source */
    const RtProgram *bound_program; /* whose globals the cells of WORLD_RUN are */
    /* comptime.c */
    int pending_count, comptime_limit; /* number of definitions kept; those from the limit on are out of sight */
    Name *restored;
    PendingForm *simple_first, **simple_end; /* not yet evaluated, and only make a function or name a value */
};

Name *compiler_name(Compiler *c, RtValue symbol_borrow);
RtValue compiler_root(Compiler *c, RtValue owned); /* kept until compiler_free; gives it back */
void program_add_global(Compiler *c, CoreProgram *p, Name *name);
bool compiler_dumps(const Compiler *c, const char *word); /* is it named by --dump? */
void dump_datum(Compiler *c, RtValue datum); /* a line on stderr */
const char *datum_text(Compiler *c, RtValue datum); /* written form, cut, in the arena */
static inline const char *symbol_name(RtValue symbol) { return rt_as_symbol(symbol)->name; }
static inline bool is_symbol(RtValue v) { return v.tag == RT_SYMBOL && !rt_is_keyword(v); } /* can be bound */
static inline bool same_object(RtValue a, RtValue b) { return a.tag == b.tag && a.data == b.data; }

/* ---- places.c ---- */
void place_table_set(PlaceTable *table, const void *object, enum PlaceSlot slot, uint32_t begin, uint32_t end);
void place_table_set_item(PlaceTable *table, const void *vector, int64_t index, uint32_t begin, uint32_t end);
void place_table_add_all(PlaceTable *table, const PlaceTable *from);
void place_table_free(PlaceTable *table);
bool place_is_within(const Compiler *c, const RtCons *cell, RtValue form); /* the element of the cell, in the text */

/* ---- token.c ---- */
enum TokenKind { TOKEN_END, TOKEN_ERROR, TOKEN_DATUM, TOKEN_DOT, TOKEN_QUOTE, TOKEN_OPEN, TOKEN_CLOSE };
enum Bracket {
    BRACKET_LIST,
    BRACKET_VECTOR,
    BRACKET_MAP,
    BRACKET_SET,
    BRACKET_PVEC,
    BRACKET_PMAP,
    BRACKET_PSET,
    BRACKET_COUNT
};
typedef struct Token {
    enum TokenKind kind;
    size_t begin, end;
    RtValue datum; /* TOKEN_DATUM: owned; TOKEN_QUOTE: the symbol */
    enum Bracket bracket; /* TOKEN_OPEN */
    const char *text; /* TOKEN_OPEN, TOKEN_CLOSE: as written */
} Token;
Token token_next(Compiler *c, SourceFile *s, size_t offset); /* errors are diagnosed */
enum ReadResult { READ_FORM, READ_END, READ_ERROR };
/* As reader_next; after an error *offset is where reading may go on. */
enum ReadResult reader_read(Compiler *c, SourceFile *s, size_t *offset, Form *out);

/* ---- datum.c ---- */
typedef struct ListBuilder {
    RtValue head;
    RtCons *last;
} ListBuilder;
RtCons *list_builder_add(ListBuilder *b, RtValue owned);
RtValue vector_item(RtVector *v, int64_t index); /* borrowed */
int64_t collection_to_array(Compiler *c, RtValue collection, RtValue **items); /* borrowed items, in the arena */
bool literal_kind(Compiler *c, RtValue v, enum Literal *kind); /* is v a literal not evaluated yet? */
int literal_primitive(enum Literal kind);
/* owned, from borrowed: literals become collections */
RtValue datum_unmark(Compiler *c, RtValue datum, bool keep_doubtful);
RtValue datum_constant(Compiler *c, RtValue datum, const RtPlace *at); /* immortal copy or self, for core_const */
/* Literals of what eval and sessions lower are counted like any other value, or a long-running program would grow by them. */
typedef struct CountedLiteral {
    struct CountedLiteral *older;
    RtValue value; /* owned */
} CountedLiteral;
/* NULL when the datum can be a constant without growing anything, or cannot be one (told by datum_constant). */
const RtValue *datum_counted(Compiler *c, RtValue datum);
void datum_release_counted(Compiler *c, const CountedLiteral *until); /* the newer ones */
bool evaluation_may_refer(RtValue result); /* to a function or an error, hence to the code of its form */
bool list_length(RtValue list, int64_t *length); /* false when it is no proper list */
static inline RtValue list_first(RtValue list) { return rt_car_of(rt_as_cons(list)); }
static inline RtValue list_rest(RtValue list) { return rt_cdr_of(rt_as_cons(list)); }

/* ---- expand.c ---- */
/* (defmacro name params body...); NULL after a diagnostic */
Macro *macro_define(Lower *l, RtValue form, const RtPlace *at);
RtValue macro_expand(Lower *l, Macro *m, RtValue form, const RtPlace *at, bool *ok); /* borrowed: rooted */
#define EXPANSION_LIMIT 1000

/* ---- module.c ---- */
void modules_free(Compiler *c);

/* ---- evaluate.c, embedded.c, read_input.c: the compiler at run time ---- */
void evaluate_free(Compiler *c);
Compiler *runtime_compiler(void); /* the one behind eval and macroexpand; an executable makes it when first asked for */
void runtime_hooks_install(void);
const char *embedded_file(const char *name, size_t *size); /* text of a module that the executable carries, or NULL */
RtValue read_input(const RtPlace *at);
void read_input_free(void);

/* ---- warn.c ---- */
void warn_about_program(Compiler *c, CoreProgram *p);

/* ---- comptime.c ---- */
/* Calls the macro's function; false: *error (owned). */
bool comptime_try_call(Compiler *c, RtValue function_borrow, const RtValue *args, int64_t argc, RtValue *result,
                       RtValue *error);
RtValue macro_function(Compiler *c, Macro *m, RtValue *error); /* borrowed; RT_UNBOUND: *error is set */
void comptime_free(Compiler *c);

#endif
