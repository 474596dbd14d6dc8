/* What the emission files share: the state of one module and of one function, and the three small abstractions the rest
 * is written in.
 *
 *   EmitValue   a Consair value as two SSA values, with the obligation to drop it, if there is one
 *   OwnedSet    everything that must be dropped when an error passes; a persistent stack, so that a branch remembers
 * its
 *               state in one pointer, and the cleanup code of a set continues in that of the set below
 *   Join        where the branches of an IF or TRY meet
 */
#ifndef CONSAIR_EMIT_INTERNAL_H
#define CONSAIR_EMIT_INTERNAL_H

#include "emit.h"
#include "structs.h"
#include "types.h"

enum { CC_C = 0, CC_FAST = 8, CC_PRESERVE_MOST = 14, CC_SWIFT = 16, CC_TAIL = 20 }; /* LLVM's numbers */

typedef struct OwnedItem {
    LLVMValueRef tag, data;
    LLVMValueRef slot; /* not NULL: the value waits there in the operand array; tag and data are NULL */
    int shell_length; /* not 0: no value but memory of a record with so many fields (pass reuse) */
    const StructLayout *layout; /* of the shell, or of that in which it is (home); NULL: a vector */
    LLVMValueRef home; /* not NULL: the shell in which it is, as this field: cleanup code finds it there */
    int home_index;
    LLVMBasicBlockRef handler; /* not NULL: no value but the mark of a TRY, errors above it go there */
    bool is_leaving; /* scratch of owned_remove */
} OwnedItem;

typedef struct OwnedSet {
    OwnedItem *item; /* NULL: the empty set */
    struct OwnedSet *below;
    bool in_try;
    LLVMBasicBlockRef pad; /* landing pad of calls made with this set, or NULL */
    LLVMBasicBlockRef cleanup; /* drops the item and goes on below, or NULL */
    LLVMValueRef error; /* the phi in cleanup: what the landing pad gave */
} OwnedSet;

typedef struct EmitValue {
    LLVMValueRef tag, data;
    OwnedItem *item; /* NULL: borrowed, or never counted (immediate or immortal) */
    bool is_borrowed; /* of a variable: somebody else holds it */
    struct Apart *apart; /* not NULL: it is there as its parts alone, and the above is nothing (emit_parts.c) */
} EmitValue;

typedef struct Apart {
    const CoreParts *shape;
    int count; /* parts; of a list perhaps only the last ones */
    LLVMValueRef is_there; /* a bit: otherwise it is nil, and so is each part, whatever its tag here; NULL: it is */
    bool is_nothing; /* it is never there: its values tell nothing */
    EmitValue *values;
} Apart;

/* Borrowed or never counted. */
static inline EmitValue emit_uncounted(LLVMValueRef tag, LLVMValueRef data)
{
    return (EmitValue){.tag = tag, .data = data};
}

/* The LLVM objects of one CoreFunction; those of its value are made when first asked for. */
typedef struct FunctionParts {
    LLVMValueRef direct;
    LLVMTypeRef direct_type;
    unsigned self_index; /* from 1: the word of it that is in the register of closures; 0: none is */
    bool allocates; /* some expression in it does, whatever comes of it */
    bool is_second; /* of the second half, if there are two (halves.c) */
    bool is_elsewhere; /* the other process emits it */
    bool
        is_entry; /* only closures call it: the direct function is the closure entry, and takes the captures out itself */
    LLVMValueRef entry, generic, code, closure; /* NULL: not needed */
    CoreFunction *host; /* emit_guests.c: its code is a part of this one's; NULL: it is none's guest */
    bool is_guest_only, has_guests;
} FunctionParts;

enum RuntimeFunction {
    RUNTIME_DUP,
    RUNTIME_DROP,
    RUNTIME_DROP_PLAIN,
    RUNTIME_OPEN_BOTH,
    RUNTIME_LEAVE_SHARED,
    RUNTIME_OPEN_CAR,
    RUNTIME_OPEN_CDR,
    RUNTIME_OPEN_VECTOR,
    RUNTIME_OPEN_SHELL,
    RUNTIME_FREE_SHELL,
    RUNTIME_SHORT_VECTOR,
    RUNTIME_NEW_STRUCT,
    RUNTIME_DROP_STRUCT,
    RUNTIME_OWN_STRUCT,
    RUNTIME_OPEN_STRUCT,
    RUNTIME_OPEN_STRUCT_SHELL,
    RUNTIME_FREE_STRUCT,
    RUNTIME_FREE_STRUCT_SHELL,
    RUNTIME_COPY_NUMBERS,
    RUNTIME_DROP_NUMBERS,
    RUNTIME_RAISE,
    RUNTIME_RAISE_DEPTH,
    RUNTIME_RAISE_UNBOUND,
    RUNTIME_RAISE_OUT_OF_MEMORY,
    RUNTIME_BEGIN_CLOSURE,
    RUNTIME_ENTER_CLOSURE,
    RUNTIME_ARGS_RESERVE,
    RUNTIME_SPREAD_LIST,
    RUNTIME_APPLY_N,
    RUNTIME_LIST_FROM_ARGS,
    RUNTIME_MAKE_IMMORTAL,
    RUNTIME_EXPANDER_INIT,
    RUNTIME_EXPANDER_FILE,
    RUNTIME_FOREIGN_REFUSE,
    RUNTIME_FOREIGN_DOUBLE,
    RUNTIME_FOREIGN_UINT64,
    RUNTIME_FOREIGN_POINTER,
    RUNTIME_FOREIGN_STRING,
    RUNTIME_FOREIGN_UNSIGNED,
    RUNTIME_FOREIGN_TEXT,
    RUNTIME_FOREIGN_OWNED_TEXT,
    RUNTIME_TURNS_OVER,
    RUNTIME_ADD_OVERFLOW,
    RUNTIME_SUB_OVERFLOW,
    RUNTIME_MUL_OVERFLOW,
    RUNTIME_BIGINT_PREPARE,
    RUNTIME_RATIO_PREPARE,
    RUNTIME_VECTOR_REF_FAIL,
    RUNTIME_PART_REF_RARE,
    RUNTIME_STRING_CODE_RARE,
    RUNTIME_STRING_CODE_FAIL,
    RUNTIME_VECTOR_SET_RARE,
    RUNTIME_SETTLE_RARE,
    RUNTIME_VECTOR_SET_FAIL,
    RUNTIME_ADD_RARE,
    RUNTIME_SUB_RARE,
    RUNTIME_MUL_RARE,
    RUNTIME_DIV_RARE,
    RUNTIME_ADD_FAIL,
    RUNTIME_SUB_FAIL,
    RUNTIME_MUL_FAIL,
    RUNTIME_DIV_FAIL,
    RUNTIME_CALL_QUIETLY,
    RUNTIME_RAISE_KEPT,
    RUNTIME_LEAST_ROW,
    RUNTIME_KEEP_ROWS,
    RUNTIME_IMPORT,
    RUNTIME_EXPORT_CALL,
    RUNTIME_EXPORT_ERROR,
    RUNTIME_COUNT
};

typedef struct LiteralTable LiteralTable; /* emit_const.c */

typedef struct ModuleEmitter {
    LLVMContextRef context;
    LLVMModuleRef module;
    LLVMBuilderRef builder; /* the code being emitted */
    LLVMBuilderRef pad_builder; /* landing pads and other side blocks */
    CoreProgram *program;
    const EmitOptions *options;
    Arena *arena;
    LLVMTypeRef i8, i16, i32, i64, f64, ptr, none;
    LLVMTypeRef value_type; /* {i32, i64} */
    LLVMTypeRef landing_pad_type; /* {ptr, i32} */
    LLVMTypeRef place_type, code_type, closure_type;
    LLVMAttributeRef uwtable, nounwind, noreturn, cold, noinline, optnone, alwaysinline, swiftself;
    LLVMValueRef personality;
    LLVMValueRef runtime[RUNTIME_COUNT];
    LLVMTypeRef runtime_types[RUNTIME_COUNT];
    LLVMValueRef primitives[PRIMITIVE_COUNT];
    LLVMTypeRef primitive_types[PRIMITIVE_COUNT];
    PointerMap *texts, *places; /* C strings, RtPlace: to their constants */
    LiteralTable *literals;
    /* Of variables in scope, by id.  (Core is not written to: of all that memory the processes of halves.c would get copies.) */
    EmitValue **bindings;
    bool *is_called; /* by function id: there are known calls of it */
    struct DebugInfo *debug; /* emit_debug.c; NULL without -g */
    bool has_bigint, has_ratio; /* some literal is one */
    CoreGlobal **slots; /* globals whose engine is their storage in the module */
    int slot_count, slot_capacity;
} ModuleEmitter;

/* The code of one Core function. */
typedef struct Part {
    CoreFunction *core;
    LLVMBasicBlockRef start, body; /* start: before any loop; body: code or loop header */
    LLVMBasicBlockRef turn; /* behind the test at the loop header or the head of a part that others jump to, or NULL */
    LLVMValueRef *start_phis; /* the words of each capture and parameter, when others jump to it */
    LLVMValueRef *loop_phis; /* the same, when self tail calls loop */
    EmitValue *incoming; /* each capture and parameter as the code gets it */
    struct LeastRows *least_rows; /* emit_rows.c; NULL: not needed yet */
    OwnedSet *owned; /* the parameters */
    bool is_on_cycle; /* of jumps between parts: they come back to it without a turn of a loop */
    bool allocates, makes_calls;
    struct Part *next;
} Part;

typedef struct Packed { /* of a vector, see emit_packed.c */
    int kind;
    LLVMValueRef bit; /* is it stored in this way?  NULL: nothing is known */
} Packed;

typedef struct PackedNote {
    LLVMValueRef vector;
    Packed packed;
} PackedNote;

enum { PACKED_NOTES = 8 };

typedef struct Restart { /* where a turn of a variant begins anew in its generic copy (specialize_restart.c) */
    LLVMBasicBlockRef block; /* NULL: nowhere */
    OwnedSet *owned; /* when the turn began, as was: */
    int effects;
} Restart;

typedef struct FunctionEmitter {
    ModuleEmitter *m;
    CoreFunction *core; /* whose code is being emitted: that of the LLVM function, or a guest (emit_guests.c) */
    LLVMValueRef function;
    LLVMMetadataRef subprogram; /* with -g, of functions that have a place; else NULL */
    Arena *arena; /* of this function alone */
    LLVMBasicBlockRef entry; /* allocas and stack check, completed at the end */
    LLVMBasicBlockRef opening,
        opened; /* of an entry with captures: where they are taken out begins and ends; else NULL */
    LLVMValueRef self; /* of an entry: the closure */
    Part *first, *last, *part; /* all parts, and the one of `core` */
    OwnedSet *owned;
    LLVMValueRef array; /* operands of N-shaped primitives and captures of new closures; NULL: not needed */
    int array_length;
    int array_top; /* the first element that no pending operation uses */
    bool is_compact; /* as little code as there can be: it is not optimised, or runs once */
    bool allocates; /* itself, or in what it calls; a loop that does is a safe point (runtime/shortage.c) */
    int tail_calls; /* emitted so far */
    bool makes_calls; /* not in tail position, of Lisp functions: the stack can grow without bound */
    CoreVar **bound; /* variables that have a binding */
    int bound_count, bound_capacity;
    PackedNote notes[PACKED_NOTES]; /* the latest */
    int note_count;
    int effects; /* so many were emitted on the way to here, at least */
    Restart restart;
    EmitValue **kept; /* bindings that became owned on the way, latest last: a branch is undone */
    int kept_count, kept_capacity;
} FunctionEmitter;

typedef struct Join {
    LLVMBasicBlockRef block;
    LLVMValueRef *tags, *datas;
    LLVMBasicBlockRef *blocks;
    Packed *packed; /* what is known of each */
    int count, tags_capacity, datas_capacity, blocks_capacity, packed_capacity;
    OwnedSet *owned; /* after the branches, which all leave the same */
    bool is_counted; /* some branch gives a value that must be dropped */
    const CoreParts *shape; /* not NULL: the values come as parts (emit_parts.c) */
    Apart **aparts;
    int aparts_capacity;
} Join;

/* A rare case beside the usual one: first code for the usual one is emitted, then for the rare one, then for what follows
 * both.  Both leave the same values owned, but for their own. */
typedef struct RareCase {
    LLVMBasicBlockRef block;
    OwnedSet *owned; /* before the two */
    Join join;
} RareCase;

/* ---- emit_module.c ---- */
LLVMValueRef emit_int(ModuleEmitter *m, LLVMTypeRef type, int64_t n);
/* Result, then parameters: v value, p pointer, l i64, d double, n none. */
LLVMTypeRef emit_signature(ModuleEmitter *m, const char *signature);
LLVMValueRef emit_external_global(ModuleEmitter *m, const char *name, LLVMTypeRef type);
LLVMValueRef emit_runtime_function(ModuleEmitter *m, enum RuntimeFunction id);
/* Overloaded on one type. */
LLVMValueRef emit_intrinsic(ModuleEmitter *m, const char *name, LLVMTypeRef type, LLVMValueRef *args, int count);
LLVMValueRef emit_pointer(ModuleEmitter *m, const void *address); /* a constant address in this process */
LLVMValueRef emit_text(ModuleEmitter *m, const char *text); /* NUL-terminated; NULL stays NULL */
LLVMValueRef emit_place(ModuleEmitter *m, const RtPlace *place);
LLVMValueRef emit_private_constant(ModuleEmitter *m, LLVMValueRef initial, const char *name);
void emit_end_of_structs(ModuleEmitter *m); /* names what frees structs, to which the runtime has but weak references */
LLVMValueRef emit_global_slot(ModuleEmitter *m, CoreGlobal *g);
/* Of a value in memory. */
void emit_field_pointers(ModuleEmitter *m, LLVMValueRef value_pointer, LLVMValueRef fields[2]);

/* ---- emit_separate.c: objects of files that are compiled apart ---- */
/* The RtModule of the unit, whose forms `run` runs; slots: its globals. */
void emit_module_constant(ModuleEmitter *m, LLVMValueRef run, LLVMValueRef slots);
LLVMValueRef emit_other_module(ModuleEmitter *m, const char *name); /* the RtModule in another object */
void emit_description(ModuleEmitter *m);
/* Of the objects that are linked together only one keeps the constant: a symbol, a library function as a value. */
void emit_share(ModuleEmitter *m, LLVMValueRef global, const char *kind, const char *name);
/* Is such a function called directly by other objects? */
bool emit_has_outside_entry(const CoreFunction *f);
LLVMValueRef emit_outside_entry(ModuleEmitter *m, const CoreGlobal *g); /* of the function in another object */
void emit_entry_names(ModuleEmitter *m); /* gives the unit's entries their names, when all functions are emitted */

/* ---- emit_const.c: literals ---- */
LiteralTable *literals_new(ModuleEmitter *m);
void literals_free(LiteralTable *table);
void emit_raise_if_short(FunctionEmitter *f, const RtPlace *place); /* "out of memory" when it was not told yet */
EmitValue emit_literal(ModuleEmitter *m, RtValue immortal);
LLVMValueRef emit_literal_data(ModuleEmitter *m, RtValue immortal); /* i64 constant; not for maps and sets */
void emit_literal_declare(ModuleEmitter *m, RtValue immortal);
/* All that functions name; in the second half nobody writes their contents. */
void literals_are_declared(ModuleEmitter *m, bool second);
LLVMValueRef literals_finish(ModuleEmitter *m); /* when all code is emitted: the function to call at start, or NULL */

/* ---- halves.c ---- */
/* The functions are declared: if they are many, another process may from here on emit a part of them (m->options->other). */
void halves_split(ModuleEmitter *m, CoreFunction **functions, int count);

/* ---- emit_cleanup.c ---- */
void owned_init(FunctionEmitter *f);
OwnedItem *owned_push(FunctionEmitter *f, OwnedItem item);
/* Takes the items of the values out of the set: each must be there. */
void owned_remove(FunctionEmitter *f, const EmitValue *values, int count);
void owned_remove_item(FunctionEmitter *f, OwnedItem *item);
bool owned_is_empty(const FunctionEmitter *f);
/* A call or, when errors must run cleanup code, an invoke; code goes on after it. */
LLVMValueRef emit_call(FunctionEmitter *f, LLVMTypeRef type, LLVMValueRef callee, unsigned convention,
                       LLVMValueRef *args, int count, bool may_raise);
LLVMValueRef emit_runtime_call(FunctionEmitter *f, enum RuntimeFunction id, LLVMValueRef *args, int count);
/* Behind a call of such a function (RT_RARE): if it gave RT_UNBOUND, the error is raised by the other one. */
void emit_fail_if_unbound(FunctionEmitter *f, LLVMValueRef result, enum RuntimeFunction fail, LLVMValueRef *args,
                          int count);
EmitValue emit_owned(FunctionEmitter *f, LLVMValueRef tag, LLVMValueRef data); /* a value that must be dropped */
void owned_leave_shell(FunctionEmitter *f,
                       LLVMValueRef shell); /* what is in the shell is not to be found there any more */
void emit_dup(FunctionEmitter *f, EmitValue v);
void emit_drop(FunctionEmitter *f, EmitValue v); /* and takes it out of the set */

/* ---- emit_function.c ---- */
LLVMTypeRef emit_entry_type(ModuleEmitter *m, int values); /* of a closure entry that takes so many */
EmitValue emit_load_value(ModuleEmitter *m, LLVMValueRef base, int index); /* value number `index` behind `base` */
void emit_function_declare(ModuleEmitter *m, CoreFunction *core);
void emit_function_body(ModuleEmitter *m, CoreFunction *core);
/* The body of one that only stands for another as a value, when all others are emitted: if it was asked for. */
void emit_wrapping_function(ModuleEmitter *m, CoreFunction *core);
LLVMValueRef emit_function_new(ModuleEmitter *m, LLVMTypeRef type, const char *name, unsigned convention);
unsigned emit_convention(const CoreFunction *core);
/* To rt_args from its start: `count` owned values. */
void emit_store_arguments(FunctionEmitter *f, const EmitValue *values, int count);
/* The argument words for a direct function; values beyond its registers go to rt_args: last thing before the call.
 * Gives the number of words, two a value at most. */
int emit_arguments(FunctionEmitter *f, const CoreFunction *callee, const EmitValue *values, LLVMValueRef *words);
void emit_mark_self(ModuleEmitter *m, const CoreFunction *core, LLVMValueRef call); /* of its direct function */
LLVMBasicBlockRef emit_block(FunctionEmitter *f, const char *name);
void emit_unlikely_branch(FunctionEmitter *f, LLVMValueRef is_rare, LLVMBasicBlockRef rare, LLVMBasicBlockRef usual);
/* When the body is emitted, which begins with the block `next`. */
void emit_finish_entry(FunctionEmitter *f, LLVMBasicBlockRef next, const EmitValue *arguments);
void emit_bind(FunctionEmitter *f, CoreVar *var, EmitValue v);
/* A phi for each word of the captures and parameters, in the block, which is empty. */
LLVMValueRef *emit_parameter_phis(FunctionEmitter *f, const CoreFunction *core, LLVMBasicBlockRef block);
/* The function's operand array grows so that it has element `index`, whose address this is. */
LLVMValueRef emit_array_element(FunctionEmitter *f, int index);
/* Stores the values behind what the array is used for already; gives the address of the first. */
LLVMValueRef emit_array(FunctionEmitter *f, const EmitValue *values, int count);

/* ---- emit_closure.c ---- */
LLVMValueRef emit_function_enter(ModuleEmitter *m, CoreFunction *core); /* the C function that the interpreter calls */
void emit_function_wrappers(ModuleEmitter *m, CoreFunction *core); /* bodies of entry and generic, when needed */
LLVMValueRef emit_function_code(ModuleEmitter *m, CoreFunction *core); /* its RtCode */
LLVMValueRef emit_function_closure(ModuleEmitter *m, CoreFunction *core); /* its immortal RtClosure */
bool emit_has_generic_entry(const CoreFunction *core); /* and no other */
/* A new one that gets the values, which are owned. */
EmitValue emit_closure_of(FunctionEmitter *f, CoreFunction *core, const EmitValue *values, int count);
EmitValue emit_capture(FunctionEmitter *f, LLVMValueRef self, int index); /* not counted */
/* The closure is entered and ends there, if the function is not lent it; args gets the captures. */
void emit_open_closure(FunctionEmitter *f, LLVMValueRef self, EmitValue *args);

/* ---- emit_guests.c ---- */
/* Sets FunctionParts.host; the functions are declared. */
void emit_find_guests(ModuleEmitter *m, CoreFunction **functions, int count);
/* Is a tail call of the function a jump to the start of a part of this one? */
bool emit_is_part(const FunctionEmitter *f, const CoreFunction *callee);
Part *emit_part_new(FunctionEmitter *f,
                    CoreFunction *core); /* one that is jumped to; its code is still to be emitted */
/* From the builder's block, by which the values come to the phis. */
void emit_add_incoming(FunctionEmitter *f, const CoreFunction *core, const EmitValue *values, LLVMValueRef *phis);
void emit_jump(FunctionEmitter *f, CoreFunction *callee,
               const EmitValue *values); /* to the loop, or the start of a part */

/* ---- emit_rep.c ---- */
bool emit_has_tag(EmitValue v, uint32_t tag); /* is it known to have it? */
bool emit_is_immediate(EmitValue v); /* known */
bool emit_is_on_heap(EmitValue v); /* known */
LLVMValueRef emit_double(ModuleEmitter *m, EmitValue v); /* of a float */
EmitValue emit_float(ModuleEmitter *m, LLVMValueRef number);
EmitValue emit_integer(ModuleEmitter *m, LLVMValueRef n);
EmitValue emit_truth(ModuleEmitter *m, LLVMValueRef bit);
LLVMValueRef emit_truth_bit(ModuleEmitter *m, EmitValue v); /* from which it was made, or NULL */
/* The words in which values of the type travel; each gives their number, at most 2. */
int emit_word_count(const CoreType *type);
int emit_word_types(ModuleEmitter *m, const CoreType *type, LLVMTypeRef *types);
int emit_words(ModuleEmitter *m, const CoreType *type, EmitValue v, LLVMValueRef *words);
EmitValue emit_from_words(ModuleEmitter *m, const CoreType *type, LLVMValueRef const *words);
/* As which it goes from turn to turn of a loop, and from part to part of a function: with a tag beside what would do without.  If it is
 * only tested, LLVM removes it; else it need not be computed from the data. */
const CoreType *emit_phi_type(const CoreType *type);
/* The bit "the tag is one of `tags`", for which it is not loaded if the data tells it; of a value of the type. */
LLVMValueRef emit_test_tags(ModuleEmitter *m, const CoreType *type, EmitValue v, uint32_t tags);
EmitValue emit_with_type(ModuleEmitter *m, const CoreType *type, EmitValue v); /* the tag a constant, if there is one */
const CoreType *emit_result_type(const CoreFunction *core); /* as which the direct function returns its result */
LLVMTypeRef emit_result_llvm_type(ModuleEmitter *m, const CoreFunction *core);
LLVMValueRef emit_pack(ModuleEmitter *m, EmitValue v); /* {i32, i64} */
void emit_return_value(FunctionEmitter *f, EmitValue v);
/* What a direct function returned; `type`: what else is known of it. */
EmitValue emit_known_result(FunctionEmitter *f, const CoreFunction *callee, const CoreType *type, LLVMValueRef result);

/* ---- emit_parts.c ---- */
const CoreParts *emit_parts_of(const CoreFunction *core); /* as which the direct function returns its result, or NULL */
LLVMTypeRef emit_parts_llvm_type(ModuleEmitter *m, const CoreParts *parts);
/* Four words that are no doubles: Swift's convention returns those in registers, the fast one on x86-64 only three. */
bool emit_parts_take_four(const CoreParts *parts);
void emit_return_parts(FunctionEmitter *f, const CoreParts *parts, EmitValue v);
EmitValue emit_parts_result(FunctionEmitter *f, const CoreParts *parts, LLVMValueRef result);
EmitValue emit_apart(FunctionEmitter *f, CoreNode *node, const CoreParts *shape); /* the node's value as its parts */
EmitValue emit_whole(FunctionEmitter *f, EmitValue v); /* made, if it was apart */
EmitValue emit_whole_variable(FunctionEmitter *f, const CoreVar *var); /* where it ends */
/* A part of a variable that holds parts, if it is one of such. */
bool emit_part_read(FunctionEmitter *f, const CoreNode *node, EmitValue *result);
EmitValue emit_part_of(FunctionEmitter *f, const Apart *apart, int index); /* nil if there is none */
LLVMValueRef emit_parts_test(FunctionEmitter *f,
                             const CoreNode *node); /* the bit "not nil" of such a variable; or NULL */
void join_add_parts(FunctionEmitter *f, Join *join, EmitValue v);
EmitValue join_finish_parts(FunctionEmitter *f, Join *join);

/* ---- emit_arith.c ---- */
/* The primitive as instructions, if its operands (released already) allow it.  node: NULL or what it comes from. */
bool emit_known_prim(FunctionEmitter *f, int primitive, const EmitValue *values, int count, const CoreNode *node,
                     const RtPlace *place, EmitValue *result);

/* ---- emit_access.c ---- */
enum Access {
    ACCESS_COUNT,
    ACCESS_LENGTH,
    ACCESS_FLOAT_ITEMS,
    ACCESS_INT_ITEMS,
    ACCESS_BOOL_ITEMS,
    ACCESS_VALUE_TAGS,
    ACCESS_VALUE_DATA,
    ACCESS_TEXT
};
void emit_mark_access(ModuleEmitter *m, LLVMValueRef access, enum Access what);
void emit_set_metadata(ModuleEmitter *m, LLVMValueRef access, const char *kind, LLVMMetadataRef *items, size_t count);

/* ---- emit_item.c ---- */
typedef struct ItemPlace {
    LLVMValueRef tag; /* address of the byte; NULL in packed vectors */
    LLVMValueRef data;
} ItemPlace;
/* Those of an item of a vector of values; the index is in range; `type`: of the vector, or NULL. */
ItemPlace emit_value_place(ModuleEmitter *m, const CoreType *type, LLVMValueRef vector, LLVMValueRef index);
ItemPlace emit_item_place(ModuleEmitter *m, const CoreType *type, LLVMValueRef vector, LLVMValueRef index,
                          int kind); /* tag NULL: packed */
/* Items of vectors and halves of pairs as loads and stores, if the operands (released already) allow it. */
/* A LET that reads a field of a vector, and those below it that read more of the same: binds them, looking at the vector
 * once.  What follows is the result; NULL: nothing was done. */
CoreNode *emit_fields(FunctionEmitter *f, CoreNode *let);
bool emit_item_prim(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result);
int emit_storage(const CoreType *type); /* how the items of vectors of the type lie, or -1 */
LLVMValueRef emit_header(ModuleEmitter *m, LLVMValueRef vector); /* its first word: count, kind and capacity */
/* A read of a vector of one kind. */
EmitValue emit_vector_ref(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, int kind);
/* Is the index, which may be anything, one of the vector's? */
LLVMValueRef emit_is_inside(ModuleEmitter *m, const CoreNode *node, EmitValue index, LLVMValueRef vector);
/* Not counted.  `type`: what the item can be. */
EmitValue emit_load_item(ModuleEmitter *m, ItemPlace place, int kind, const CoreType *type);
/* Calls of the runtime on operands: it raises, or gives what comes out rarely or raises. */
void emit_item_fails(FunctionEmitter *f, enum RuntimeFunction id, const EmitValue *values, int count,
                     const RtPlace *place);
LLVMValueRef emit_rare_item(FunctionEmitter *f, enum RuntimeFunction rare, enum RuntimeFunction fail,
                            const EmitValue *values, int count, const RtPlace *place);

/* ---- emit_likely.c ---- */
/* Reads of what is most likely a vector of one kind. */
bool emit_likely_ref(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result);

/* How many numbers vectors of the type hold, if all are packed, of one kind and length, and small; else 0. */
int64_t emit_count_numbers(const CoreType *type);
/* (vector-set v i x) of such a vector, which is shared; the index is one of its own. */
EmitValue emit_set_in_copy(FunctionEmitter *f, const EmitValue *values, int kind, int64_t length);

/* ---- emit_packed.c: vectors are known by their data ---- */
void emit_note_packed(FunctionEmitter *f, LLVMValueRef vector, Packed packed);
void emit_forget_packed(FunctionEmitter *f, LLVMValueRef vector);
Packed emit_packed(const FunctionEmitter *f, LLVMValueRef vector);
Packed emit_always_packed(ModuleEmitter *m, int kind);
void emit_note_local(FunctionEmitter *f, const CoreVar *var, LLVMValueRef vector); /* if its type says it */
bool emit_known_packed(FunctionEmitter *f, int primitive, EmitValue vector, EmitValue *result); /* the test of it */
void emit_note_changed(FunctionEmitter *f, EmitValue changed, int kind); /* asks the vector */
void emit_join_packed(FunctionEmitter *f, const Join *join,
                      LLVMValueRef vector); /* the phi, behind which others may follow */

/* ---- emit_struct.c ---- */
const StructLayout *emit_layout(const ModuleEmitter *m,
                                const CoreType *type); /* of its vectors, if they are structs; or NULL */
uint32_t emit_only_tag(const ModuleEmitter *m, const CoreType *type); /* type_only_tag as values have it here */
bool emit_struct_prim(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result);
/* The end of a struct, of which these fields live on. */
void emit_open_struct(FunctionEmitter *f, const StructLayout *layout, EmitValue v, uint64_t wanted);
LLVMValueRef emit_open_struct_shell(FunctionEmitter *f, const StructLayout *layout, EmitValue v, uint64_t wanted);
/* Of a value that is owned, if it is a struct or nil. */
bool emit_drop_struct(FunctionEmitter *f, const CoreType *type, EmitValue v);
/* A field that is owned but was left in the shell; for cleanup code. */
EmitValue emit_field_at_home(ModuleEmitter *m, const StructLayout *layout, LLVMValueRef object, int index);

/* ---- emit_rows.c ---- */
/* An index below it is inside of the row, an item of a vector that stays the same in the loop; NULL: the row is none. */
LLVMValueRef emit_least_row(FunctionEmitter *f, const CoreNode *row);
/* What is computed of an object before the loop, if the variable is a parameter that stays the same in all turns; else NULL. */
LLVMValueRef emit_once(FunctionEmitter *f, const CoreVar *var, LLVMValueRef (*emit)(FunctionEmitter *, LLVMValueRef));

/* ---- emit_text.c ---- */
/* Code points of a string that stays the same in the loop. */
bool emit_text_prim(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result);

/* ---- emit_open.c ---- */
EmitValue emit_half(FunctionEmitter *f, const CoreNode *node, EmitValue pair, bool is_car); /* not counted */
void emit_drops(FunctionEmitter *f, const CoreNode *node); /* DROP: what is kept, then what ends */
/* A short vector of values made here, if its type (of the node) allows it; the operands are released. */
bool emit_short_vector(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result);

EmitValue emit_refill(FunctionEmitter *f, const CoreNode *node,
                      const EmitValue *values); /* the operands are released */
/* (take_cdr pair) as a load, if the type of the pair allows it; the operand is released. */
bool emit_take_cdr(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result);

/* ---- emit_frame.c ---- */
EmitValue emit_frame_pair(FunctionEmitter *f,
                          CoreNode *node); /* a CONS of pass frame; the result's item is that of its car */
void emit_end_frame_pair(FunctionEmitter *f, EmitValue pair);

/* ---- emit_expr.c ---- */
EmitValue *emit_binding(const FunctionEmitter *f, const CoreVar *var);
void emit_become_owned(FunctionEmitter *f, EmitValue *binding); /* from here on the binding owns its value */
EmitValue emit_value(FunctionEmitter *f, CoreNode *node);
/* What comes before the expression that gives the node's value; gives that expression. */
CoreNode *emit_prefix(FunctionEmitter *f, CoreNode *node);
EmitValue emit_value_of(FunctionEmitter *f, CoreNode *node); /* of such an expression; it may be apart */
void emit_into(FunctionEmitter *f, CoreNode *node,
               Join *join); /* value goes to the join; NULL: is the function's result */
void emit_unbound_error(FunctionEmitter *f, const CoreNode *global); /* ends the block */
void emit_tail(FunctionEmitter *f, CoreNode *node); /* value is the function's result */
EmitValue *emit_operands(FunctionEmitter *f, CoreNode **nodes, int count);
void join_init(FunctionEmitter *f, Join *join, const char *name);
void join_add(FunctionEmitter *f, Join *join, EmitValue v); /* ends the current block */
EmitValue join_finish(FunctionEmitter *f, Join *join);
void rare_case_begin(FunctionEmitter *f, RareCase *rare, LLVMValueRef is_rare); /* code goes on in the usual case */
void rare_case_switch(FunctionEmitter *f, RareCase *rare, EmitValue usual); /* code goes on in the rare one */
EmitValue rare_case_finish(FunctionEmitter *f, RareCase *rare, EmitValue v);
EmitValue rare_case_raises(FunctionEmitter *f, RareCase *rare); /* the rare case ends here, in an error */
/* In that case the turn begins anew, if this can be; else false. */
bool emit_restart_if(FunctionEmitter *f, LLVMValueRef is_rare);

/* ---- emit_call.c: CALL, APPLY, CALL_KNOWN ---- */
EmitValue emit_call_node(FunctionEmitter *f, CoreNode *node);
void emit_tail_call_node(FunctionEmitter *f, CoreNode *node);
EmitValue emit_result(FunctionEmitter *f, LLVMValueRef result);

/* ---- emit_prim.c ---- */
bool emit_prim_allocates(int primitive); /* objects of a size that the code shows; others ask for memory themselves */
EmitValue emit_prim(FunctionEmitter *f, CoreNode *node);
/* On operands that are there; node: NULL or what it comes from. */
EmitValue emit_prim_typed(FunctionEmitter *f, int primitive, const EmitValue *values, int operand_count,
                          const RtPlace *place, const CoreNode *node);
EmitValue emit_closure(FunctionEmitter *f, CoreNode *node);
EmitValue emit_prim_values(FunctionEmitter *f, int primitive, const EmitValue *values, int operand_count,
                           const RtPlace *place);
/* The call of its function, for a fixed number of operands that are released already. */
LLVMValueRef emit_prim_function(ModuleEmitter *m, int primitive);
EmitValue emit_prim_call(FunctionEmitter *f, int primitive, const EmitValue *values, int count, const RtPlace *place);

/* ---- emit_foreign.c ---- */
struct ForeignType;
EmitValue emit_foreign(FunctionEmitter *f, CoreNode *node); /* PRIM foreign_call */
LLVMTypeRef emit_c_type(ModuleEmitter *m, const struct ForeignType *type);
EmitValue emit_from_c(FunctionEmitter *f, const struct ForeignType *type, LLVMValueRef c_value); /* to a Lisp value */
/* Marks a small integer of a call or function: whoever passes it extends it, where compilers have agreed on that. */
void emit_extend_small(ModuleEmitter *m, LLVMValueRef call_or_function, unsigned index, const struct ForeignType *type);

/* ---- emit_export.c ---- */
void emit_exports(ModuleEmitter *m, LLVMValueRef program); /* the C functions of a shared library */

#endif
