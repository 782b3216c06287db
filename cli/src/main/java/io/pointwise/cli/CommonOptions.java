// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.device.MaxIsa;
import io.pointwise.device.Precision;
import io.pointwise.plan.PlanOptions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that plans something for a device. Use as a mixin. */
public final class CommonOptions {
  private static final String DEVICE_VARIABLE = "POINTWISE_DEVICE";
  private static final int MAX_THREADS = 4096;

  @Option(
      names = "--device",
      paramLabel = "D",
      description =
          "cpu, opencl, opencl:1, cuda, cuda:0, or part of a name as in opencl:radeon (also with"
              + " require: before it): that one or an error; prefer:cuda,opencl,cpu: the first that"
              + " works; auto (default): the first GPU that works, else cpu.")
  private @Nullable String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the CPU device; default: all cores.")
  private @Nullable Integer threads;

  @Option(
      names = "--max-isa",
      paramLabel = "ISA",
      description =
          "The widest instruction set that the CPU device generates code for: avx512 (default),"
              + " avx2 or none.")
  private MaxIsa maxIsa = MaxIsa.AVX512;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "fp32 (default, strict), tf32, fp16 or bf16.")
  private Precision precision = Precision.FP32;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = "Only this algorithm; * stands for any text.")
  private @Nullable String algorithm;

  public Precision precision() {
    return precision;
  }

  /** The name or pattern after {@code --algorithm}, or null. */
  public @Nullable String algorithm() {
    return algorithm;
  }

  /** Threads that were asked for; 0 for all cores. */
  public int threads() {
    return threads == null ? 0 : threads;
  }

  /**
   * Opens the device that was asked for, by option or environment. Its notices go to the error
   * stream.
   */
  public Devices.Selection open(Session session) {
    if (threads != null && (threads < 1 || threads > MAX_THREADS)) {
      throw CommandFailure.usage("--threads=" + threads + " must be from 1 to " + MAX_THREADS);
    }
    Devices.Selection selection =
        session.devices().open(policy(session), new DeviceOptions(threads(), maxIsa));
    selection.device().notices().forEach(session.screen().err()::println);
    session.screen().err().flush();
    return selection;
  }

  private DevicePolicy policy(Session session) {
    String variable = session.environment().apply(DEVICE_VARIABLE);
    String text =
        device != null ? device : variable != null && !variable.isBlank() ? variable : "auto";
    try {
      return DevicePolicy.parse(text);
    } catch (IllegalArgumentException e) {
      String source = device != null ? "--device" : DEVICE_VARIABLE;
      throw CommandFailure.usage(source + ": " + e.getMessage());
    }
  }

  /** The default planning options with the precision that was asked for. */
  public PlanOptions planOptions() {
    return PlanOptions.DEFAULT.withPrecision(precision).withMaxContexts(1);
  }

  /** {@link #planOptions()} with the algorithm that was asked for, which the device must have. */
  public PlanOptions planOptions(Device opened) {
    if (algorithm == null) {
      return planOptions();
    }
    requireKnown(algorithm, opened, List.of());
    return planOptions().withOnly(algorithm);
  }

  /**
   * Fails unless the pattern fits an algorithm of the device.
   *
   * @param alsoLegal names that mean something else to the command
   */
  public static void requireKnown(String pattern, Device device, List<String> alsoLegal) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    List<String> names = device.algorithms().stream().map(Algorithm::name).toList();
    if (names.stream().noneMatch(name -> name.matches(regex))) {
      String legal =
          java.util.stream.Stream.concat(names.stream(), alsoLegal.stream())
              .collect(Collectors.joining(", "));
      throw CommandFailure.usage(
          "--algorithm: device "
              + device.info().id()
              + " has no algorithm \""
              + pattern
              + "\"; legal names: "
              + legal);
    }
  }
}
