// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.tensor.Shape;
import java.util.List;

/** Mean or maximum of each channel; errors as in {@link AveragePooling} and {@link MaxPooling}. */
final class GlobalPooling implements ScalarOperation {
  private final GlobalPool2d.Mode mode;
  private final Workers workers;

  GlobalPooling(GlobalPool2d.Mode mode, Workers workers) {
    this.mode = mode;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Shape shape = input.shape();
    long pixels = shape.elements(2, 4);
    workers.run(
        Math.multiplyExact(shape.dim(0), shape.dim(1)),
        channel -> {
          long from = channel * pixels;
          switch (mode) {
            case MAX -> max(input, from, from + pixels, output, channel);
            case AVERAGE -> average(input, from, from + pixels, output, channel);
          }
        });
  }

  private static void max(Field input, long from, long to, Field output, int channel) {
    double max = Double.NEGATIVE_INFINITY;
    double error = 0;
    for (long i = from; i < to; i++) {
      max = Math.max(max, input.value(i));
      error = Math.max(error, input.error(i));
    }
    output.set(channel, max, error + Rounding.TINY);
  }

  private static void average(Field input, long from, long to, Field output, int channel) {
    double sum = 0;
    double error = 0;
    double magnitude = 0;
    for (long i = from; i < to; i++) {
      sum += input.value(i);
      error += input.error(i);
      magnitude += Math.abs(input.value(i)) + input.error(i);
    }
    long pixels = to - from;
    double gamma = Rounding.gamma(pixels + Rounding.DIVIDE);
    output.set(
        channel, sum / pixels, (error + gamma * magnitude) / pixels + Rounding.flushed(pixels + 2));
  }
}
