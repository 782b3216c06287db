// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** The CUDA device as the engine sees it: provider, doctor, device. */
@NullMarked
package io.pointwise.cuda;

import org.jspecify.annotations.NullMarked;
