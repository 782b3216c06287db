// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static io.pointwise.onnx.ElementType.FLOAT;
import static io.pointwise.onnx.ElementType.INT64;
import static io.pointwise.onnx.Refusal.refused;
import static io.pointwise.onnx.Tensors.counting;
import static io.pointwise.onnx.Tensors.int64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.plan.Blueprint;
import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Plans by shape: kept, bounded, shared. */
class OnnxSessionTest {
  private static OnnxModel dynamic() {
    return TestModel.opset(13)
        .input("x", FLOAT, -1, 2)
        .output("y", FLOAT, -1, 2)
        .node("Neg", "x", "y")
        .open();
  }

  /** A shape to reshape to, as an input. */
  private static OnnxModel reshaping() {
    return TestModel.opset(13)
        .input("x", FLOAT, 6)
        .input("s", INT64, 2)
        .output("y", FLOAT, -1, -1)
        .node("Reshape", "x,s", "r")
        .node("Neg", "r", "y")
        .open();
  }

  private static OnnxSession session(OnnxModel model, int most) {
    return new OnnxSession(model, SingleNode.CPU, PlanOptions.DEFAULT, most);
  }

  @Test
  void aShapeIsPlannedOnce() {
    try (OnnxSession session = session(dynamic(), 4)) {
      Blueprint first = session.blueprint(List.of(counting(3, 2)));
      assertSame(first, session.blueprint(List.of(counting(3, 2))));
      assertEquals(1, session.planCount());
      assertEquals(Shape.of(3, 2), session.run(List.of(counting(3, 2))).getFirst().shape());
      assertEquals(Shape.of(5, 2), session.run(List.of(counting(5, 2))).getFirst().shape());
      assertEquals(2, session.planCount());
    }
  }

  @Test
  void thePlanThatWasNotUsedForLongestGoes() {
    try (OnnxSession session = session(dynamic(), 2)) {
      Blueprint one = session.blueprint(List.of(counting(1, 2)));
      Blueprint two = session.blueprint(List.of(counting(2, 2)));
      assertSame(one, session.blueprint(List.of(counting(1, 2))));
      session.run(List.of(counting(3, 2)));
      assertEquals(2, session.planCount());
      assertSame(one, session.blueprint(List.of(counting(1, 2))));
      assertNotSame(two, session.blueprint(List.of(counting(2, 2))));
    }
  }

  @Test
  void anInputThatDecidesIsPlannedAnewWhenItChanges() {
    OnnxModel model = reshaping();
    assertEquals(Set.of("s"), model.fixedInputs());
    refused(model::network, "[s]", "session");
    try (OnnxSession session = session(model, 4)) {
      TypedTensor x = counting(6);
      assertEquals(Shape.of(2, 3), session.run(List.of(x, int64(2, 3))).getFirst().shape());
      assertEquals(Shape.of(3, 2), session.run(List.of(x, int64(3, 2))).getFirst().shape());
      assertEquals(Shape.of(2, 3), session.run(List.of(x, int64(2, 3))).getFirst().shape());
      assertEquals(2, session.planCount());
      refused(() -> session.run(List.of(x, int64(4, 2))), "reshape-r", "[4, 2]");
      assertEquals(2, session.planCount());
    }
  }

  @Test
  void inputsThatAreNotTheModels() {
    try (OnnxSession session = session(dynamic(), 4)) {
      refused(() -> session.run(List.of()), "1 inputs", "[x]", "got 0");
      refused(() -> session.run(List.of(counting(2, 3))), "x: float32 [d0, 2]", "2×3");
      refused(
          () -> session.run(List.of(Tensors.integers(INT64, Shape.of(1, 2), 1, 2))),
          "input x",
          "int64");
      assertEquals(0, session.planCount());
    }
  }

  @Test
  void aClosedSessionRefuses() {
    OnnxSession session = session(dynamic(), 4);
    session.run(List.of(counting(1, 2)));
    session.close();
    session.close();
    assertThrows(IllegalStateException.class, () -> session.run(List.of(counting(1, 2))));
  }

  /** More shapes than plans, so that plans go while others run them. */
  @Test
  void threadsShareASession() throws Exception {
    try (OnnxSession session = session(dynamic(), 2);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int offset = thread;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    TypedTensor x = counting(1 + (i + offset) % 4, 2);
                    TypedTensor y = session.run(List.of(x)).getFirst();
                    assertEquals(x.shape(), y.shape());
                    assertEquals(-1, y.value(1));
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertEquals(2, session.planCount());
    }
  }

  /** Whoever runs when it closes ends its run, and closes what it ran. */
  @Test
  void closingWhileOthersRun() throws Exception {
    for (int round = 0; round < 20; round++) {
      OnnxSession session = session(dynamic(), 2);
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        Future<?> runs =
            threads.submit(
                () -> {
                  while (true) {
                    assertEquals(-1, session.run(List.of(counting(2, 2))).getFirst().value(1));
                  }
                });
        session.run(List.of(counting(2, 2)));
        session.close();
        Exception end = assertThrows(Exception.class, runs::get);
        assertTrue(String.valueOf(end.getCause()).contains("the session is closed"), end::toString);
      }
    }
  }
}
