// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of what is measured. */
@NullMarked
package io.pointwise.peers.subject;

import org.jspecify.annotations.NullMarked;
