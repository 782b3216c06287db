// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Numbers that fast code tends to forget, put among ordinary ones. */
enum SpecialValues {
  /** One element in five is not a number. */
  NAN,
  /** One element in five is an infinity or a negative zero. */
  INFINITY,
  /** Numbers below the normal range of float32; devices may take them for zero. */
  DENORMAL,
  /** The largest numbers. */
  HUGE,
  /** Nothing but zero. */
  ZERO;

  private static final int RARITY = 5;

  /** What is put in. */
  private float[] numbers() {
    return switch (this) {
      case NAN -> new float[] {Float.NaN};
      case INFINITY -> new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f};
      case DENORMAL -> new float[] {Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f, -1e-39f};
      case HUGE -> new float[] {Float.MAX_VALUE, -Float.MAX_VALUE};
      case ZERO -> new float[0];
    };
  }

  /** The sample with these values among its inputs. */
  Sample into(Sample sample) {
    return sample.withInputs(sample.inputs().stream().map(this::into).toList());
  }

  /** The samples of a case with each of these kinds of values. */
  static List<Sample> samples(ConformanceCase source, List<SpecialValues> kinds) {
    Sample plain = Sample.of(source, Data.REAL, Repeat.seed(source.name(), Data.REAL));
    return kinds.stream().map(kind -> kind.into(plain)).toList();
  }

  private Tensor into(Tensor tensor) {
    if (this == ZERO) {
      return Tensor.zeros(tensor.shape());
    }
    Tensor copy = Tensors.copy(tensor);
    float[] numbers = numbers();
    SplittableRandom random = new SplittableRandom(name().hashCode());
    for (long i = 0; i < copy.shape().elements(); i++) {
      if (random.nextInt(RARITY) == 0) {
        copy.set(i, numbers[random.nextInt(numbers.length)]);
      }
    }
    return copy;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
