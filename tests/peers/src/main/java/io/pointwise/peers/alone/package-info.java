// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** One library with one network in a process of its own: its memory and its first runs. */
@NullMarked
package io.pointwise.peers.alone;

import org.jspecify.annotations.NullMarked;
