// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Cost;
import io.pointwise.layer.Role;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final Shape FILTERS = Shape.of(4, 3, 1, 1);
  private static final Map<Role, Shape> SHAPES =
      Map.of(Role.WEIGHT, FILTERS, Role.BIAS, Shape.of(4));

  private final AtomicInteger made = new AtomicInteger();

  private Map<Role, Tensor> make() {
    made.incrementAndGet();
    return Map.of(Role.WEIGHT, Tensor.zeros(FILTERS), Role.BIAS, Tensor.zeros(Shape.of(4)));
  }

  private Weights lazy() {
    return Weights.lazy(SHAPES, this::make);
  }

  @Test
  void areFoundByRole() {
    Tensor weight = Tensor.zeros(FILTERS);
    Tensor bias = Tensor.zeros(Shape.of(4));
    Weights weights = Weights.of(weight, bias);
    assertSame(weight, weights.get(Role.WEIGHT));
    assertSame(bias, weights.get(Role.BIAS));
    assertEquals(SHAPES, weights.shapes());
    assertEquals(Set.of(Role.WEIGHT, Role.BIAS), weights.roles());
    assertTrue(weights.has(Role.BIAS));
    assertFalse(Weights.of(weight).has(Role.BIAS));
  }

  @Test
  void ofNothingAreEmpty() {
    assertEquals(Map.of(), Weights.none().shapes());
    assertEquals(Weights.none().shapes(), Weights.of(Map.of()).shapes());
  }

  @Test
  void sayWhichRolesThereAre() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Weights.of(Tensor.zeros(FILTERS)).get(Role.BIAS))
                .getMessage());
    assertEquals("no weight tensor of role BIAS; there are [WEIGHT]", message);
  }

  @Test
  void doNotFollowTheMapThatTheyWereMadeOf() {
    Map<Role, Tensor> tensors = new HashMap<>(make());
    Weights given = Weights.of(tensors);
    Weights lazy = Weights.lazy(SHAPES, () -> tensors);
    Tensor weight = lazy.get(Role.WEIGHT);
    tensors.clear();
    assertSame(weight, given.get(Role.WEIGHT));
    assertSame(weight, lazy.get(Role.WEIGHT));
  }

  @Test
  void areMadeWhenFirstReadAndOnlyOnce() {
    Weights weights = lazy();
    assertEquals(0, made.get());
    Tensor weight = weights.get(Role.WEIGHT);
    assertSame(weight, weights.get(Role.WEIGHT));
    assertEquals(Shape.of(4), weights.get(Role.BIAS).shape());
    assertEquals(1, made.get());
  }

  @Test
  void areMadeOnceForEightThreadsAtATime() throws Exception {
    int threads = 8;
    Weights weights = lazy();
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Future<Tensor>> seen = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        seen.add(
            pool.submit(
                () -> {
                  together.await();
                  return weights.get(Role.WEIGHT);
                }));
      }
    }
    assertEquals(1, made.get());
    for (Future<Tensor> tensor : seen) {
      assertSame(weights.get(Role.WEIGHT), tensor.get());
    }
  }

  @Test
  void areNotMadeToDescribeANetwork() {
    Network network =
        Network.builder("net")
            .input("image", Shape.of(1, 3, 8, 8))
            .layer("mix", Conv2d.pointwise(4), lazy())
            .build(1);
    assertEquals(Shape.of(1, 4, 8, 8), network.shapes().get("mix"));
    assertEquals(new Cost(16, 768, 4 * (192 + 16 + 256)), network.cost());
    assertEquals(SHAPES, network.node("mix").weights().shapes());
    assertTrue(network.node("mix").weights().has(Role.BIAS));
    assertEquals(16, network.withBatch(2).cost().parameters());
    assertEquals("Network[net, 1 layers]", network.toString());
    assertEquals(0, made.get());
    // A network for another batch shares what was made.
    Tensor weight = network.node("mix").weights().get(Role.WEIGHT);
    assertSame(weight, network.withBatch(2).node("mix").weights().get(Role.WEIGHT));
    assertEquals(1, made.get());
  }

  @Test
  void refuseASourceThatBreaksItsPromise() {
    Weights weights = Weights.lazy(Map.of(Role.WEIGHT, Shape.of(5, 3, 1, 1)), this::make);
    String message =
        String.valueOf(
            assertThrows(IllegalStateException.class, () -> weights.get(Role.WEIGHT)).getMessage());
    assertTrue(message.contains("5×3×1×1") && message.contains("4×3×1×1"), message);
  }

  @Test
  void tryAgainAfterASourceThatFailed() {
    Weights weights =
        Weights.lazy(
            SHAPES,
            () -> {
              Map<Role, Tensor> tensors = make();
              if (made.get() == 1) {
                throw new IllegalStateException("once");
              }
              return tensors;
            });
    assertThrows(IllegalStateException.class, () -> weights.get(Role.WEIGHT));
    assertEquals(FILTERS, weights.get(Role.WEIGHT).shape());
  }
}
