// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Times taken in turn, and the peak of the machine beside them. */
@NullMarked
package io.pointwise.peers.timing;

import org.jspecify.annotations.NullMarked;
