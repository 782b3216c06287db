// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0
/** The scalar tier: short, obvious, double accumulators; shares nothing with fast code. */
@NullMarked
package io.pointwise.cpu.scalar;

import org.jspecify.annotations.NullMarked;
