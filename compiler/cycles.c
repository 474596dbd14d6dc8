/* Strongly connected components by Tarjan's algorithm, linear in vertices and edges: two vertices are in one component
 * when each is reached from the other. */
#include "cycles.h"

#include <string.h>

typedef struct GraphVertex {
    int *targets;
    int target_count, target_capacity;
    int order, lowest; /* order of visit, 0: not visited yet; least order that it reaches on the stack */
    bool is_on_stack;
} GraphVertex;

typedef struct Walk {
    Graph *graph;
    int *stack, *components, *sizes;
    int stack_count, visit_count, component_count;
} Walk;

Graph graph_new(Arena *arena, int count)
{
    return (Graph){arena, arena_alloc(arena, ((size_t)count + 1) * sizeof(GraphVertex)), count};
}

void graph_add_edge(Graph *g, int from, int to)
{
    GraphVertex *v = &g->vertices[from];
    ARENA_PUSH(g->arena, v->targets, v->target_count, v->target_capacity, to);
}

static void close_component(Walk *w, int root)
{
    int member;
    do {
        member = w->stack[--w->stack_count];
        w->graph->vertices[member].is_on_stack = false;
        w->components[member] = w->component_count;
        w->sizes[w->component_count]++;
    } while (member != root);
    w->component_count++;
}

static void visit(Walk *w, int i)
{
    GraphVertex *v = &w->graph->vertices[i];
    v->order = v->lowest = ++w->visit_count;
    v->is_on_stack = true;
    w->stack[w->stack_count++] = i;
    for (int j = 0; j < v->target_count; j++) {
        GraphVertex *to = &w->graph->vertices[v->targets[j]];
        if (!to->order) visit(w, v->targets[j]);
        if (to->is_on_stack && to->lowest < v->lowest) v->lowest = to->lowest;
    }
    if (v->lowest == v->order) close_component(w, i);
}

int *graph_components(Graph *g, int **sizes)
{
    size_t bytes = ((size_t)g->count + 1) * sizeof(int);
    Walk w = {g, arena_alloc(g->arena, bytes), arena_alloc(g->arena, bytes), arena_alloc(g->arena, bytes), 0, 0, 0};
    for (int i = 0; i < g->count; i++)
        if (!g->vertices[i].order) visit(&w, i);
    *sizes = w.sizes;
    return w.components;
}
