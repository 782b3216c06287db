// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** What is measured: layers and whole networks, each with its weights and its input. */
@NullMarked
package io.pointwise.peers.subject;

import org.jspecify.annotations.NullMarked;
