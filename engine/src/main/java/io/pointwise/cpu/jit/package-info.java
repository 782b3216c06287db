// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The tier of the CPU device that emits machine code at planning time: a small assembler, one
 * generator for each family of inner loops, and the algorithms that call what they made.
 *
 * <p>From below: {@link io.pointwise.cpu.jit.Assembler} encodes instructions, {@link
 * io.pointwise.cpu.jit.CodeRegion} keeps them in executable memory, {@link
 * io.pointwise.cpu.jit.Kernel} calls them. Generators are named for the loop that they write.
 */
@NullMarked
package io.pointwise.cpu.jit;

import org.jspecify.annotations.NullMarked;
