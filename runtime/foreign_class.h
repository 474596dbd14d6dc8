/* How the types of C functions are passed: what compiler and runtime must both know of them. */
#ifndef CONSAIR_FOREIGN_CLASS_H
#define CONSAIR_FOREIGN_CLASS_H

enum ForeignClass {
    FOREIGN_VOID,
    FOREIGN_BOOL,
    FOREIGN_INT, /* of some number of bits; 64 bits without sign has a class of its own, for values beyond an int */
    FOREIGN_UINT64,
    FOREIGN_FLOAT,
    FOREIGN_DOUBLE,
    FOREIGN_STRING,
    FOREIGN_OWNED_STRING, /* a result that the caller frees */
    FOREIGN_POINTER,
    FOREIGN_FLOATS, /* the elements of a packed vector */
    FOREIGN_INTS
};

/* A type in one word: its class, its bits and whether it has a sign. */
#define FOREIGN_KIND(class, bits, is_signed) ((int)(class) | (int)(bits) << 8 | (int)(is_signed) << 16)

#endif
