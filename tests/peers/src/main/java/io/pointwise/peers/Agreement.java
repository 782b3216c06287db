// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Role;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;

/**
 * How near the output of a whole network is to the reference, image by image.
 *
 * <p>The bounds of the reference hold for all data, and after tens of layers they allow more than
 * any mistake would do. So of a network more is asked: that each image's outputs, seen as a vector,
 * be near those of the reference, relative to their length, which is the measure in which random
 * networks neither amplify nor damp an error on average. Each sum of {@code K} terms is taken to
 * add an error of {@code √K·u} of its length, {@code u = 2⁻²⁴}, as it does where rounding errors
 * are independent (Higham and Mary, "A New Approach to Probabilistic Rounding Error Analysis",
 * 2019), and what the sums of all layers add is allowed {@value #SAFETY} times. That is under 1 %
 * for the deepest network here; other weights are far beyond it.
 *
 * @param error the largest of the images' relative errors, in the Euclidean norm; NaN where an
 *     output is not a number
 * @param allowed what it may be
 */
record Agreement(double error, double allowed) {
  /** Also covers Winograd's formula, whose errors are some times as large. */
  private static final int SAFETY = 16;

  private static final double UNIT = 0x1p-24;

  /** Of a network's output, whose first dimension is the batch. */
  static Agreement of(Network network, Tensor output, Expected expected) {
    long images = output.shape().dim(0);
    long each = output.shape().elements() / images;
    double most = 0;
    for (long image = 0; image < images; image++) {
      // The larger of NaN and a number is NaN.
      most = Math.max(most, error(output, expected, image * each, each));
    }
    return new Agreement(most, SAFETY * UNIT * roots(network));
  }

  /** False for NaN. */
  boolean isOk() {
    return error <= allowed;
  }

  /** Sum of √K over the layers that sum. */
  private static double roots(Network network) {
    double sum = 0;
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Conv2d || node.layer() instanceof Linear) {
        Shape weight = node.weights().shapes().get(Role.WEIGHT);
        sum += weight == null ? 0 : Math.sqrt((double) weight.elements() / weight.dim(0));
      }
    }
    return sum;
  }

  private static double error(Tensor output, Expected expected, long from, long elements) {
    double difference = 0;
    double length = 0;
    for (long i = from; i < from + elements; i++) {
      double wanted = expected.value(i);
      difference += (output.get(i) - wanted) * (output.get(i) - wanted);
      length += wanted * wanted;
    }
    return difference == 0 ? 0 : Math.sqrt(difference / length);
  }
}
