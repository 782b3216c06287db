// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NVIDIA's own compiler takes every kernel, for every architecture from Turing to Blackwell, and
 * keeps what a kernel computes with in registers. Where nvcc is not installed this is skipped.
 */
final class KernelCompilationTest {
  private static final Path FOLDER = Path.of("src/main/resources/io/pointwise/cuda/kernels");
  private static final List<Integer> ARCHITECTURES = List.of(75, 80, 90, 100, 120);
  private static final Pattern SPILLS =
      Pattern.compile("(\\d+) bytes spill stores, (\\d+) bytes spill loads");
  private static final Pattern ENTRY =
      Pattern.compile("Compiling entry function '(kernel_\\d+_\\w+)' for 'sm_(\\d+)\\w*'");
  private static final Pattern USED = Pattern.compile("Used (\\d+) registers");
  private static final Pattern MACRO = Pattern.compile("(?m)^#define (\\w+)");

  /** Defines besides those that all kernels have; a kernel that is not named has one variant. */
  private static final Map<String, List<List<String>>> VARIANTS =
      Map.ofEntries(
          Map.entry("activate", each("ACTIVATION=activation_", activations())),
          Map.entry("arg_reduce", List.of(List.of("MAX=0", "LAST=1"), List.of("MAX=1", "LAST=0"))),
          Map.entry("average_pool", each("COUNT_PADDING=", List.of("0", "1"))),
          Map.entry("batch_norm", epilogues()),
          Map.entry("concat", each("INPUTS=", List.of("1", "2", "4", "8"))),
          Map.entry("conv", biased()),
          Map.entry("conv_transpose", biased()),
          Map.entry("depthwise", biased()),
          Map.entry("finish", biased()),
          Map.entry("global_pool", each("MAX=", List.of("0", "1"))),
          Map.entry("max_pool_indices", each("COLUMN_MAJOR=", List.of("0", "1"))),
          Map.entry("pad", each("AXES=", List.of("0", "1", "4", "6"))),
          Map.entry("pairwise", pairs()),
          Map.entry(
              "reduce",
              each("FUNCTION=reduce_", List.of("sum", "mean", "max", "min", "sum_square", "l2"))),
          Map.entry("resize", each("AXES=", List.of("1", "4", "5"))),
          Map.entry("softmax", each("LOG=", List.of("0", "1"))));

  @TempDir private Path output;

  private static List<List<String>> each(String name, List<String> values) {
    return values.stream().map(value -> List.of(name + value)).toList();
  }

  private static List<String> activations() {
    return List.of(
        "none clip gelu gelu_tanh mish swish erf elu selu celu hard_swish wrap_narrow wrap_wide any"
            .split(" ", -1));
  }

  private static List<List<String>> epilogues() {
    return List.of(
        List.of("ACTIVATION=activation_none"),
        List.of("ACTIVATION=activation_relu", "RESIDUAL=1"),
        List.of("ACTIVATION=activation_mish", "RESIDUAL=1"),
        List.of("ACTIVATION=activation_any", "RESIDUAL=1"));
  }

  private static List<List<String>> biased() {
    List<List<String>> all = new ArrayList<>();
    for (List<String> epilogue : epilogues()) {
      all.add(epilogue);
      List<String> biased = new ArrayList<>(epilogue);
      biased.add("BIAS=1");
      all.add(biased);
    }
    return all;
  }

  private static List<List<String>> pairs() {
    return Stream.of("add", "divide", "power", "minimum", "less", "and")
        .flatMap(
            name ->
                Stream.of("relu", "any")
                    .map(
                        activation ->
                            List.of(
                                "FUNCTION=pair_" + name,
                                "ACTIVATION=activation_" + activation,
                                "RESIDUAL=1")))
        .toList();
  }

  private static Path nvcc() {
    for (String folder : (System.getenv("PATH") + ":/usr/local/cuda/bin").split(":", -1)) {
      Path found = Path.of(folder).resolve("nvcc");
      if (Files.isExecutable(found)) {
        return found;
      }
    }
    assumeTrue(false, "nvcc is not installed");
    throw new IllegalStateException("not reached");
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + log);
    return log;
  }

  /**
   * All variants of all kernels as one source, since most of nvcc's time is its start: each in a
   * namespace, under a name of its own, without the macros of the one before.
   *
   * @param variants gets what each name stands for: the kernel and its defines
   */
  private Path together(String index, Map<String, String> variants) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(FOLDER)) {
      files = found.filter(file -> file.toString().endsWith(".cu")).sorted().toList();
    }
    Set<String> macros = new TreeSet<>();
    for (Path file : files) {
      MACRO.matcher(Files.readString(file)).results().forEach(found -> macros.add(found.group(1)));
    }
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Path file : files) {
      if (!Files.readString(file).contains("extern \"C\" __global__")) {
        continue;
      }
      String kernel = file.getFileName().toString().replace(".cu", "");
      for (List<String> defines : VARIANTS.getOrDefault(kernel, List.of(List.of()))) {
        number++;
        variants.put(
            "kernel_%d_%s".formatted(number, kernel), kernel + " " + String.join(" ", defines));
        Set<String> defined = new TreeSet<>(macros);
        StringBuilder own = new StringBuilder("#define INDEX " + index + "\n");
        defined.add("INDEX");
        own.append("#define %s kernel_%d_%s\n".formatted(kernel, number, kernel));
        for (String define : defines) {
          own.append("#define ").append(define.replace('=', ' ')).append('\n');
          defined.add(define.substring(0, define.indexOf('=')));
        }
        text.append(own);
        text.append(
            "namespace variant_%d {\n#include \"%s\"\n}\n"
                .formatted(number, file.toAbsolutePath()));
        defined.forEach(name -> text.append("#undef ").append(name).append('\n'));
        text.append("#undef ").append(kernel).append('\n');
      }
    }
    assertTrue(number > 60, number + " variants");
    return Files.writeString(output.resolve("kernels_" + index + ".cu"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"int", "long"})
  void everyKernelCompilesWithoutSpilling(String index) throws Exception {
    List<String> command = new ArrayList<>(List.of(nvcc().toString(), "-fatbin", "--std=c++17"));
    command.addAll(List.of("-Xptxas", "-v", "-o", output.resolve("kernels.fatbin").toString()));
    for (int architecture : ARCHITECTURES) {
      command.add("-gencode=arch=compute_%d,code=sm_%d".formatted(architecture, architecture));
    }
    Map<String, String> variants = new HashMap<>();
    Path source = together(index, variants);
    command.add(source.toString());
    String log = run(command);
    List<String> spilling = new ArrayList<>();
    String kernel = "";
    int found = 0;
    for (String line : log.lines().toList()) {
      if (line.contains("Function properties for ")) {
        kernel = line.strip();
      }
      Matcher spills = SPILLS.matcher(line);
      if (spills.find()) {
        found++;
        if (!spills.group(1).equals("0") || !spills.group(2).equals("0")) {
          spilling.add(kernel + ": " + spills.group());
        }
      }
    }
    assertTrue(found > 60 * ARCHITECTURES.size(), "nvcc told of " + found + " kernels");
    assertEquals(List.of(), spilling);
    if (index.equals("int")) {
      RegisterTable.requireSame(registers(log, variants), run(List.of(nvcc().toString(), "-V")));
    }
  }

  /** Registers of each variant on each architecture: {@code "depthwise BIAS=1 sm_80"}. */
  private static SortedMap<String, Integer> registers(String log, Map<String, String> variants) {
    SortedMap<String, Integer> registers = new TreeMap<>();
    String variant = "";
    for (String line : log.lines().toList()) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.find()) {
        variant =
            Objects.requireNonNull(variants.get(entry.group(1))).strip() + " sm_" + entry.group(2);
      }
      Matcher used = USED.matcher(line);
      if (used.find()) {
        registers.put(variant, Integer.valueOf(used.group(1)));
      }
    }
    return registers;
  }
}
