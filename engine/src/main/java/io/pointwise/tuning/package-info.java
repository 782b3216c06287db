// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Choosing algorithms by measuring them on the device at hand, and keeping what was measured. */
@NullMarked
package io.pointwise.tuning;

import org.jspecify.annotations.NullMarked;
