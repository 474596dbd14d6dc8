/* Vectors of vectors read by columns: (vector-ref (vector-ref m k) j) in a loop over k.
 *
 * The index j must be compared with the length of each row, which lies in another cache line than the item: half of what such
 * a loop reads.  But a vector remembers the least length of its rows (RtVector.rows, measured when first asked for).  So
 * a loop asks once for each vector that it never changes; an index below that is inside of every row, and only others
 * are compared with the length of the row itself.
 */
#include "emit_internal.h"

typedef struct LeastRows { /* by parameter */
    LLVMValueRef *least; /* of a vector; of a string: emit_text.c; NULL: not asked for yet */
    bool *is_invariant; /* the same vector in every turn */
} LeastRows;

typedef struct Turns {
    const CoreFunction *function;
    bool *is_invariant;
} Turns;

static void look_at_turn(CoreNode **child, void *data)
{
    Turns *t = data;
    CoreNode *node = *child;
    bool is_turn = node->kind == CORE_CALL_KNOWN && node->u.call.function == t->function && node->tail;
    for (int i = 0; is_turn && i < node->u.call.count; i++)
        t->is_invariant[i] &= core_is_var(node->u.call.args[i], core_param(t->function, i));
    core_each_child(node, look_at_turn, t);
}

static LeastRows *least_rows(FunctionEmitter *f)
{
    if (f->part->least_rows) return f->part->least_rows;
    LeastRows *rows = f->part->least_rows = arena_alloc(f->arena, sizeof *rows);
    size_t count = (size_t)core_param_count(f->core) + 1;
    rows->least = arena_alloc(f->arena, count * sizeof *rows->least);
    rows->is_invariant = arena_alloc(f->arena, count * sizeof *rows->is_invariant);
    memset(rows->least, 0, count * sizeof *rows->least);
    memset(rows->is_invariant, f->core->self_tail_calls, count * sizeof *rows->is_invariant);
    Turns turns = {f->core, rows->is_invariant};
    look_at_turn(&f->core->body, &turns);
    return rows;
}

/* Which parameter of the function it is, or -1. */
static int parameter_index(const CoreFunction *f, const CoreVar *var)
{
    for (int i = 0; f && i < core_param_count(f); i++)
        if (core_param(f, i) == var) return i;
    return -1;
}

LLVMValueRef emit_once(FunctionEmitter *f, const CoreVar *var, LLVMValueRef (*emit)(FunctionEmitter *, LLVMValueRef))
{
    int i = parameter_index(f->core, var);
    if (i < 0 || !least_rows(f)->is_invariant[i]) return NULL;
    LLVMValueRef *least = &least_rows(f)->least[i];
    if (*least) return *least;
    LLVMBuilderRef b = f->m->builder;
    LLVMBasicBlockRef here = LLVMGetInsertBlock(b);
    LLVMPositionBuilderAtEnd(b, f->part->start);
    *least = emit(f, LLVMBuildIntToPtr(b, f->part->incoming[i].data, f->m->ptr, ""));
    LLVMPositionBuilderAtEnd(b, here);
    return *least;
}

static LLVMValueRef ask_vector(FunctionEmitter *f, LLVMValueRef vector)
{
    return emit_runtime_call(f, RUNTIME_LEAST_ROW, &vector, 1);
}

LLVMValueRef emit_least_row(FunctionEmitter *f, const CoreNode *row)
{
    const CoreVar *whole = row->kind == CORE_LOCAL ? row->u.local->whole : NULL;
    if (!whole || !type_is(whole->type, TAG_BIT(RT_VECTOR)) || emit_layout(f->m, whole->type)) return NULL;
    return emit_once(f, whole, ask_vector);
}
