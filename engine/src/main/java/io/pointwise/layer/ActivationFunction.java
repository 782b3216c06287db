// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

/**
 * An elementwise function of one variable. NaN in gives NaN out. At an infinity for which the
 * formula has {@code 0·∞} or {@code ∞/∞} in it, a device may give that, which is NaN, or the limit.
 */
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

  /**
   * {@code gamma·x} for {@code x > 0}, else {@code gamma·alpha·(exp(x) − 1)} (Klambauer et al.,
   * 2017).
   */
  record Selu(float alpha, float gamma) implements ActivationFunction {
    public Selu {
      Check.finite("selu alpha", alpha);
      Check.finite("selu gamma", gamma);
    }

    @Override
    public String label() {
      return "selu";
    }
  }

  /** {@code max(x, 0) + min(alpha·(exp(x/alpha) − 1), 0)} (Barron, 2017). */
  record Celu(float alpha) implements ActivationFunction {
    public Celu {
      Check.finite("celu alpha", alpha);
      if (alpha == 0) {
        throw new InvalidSpecException("celu alpha=0 must not be 0");
      }
    }

    @Override
    public String label() {
      return "celu";
    }
  }

  /** {@code x} for {@code x > alpha}, else 0. */
  record ThresholdedRelu(float alpha) implements ActivationFunction {
    public ThresholdedRelu {
      Check.finite("thresholded-relu alpha", alpha);
    }

    @Override
    public String label() {
      return "thresholded-relu";
    }
  }

  /** {@code log(1 + exp(x))}. */
  record Softplus() implements ActivationFunction {
    @Override
    public String label() {
      return "softplus";
    }
  }

  /** {@code x / (1 + |x|)}. */
  record Softsign() implements ActivationFunction {
    @Override
    public String label() {
      return "softsign";
    }
  }

  /** {@code x · tanh(log(1 + exp(x)))} (Misra, 2019). */
  record Mish() implements ActivationFunction {
    @Override
    public String label() {
      return "mish";
    }
  }

  /** {@code x / (1 + exp(−alpha·x))} (Ramachandran et al., 2017). */
  record Swish(float alpha) implements ActivationFunction {
    public Swish {
      Check.finite("swish alpha", alpha);
    }

    @Override
    public String label() {
      return "swish";
    }
  }

  /**
   * {@code x·Φ(x)}, Φ the normal distribution; or with {@code tanh} the approximation {@code x/2·(1
   * + tanh(√(2/π)·(x + 0.044715·x³)))} (Hendrycks and Gimpel, 2016).
   */
  record Gelu(boolean tanh) implements ActivationFunction {
    @Override
    public String label() {
      return "gelu";
    }
  }

  /** The error function {@code 2/√π ∫₀ˣ exp(−t²) dt}. */
  record Erf() implements ActivationFunction {
    @Override
    public String label() {
      return "erf";
    }
  }

  /** {@code exp(x)}. */
  record Exp() implements ActivationFunction {
    @Override
    public String label() {
      return "exp";
    }
  }

  /** The natural logarithm; NaN for {@code x < 0}. */
  record Log() implements ActivationFunction {
    @Override
    public String label() {
      return "log";
    }
  }

  /** {@code √x}; NaN for {@code x < 0}. */
  record Sqrt() implements ActivationFunction {
    @Override
    public String label() {
      return "sqrt";
    }
  }

  /** {@code |x|}. */
  record Abs() implements ActivationFunction {
    @Override
    public String label() {
      return "abs";
    }
  }

  /** {@code 1 / x}. */
  record Reciprocal() implements ActivationFunction {
    @Override
    public String label() {
      return "reciprocal";
    }
  }

  /** {@code scale·x + offset}. */
  record Affine(float scale, float offset) implements ActivationFunction {
    public Affine {
      Check.finite("affine scale", scale);
      Check.finite("affine offset", offset);
    }

    @Override
    public String label() {
      return scale == -1 && offset == 0 ? "negate" : "affine";
    }
  }

  /** The greatest whole number that is not over {@code x}. */
  record Floor() implements ActivationFunction {
    @Override
    public String label() {
      return "floor";
    }
  }

  /** The least whole number that is not under {@code x}. */
  record Ceil() implements ActivationFunction {
    @Override
    public String label() {
      return "ceil";
    }
  }

  /** {@code x} without its fraction: rounded towards 0. */
  record Truncate() implements ActivationFunction {
    @Override
    public String label() {
      return "truncate";
    }
  }

  /** 1 where {@code x} is not 0, else 0. */
  record NotZero() implements ActivationFunction {
    @Override
    public String label() {
      return "not-zero";
    }
  }

  /**
   * A whole number as an integer type has it, for integer arithmetic done in float32, which holds
   * whole numbers under 2²⁴ exactly. Types of up to 16 bits wrap around, as they do elsewhere; in
   * wider ones a negative number where there is no sign is NaN. So is, in all of them, a number of
   * 2²⁴ and more: it may have been rounded, and an integer must be right or seen to be wrong.
   * Nothing is said of a number that is not whole.
   *
   * @param bits of the type: 8, 16, 32 or 64
   * @param signed whether it has a sign
   */
  record WrapInteger(int bits, boolean signed) implements ActivationFunction {
    public WrapInteger {
      if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
        throw new InvalidSpecException("wrap-integer bits=" + bits + " must be 8, 16, 32 or 64");
      }
    }

    @Override
    public String label() {
      return (signed ? "int" : "uint") + bits;
    }
  }
}
