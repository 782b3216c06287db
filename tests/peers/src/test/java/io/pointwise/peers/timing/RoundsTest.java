// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.peers.contestant.Contestant;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final List<String> taken = new ArrayList<>();

  @Test
  void eachRoundIsTheOtherWayRound() {
    Rounds rounds = new Rounds(3, 0, null, () -> true);

    rounds.time(List.of(contestant("a"), contestant("b"), contestant("c")));

    assertEquals(List.of("a", "b", "c", "c", "b", "a", "a", "b", "c"), taken);
  }

  @Test
  void eachContestantHasASampleARoundInItsOwnPlace() {
    Rounds rounds = new Rounds(4, 0, () -> new Peak.Sample(1, 2), () -> true);

    Rounds.Outcome outcome = rounds.time(List.of(contestant("a"), contestant("b")));

    assertEquals(2, outcome.samples().size());
    assertEquals(List.of(10.0, 11.0, 12.0, 13.0), outcome.samples().getFirst().deviceNanos());
    assertEquals(4, outcome.samples().getLast().nanos().size());
    assertTrue(outcome.samples().getLast().nanos().stream().allMatch(nanos -> nanos > 0));
    assertEquals(4, outcome.peaks().size());
    assertEquals(0, outcome.unquiet());
  }

  @Test
  void samplesBeforeWhichNothingWasQuietAreCounted() {
    Rounds rounds = new Rounds(2, 0, null, () -> false);

    assertEquals(4, rounds.time(List.of(contestant("a"), contestant("b"))).unquiet());
  }

  @Test
  void goesOnForAsLongAsWasAskedFor() {
    long start = System.nanoTime();

    new Rounds(1, 50_000_000, null, () -> true).time(List.of(contestant("a")));

    assertTrue(System.nanoTime() - start >= 50_000_000);
    assertTrue(taken.size() > 1);
  }

  /** Its device takes 10 ns, and one more in each further round. */
  private Contestant contestant(String name) {
    return new Contestant() {
      private int round;

      @Override
      public String name() {
        return name;
      }

      @Override
      public void run() {
        Thread.onSpinWait();
      }

      @Override
      public double deviceNanos() {
        taken.add(name);
        return 10 + round++;
      }

      @Override
      public Tensor output() {
        return Tensor.zeros(Shape.of(1));
      }

      @Override
      public void close() {}
    };
  }
}
