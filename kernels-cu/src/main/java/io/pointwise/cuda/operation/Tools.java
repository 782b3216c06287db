// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaContext;
import io.pointwise.cuda.host.Programs;

/**
 * What steps are made with.
 *
 * @param context of the device
 * @param programs of the context
 */
record Tools(CudaContext context, Programs programs) {}
