// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of rounds and ratios. */
@NullMarked
package io.pointwise.peers.timing;

import org.jspecify.annotations.NullMarked;
