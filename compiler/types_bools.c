/* Vectors of truth values: whether make-vector packs them.
 *
 * A vector that starts with t or nil everywhere may be a table of flags, a byte each, or one whose places wait for something
 * else.  The first store of something else would copy it to a plain vector once; worse, its items would lie in one
 * of two ways, and every read would have to look.  So when inference finds that something else is stored into such
 * vectors, they start as plain ones: first those that start with nil, and if that was not enough, all.
 */
#include "types.h"

typedef struct Mixture {
    uint32_t fills; /* tags: make-vector of these becomes plain */
    bool is_found;
} Mixture;

/* Packed at first, or unpacked by a store: not one of which nothing is known. */
static bool starts_packed(const CoreType *vector)
{
    uint32_t bools = 1u << RT_VECTOR_BOOLS, numbers = 1u << RT_VECTOR_INTS | 1u << RT_VECTOR_FLOATS;
    return vector && vector->kinds & bools && !(vector->kinds & numbers);
}

static uint32_t tags_of(const CoreNode *node)
{
    if (node->kind == CORE_CONST) return TAG_BIT(node->u.constant.tag);
    if (node->kind == CORE_GLOBAL || node->kind == CORE_CALL || node->kind == CORE_APPLY) return TAGS_ALL;
    if (node->kind == CORE_FUNCTION || node->kind == CORE_CLOSURE) return TAG_BIT(RT_CLOSURE);
    return node->type ? node->type->tags : TAGS_ALL;
}

static void find_mixture(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    Mixture *mixture = data;
    if (core_is_prim(node, PRIM_vector_set) && node->type) {
        bool is_truth = !(tags_of(node->u.call.args[2]) & ~TAGS_BOOL);
        if (!is_truth && starts_packed(node->u.call.args[0]->type)) mixture->is_found = true;
    }
    core_each_child(node, find_mixture, data);
}

static void make_plain(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    Mixture *mixture = data;
    if (core_is_prim(node, PRIM_make_vector)) {
        uint32_t fill = node->u.call.count < 2 ? TAG_BIT(RT_NIL) : tags_of(node->u.call.args[1]);
        if (!(fill & ~mixture->fills)) node->u.call.primitive = PRIM_make_plain_vector;
    }
    core_each_child(node, make_plain, data);
}

static void each_body(CoreProgram *p, void (*visit)(CoreNode **, void *), Mixture *mixture)
{
    for (int i = 0; i < p->function_count; i++) visit(&p->functions[i]->body, mixture);
}

void types_settle_bools(CoreProgram *p)
{
    static const uint32_t steps[] = {TAG_BIT(RT_NIL), TAGS_ALL};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        Mixture mixture = {.fills = steps[i]};
        each_body(p, find_mixture, &mixture);
        if (!mixture.is_found) return;
        each_body(p, make_plain, &mixture);
        types_infer(p);
    }
}
