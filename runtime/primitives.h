/* Prototypes of all primitives and their closure objects, made from primitives.def. */
#ifndef CONSAIR_PRIMITIVES_H
#define CONSAIR_PRIMITIVES_H
#include "value.h"

/* shapes: see primitives.def */
#define RT_PROTO_0(f) __attribute__((nothrow)) RtValue f(void)
#define RT_PROTO_1(f) __attribute__((nothrow)) RtValue f(RtValue a)
#define RT_PROTO_2(f) __attribute__((nothrow)) RtValue f(RtValue a, RtValue b)
#define RT_PROTO_3(f) __attribute__((nothrow)) RtValue f(RtValue a, RtValue b, RtValue c)
#define RT_PROTO_N(f) __attribute__((nothrow)) RtValue f(RtValue *args, int64_t count)
#define RT_PROTO_0P(f) RtValue f(const RtPlace *at)
#define RT_PROTO_1P(f) RtValue f(RtValue a, const RtPlace *at)
#define RT_PROTO_2P(f) RtValue f(RtValue a, RtValue b, const RtPlace *at)
#define RT_PROTO_3P(f) RtValue f(RtValue a, RtValue b, RtValue c, const RtPlace *at)
#define RT_PROTO_NP(f) RtValue f(RtValue *args, int64_t count, const RtPlace *at)

#define PRIM(id, name, function, shape, min, max, owns, accepts, result, effect, doc) RT_PROTO_##shape(function);
#define PRIM_TAIL(id, name, function, min, max, doc)
#include "primitives.def"
#undef PRIM
#undef PRIM_TAIL

/* The builtin as a value: an immortal closure, one section each so that the linker keeps only those used. */
#define PRIM(id, name, function, shape, min, max, owns, accepts, result, effect, doc) extern RtClosure rt_builtin_##id;
#define PRIM_TAIL(id, name, function, min, max, doc) extern RtClosure rt_builtin_##id;
#include "primitives.def"
#undef PRIM
#undef PRIM_TAIL
#endif
