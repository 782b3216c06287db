// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** {@code pointwise run}: a model on images or tensors, its latency, its profile, its accuracy. */
@NullMarked
package io.pointwise.cli.run;

import org.jspecify.annotations.NullMarked;
