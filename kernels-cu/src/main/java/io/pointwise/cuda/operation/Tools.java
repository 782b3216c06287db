// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaContext;
import io.pointwise.cuda.host.Programs;
import io.pointwise.device.DeviceOptions;

/**
 * What steps are made with.
 *
 * @param context of the device
 * @param programs of the context
 * @param options that the device was opened with
 */
record Tools(CudaContext context, Programs programs, DeviceOptions options) {}
