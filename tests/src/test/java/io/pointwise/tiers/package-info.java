// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests that hold the tiers of the CPU device against each other. */
@NullMarked
package io.pointwise.tiers;

import org.jspecify.annotations.NullMarked;
