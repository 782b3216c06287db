// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code pointwise explain}: shapes, cost, dispatch and memory of a network, without running it.
 */
@NullMarked
package io.pointwise.cli.explain;

import org.jspecify.annotations.NullMarked;
