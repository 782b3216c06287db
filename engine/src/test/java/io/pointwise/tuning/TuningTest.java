// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceException;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tuning.ClockedConv.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {
  private static final TuningEffort EFFORT =
      new TuningEffort(Duration.ZERO, 3, Duration.ofNanos(1000));
  private static final Network NETWORK = network("conv", 4);

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private TuningStore store;

  TuningTest() {
    this.store = new TuningStore(Path.of("nowhere"), warnings::add);
  }

  @BeforeEach
  void openStore() {
    store = new TuningStore(folder, warnings::add);
  }

  private static Network network(String name, int channels) {
    return Network.builder(name)
        .input("x", Shape.of(1, 3, 6, 5))
        .conv(channels, Window.square(3).padSame())
        .build(7);
  }

  private Tuning.Measured measuring() {
    return new Tuning.Measured(store, EFFORT, false, TuningObserver.NONE);
  }

  private static PlannedStep planned(ClockedDevice device, Tuning tuning) {
    return planned(device, PlanOptions.DEFAULT.withTuning(tuning));
  }

  private static PlannedStep planned(ClockedDevice device, PlanOptions options) {
    return Planner.blueprint(NETWORK, device, options).steps().getFirst();
  }

  private static Candidate candidate(PlannedStep step, String name) {
    return step.candidates().stream()
        .filter(each -> each.algorithm().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFasterOneIsChosenAndBothTimesAreTold() {
    try (ClockedDevice device =
        new ClockedDevice(new ClockedConv("slow", 900), new ClockedConv("fast", 500))) {
      PlannedStep step = planned(device, measuring());
      assertEquals("fast", step.algorithm().name());
      assertEquals(Origin.MEASURED, step.origin());
      assertEquals(
          List.of(
              new Candidate("slow", Candidate.Verdict.ACCEPTS, "", 900L),
              new Candidate("fast", Candidate.Verdict.CHOSEN, "", 500L)),
          step.candidates());
    }
  }

  @Test
  void withoutTuningTheFirstIsChosenAndNothingIsPrepared() {
    ClockedConv slow = new ClockedConv("slow", 900);
    ClockedConv fast = new ClockedConv("fast", 500);
    try (ClockedDevice device = new ClockedDevice(slow, fast)) {
      for (Tuning tuning : List.of(Tuning.OFF, new Tuning.Stored(store))) {
        PlannedStep step = planned(device, tuning);
        assertEquals("slow", step.algorithm().name());
        assertEquals(Origin.HEURISTIC, step.origin());
      }
      assertEquals(0, slow.prepared() + fast.prepared());
    }
  }

  @Test
  void aHopelessOneIsTimedToo() {
    try (ClockedDevice device =
        new ClockedDevice(new ClockedConv("hopeless", 90_000), new ClockedConv("fast", 500))) {
      PlannedStep step = planned(device, measuring());
      assertEquals(90_000L, candidate(step, "hopeless").medianNanos());
      assertEquals("fast", step.algorithm().name());
    }
  }

  @Test
  void whatWasMeasuredIsFoundAgainAndNotMeasuredAgain() {
    ClockedConv slow = new ClockedConv("slow", 900);
    ClockedConv fast = new ClockedConv("fast", 500);
    try (ClockedDevice device = new ClockedDevice(slow, fast)) {
      planned(device, measuring());
      int before = slow.prepared() + fast.prepared();
      openStore();
      for (Tuning tuning : List.of(new Tuning.Stored(store), measuring())) {
        PlannedStep step = planned(device, tuning);
        assertEquals("fast", step.algorithm().name());
        assertEquals(Origin.STORED, step.origin());
        assertEquals(900L, candidate(step, "slow").medianNanos());
      }
      assertEquals(before, slow.prepared() + fast.prepared());
      planned(device, new Tuning.Measured(store, EFFORT, true, TuningObserver.NONE));
      assertTrue(slow.prepared() + fast.prepared() > before);
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void anotherDeviceConfigurationStepOrRestrictionHasMeasurementsOfItsOwn() {
    ClockedConv[] algorithms = {new ClockedConv("slow", 900), new ClockedConv("fast", 500)};
    PlanOptions stored = PlanOptions.DEFAULT.withTuning(new Tuning.Stored(store));
    try (ClockedDevice device = new ClockedDevice(algorithms)) {
      planned(device, measuring());
      assertEquals(Origin.STORED, planned(device, stored).origin());
      assertEquals(Origin.HEURISTIC, planned(device, stored.withOnly("*")).origin());
      assertEquals(Origin.HEURISTIC, planned(device, stored.withWinograd(false)).origin());
      assertEquals(
          Origin.HEURISTIC,
          Planner.blueprint(network("wider", 5), device, stored).steps().getFirst().origin());
      assertEquals(
          Origin.STORED,
          Planner.blueprint(network("same under another name", 4), device, stored)
              .steps()
              .getFirst()
              .origin());
    }
    try (ClockedDevice device = new ClockedDevice(false, "two threads", algorithms)) {
      assertEquals(Origin.HEURISTIC, planned(device, stored).origin());
    }
  }

  @Test
  void aSimulatedDevicesTimesAreNotARealOnes() {
    ClockedConv[] algorithms = {new ClockedConv("slow", 900), new ClockedConv("fast", 500)};
    try (ClockedDevice device = new ClockedDevice(true, "", algorithms)) {
      planned(device, measuring());
      assertEquals(Origin.STORED, planned(device, new Tuning.Stored(store)).origin());
    }
    try (ClockedDevice device = new ClockedDevice(algorithms)) {
      assertEquals(Origin.HEURISTIC, planned(device, new Tuning.Stored(store)).origin());
    }
  }

  @Test
  void anAlgorithmThatWasNotMeasuredMakesAMeasurementUnfit() {
    try (ClockedDevice device =
        new ClockedDevice(new ClockedConv("slow", 900), new ClockedConv("fast", 500))) {
      planned(device, measuring());
    }
    ClockedConv fresh = new ClockedConv("new", 100);
    try (ClockedDevice device =
        new ClockedDevice(new ClockedConv("slow", 900), new ClockedConv("fast", 500), fresh)) {
      assertEquals("slow", planned(device, new Tuning.Stored(store)).algorithm().name());
      assertEquals("new", planned(device, measuring()).algorithm().name());
    }
  }

  @Test
  void aWrongOneIsNeitherChosenNorTimed() {
    for (Fault fault : List.of(Fault.FIRST_ELEMENT_UNSET, Fault.WRONG_AFTER_TEN_RUNS)) {
      try (ClockedDevice device =
          new ClockedDevice(
              new ClockedConv("right " + fault, 900), new ClockedConv("wrong", 5, fault))) {
        for (Tuning tuning : List.of(measuring(), new Tuning.Stored(store))) {
          PlannedStep step = planned(device, tuning);
          assertEquals("right " + fault, step.algorithm().name());
          Candidate wrong = candidate(step, "wrong");
          assertEquals(Candidate.Verdict.REJECTED, wrong.verdict());
          assertTrue(wrong.reason().contains("[n=0, c=0, h=0, w=0]"), wrong.reason());
          assertEquals(null, wrong.medianNanos());
        }
      }
    }
  }

  @Test
  void aFailingOneIsNotChosenAndNothingIsStored() {
    ClockedConv right = new ClockedConv("right", 900);
    try (ClockedDevice device =
        new ClockedDevice(new ClockedConv("failing", 5, Fault.FAILS), right)) {
      PlannedStep step = planned(device, measuring());
      assertEquals("right", step.algorithm().name());
      assertEquals("failed: failing failed on demand", candidate(step, "failing").reason());
      assertEquals(Origin.HEURISTIC, planned(device, new Tuning.Stored(store)).origin());
    }
  }

  @Test
  void withoutARightOnePlanningFails() {
    try (ClockedDevice device =
        new ClockedDevice(
            new ClockedConv("a", 5, Fault.FIRST_ELEMENT_UNSET),
            new ClockedConv("b", 5, Fault.FIRST_ELEMENT_UNSET))) {
      DeviceException failure =
          assertThrows(DeviceException.class, () -> planned(device, measuring()));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("every candidate computes it wrongly"));
    }
  }

  @Test
  void oneAloneIsNotMeasured() {
    ClockedConv alone = new ClockedConv("alone", 900);
    try (ClockedDevice device = new ClockedDevice(alone)) {
      assertEquals(Origin.HEURISTIC, planned(device, measuring()).origin());
      assertEquals(0, alone.prepared());
    }
  }
}
