/* The loop that vector-map is: a vector of what is found for each index from 0 to a limit (map_loop.c). */
#ifndef CONSAIR_MAP_LOOP_H
#define CONSAIR_MAP_LOOP_H

#include "core.h"

/*   (define (f v i n out)
 *     (if (num_eq i n)
 *         out
 *         (let x (vector_ref v i)
 *           ...
 *             (let y Y (f rest (add i 1) n (if (num_eq i 0) (make_vector n y) (vector_set out i y))))))
 */
typedef struct MapLoop {
    CoreFunction *function;
    CoreNode *call; /* the next turn, behind LETs */
    int index, limit, out; /* parameters */
    CoreNode *value; /* the item, a LOCAL */
} MapLoop;

bool map_loop_adds_one(const CoreNode *node, const CoreVar *var); /* (add var 1) */
/* Is the test true in one turn of the loop at most: (num_eq i constant), where each turn adds 1 to i? */
bool map_loop_is_once(const CoreFunction *f, const CoreNode *test);
/* Is the function such a loop? */
bool map_loop_find(MapLoop *loop, CoreFunction *f);

#endif
