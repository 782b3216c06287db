// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** From image files to what a model takes. */
@NullMarked
package io.pointwise.cli.image;

import org.jspecify.annotations.NullMarked;
