/* Which vertices of a directed graph lie on common cycles. */
#ifndef CONSAIR_CYCLES_H
#define CONSAIR_CYCLES_H

#include "support.h"

typedef struct Graph {
    Arena *arena;
    struct GraphVertex *vertices;
    int count;
} Graph;

Graph graph_new(Arena *arena, int count);
void graph_add_edge(Graph *g, int from, int to);
/* For each vertex the number of its strongly connected component; *sizes: how many vertices each of these has. */
int *graph_components(Graph *g, int **sizes);

#endif
