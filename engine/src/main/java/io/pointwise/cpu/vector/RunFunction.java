// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.layer.ActivationFunction;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * An activation over a run of floats.
 *
 * <p>Each function has a loop of its own, on purpose: one loop that calls a function of a vector
 * would box every vector as soon as C2 sees more than two of them. All iterations are masked, so
 * that the tail needs no second copy of the formula.
 *
 * <p>Exponentials are computed one by one with {@link Math}, which gives the same bits however the
 * method was compiled. The Vector API's own do not: interpreted they round otherwise than compiled,
 * and one plan would give two results.
 */
sealed interface RunFunction {
  /**
   * Applies the function to {@code count} floats; offsets in bytes; source and target may be the
   * same.
   */
  void apply(MemorySegment source, long from, MemorySegment target, long to, long count);

  static RunFunction of(ActivationFunction function) {
    return switch (function) {
      case ActivationFunction.Relu _ -> new Clamp(0, Float.POSITIVE_INFINITY);
      case ActivationFunction.Clip(float low, float high) -> new Clamp(low, high);
      case ActivationFunction.LeakyRelu(float slope) -> new Leaky(slope);
      case ActivationFunction.Sigmoid _ -> new Sigmoid();
      case ActivationFunction.Tanh _ -> new Tanh();
      case ActivationFunction.HardSigmoid(float alpha, float beta) -> new HardSigmoid(alpha, beta);
      case ActivationFunction.HardSwish _ -> new HardSwish();
      case ActivationFunction.Elu(float alpha) -> new Elu(alpha);
      case ActivationFunction.ThresholdedRelu(float alpha) -> new Threshold(alpha);
      case ActivationFunction.Abs _ -> new Absolute();
      case ActivationFunction.Sqrt _ -> new Root();
      case ActivationFunction.Reciprocal _ -> new Inverse();
      case ActivationFunction.Affine(float scale, float offset) -> new Affine(scale, offset);
      case ActivationFunction.Selu _,
          ActivationFunction.Celu _,
          ActivationFunction.Softplus _,
          ActivationFunction.Softsign _,
          ActivationFunction.Mish _,
          ActivationFunction.Swish _,
          ActivationFunction.Gelu _,
          ActivationFunction.Erf _,
          ActivationFunction.Exp _,
          ActivationFunction.Log _,
          ActivationFunction.Floor _,
          ActivationFunction.Ceil _,
          ActivationFunction.Truncate _,
          ActivationFunction.NotZero _,
          ActivationFunction.WrapInteger _ ->
          new OneByOne(OneFunction.of(function));
    };
  }

  /** {@code min(max(x, low), high)}. */
  record Clamp(float low, float high) implements RunFunction {
    /** The clamp that the activation is, none being the widest one; null if it is not a clamp. */
    static @Nullable Clamp of(@Nullable ActivationFunction function) {
      return switch (function) {
        case null -> new Clamp(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        case ActivationFunction.Relu _ -> new Clamp(0, Float.POSITIVE_INFINITY);
        case ActivationFunction.Clip(float low, float high) -> new Clamp(low, high);
        default -> null;
      };
    }

    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        x.max(low).min(high).intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** Leaves everything as it is. */
  record Nothing() implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      if (!source.equals(target) || from != to) {
        MemorySegment.copy(source, from, target, to, count * Float.BYTES);
      }
    }
  }

  /** {@code x < 0 ? slope·x : x}. */
  record Leaky(float slope) implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        FloatVector y = x.blend(x.mul(slope), x.lt(0));
        y.intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** {@code 1 / (1 + exp(−x))}. */
  record Sigmoid() implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i++) {
        double x = source.get(Lanes.FLOAT, from + i * Float.BYTES);
        target.set(Lanes.FLOAT, to + i * Float.BYTES, (float) (1 / (1 + Math.exp(-x))));
      }
    }
  }

  /** Hyperbolic tangent. */
  record Tanh() implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i++) {
        double x = source.get(Lanes.FLOAT, from + i * Float.BYTES);
        target.set(Lanes.FLOAT, to + i * Float.BYTES, (float) Math.tanh(x));
      }
    }
  }

  /** {@code min(max(alpha·x + beta, 0), 1)}. */
  record HardSigmoid(float alpha, float beta) implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        x.mul(alpha)
            .add(beta)
            .max(0)
            .min(1)
            .intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** {@code x · min(max(x/6 + 1/2, 0), 1)}. */
  record HardSwish() implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        FloatVector gate = x.div(6).add(0.5f).max(0).min(1);
        x.mul(gate).intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** {@code x < 0 ? alpha·(exp(x) − 1) : x}. */
  record Elu(float alpha) implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i++) {
        double x = source.get(Lanes.FLOAT, from + i * Float.BYTES);
        target.set(Lanes.FLOAT, to + i * Float.BYTES, (float) (x < 0 ? alpha * Math.expm1(x) : x));
      }
    }
  }

  /** {@code x <= alpha ? 0 : x}: NaN stays. */
  record Threshold(float alpha) implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        x.blend(0, x.compare(VectorOperators.LE, alpha))
            .intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** {@code |x|}. */
  record Absolute() implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        x.abs().intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** {@code √x}. */
  record Root() implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        x.sqrt().intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** {@code 1 / x}. */
  record Inverse() implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        FloatVector.broadcast(Lanes.SPECIES, 1)
            .div(x)
            .intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** {@code scale·x + offset}. */
  record Affine(float scale, float offset) implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i += Lanes.LENGTH) {
        VectorMask<Float> mask = Lanes.first(count - i);
        FloatVector x =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, source, from + i * Float.BYTES, Lanes.ORDER, mask);
        x.mul(scale).add(offset).intoMemorySegment(target, to + i * Float.BYTES, Lanes.ORDER, mask);
      }
    }
  }

  /** A function without a loop of its own: no vectors, so nothing that could be boxed. */
  record OneByOne(OneFunction function) implements RunFunction {
    @Override
    public void apply(MemorySegment source, long from, MemorySegment target, long to, long count) {
      for (long i = 0; i < count; i++) {
        float x = source.get(Lanes.FLOAT, from + i * Float.BYTES);
        target.set(Lanes.FLOAT, to + i * Float.BYTES, function.apply(x));
      }
    }
  }
}
