// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Networks as ONNX models, for the libraries that read those. */
@NullMarked
package io.pointwise.peers.export;

import org.jspecify.annotations.NullMarked;
