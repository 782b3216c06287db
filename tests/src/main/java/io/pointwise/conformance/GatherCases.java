// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.Layer;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Elements and slices picked by indices that are computed. */
final class GatherCases {
  private GatherCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int axis = -1; axis < 3; axis++) {
      slices(cases, axis, Shape.of(6, 7, 5, 9), Shape.of(4, 3));
      elements(cases, axis, Shape.of(6, 7, 5, 9), Shape.of(5, 7, 5, 9));
    }
    slices(cases, 1, Shape.of(3, 6), Shape.of());
    slices(cases, 0, Shape.of(8), Shape.of(33));
    slices(cases, 2, Shape.of(2, 1, 5, 3), Shape.of(2, 2, 2));
    slices(cases, 0, Shape.of(5, 2), Shape.of(0, 3));
    slices(cases, 1, Shape.of(0, 5), Shape.of(3));
    elements(cases, 0, Shape.of(8), Shape.of(33));
    elements(cases, 1, Shape.of(3, 5), Shape.of(2, 11));
    elements(cases, 0, Shape.of(5, 2), Shape.of(0, 2));
    elements(cases, 5, Shape.of(2, 1, 2, 3, 1, 5), Shape.of(2, 1, 2, 2, 1, 4));
    return cases;
  }

  private static void slices(List<ConformanceCase> cases, int axis, Shape data, Shape indices) {
    both(cases, new Gather(axis), data, axis, indices);
  }

  private static void elements(List<ConformanceCase> cases, int axis, Shape data, Shape indices) {
    both(cases, new GatherElements(axis), data, axis, indices);
  }

  /** With indices that are all right, and with some that mean no element. */
  private static void both(
      List<ConformanceCase> cases, Layer layer, Shape data, int axis, Shape indices) {
    String name =
        ConformanceCase.ascii(layer.kind() + " along " + axis + " of " + data + " by " + indices);
    cases.add(of(name, layer, data, indices, data.dim(axis) - 1));
    cases.add(of(name + ", some outside", layer, data, indices, data.dim(axis) + 2));
  }

  /** Indices from {@code −most} to {@code most}. */
  static ConformanceCase of(String name, Layer layer, Shape data, Shape indices, int most) {
    NetworkBuilder builder = Network.builder(name).input("data", data).input("numbers", indices);
    builder
        .layer(new Activation(new ActivationFunction.Affine(4, 0)))
        .layer(new Activation(new ActivationFunction.Truncate()))
        .layer("indices", new Activation(new ActivationFunction.Clip(-most, most)))
        .layer("picked", layer, List.of("data", "indices"));
    return new ConformanceCase(name, builder.build(0));
  }
}
