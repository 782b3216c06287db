// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** The OpenCL device as the engine sees it: provider, doctor, device and the list of algorithms. */
@NullMarked
package io.pointwise.opencl;

import org.jspecify.annotations.NullMarked;
