// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Local response normalisation across channels of {@code [n, c, h, w]} (Krizhevsky et al., 2012):
 * {@code x[c] / (k + alpha/size · Σ x[j]²)^beta}, the sum over channels {@code c − ⌊(size−1)/2⌋ … c
 * + ⌈(size−1)/2⌉} that exist (ONNX LRN).
 *
 * @param size channels in the window
 * @param alpha weight of the sum
 * @param beta exponent
 * @param k bias, positive
 */
public record LocalResponseNorm(int size, float alpha, float beta, float k) implements Layer {
  public LocalResponseNorm {
    Check.atLeast("local-response-norm size", size, 1);
    Check.finite("local-response-norm alpha", alpha);
    Check.finite("local-response-norm beta", beta);
    Check.finite("local-response-norm k", k);
    if (k <= 0 || alpha < 0) {
      throw new InvalidSpecException(
          "local-response-norm: k=" + k + " must be over 0 and alpha=" + alpha + " at least 0");
    }
  }

  @Override
  public String kind() {
    return "local-response-norm";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    Check.rank(this, input, 4);
    return input;
  }
}
