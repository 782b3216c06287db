// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pointwise.cli.bench.Verification;
import io.pointwise.peers.report.Measured;
import io.pointwise.peers.report.Spread;
import io.pointwise.peers.timing.Peak;
import io.pointwise.peers.timing.Rounds;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final double NONE = Double.NaN;

  @Test
  void ratiosAreThoseOfOneRound() {
    // The machine is ten times as slow in the second round, for both.
    Measured measured =
        evaluate(samples(List.of(100.0, 1000.0, 100.0)), samples(List.of(150.0, 1500.0, 200.0)));

    Measured.PeerResult peer = measured.peers().getFirst();
    assertEquals(1.5, peer.ratio().median());
    assertEquals(1.5, peer.ratio().p10());
    assertEquals(1.9, peer.ratio().p90(), 1e-12);
    assertEquals(3, peer.ratio().samples());
    assertEquals(100, measured.own().median());
    assertEquals(200, peer.time().median());
  }

  @Test
  void speedIsFlopsOverTime() {
    Measured measured =
        evaluate(samples(List.of(100.0, 200.0, 400.0)), samples(List.of(400.0, 400.0, 400.0)));

    assertEquals(4000 / 200.0, measured.gflops());
    assertEquals(4000 / 400.0, measured.peers().getFirst().gflops());
  }

  @Test
  void theFractionIsOfThePeakOfAllThreadsInThatRound() {
    Measured measured =
        Evaluation.of(
            4000,
            2,
            judged(),
            new Rounds.Outcome(
                List.of(samples(List.of(100.0, 200.0)), samples(List.of(1.0, 1.0))),
                List.of(new Peak.Sample(90, 80), new Peak.Sample(45, 40)),
                0));

    // 40 of 2 × 80, then 20 of 2 × 40.
    Double fraction = measured.fractionOfPeak();
    assertNotNull(fraction);
    assertEquals(0.25, fraction, 1e-12);
  }

  @Test
  void withoutAPeakThereIsNoFraction() {
    assertNull(evaluate(samples(List.of(1.0)), samples(List.of(1.0))).fractionOfPeak());
  }

  @Test
  void theDevicesClockCountsWhereBothTell() {
    Rounds.Samples told = new Rounds.Samples(List.of(10.0), List.of(4.0));
    Rounds.Samples also = new Rounds.Samples(List.of(10.0), List.of(6.0));

    Spread ratio = evaluate(told, also).peers().getFirst().deviceRatio();
    assertNotNull(ratio);
    assertEquals(1.5, ratio.median());
    assertNull(evaluate(told, samples(List.of(10.0))).peers().getFirst().deviceRatio());
  }

  @Test
  void tellsTheLargestDifferenceOfTheOutputs() {
    Double difference =
        evaluate(samples(List.of(1.0)), samples(List.of(1.0))).peers().getFirst().maxDifference();
    assertNotNull(difference);
    assertEquals(0.5, difference);
  }

  private static Measured evaluate(Rounds.Samples own, Rounds.Samples peer) {
    return Evaluation.of(4000, 1, judged(), new Rounds.Outcome(List.of(own, peer), List.of(), 0));
  }

  private static List<Judged> judged() {
    Verification right = new Verification(true, 0.0, 1.0, null);
    return List.of(
        new Judged("ours", Tensor.of(Shape.of(2), 1, 2), right),
        new Judged("theirs", Tensor.of(Shape.of(2), 1.25f, 1.5f), right));
  }

  private static Rounds.Samples samples(List<Double> nanos) {
    return new Rounds.Samples(nanos, nanos.stream().map(_ -> NONE).toList());
  }
}
