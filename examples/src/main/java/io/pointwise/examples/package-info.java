// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Short programs that use Pointwise, as a user would write them. */
@NullMarked
package io.pointwise.examples;

import org.jspecify.annotations.NullMarked;
