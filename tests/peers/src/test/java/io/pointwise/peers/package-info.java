// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the benchmark beside other libraries: options, evaluation, networks written to ONNX. */
@NullMarked
package io.pointwise.peers;

import org.jspecify.annotations.NullMarked;
