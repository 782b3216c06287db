// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.bench.Verification;
import io.pointwise.tensor.Tensor;

/**
 * A contestant's output and whether it is right.
 *
 * @param name of the contestant
 */
record Judged(String name, Tensor output, Verification verification) {}
