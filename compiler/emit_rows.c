/* Vectors of vectors read by columns: (vector-ref (vector-ref m k) j) in a loop over k.
 *
 * The index j must be compared with the length of each row, which lies in another cache line than the item: half of what such
 * a loop reads.  But a vector remembers the least length of its rows (RtVector.rows, measured when first asked for).  So
 * a loop asks once for each vector that it never changes; an index below that is inside of every row, and only others
 * are compared with the length of the row itself.
 */
#include "emit_internal.h"

typedef struct Invariant {
    const CoreFunction *function;
    int index;
    bool holds;
} Invariant;

static void check_call(CoreNode **child, void *data)
{
    Invariant *v = data;
    CoreNode *node = *child;
    bool is_turn = node->kind == CORE_CALL_KNOWN && node->u.call.function == v->function && node->tail;
    if (is_turn && !core_is_var(node->u.call.args[v->index], core_param(v->function, v->index))) v->holds = false;
    core_each_child(node, check_call, v);
}

/* Which parameter of the loop it is, if that is the same vector in every turn; else -1. */
static int invariant_parameter(const CoreFunction *f, const CoreVar *var)
{
    for (int i = 0; f && f->self_tail_calls && i < core_param_count(f); i++) {
        if (core_param(f, i) != var) continue;
        Invariant v = {f, i, true};
        check_call((CoreNode **)(uintptr_t)&f->body, &v);
        return v.holds ? i : -1;
    }
    return -1;
}

LLVMValueRef emit_least_row(FunctionEmitter *f, const CoreNode *row)
{
    const CoreVar *whole = row->kind == CORE_LOCAL ? row->u.local->whole : NULL;
    if (!whole || !type_is(whole->type, TAG_BIT(RT_VECTOR))) return NULL;
    int i = invariant_parameter(f->core, whole);
    if (i < 0) return NULL;
    if (!f->least_rows) {
        size_t size = (size_t)core_param_count(f->core) * sizeof *f->least_rows;
        f->least_rows = arena_alloc(f->arena, size);
        memset(f->least_rows, 0, size);
    }
    if (f->least_rows[i]) return f->least_rows[i];
    LLVMBuilderRef b = f->m->builder;
    LLVMBasicBlockRef here = LLVMGetInsertBlock(b);
    LLVMPositionBuilderAtEnd(b, f->entry);
    LLVMValueRef vector = LLVMBuildIntToPtr(b, f->incoming[i].data, f->m->ptr, "");
    f->least_rows[i] = emit_runtime_call(f, RUNTIME_LEAST_ROW, &vector, 1);
    LLVMPositionBuilderAtEnd(b, here);
    return f->least_rows[i];
}
