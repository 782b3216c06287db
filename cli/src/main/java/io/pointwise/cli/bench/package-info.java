// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** {@code pointwise bench}: times layers, and verifies each result in the run that is timed. */
@NullMarked
package io.pointwise.cli.bench;

import org.jspecify.annotations.NullMarked;
