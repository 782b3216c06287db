// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.Role;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one layer by role. They may be lazy: computed once, when the first one is read, so
 * that a network can be explained without its weights ever being made. Safe to share between
 * threads.
 */
public final class Weights {
  private static final Weights NONE = new Weights(Map.of(), Map::of, null);

  private final Map<Role, Shape> shapes;
  private final Supplier<Map<Role, Tensor>> source;
  private final @Nullable Derivation derivation;
  private final Object lock = new Object();
  private volatile @Nullable Map<Role, Tensor> tensors;

  private Weights(
      Map<Role, Shape> shapes,
      Supplier<Map<Role, Tensor>> source,
      @Nullable Derivation derivation) {
    this.shapes = shapes;
    this.source = source;
    this.derivation = derivation;
  }

  /** Computes weights from what is there anyway, as often as they are wanted. */
  @FunctionalInterface
  public interface Derivation {
    /**
     * Computes them.
     *
     * @param arena that the tensors' memory lives in
     */
    Map<Role, Tensor> compute(Arena arena);
  }

  /** No weights. */
  public static Weights none() {
    return NONE;
  }

  /** These tensors. */
  public static Weights of(Map<Role, Tensor> tensors) {
    Map<Role, Shape> shapes = new EnumMap<>(Role.class);
    tensors.forEach((role, tensor) -> shapes.put(role, tensor.shape()));
    Map<Role, Tensor> copy = Map.copyOf(tensors);
    return new Weights(shapes, () -> copy, null);
  }

  /** A weight tensor without bias. */
  public static Weights of(Tensor weight) {
    return of(Map.of(Role.WEIGHT, weight));
  }

  /** A weight tensor and a bias. */
  public static Weights of(Tensor weight, Tensor bias) {
    return of(Map.of(Role.WEIGHT, weight, Role.BIAS, bias));
  }

  /**
   * Tensors that {@code source} makes when one is first read; they must have exactly these shapes.
   */
  public static Weights lazy(Map<Role, Shape> shapes, Supplier<Map<Role, Tensor>> source) {
    return new Weights(shapes.isEmpty() ? Map.of() : new EnumMap<>(shapes), source, null);
  }

  /**
   * Weights that are computed when one is first read, as {@link #lazy} ones are, and can be
   * computed {@linkplain #within(Arena) for a time} as well.
   */
  public static Weights derived(Map<Role, Shape> shapes, Derivation derivation) {
    return new Weights(
        shapes.isEmpty() ? Map.of() : new EnumMap<>(shapes),
        () -> derivation.compute(Arena.ofAuto()),
        derivation);
  }

  /**
   * These weights for a time: derived ones that are not there yet are computed into memory of the
   * arena, and not kept here; all others are as they are. So a plan can pack weights without
   * leaving a second copy behind.
   */
  public Weights within(Arena arena) {
    Derivation computed = derivation;
    return computed == null || tensors != null
        ? this
        : new Weights(shapes, () -> computed.compute(arena), null);
  }

  public Set<Role> roles() {
    return Set.copyOf(shapes.keySet());
  }

  public boolean has(Role role) {
    return shapes.containsKey(role);
  }

  /** Shape of each tensor, without making it. */
  public Map<Role, Shape> shapes() {
    return Map.copyOf(shapes);
  }

  /**
   * The tensor of this role.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor get(Role role) {
    Tensor tensor = tensors().get(role);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no weight tensor of role " + role + "; there are " + shapes.keySet());
    }
    return tensor;
  }

  private Map<Role, Tensor> tensors() {
    Map<Role, Tensor> made = tensors;
    if (made == null) {
      synchronized (lock) {
        made = tensors;
        if (made == null) {
          made = Map.copyOf(source.get());
          requireShapes(made);
          tensors = made;
        }
      }
    }
    return made;
  }

  private void requireShapes(Map<Role, Tensor> made) {
    Map<Role, Shape> found = new EnumMap<>(Role.class);
    made.forEach((role, tensor) -> found.put(role, tensor.shape()));
    if (!found.equals(shapes)) {
      throw new IllegalStateException("lazy weights promised " + shapes + " and gave " + found);
    }
  }
}
