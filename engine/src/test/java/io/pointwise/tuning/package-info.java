// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of tuning, on a device whose clock goes by what its algorithms say. */
@NullMarked
package io.pointwise.tuning;

import org.jspecify.annotations.NullMarked;
