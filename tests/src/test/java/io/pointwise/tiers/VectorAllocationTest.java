// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tiers;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.device.MaxIsa;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Resampling;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Transpose;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vector tier's kernels keep vectors in registers. When the compiler gives up on one, each
 * vector becomes an object: a hundred times slower, and megabytes of garbage a run. Garbage can be
 * measured without a clock, so this test needs no quiet machine.
 */
final class VectorAllocationTest {
  private static final int RUNS = 20;

  /**
   * Rounds of runs until the compiler must be done with the kernels: a busy machine compiles late,
   * but vectors that stay boxed stay so in every round.
   */
  private static final int MOST_ROUNDS = 150;

  /** What planning's bookkeeping may allocate in a run; boxed vectors take some megabytes here. */
  private static final long MOST_BYTES = 64 * 1024;

  static Stream<Layer> layers() {
    return Stream.of(
        Conv2d.pointwise(64),
        new Conv2d(32, Window.square(3).pad(1)),
        new Conv2d(100, Window.square(28)),
        new Transpose(List.of(0, 2, 3, 1)),
        new Pad(List.of(0, 0, 1, 2), List.of(0, 0, 2, 1), Pad.Mode.REFLECT, 0),
        new Resize(List.of(new Resize.Axis(3, 56, 2, 0, 0)), Resampling.nearest(), 0),
        new Reduce(Reduce.Function.MEAN, List.of(1), true),
        new ArgReduce(ArgReduce.Mode.MAX, 1, true, false),
        new GroupNorm(8, 1e-5f));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aRunAllocatesNoVectors(Layer layer) {
    Network network =
        Network.builder("net").input("image", Shape.of(1, 64, 28, 28)).layer(layer).relu().build(1);
    // One thread, so that all that is allocated is this thread's.
    try (Device cpu =
            Devices.installed()
                .open(new DevicePolicy.Require("cpu"), new DeviceOptions(1, MaxIsa.NONE))
                .device();
        Plan plan = Planner.plan(network, cpu, PlanOptions.DEFAULT)) {
      String algorithm = plan.blueprint().steps().getFirst().algorithm().name();
      assumeTrue(algorithm.startsWith("vector-"), () -> "no vector tier here: " + cpu.notices());
      long bytes = leastBytesOfARun(plan);
      assertTrue(
          bytes <= MOST_BYTES,
          () -> algorithm + " allocates " + bytes + " bytes a run: its vectors are boxed");
    }
  }

  private static long leastBytesOfARun(Plan plan) {
    Network network = plan.blueprint().network();
    List<Tensor> inputs = network.inputs().values().stream().map(Tensor::zeros).toList();
    List<Tensor> outputs =
        network.outputs().stream().map(name -> Tensor.zeros(network.shape(name))).toList();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && least > MOST_BYTES; round++) {
      long before = allocated();
      for (int run = 0; run < RUNS; run++) {
        plan.run(inputs, outputs);
      }
      least = Math.min(least, (allocated() - before) / RUNS);
    }
    return least;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  /** The measure itself: what is thrown away at once is counted all the same. */
  @Test
  void garbageIsCounted() {
    long before = allocated();
    float[] garbage = new float[100_000];
    assertTrue(allocated() - before >= (long) garbage.length * Float.BYTES);
  }
}
