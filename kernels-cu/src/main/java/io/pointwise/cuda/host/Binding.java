// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jcuda.LogLevel;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcudnn.JCudnn;
import jcuda.nvrtc.JNvrtc;

/**
 * The native libraries of the Java binding, touched once. A class of the binding throws {@link
 * UnsatisfiedLinkError} with the cause when it is first used and {@link NoClassDefFoundError}
 * without it ever after, hence the cause is kept.
 *
 * <p>The binding unpacks its natives to fixed names in {@code java.io.tmpdir} and takes what lies
 * there already, whoever put it there. So it is shown a new folder of the user's alone that holds
 * them, for as long as it takes; the JDK itself read the property when it started.
 */
final class Binding {
  private static final List<String> NATIVES =
      List.of("JCudaDriver", "JNvrtc", "JCublas2", "JCudnn");
  private static final String VERSION = "12.6.0";
  private static final String TEMPORARY = "java.io.tmpdir";

  private Binding() {}

  /**
   * Why the binding cannot be used, if it cannot.
   *
   * @param withNvrtc whether NVRTC is there; its native cannot be loaded without it
   */
  static synchronized Optional<String> touch(boolean withNvrtc) {
    Path folder;
    try {
      folder = Files.createTempDirectory("pointwise-cuda-");
    } catch (IOException e) {
      return Optional.of("no folder for its native libraries can be made: " + e);
    }
    try {
      unpack(folder);
      initialize(folder, withNvrtc);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("its native libraries cannot be unpacked to " + folder + ": " + e);
    } catch (LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of(String.valueOf(cause.getMessage()));
    } finally {
      remove(folder);
    }
  }

  private static void unpack(Path folder) throws IOException {
    for (String name : NATIVES) {
      String file = file(name);
      try (InputStream stream = Binding.class.getClassLoader().getResourceAsStream("lib/" + file)) {
        if (stream == null) {
          throw new IOException("lib/" + file + " is not among the program's jars");
        }
        Files.copy(stream, folder.resolve(file));
      }
    }
  }

  private static String file(String name) {
    return "lib" + name + "-" + VERSION + "-linux-x86_64.so";
  }

  private static void initialize(Path folder, boolean withNvrtc) {
    String before = System.getProperty(TEMPORARY);
    System.setProperty(TEMPORARY, folder.toString());
    try {
      JCudaDriver.setExceptionsEnabled(false);
      if (withNvrtc) {
        JNvrtc.setExceptionsEnabled(false);
      }
      JCublas2.setExceptionsEnabled(false);
      JCudnn.setExceptionsEnabled(false);
      JCudaDriver.setLogLevel(LogLevel.LOG_QUIET);
    } finally {
      System.setProperty(TEMPORARY, before);
    }
  }

  /** What is loaded stays in memory without its file. */
  private static void remove(Path folder) {
    try {
      for (String name : NATIVES) {
        Files.deleteIfExists(folder.resolve(file(name)));
      }
      Files.delete(folder);
    } catch (IOException e) {
      System.getLogger(Binding.class.getName())
          .log(System.Logger.Level.DEBUG, () -> folder + " is left behind: " + e);
    }
  }
}
