// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * A device that was found, not opened.
 *
 * @param platform that it belongs to
 * @param id of the device
 * @param facts about it
 */
public record FoundDevice(cl_platform_id platform, cl_device_id id, DeviceFacts facts) {}
