// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Layers with Pointwise and with other libraries, side by side in one process: the same inputs and
 * weights, the same cores, in turn, and every result compared.
 */
@NullMarked
package io.pointwise.peers;

import org.jspecify.annotations.NullMarked;
