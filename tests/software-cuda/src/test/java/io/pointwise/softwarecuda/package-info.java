// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the software CUDA, through JCuda. */
@NullMarked
package io.pointwise.softwarecuda;

import org.jspecify.annotations.NullMarked;
