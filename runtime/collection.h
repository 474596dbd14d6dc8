/* Maps and sets as the printer (and whoever walks one without caring how it is stored) sees them. */
#ifndef CONSAIR_COLLECTION_H
#define CONSAIR_COLLECTION_H

#include "value.h"

/* The entries of a map, set, pmap or pset in insertion order: keys and values alternately, or the elements.  Gives how
 * many values that is (twice the number of entries for a map); `out` (NULL: only count) has room for all of them and
 * receives them borrowed.  Never raises.
 * A weak reference, so that the printer alone does not drag the collections into an executable: it has to be defined in
 * the same object file as the constructors of these types. */
int64_t rt_collection_entries_borrow(RtValue collection, RtValue *out) __attribute__((weak));

#endif
