// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A device that is as unlike the CPU as the interface allows: asynchronous, with memory out of the
 * host's sight, layouts of its own, refusals, and failures on demand. It stands in for a GPU in
 * tests of the engine.
 */
@NullMarked
package io.pointwise.testdevice;

import org.jspecify.annotations.NullMarked;
