// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0
/** The graph of a model as the file has it, checked. */
@NullMarked
package io.pointwise.onnx.graph;

import org.jspecify.annotations.NullMarked;
