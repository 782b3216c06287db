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
import io.pointwise.tuning.Tuning;
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

  @Option(
      names = "--no-tuned",
      description = "Leaves out what pointwise tune stored: algorithms in the device's own order.")
  private boolean notTuned;

  @Option(
      names = "--nondeterministic",
      description =
          "Also algorithms of libraries whose results may differ in their last bits from run to"
              + " run.")
  private boolean nondeterministic;

  @Option(
      names = "--workspace",
      paramLabel = "MIB",
      description =
          "MiB of scratch memory that an algorithm of a library may have for a layer; default 256.")
  private @Nullable Integer workspace;

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
    if (workspace != null && workspace < 0) {
      throw CommandFailure.usage("--workspace=" + workspace + " must not be negative");
    }
    long workspaceBytes =
        workspace == null ? DeviceOptions.DEFAULT_WORKSPACE : (long) workspace << 20;
    DeviceOptions options = new DeviceOptions(threads(), maxIsa, !nondeterministic, workspaceBytes);
    Devices.Selection selection = session.devices().open(policy(session), options);
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

  /** Whether what was measured earlier is left out. */
  public boolean notTuned() {
    return notTuned;
  }

  /**
   * The default planning options with the precision that was asked for, and what was measured
   * earlier.
   */
  public PlanOptions planOptions(Session session) {
    Tuning tuning =
        notTuned
            ? Tuning.OFF
            : session.tuningStore().<Tuning>map(Tuning.Stored::new).orElse(Tuning.OFF);
    return PlanOptions.DEFAULT.withPrecision(precision).withTuning(tuning).withMaxContexts(1);
  }

  /**
   * {@link #planOptions(Session)} with the algorithm that was asked for, which the device must
   * have.
   */
  public PlanOptions planOptions(Session session, Device opened) {
    if (algorithm == null) {
      return planOptions(session);
    }
    requireKnown(algorithm, opened, List.of());
    return planOptions(session).withOnly(algorithm);
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
