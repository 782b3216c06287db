// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The suite that every device must pass. The author of a device extends {@link
 * io.pointwise.conformance.DeviceConformance}, names the device, and gets everything else.
 */
@NullMarked
package io.pointwise.conformance;

import org.jspecify.annotations.NullMarked;
