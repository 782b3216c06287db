// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Epilogue;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final Shape SHAPE = Shape.of(1, 4, 6, 6);
  private static final Step STEP =
      new Step(
          "conv",
          new Conv2d(4, Window.square(3).padSame()),
          List.of(SHAPE),
          SHAPE,
          Epilogue.NONE,
          Precision.FP32);
  private static final LayoutChoice CHOICE = LayoutChoice.nchw(1, 0);

  private record Answering(String name, Support answer, @Nullable Winograd formula)
      implements Algorithm {
    @Override
    public Support check(Step step) {
      return answer;
    }

    @Override
    public Optional<Winograd> winograd(Step step) {
      return Optional.ofNullable(formula);
    }

    @Override
    public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
      throw new UnsupportedOperationException();
    }
  }

  private static final Algorithm REFUSING = new Answering("a", Support.no("too odd"), null);
  private static final Algorithm RELUCTANT =
      new Answering("b", new Support.Yes(List.of(CHOICE), "slower"), null);
  private static final Algorithm WILLING =
      new Answering("c", new Support.Yes(List.of(CHOICE)), Winograd.F4);
  private static final Algorithm LATER = new Answering("d", new Support.Yes(List.of(CHOICE)), null);

  private static Dispatch dispatch(PlanOptions options, Algorithm... algorithms) {
    return Dispatch.of(STEP, List.of(algorithms), each -> options.exclusion(each, STEP));
  }

  @Test
  void theFirstThatIsWillingComputesTheStep() {
    Dispatch dispatch = dispatch(PlanOptions.DEFAULT, REFUSING, RELUCTANT, WILLING, LATER);
    assertSame(WILLING, dispatch.algorithm());
    assertEquals(
        List.of(
            new Candidate("a", Candidate.Verdict.REFUSED, "too odd"),
            new Candidate("b", Candidate.Verdict.ACCEPTS, "slower"),
            new Candidate("c", Candidate.Verdict.CHOSEN, ""),
            new Candidate("d", Candidate.Verdict.ACCEPTS, "")),
        dispatch.candidates());
  }

  @Test
  void aReluctantOneComputesItWhereNoOtherDoes() {
    assertSame(RELUCTANT, dispatch(PlanOptions.DEFAULT, REFUSING, RELUCTANT).algorithm());
    assertSame(
        RELUCTANT, dispatch(PlanOptions.DEFAULT.withOnly("b"), RELUCTANT, LATER).algorithm());
  }

  @Test
  void winogradsFormulaCanBeExcluded() {
    Dispatch dispatch = dispatch(PlanOptions.DEFAULT.withWinograd(false), WILLING, LATER);
    assertSame(LATER, dispatch.algorithm());
    assertEquals(
        new Candidate(
            "c", Candidate.Verdict.REFUSED, "computes by Winograd's formula, which was excluded"),
        dispatch.candidates().getFirst());
  }

  @Test
  void withoutAnyThatAcceptsThereIsNone() {
    assertNull(dispatch(PlanOptions.DEFAULT, REFUSING).algorithm());
    assertEquals("a: too odd", dispatch(PlanOptions.DEFAULT, REFUSING).refusals());
  }
}
