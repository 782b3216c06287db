// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of writing ONNX. */
@NullMarked
package io.pointwise.peers.export;

import org.jspecify.annotations.NullMarked;
