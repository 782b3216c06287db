// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** {@code pointwise verify}: a device against the reference, or against ONNX test cases. */
@NullMarked
package io.pointwise.cli.verify;

import org.jspecify.annotations.NullMarked;
