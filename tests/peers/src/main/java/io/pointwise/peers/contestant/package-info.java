// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** The libraries, each ready to compute one subject: ours and its peers. */
@NullMarked
package io.pointwise.peers.contestant;

import org.jspecify.annotations.NullMarked;
