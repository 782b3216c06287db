// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the peers as contestants. */
@NullMarked
package io.pointwise.peers.contestant;

import org.jspecify.annotations.NullMarked;
