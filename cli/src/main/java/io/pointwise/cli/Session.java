// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import io.pointwise.cli.output.Screen;
import io.pointwise.device.Devices;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command works with.
 *
 * @param devices that it may use
 * @param screen where its output goes
 * @param environment value of an environment variable, or null
 */
public record Session(
    Devices devices, Screen screen, Function<String, @Nullable String> environment) {}
