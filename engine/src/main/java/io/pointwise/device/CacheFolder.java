// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The user's folder for what can be made again: compiled programs, measurements. */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * {@code POINTWISE_CACHE}, else {@code pointwise} in {@code XDG_CACHE_HOME}, else {@code
   * .cache/pointwise} in the home folder.
   *
   * @param environment value of an environment variable, or null
   * @return empty where the environment has none of these
   */
  public static Optional<Path> of(Function<String, @Nullable String> environment) {
    String own = environment.apply("POINTWISE_CACHE");
    if (own != null && !own.isBlank()) {
      return Optional.of(Path.of(own));
    }
    String xdg = environment.apply("XDG_CACHE_HOME");
    // The XDG specification has relative paths ignored.
    if (xdg != null && Path.of(xdg).isAbsolute()) {
      return Optional.of(Path.of(xdg).resolve("pointwise"));
    }
    String home = environment.apply("HOME");
    return home == null || home.isBlank()
        ? Optional.empty()
        : Optional.of(Path.of(home, ".cache", "pointwise"));
  }

  /** That of this process; without a home in the environment, that which the JVM knows. */
  public static Path ofProcess() {
    return of(System::getenv)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "pointwise"));
  }
}
