// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** The command {@code tune}. */
@NullMarked
package io.pointwise.cli.tune;

import org.jspecify.annotations.NullMarked;
