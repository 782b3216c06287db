// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.MaxIsa;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tuning.Origin;
import io.pointwise.tuning.Tuning;
import io.pointwise.tuning.TuningEffort;
import io.pointwise.tuning.TuningObserver;
import io.pointwise.tuning.TuningStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which algorithms stand side by side for a convolution, and what options take away or add. */
final class DnnChoiceTest {
  private static final Network CONV = conv(Window.square(3).pad(1));
  private static final Network POINTWISE = conv(Window.square(1));
  private static final Network STRIDED = conv(Window.square(1).stride(2));
  private static final Network TRANSPOSED =
      Network.builder("transposed")
          .input("x", Shape.of(1, 4, 6, 5))
          .layer(new ConvTranspose2d(3, Window.square(3).stride(2), 0, 0, 1, true))
          .build(3);

  private static Network conv(Window window) {
    return Network.builder("conv").input("x", Shape.of(1, 4, 6, 5)).conv(3, window).build(3);
  }

  private static PlannedStep planned(Network network, Device device, PlanOptions options) {
    return Planner.blueprint(network, device, options).steps().getFirst();
  }

  private static List<String> accepting(Network network, Device device) {
    return planned(network, device, PlanOptions.DEFAULT).candidates().stream()
        .filter(Candidate::accepts)
        .map(Candidate::algorithm)
        .toList();
  }

  private static Candidate candidate(PlannedStep step, String name) {
    return step.candidates().stream()
        .filter(each -> each.algorithm().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void cublasCudnnAndOurOwnStandSideBySide() {
    try (CudaDevice device = InstalledCuda.open(null)) {
      List<String> pointwise = accepting(POINTWISE, device);
      assertTrue(pointwise.containsAll(List.of("cublas-1x1", "cudnn-conv", "cu-conv")));
      List<String> strided = accepting(STRIDED, device);
      assertTrue(strided.containsAll(List.of("cublas-1x1-strided", "cudnn-conv", "cu-conv")));
      assertTrue(accepting(CONV, device).containsAll(List.of("cudnn-conv", "cu-conv")));
    }
  }

  @Test
  void eachAlgorithmOfCudnnIsACandidateOnceAndTheHeuristicsGoesFirst() {
    try (CudaDevice device = InstalledCuda.open(null)) {
      assumeTrue(device.info().simulated(), "what the heuristic takes is known of the simulation");
      PlannedStep step = planned(CONV, device, PlanOptions.DEFAULT);
      assertEquals("cudnn-conv", step.algorithm().name());
      assertEquals(
          List.of("cudnn-conv", "cu-conv", "cudnn-conv-implicit-gemm", "cudnn-conv-gemm"),
          accepting(CONV, device));
      assertEquals(
          "is what cudnn-conv takes for these sizes",
          candidate(step, "cudnn-conv-precomp-gemm").reason());
    }
  }

  @Test
  void theWorkspaceHasALimit() {
    DeviceOptions none = new DeviceOptions(0, MaxIsa.AVX512, true, 0);
    try (CudaDevice device = InstalledCuda.open(null, none)) {
      assumeTrue(device.info().simulated(), "what needs a workspace is known of the simulation");
      PlannedStep step = planned(CONV, device, PlanOptions.DEFAULT);
      assertEquals("cudnn-conv", step.algorithm().name());
      assertEquals(0, step.choice().workspaceBytes());
      assertTrue(
          candidate(step, "cudnn-conv-gemm").reason().contains("in 0 MiB of scratch memory"));
      assertTrue(device.configuration().contains("workspaces of 0 bytes"));
    }
  }

  @Test
  void whatIsNotDeterministicIsTakenOnlyWhereThatIsAllowed() {
    String atomic = "cudnn-conv-transpose-atomic";
    List<String> strict;
    String configuration;
    try (CudaDevice device = InstalledCuda.open(null)) {
      strict = accepting(TRANSPOSED, device);
      configuration = device.configuration();
      assertFalse(strict.contains(atomic));
    }
    DeviceOptions free =
        new DeviceOptions(0, MaxIsa.AVX512, false, DeviceOptions.DEFAULT_WORKSPACE);
    try (CudaDevice device = InstalledCuda.open(null, free)) {
      assumeTrue(device.info().simulated(), "what is deterministic is known of the simulation");
      List<String> all = new ArrayList<>(accepting(TRANSPOSED, device));
      all.removeAll(strict);
      assertEquals(List.of(atomic), all);
      assertNotEquals(configuration, device.configuration());
    }
  }

  @Test
  void tuningVerifiesAndTimesThemAllAndLeavesNothingOpen(@TempDir Path folder) {
    List<String> warnings = new ArrayList<>();
    TuningStore store = new TuningStore(folder, warnings::add);
    TuningEffort effort = new TuningEffort(Duration.ZERO, 2, Duration.ofNanos(1));
    PlanOptions always =
        PlanOptions.DEFAULT.withTuning(
            new Tuning.Measured(store, effort, true, TuningObserver.NONE));
    PlanOptions stored = PlanOptions.DEFAULT.withTuning(new Tuning.Stored(store));
    try (CudaDevice device = InstalledCuda.open(null)) {
      for (Network network : List.of(CONV, POINTWISE, STRIDED, TRANSPOSED)) {
        // The first time, programs are compiled and handles made that stay with the device.
        planned(network, device, always);
        String before = device.ledger().toString();
        PlannedStep step = planned(network, device, always);
        assertEquals(before, device.ledger().toString());
        assertEquals(Origin.MEASURED, step.origin());
        for (String name : accepting(network, device)) {
          assertNotNull(candidate(step, name).medianNanos(), name);
        }
        assertEquals(Origin.STORED, planned(network, device, stored).origin());
      }
    }
    assertEquals(List.of(), warnings);
  }
}
