// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import io.pointwise.cli.output.Screen;
import io.pointwise.device.CacheFolder;
import io.pointwise.device.Devices;
import io.pointwise.tuning.TuningStore;
import java.util.Optional;
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
    Devices devices, Screen screen, Function<String, @Nullable String> environment) {
  /**
   * Where measurements are kept; empty where the environment tells of no folder for them. What is
   * wrong with it goes to the error stream.
   */
  public Optional<TuningStore> tuningStore() {
    return CacheFolder.of(environment).map(folder -> new TuningStore(folder, this::warn));
  }

  private void warn(String sentence) {
    screen.err().println("pointwise: " + sentence);
    screen.err().flush();
  }
}
