// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of processes of their own. */
@NullMarked
package io.pointwise.peers.alone;

import org.jspecify.annotations.NullMarked;
