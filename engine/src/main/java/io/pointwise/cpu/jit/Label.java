// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/** A place in the code that jumps go back to; made by {@link Assembler#here}. */
record Label(int position) {}
