// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of planning through the engine's public interface: fusion, folding, memory, purity. */
@NullMarked
package io.pointwise.planning;

import org.jspecify.annotations.NullMarked;
