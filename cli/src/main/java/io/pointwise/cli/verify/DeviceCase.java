// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.network.Network;
import java.util.function.Supplier;

/**
 * A layer or network on which a device is compared with the reference.
 *
 * @param name for people
 * @param network makes it; its weights depend on its name alone
 */
record DeviceCase(String name, Supplier<Network> network) {}
