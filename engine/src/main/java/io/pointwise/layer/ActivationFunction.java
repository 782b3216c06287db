// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

/** An elementwise function of one variable. NaN in gives NaN out. */
public sealed interface ActivationFunction {
  /** The function's name in the vocabulary of the field: {@code relu}. */
  String label();

  /** {@code max(x, 0)}. */
  record Relu() implements ActivationFunction {
    @Override
    public String label() {
      return "relu";
    }
  }

  /**
   * {@code min(max(x, low), high)}; ReLU6 is {@code Clip(0, 6)}. As in ONNX, {@code high} wins
   * where {@code low > high}.
   */
  record Clip(float low, float high) implements ActivationFunction {
    public Clip {
      if (Float.isNaN(low) || Float.isNaN(high)) {
        throw new InvalidSpecException("clip: limits " + low + " and " + high + " must be numbers");
      }
    }

    @Override
    public String label() {
      return low == 0 && high == 6 ? "relu6" : "clip";
    }
  }

  /** {@code x} for {@code x ≥ 0}, else {@code slope·x}. */
  record LeakyRelu(float slope) implements ActivationFunction {
    public LeakyRelu {
      Check.finite("leaky-relu slope", slope);
    }

    @Override
    public String label() {
      return "leaky-relu";
    }
  }

  /** {@code 1 / (1 + exp(−x))}. */
  record Sigmoid() implements ActivationFunction {
    @Override
    public String label() {
      return "sigmoid";
    }
  }

  /** Hyperbolic tangent. */
  record Tanh() implements ActivationFunction {
    @Override
    public String label() {
      return "tanh";
    }
  }

  /** {@code min(max(alpha·x + beta, 0), 1)}. */
  record HardSigmoid(float alpha, float beta) implements ActivationFunction {
    public HardSigmoid {
      Check.finite("hard-sigmoid alpha", alpha);
      Check.finite("hard-sigmoid beta", beta);
    }

    @Override
    public String label() {
      return "hard-sigmoid";
    }
  }

  /** {@code x · min(max(x/6 + 1/2, 0), 1)} (MobileNet v3). */
  record HardSwish() implements ActivationFunction {
    @Override
    public String label() {
      return "hard-swish";
    }
  }

  /** {@code x} for {@code x ≥ 0}, else {@code alpha·(exp(x) − 1)}. */
  record Elu(float alpha) implements ActivationFunction {
    public Elu {
      Check.finite("elu alpha", alpha);
    }

    @Override
    public String label() {
      return "elu";
    }
  }
}
