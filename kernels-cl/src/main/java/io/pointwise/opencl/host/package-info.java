// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * OpenCL objects, each with one closeable owner, and statuses as exceptions. Knows no operation.
 */
@NullMarked
package io.pointwise.opencl.host;

import org.jspecify.annotations.NullMarked;
