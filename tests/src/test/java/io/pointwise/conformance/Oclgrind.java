// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * oclgrind, a simulator of an OpenCL device that watches every access to memory (Price and
 * McIntosh-Smith, IWOCL 2015).
 *
 * <p>The command {@code oclgrind} preloads an OpenCL library, which does not reach a program that
 * asks the dynamic linker for {@code libOpenCL.so} by name, as the Java binding does. So the loader
 * is told to use oclgrind's driver and no other, and the options are given as the environment
 * variables that the command would set.
 *
 * @param driver its driver for the OpenCL loader
 */
record Oclgrind(Path driver) {
  private static final String NAME = "oclgrind";
  private static final Pattern LAUNCH = Pattern.compile("Instructions executed for kernel '(.+)':");

  /** After so many reports oclgrind is silent. */
  private static final int MOST_REPORTS = 10_000;

  /**
   * What a run told.
   *
   * @param cases how many ran
   * @param reports of oclgrind's, each with the case that it is about
   * @param kernels that were launched, as oclgrind saw it
   */
  record Told(int cases, List<String> reports, Set<String> kernels) {}

  /** The one that is installed, beside the command or where Debian has it. */
  static Optional<Oclgrind> installed() {
    Stream<Path> beside =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, NAME))
            .filter(Files::isExecutable)
            .flatMap(
                command -> Stream.of("../lib/oclgrind", "../lib").map(command::resolveSibling));
    return beside
        .map(folder -> folder.resolve("liboclgrind-rt-icd.so").normalize())
        .filter(Files::isReadable)
        .findFirst()
        .map(Oclgrind::new);
  }

  /**
   * Runs small cases of the catalogue in a process of its own.
   *
   * @param options of oclgrind, as environment variables
   * @param fault that the operands have on purpose
   * @param most multiplications and elements of a case
   * @param folder for files
   */
  Told run(Map<String, String> options, SeparateOperands.Fault fault, long most, Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolve("oclgrind.log");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SimulatedSteps.class.getName(),
            fault.name(),
            Long.toString(most),
            log.toString());
    java.environment().putAll(options);
    java.environment()
        .putAll(
            Map.of(
                "OCL_ICD_VENDORS",
                driver.toString(),
                "OCLGRIND_LOG",
                log.toString(),
                "OCLGRIND_MAX_ERRORS",
                Integer.toString(MOST_REPORTS),
                "OCLGRIND_INST_COUNTS",
                "1",
                // Programs that were compiled with other options must not be found.
                "POINTWISE_CACHE",
                folder.resolve("cache").toString()));
    Process process = java.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      String reported = Files.exists(log) ? Files.readString(log) : "";
      throw new AssertionError(
          "the simulation ended with status " + status + ":\n" + tail(text) + tail(reported));
    }
    return told(text.lines().toList());
  }

  private static Told told(List<String> lines) {
    int cases = 0;
    List<String> reports = new ArrayList<>();
    Set<String> kernels = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher launch = LAUNCH.matcher(line);
      if (launch.matches()) {
        kernels.add(launch.group(1));
      } else if (line.startsWith(SimulatedSteps.REPORT)) {
        // The first of a report says enough.
        reports.add(String.join("\n", lines.subList(i, Math.min(lines.size(), i + 8))));
      } else if (line.startsWith(SimulatedSteps.RAN)) {
        cases = Integer.parseInt(line.substring(SimulatedSteps.RAN.length()));
      }
    }
    return new Told(cases, reports, kernels);
  }

  private static String tail(String text) {
    List<String> lines = text.lines().filter(line -> !line.matches(" *[0-9]+ - .*")).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - 60))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
