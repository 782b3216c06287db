// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0
/** ONNX files to networks, and running them with typed tensors. */
@NullMarked
package io.pointwise.onnx;

import org.jspecify.annotations.NullMarked;
