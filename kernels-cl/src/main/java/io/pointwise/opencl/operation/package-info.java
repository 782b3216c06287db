// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** The operations: which kernel computes a step, with which tables and work sizes. */
@NullMarked
package io.pointwise.opencl.operation;

import org.jspecify.annotations.NullMarked;
