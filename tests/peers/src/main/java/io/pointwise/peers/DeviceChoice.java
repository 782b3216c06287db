// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.CommonOptions;
import io.pointwise.cli.Session;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cpu.CpuDevice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.device.MaxIsa;
import io.pointwise.plan.PlanOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On which device ours runs, with how many threads, and what it is held to. Use as a mixin. */
final class DeviceChoice {
  /** How many threads PoCL makes; without it, one a core. */
  private static final String POCL_THREADS = "POCL_MAX_PTHREAD_COUNT";

  private static final String DEVICE_VARIABLE = "POINTWISE_DEVICE";
  private static final int MAX_THREADS = 4096;

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "As in pointwise bench; default: the first GPU that works, else cpu.")
  private @Nullable String device;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description =
          "Threads of the CPU device and of each peer; several numbers are measured one after the"
              + " other. Default: all cores.")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--algorithm",
      split = ",",
      paramLabel = "NAME",
      description =
          "Holds ours to these algorithms; * stands for any text: vector-* is the vector tier.")
  private List<String> algorithms = new ArrayList<>();

  @Option(
      names = "--max-isa",
      paramLabel = "ISA",
      description = "As in pointwise bench: avx512, avx2 or none.")
  private MaxIsa maxIsa = MaxIsa.AVX512;

  @Option(names = "--no-winograd", description = "Ours does without Winograd's formula.")
  private boolean noWinograd;

  /** Numbers of threads to measure with; 0 stands for all cores. */
  List<Integer> threads() {
    for (int number : threads) {
      if (number < 1 || number > MAX_THREADS) {
        throw CommandFailure.usage("--threads=" + number + " must be from 1 to " + MAX_THREADS);
      }
    }
    return threads.isEmpty() ? List.of(0) : threads.stream().distinct().toList();
  }

  /** Opens the device, whose notices go to the error stream. The caller closes it. */
  Devices.Selection open(Session session, int number) {
    String variable = session.environment().apply(DEVICE_VARIABLE);
    String text =
        device != null ? device : variable != null && !variable.isBlank() ? variable : "auto";
    DevicePolicy policy;
    try {
      policy = DevicePolicy.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          (device != null ? "--device" : DEVICE_VARIABLE) + ": " + e.getMessage());
    }
    Devices.Selection selection = session.devices().open(policy, new DeviceOptions(number, maxIsa));
    selection.device().notices().forEach(session.screen().err()::println);
    session.screen().err().flush();
    return selection;
  }

  /** Algorithms that ours is held to; empty for all. */
  List<String> only() {
    return algorithms;
  }

  MaxIsa maxIsa() {
    return maxIsa;
  }

  boolean winograd() {
    return !noWinograd;
  }

  /** How ours plans. */
  PlanOptions planOptions() {
    PlanOptions options = PlanOptions.DEFAULT.withMaxContexts(1).withWinograd(winograd());
    return algorithms.isEmpty() ? options : options.withOnly(algorithms.toArray(String[]::new));
  }

  /** Fails unless the device has the algorithms and can have these threads. */
  void check(Session session, Device opened) {
    algorithms.forEach(name -> CommonOptions.requireKnown(name, opened, List.of()));
    threads().forEach(number -> threadsOf(session, opened, number));
  }

  /**
   * Threads that the device has; those of OpenCL on the CPU are set from outside the process.
   *
   * @param number that was asked for; 0 for all cores
   */
  int threadsOf(Session session, Device opened, int number) {
    if (opened instanceof CpuDevice cpu) {
      return number == 0 ? cpu.threads() : number;
    }
    int cores = Runtime.getRuntime().availableProcessors();
    String limit = session.environment().apply(POCL_THREADS);
    if (limit != null && !limit.strip().matches("[1-9][0-9]{0,8}")) {
      throw CommandFailure.usage(POCL_THREADS + "=" + limit + " must be a number from 1 on");
    }
    int has = limit == null ? cores : Math.min(cores, Integer.parseInt(limit.strip()));
    if (number != 0 && number != has) {
      throw CommandFailure.usage(
          "--threads="
              + number
              + ": "
              + opened.info().id()
              + " runs with "
              + has
              + " threads, which the variable "
              + POCL_THREADS
              + " changes");
    }
    return has;
  }
}
