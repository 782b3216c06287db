// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Vectors of floats of a width that is a define: vectors(16) is float16, and of one lane float.

#ifndef JOIN
#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)
#endif

#define load1(p) (*(p))
#define load4(p) vload4(0, (p))
#define load8(p) vload8(0, (p))
#define load16(p) vload16(0, (p))
#define store1(v, p) (*(p) = (v))
#define store4(v, p) vstore4((v), 0, (p))
#define store8(v, p) vstore8((v), 0, (p))
#define store16(v, p) vstore16((v), 0, (p))
#define vector1 float
#define vector4 float4
#define vector8 float8
#define vector16 float16

#define VECTOR(lanes) JOIN(vector, lanes)
#define LOAD(lanes, p) JOIN(load, lanes)(p)
#define SAVE(lanes, v, p) JOIN(store, lanes)(v, p)
