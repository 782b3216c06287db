// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Where the software CUDA lies, and what it counts. */
@NullMarked
package io.pointwise.softwarecuda;

import org.jspecify.annotations.NullMarked;
