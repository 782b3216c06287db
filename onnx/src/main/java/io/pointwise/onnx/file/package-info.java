// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0
/** Reading and writing ONNX files: protobuf, tensors, external data. */
@NullMarked
package io.pointwise.onnx.file;

import org.jspecify.annotations.NullMarked;
