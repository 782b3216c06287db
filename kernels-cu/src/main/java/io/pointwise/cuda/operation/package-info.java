// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The operations: which calls of cuBLAS and cuDNN and which kernels compute a step, with which
 * descriptors, tables and work sizes.
 */
@NullMarked
package io.pointwise.cuda.operation;

import org.jspecify.annotations.NullMarked;
