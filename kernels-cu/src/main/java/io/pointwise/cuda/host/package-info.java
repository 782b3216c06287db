// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The CUDA libraries and their objects, each with one closeable owner, and statuses as exceptions.
 * Knows no operation.
 */
@NullMarked
package io.pointwise.cuda.host;

import org.jspecify.annotations.NullMarked;
