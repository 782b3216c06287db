// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a program of these tests in a process of its own. */
final class OtherProcess {
  private OtherProcess() {}

  /**
   * Lines that the program prints.
   *
   * @param main its class
   * @param flags of the JVM
   * @param environment on top of this process's
   * @throws AssertionError if it ends with another status than 0
   */
  static List<String> run(
      Class<?> main, List<String> flags, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    return run(List.of(), main, flags, environment, arguments);
  }

  /**
   * As {@link #run(Class, List, Map, List)}, with so much address space and no more.
   *
   * @param kib limit in KiB
   */
  static List<String> runLimited(long kib, Class<?> main, List<String> flags)
      throws IOException, InterruptedException {
    List<String> limited = List.of("sh", "-c", "ulimit -v " + kib + " && exec \"$@\"", "sh");
    return run(limited, main, flags, Map.of(), List.of());
  }

  private static List<String> run(
      List<String> before,
      Class<?> main,
      List<String> flags,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath(main)));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder java = new ProcessBuilder(command);
    java.environment().putAll(environment);
    Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError(main.getName() + " ended with status " + status + ":\n" + text);
    }
    return text.lines().toList();
  }

  /**
   * What this JVM has on its class path and on its module path, and the folder of the tests, which
   * it may have been given as a patch of a module.
   */
  private static String classPath(Class<?> main) {
    return Stream.of(
            folder(main),
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String folder(Class<?> main) {
    String file = main.getName().replace('.', '/') + ".class";
    try {
      URI uri = main.getClassLoader().getResource(file).toURI();
      Path path = Path.of(uri);
      return path.getRoot()
          .resolve(path.subpath(0, path.getNameCount() - Path.of(file).getNameCount()))
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(file, e);
    }
  }
}
