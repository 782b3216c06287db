// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What devices with compiled kernels share: recipes of steps, the tables that kernels read,
 * defines, and compiled programs on disk. For the OpenCL and the CUDA device only.
 */
@NullMarked
package io.pointwise.device.kernel;

import org.jspecify.annotations.NullMarked;
