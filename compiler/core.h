/* Core: the one intermediate form between the front end and the three engines.
 *
 * A tree of expressions in evaluation order: operands left to right, then the operation.  Every variable is bound once
 * (the lowering renames), so substitution needs no scope.  All nodes of a program live in its arena.
 *
 *   e ::= (const V) | x | (global G) | (function F)          values
 *       | (define G e)                                       store a global, value is the value stored
 *       | (let x e e) | (seq e ... e) | (if e e e)
 *       | (lambda F) | (fix (F ...) e)                       until pass `closures`
 *       | (closure F x ...)                                  after it: captures given in order, owned
 *       | (call e e ...) | (apply e e ... list)              unknown callee; apply: the last operand is a list of further operands
 *       | (call-known F e ...)                               captures first, then exactly F's parameters
 *       | (prim P e ...)
 *       | (try e x e)                                        body; x is the error in the handler
 *       | (drop (x ...) (keep x ...) e)                      after pass `rc`: keep gets a count for each, then the drops
 *
 * Which fields live after which pass:
 *   lower      LET SEQ IF CONST LOCAL GLOBAL DEFINE LAMBDA FIX CALL APPLY TRY; every call of a builtin is CALL of GLOBAL, PRIM only
 *              in literals, templates and the like
 *   resolve    + PRIM, CALL_KNOWN, FUNCTION (closed world); global->is_constant: no GLOBAL reads it, its DEFINE needs no store
 *   closures   - LAMBDA FIX, + CLOSURE; function->captures; every CoreFunction reachable is in program->functions
 *   tail       node->tail, function->self_tail_calls, function->needs_tailcc
 *   types      type of variables and nodes, result of functions (types.c): facts, which the passes after it must keep true
 *   borrow     var->is_borrowed of captures and parameters; what needs_closure owns all of them, but for versions for
 *              callers who lend
 *   rc         + DROP; node->use on LOCAL; var->is_borrowed, var->whole of parts
 *
 * Ownership after `rc`.  Every expression gives an owned value, except a LOCAL with USE_BORROW, which only stands as a
 * borrowed operand of PRIM (a 'b' in its row) or CALL_KNOWN (a borrowed parameter), as callee or operand of CALL (core_lending)
 * or as the test of IF, and a PRIM whose row's result is PART, which only stands as the init of a LET.  A borrowed operand
 * is always such a LOCAL or a CONST or FUNCTION.
 * A variable is owned from its binding to exactly one USE_MOVE or DROP on each path.  USE_DUP reads and adds a count.
 * Borrows are read when the operation runs, after all operands are evaluated.
 * SEQ drops the values of all but its last expression; IF drops the value of a test that is not borrowed.
 * A function owns its parameters and captures, except those with is_borrowed: they are its caller's as long as it runs.
 * A LET that binds a PART makes a variable that is not owned (is_borrowed): its whole holds it.  It may be used as long as the whole is
 * owned, or is held itself; a DROP that lists it under `kept` makes it owned from there on.  So where a whole dies, parts that are used
 * later are kept; when it was unique they just move out of it.
 * A LET of a GLOBAL with USE_BORROW makes one, too, and so does one of a part of such a variable: the global holds them to the end.
 * What is borrowed is only ever read with USE_DUP or USE_BORROW.
 * A variable with is_unboxed has no ownership: no DROP, no USE_MOVE; it is read with USE_DUP (nothing to count) or USE_BORROW.
 * TRY: body and handler only dup or borrow variables bound outside of it; what the last use was is dropped after the TRY.
 */
#ifndef CONSAIR_CORE_H
#define CONSAIR_CORE_H

#include "consair_rt.h"
#include "core_type.h"
#include "support.h"

enum Primitive {
#define PRIM(id, name, function, shape, min, max, owns, accepts, result, effect, doc) PRIM_##id,
#define PRIM_TAIL(id, name, function, min, max, doc) PRIM_##id,
#include "primitives.def"
#undef PRIM
#undef PRIM_TAIL
    PRIMITIVE_COUNT,
    PRIM_NONE = -1
};

enum PrimShape {
    SHAPE_0,
    SHAPE_1,
    SHAPE_2,
    SHAPE_3,
    SHAPE_N,
    SHAPE_0P,
    SHAPE_1P,
    SHAPE_2P,
    SHAPE_3P,
    SHAPE_NP,
    SHAPE_TAIL
};
enum PrimResult {
    RESULT_ANY,
    RESULT_BOOL,
    RESULT_INT,
    RESULT_NUM,
    RESULT_NIL,
    RESULT_CONS,
    RESULT_STRING,
    RESULT_VECTOR,
    RESULT_SYMBOL,
    RESULT_PART /* of the first operand, which goes on owning it */
};
typedef struct PrimInfo {
    const char *id, *name, *c_name, *owns, *accepts, *doc; /* name NULL: internal */
    void *function; /* the C function, cast by shape */
    RtClosure *closure;
    enum PrimShape shape;
    int min, max;
    enum PrimResult result;
    bool has_effect;
} PrimInfo;
extern const PrimInfo primitives[PRIMITIVE_COUNT]; /* primitives.c */
/* The row that does the same without counting its result, which stays a part of the first operand; PRIM_NONE. */
int prim_part_row(int primitive);
/* The row that does the same and consumes its operand; PRIM_NONE. */
int prim_take_row(int primitive);
bool prim_never_returns(int primitive); /* it raises an error, or ends the program */
static inline bool prim_takes_place(const PrimInfo *p)
{
    return p->shape >= SHAPE_0P && p->shape <= SHAPE_3P ? true : p->shape == SHAPE_NP;
}
static inline bool prim_is_variadic(const PrimInfo *p) { return p->shape == SHAPE_N || p->shape == SHAPE_NP; }
static inline bool prim_borrows(const PrimInfo *p, int operand)
{
    return prim_is_variadic(p) ? p->owns[0] == 'b' : p->owns[operand] == 'b';
}

typedef struct CoreNode CoreNode;
typedef struct CoreFunction CoreFunction;

enum CorePart { PART_OTHER, PART_CAR, PART_CDR, PART_ITEM };
enum { PART_ITEMS_MAX = 64 }; /* an item behind them is PART_OTHER */

/* A structure that is passed as its parts, in registers, and only made where somebody needs it whole (pass parts). */
typedef struct CoreParts {
    bool is_vector; /* else the first cells of a list */
    bool is_optional; /* it may be nil instead */
    int count; /* items; or the cars of count - 1 cells and what is behind them */
    const CoreType **types; /* of each, as which it travels; entries may be NULL */
    struct CoreNode *whole; /* is_vector: a node like those that make it */
} CoreParts;

/* It takes no register: such is the end of a list of known length. */
static inline bool core_part_is_nil(const CoreType *type) { return type_is(type, TAG_BIT(RT_NIL)); }

typedef struct CoreVar {
    uint32_t id; /* unique in the program */
    const char *name; /* for dumps and messages */
    const RtPlace *place; /* of the name where it is bound; NULL: made by a macro or by us */
    int slot; /* interpreter: index in the frame; set by interp_prepare */
    bool is_unboxed; /* passes types and rc: never needs counting (immediate or immortal); see Ownership */
    bool is_hole; /* pass trmc: a pair whose cdr is filled later */
    bool is_borrowed; /* passes borrow, rc: bound without being owned; see Ownership */
    bool is_late; /* pass borrow: it is owned, but only ends with the last use of its parts */
    bool is_given; /* pass borrow: a parameter that could be lent, but no caller keeps what it passes */
    bool is_in_frame; /* pass frame: a pair that lies in its function's stack frame; its end is that of its car */
    const CoreParts *parts; /* pass parts: compiled code holds its parts; or NULL */
    struct CoreVar *whole; /* pass rc: what holds it, where it is bound as a part */
    uint8_t part; /* enum CorePart: which one */
    uint8_t item; /* PART_ITEM: its index */
    const CoreType *type; /* pass types: every value it can have, or NULL */
    void *scratch; /* of the running pass only; NULL between passes */
} CoreVar;

enum World { WORLD_RUN, WORLD_COMPILE, WORLD_COUNT };

typedef struct CoreGlobal {
    RtValue symbol; /* interned, or a gensym kept alive by the program */
    const char *name;
    int primitive; /* builtin the name means until it is defined, or PRIM_NONE */
    uint32_t definition_count; /* DEFINE nodes in the program */
    int32_t definition_index; /* top-level form of the (last) DEFINE, -1: none */
    bool is_constant; /* pass resolve: every use runs after its only definition */
    bool is_private; /* a name of the library's own: no program can redefine it */
    CoreFunction *function; /* pass resolve: is_constant, and the value is this function without captures */
    RtValue
        *cells[WORLD_COUNT]; /* value at run time / at compile time, RT_UNBOUND: none; own, or compiled code's slot */
    RtValue own_cells[WORLD_COUNT];
    void *engine; /* emission: its slot in the module */
    const CoreType *type; /* pass types: of all definitions, or NULL */
    const char *link_name; /* of its storage in other objects (separate.c); NULL: it is this object's alone */
    uint32_t outside_definitions; /* in other objects, where its storage is then; 2 stands for more */
    CoreFunction *outside_function; /* what it is for other objects, or this one, by its only definition; or NULL */
    void *scratch;
} CoreGlobal;

enum CoreUse { USE_NONE, USE_MOVE, USE_DUP, USE_BORROW };

/* What a caller of an unknown function keeps: nothing, the closure, or the arguments as well. */
enum CoreLending { LEND_NOTHING, LEND_CLOSURE, LEND_ALL, LEND_COUNT };

enum CoreKind {
    CORE_CONST,
    CORE_LOCAL,
    CORE_GLOBAL,
    CORE_FUNCTION,
    CORE_DEFINE,
    CORE_LET,
    CORE_SEQ,
    CORE_IF,
    CORE_LAMBDA,
    CORE_FIX,
    CORE_CLOSURE,
    CORE_CALL,
    CORE_APPLY,
    CORE_CALL_KNOWN,
    CORE_PRIM,
    CORE_TRY,
    CORE_DROP
};

struct CoreNode {
    uint8_t kind; /* enum CoreKind */
    uint8_t use; /* enum CoreUse; of a GLOBAL: USE_BORROW or none */
    bool tail; /* CALL, APPLY, CALL_KNOWN in tail position */
    bool is_unique; /* pass unique: vector_set or vacate whose first operand is the only reference to its vector */
    bool is_apart; /* pass parts: it makes a structure that is passed as its parts */
    const RtPlace *place;
    const CoreType *type; /* pass types: every value it can have, or NULL */
    union {
        RtValue constant; /* CONST: immortal */
        CoreVar *local; /* LOCAL */
        CoreGlobal *global; /* GLOBAL */
        CoreFunction *function; /* FUNCTION, LAMBDA */
        struct {
            CoreGlobal *global;
            CoreNode *value;
        } define; /* DEFINE */
        struct {
            CoreVar *var;
            CoreNode *init, *body;
        } let; /* LET */
        struct {
            CoreNode *test, *then, *otherwise;
        } branch; /* IF: all three present */
        struct {
            int count;
            CoreFunction **functions;
            CoreVar **vars;
            CoreNode *body;
        } fix; /* FIX: vars[i] names functions[i] */
        /* SEQ: args.  CALL, APPLY: callee, args.  CALL_KNOWN, CLOSURE: function, args.  PRIM: primitive, args. */
        struct {
            union {
                CoreNode *callee;
                CoreFunction *function;
                int primitive;
            };
            int count;
            CoreNode **args;
        } call;
        struct {
            CoreNode *body;
            CoreVar *error;
            CoreNode *handler;
            CoreFunction *within;
        } try_; /* TRY; within: interpreter */
        struct {
            int count;
            CoreVar **vars;
            int kept_count;
            CoreVar **kept;
            CoreVar *
                shell; /* pass reuse: from here on the memory of one that ends (its `whole`), of `item` fields; or NULL */
            CoreNode *body;
        } drop; /* DROP: a count for each that is kept, the drops, then the body */
    } u;
};

struct CoreFunction {
    uint32_t id; /* unique in the program */
    const char *name; /* Lisp name or "lambda" */
    const char *doc; /* or NULL */
    const RtPlace *place;
    int param_count;
    CoreVar **params; /* with has_rest the last one takes the list of the remaining arguments */
    bool has_rest;
    int capture_count; /* pass closures */
    CoreVar **captures; /* they are bound like parameters that come first */
    CoreNode *body;
    const char *library_name; /* the library's definition of that name itself, not a copy; or NULL */
    bool is_library; /* from the library: its code has no places, its calls note theirs in rt_call_place */
    bool is_toplevel; /* a top-level form: no parameters, called once, by the program */
    const struct Module *home; /* of a top-level form: the module it stands in, or NULL */
    const struct Module *imported; /* of a form `import`: the module */
    const char *runs_module; /* of such a form when the module is another object's: the name */
    bool is_global; /* pass resolve: all that a top-level form makes: can be named anywhere in the program */
    bool is_dispensable; /* optimiser: some call of it was replaced; without further uses it leaves the program */
    bool needs_closure; /* pass closures: used as a value (FUNCTION or CLOSURE): needs a closure entry and an RtCode */
    CoreFunction *wraps; /* pass borrow: it stands for this function as a value; NULL: it is none of that kind */
    CoreFunction *versions
        [LEND_COUNT]; /* pass borrow: what its closures do for callers who lend so much; NULL: no code of its own */
    uint8_t lends; /* pass borrow: it is such a version; no call of it is known */
    struct CoreFunction *goes_on; /* likewise: the function that it calls and does nothing else, or NULL */
    bool self_tail_calls; /* pass tail: has a tail CALL_KNOWN of itself: a loop */
    bool
        needs_tailcc; /* pass tail: makes another tail call, or is reached by a tail CALL_KNOWN from another function */
    bool
        takes_over; /* pass borrow: tail calls of it are to leave no frame, though it does not come back to who makes them */
    bool is_generic; /* pass specialize: there are variants of it for what it is mostly called with */
    CoreFunction
        *generic; /* pass specialize: what a variant goes on with when its assumptions do not hold; until pass types */
    bool is_inlined; /* pass unfold: at every call of it */
    bool escapes; /* type inference: strangers may call it */
    const CoreType *result; /* pass types: every value it can return, or NULL */
    const CoreParts *parts; /* pass parts: compiled code returns its result as these; or NULL */
    struct CoreProgram *program; /* interpreter: the one it belongs to */
    int slot_count; /* interpreter: captures, parameters, locals */
    int temp_count; /* interpreter: most operands waiting at one time */
    RtCode code; /* descriptor of its closures; code.data is this function until compiled code has taken its place */
    RtValue (*enter)(
        void); /* interpreter: compiled code that took its place, called with captures and parameters in rt_args */
    RtClosure *closure; /* interpreter's immortal closure of a function without captures */
    void *engine; /* emission: the LLVM functions */
    void *scratch;
};

/* Captures and parameters are one sequence for whoever calls the function directly. */
static inline int core_param_count(const CoreFunction *f) { return f->capture_count + f->param_count; }
static inline CoreVar *core_param(const CoreFunction *f, int i)
{
    return i < f->capture_count ? f->captures[i] : f->params[i - f->capture_count];
}
/* Of a PRIM or CALL_KNOWN. */
static inline bool core_borrows(const CoreNode *node, int operand)
{
    if (node->kind == CORE_PRIM) return prim_borrows(&primitives[node->u.call.primitive], operand);
    return core_param(node->u.call.function, operand)->is_borrowed;
}

/* Of a CALL after pass rc: a borrowed callee is lent, and with a borrowed operand all of them are. */
enum CoreLending core_lending(const CoreNode *call);

/* Which capture or parameter the node reads, captures first, or -1. */
static inline int core_param_of(const CoreFunction *f, const CoreNode *node)
{
    for (int i = 0; node->kind == CORE_LOCAL && i < core_param_count(f); i++)
        if (core_param(f, i) == node->u.local) return i;
    return -1;
}

/* Is it there without being computed?  Then it has no effect, cannot raise, and need not be bound to a variable. */
static inline bool core_is_atom(const CoreNode *node)
{
    return node->kind == CORE_CONST || node->kind == CORE_LOCAL || node->kind == CORE_FUNCTION;
}
static inline bool core_is_local_or_const(const CoreNode *node)
{
    return node->kind == CORE_LOCAL || node->kind == CORE_CONST;
}
static inline bool core_is_var(const CoreNode *node, const CoreVar *var)
{
    return node->kind == CORE_LOCAL && node->u.local == var;
}
static inline bool core_is_int(const CoreNode *node) /* a constant one */
{
    return node->kind == CORE_CONST && node->u.constant.tag == RT_INT;
}
/* The same variable, or the same constant int? */
static inline bool core_is_same_atom(const CoreNode *a, const CoreNode *b)
{
    if (a->kind == CORE_LOCAL) return core_is_var(b, a->u.local);
    return core_is_int(a) && core_is_int(b) && a->u.constant.data == b->u.constant.data;
}
static inline bool core_is_nil(const CoreNode *node) /* the constant */
{
    return node->kind == CORE_CONST && node->u.constant.tag == RT_NIL;
}
static inline bool core_is_prim(const CoreNode *node, int primitive)
{
    return node->kind == CORE_PRIM && node->u.call.primitive == primitive;
}

/* A program that is a part of one: a file compiled apart from the others (separate.c). */
typedef struct CoreUnit {
    const char *module; /* its name; NULL: the main program */
    const char *description; /* what the linker must know of it (objects.h) */
    const char *interface; /* the part of it that importers depend on; NULL: the main program */
    const char **needed; /* names of the modules whose interfaces it depends on itself */
    int needed_count, needed_capacity;
    bool needs_texts; /* on their texts, too */
} CoreUnit;

typedef struct CoreProgram {
    Arena *arena;
    CoreUnit *unit; /* NULL: all of the program */
    CoreFunction **toplevel; /* in order; the value of the last is the program's */
    int toplevel_count, toplevel_capacity;
    CoreFunction **functions; /* after pass closures: all, top-level forms included */
    int function_count, function_capacity;
    CoreGlobal **globals; /* every global named in the program */
    int global_count, global_capacity;
    uint32_t next_var_id, next_function_id;
    struct ForeignFunction **foreign; /* C functions that it declares */
    int foreign_count, foreign_capacity;
    struct ForeignFunction **exports; /* functions that C calls in a shared library */
    int export_count, export_capacity;
    RecordTable *records; /* pass types: what its types name, or NULL */
    bool uses_expander; /* names macroexpand, macroexpand-1, read or eval as a value or call */
    bool uses_eval; /* names eval: any global may change at any time, hence open_world */
    bool is_whole; /* a source, not a form that compile time or eval evaluates */
    int heat; /* of a session: how often its functions were found running in the interpreter */
    bool is_compiled; /* of a session: it was tried */
    bool open_world; /* REPL and compile-time forms: every global is a slot, nothing is assumed about it */
} CoreProgram;

/* core.c: constructors (nodes in the program's arena; arrays given are taken over, they must live in the arena) */
CoreProgram *core_program_new(Arena *arena);
CoreVar *core_var(CoreProgram *p, const char *name);
CoreFunction *core_function(CoreProgram *p, const char *name, const RtPlace *place);
CoreNode *core_const(CoreProgram *p, const RtPlace *at, RtValue immortal);
CoreNode *core_local(CoreProgram *p, const RtPlace *at, CoreVar *var);
CoreNode *core_global(CoreProgram *p, const RtPlace *at, CoreGlobal *global);
CoreNode *core_function_ref(CoreProgram *p, const RtPlace *at, CoreFunction *f);
CoreNode *core_define(CoreProgram *p, const RtPlace *at, CoreGlobal *global, CoreNode *value);
CoreNode *core_let(CoreProgram *p, const RtPlace *at, CoreVar *var, CoreNode *init, CoreNode *body);
CoreNode *core_seq(CoreProgram *p, const RtPlace *at, int count, CoreNode **nodes); /* 1 node: that node itself */
CoreNode *core_if(CoreProgram *p, const RtPlace *at, CoreNode *test, CoreNode *then, CoreNode *otherwise);
CoreNode *core_lambda(CoreProgram *p, const RtPlace *at, CoreFunction *f);
CoreNode *core_fix(CoreProgram *p, const RtPlace *at, int count, CoreFunction **functions, CoreVar **vars,
                   CoreNode *body);
CoreNode *core_closure(CoreProgram *p, const RtPlace *at, CoreFunction *f, int count, CoreNode **captures);
CoreNode *core_call(CoreProgram *p, const RtPlace *at, CoreNode *callee, int count, CoreNode **args);
CoreNode *core_apply(CoreProgram *p, const RtPlace *at, CoreNode *callee, int count, CoreNode **args);
CoreNode *core_call_known(CoreProgram *p, const RtPlace *at, CoreFunction *f, int count, CoreNode **args);
CoreNode *core_prim(CoreProgram *p, const RtPlace *at, int primitive, int count, CoreNode **args);
CoreNode *core_try(CoreProgram *p, const RtPlace *at, CoreNode *body, CoreVar *error, CoreNode *handler);
CoreNode *core_drop(CoreProgram *p, const RtPlace *at, int count, CoreVar **vars, CoreNode *body);
/* Is the value a part of its first operand (car, cdr, an item), which could go on holding it? */
bool core_gives_part(const CoreNode *node);
CoreVar *core_whole_of(const CoreNode *node); /* the variable of whose value it is such a part, or NULL */
/* A global that is defined once keeps its value to the end; it may be lent without being counted. */
bool core_is_lent_global(const CoreProgram *p, const CoreNode *node);
bool core_is_lent(const CoreVar *var); /* after pass rc: somebody outside holds it as long as the function runs */
/* reuse.c: does the shell have the operand's value as this field? */
bool core_is_in_shell(const CoreVar *shell, const CoreNode *operand, int index);
/* Calls visit(&child, data) for each direct child in evaluation order (bodies of LAMBDA and FIX functions are not children). */
void core_each_child(CoreNode *node, void (*visit)(CoreNode **child, void *data), void *data);
/* The same, and for the bodies of LAMBDA and FIX functions. */
void core_each_part(CoreNode *node, void (*visit)(CoreNode **child, void *data), void *data);
/* Code from the library, which has no places, reports the place it is called from. */
void core_stamp_place(CoreNode *node, const RtPlace *at);
int core_uses(const CoreNode *node, const CoreVar *var); /* how often it reads the variable */
void core_rename(CoreNode *node, const CoreVar *from, CoreVar *to); /* reads the other variable instead */
int core_size(CoreNode *node); /* number of nodes, bodies of functions in it included */
/* Scratch of each variable of a LET: what it is bound to; and nothing again. */
void core_note_inits(CoreNode *body);
void core_forget_inits(CoreNode *body);
void core_drop_unreached(CoreProgram *p); /* after pass closures: functions that no top-level form leads to */
/* A deep copy with fresh variables and functions, for use in another world. */
CoreFunction *core_copy_toplevel(CoreProgram *to, CoreFunction *form);
/* A copy of a function of the same program; variables and functions bound outside of it, and itself, are shared. */
CoreFunction *core_copy_function(CoreProgram *p, const CoreFunction *f);
/* The same, added to the program, with what passes found out about f; only entered by known calls. */
CoreFunction *core_add_version(CoreProgram *p, const CoreFunction *f);

/* core_print.c: text of one function or the program, numbered stably, without addresses; ends with a newline */
void core_print_program(FILE *out, const CoreProgram *p);
void core_print_typed_program(FILE *out, const CoreProgram *p); /* with what pass types found: x:int, (...):float */
void core_print_structs(FILE *out, const CoreProgram *p); /* with the layouts that pass structs found */
void core_print_function(FILE *out, const CoreFunction *f);
/* core_check.c: stops with rt_internal_error naming the pass when an invariant above does not hold after it */
enum CoreStage { STAGE_LOWER, STAGE_RESOLVE, STAGE_CLOSURES, STAGE_TAIL, STAGE_RC };
void core_check(const CoreProgram *p, enum CoreStage stage, const char *pass);

#endif
