// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.plan.Plan;
import io.pointwise.plan.Planner;
import io.pointwise.softwarecuda.SoftwareCuda;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run asks of the driver, counted by the software CUDA. */
final class RunCostTest {
  private static final String[] COUNTED = {
    "allocations",
    "frees",
    "copies_host_to_device",
    "copies_device_to_host",
    "bytes_host_to_device",
    "bytes_device_to_host",
    "synchronizations",
    "launches",
    "graph_launches",
    "modules",
    "streams",
    "handles"
  };

  @Test
  void googLeNetAsksForLittle() throws IOException {
    Network network = Networks.googLeNet(1);
    Shape inputShape = network.inputs().values().iterator().next();
    Shape outputShape = network.shape(network.outputs().getFirst());
    List<Tensor> inputs = List.of(Tensor.zeros(inputShape));
    List<Tensor> outputs = List.of(Tensor.zeros(outputShape));
    try (CudaDevice device = InstalledCuda.open(null);
        Plan plan = Planner.plan(network, device)) {
      SoftwareCuda software = Simulation.behind(device);
      Map<String, Long> start = Simulation.counters(software, COUNTED);
      plan.run(inputs, outputs);
      Map<String, Long> first = Simulation.counters(software, COUNTED);
      plan.run(inputs, outputs);
      Map<String, Long> second = Simulation.counters(software, COUNTED);
      plan.run(inputs, outputs);
      Map<String, Long> third = Simulation.counters(software, COUNTED);

      long steps = plan.blueprint().steps().size();
      long launches = between(start, first, "launches");
      // A product by cuBLAS has what is fused behind it in a launch of its own.
      long behindProducts =
          plan.blueprint().steps().stream()
              .filter(step -> step.algorithm().name().startsWith("cublas-"))
              .count();
      assertTrue(
          launches <= steps + behindProducts,
          launches + " launches for " + steps + " steps, " + behindProducts + " by cuBLAS");
      // The second run is captured; it and the third are one call for all steps.
      List<Map<String, Long>> runs = List.of(first, second, third);
      for (int run = 1; run < runs.size(); run++) {
        assertEquals(0, between(runs.get(run - 1), runs.get(run), "launches"));
        assertEquals(1, between(runs.get(run - 1), runs.get(run), "graph_launches"));
      }
      for (String none : List.of("allocations", "frees", "modules", "streams", "handles")) {
        assertEquals(0, between(second, third, none), none);
      }
      assertEquals(1, between(second, third, "copies_host_to_device"));
      assertEquals(inputShape.bytes(), between(second, third, "bytes_host_to_device"));
      assertEquals(1, between(second, third, "copies_device_to_host"));
      assertEquals(outputShape.bytes(), between(second, third, "bytes_device_to_host"));
      assertEquals(1, between(second, third, "synchronizations"));
    }
  }

  private static long between(Map<String, Long> before, Map<String, Long> after, String name) {
    return after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
  }
}
