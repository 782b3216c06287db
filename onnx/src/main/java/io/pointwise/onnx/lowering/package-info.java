// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0
/** From ONNX operators to the layers of a network. */
@NullMarked
package io.pointwise.onnx.lowering;

import org.jspecify.annotations.NullMarked;
