// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tensors in files: NumPy's npy format, and ONNX's tensors by their ending. */
@NullMarked
package io.pointwise.cli.tensor;

import org.jspecify.annotations.NullMarked;
