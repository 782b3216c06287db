// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Local response normalisation: {@code x·p^(−beta)} with {@code p = k + alpha/size · Σx²} over
 * neighbouring channels.
 *
 * <p>Error. An incoming error e changes a square by at most {@code 2|x|e + e²}; a sum of size
 * squares, scaled and added to k, goes through {@code size + DIVIDE + 4} roundings: p lies within
 * {@code p ± d}, and never below k. The power is monotone in p, so the ends of that interval and
 * {@link Rounding#POW} roundings bound its relative error r; then {@code p^(−beta)·(e + r(|x| +
 * e))}.
 */
final class ResponseNormalization implements ScalarOperation {
  private final LocalResponseNorm layer;
  private final double gamma;
  private final Workers workers;

  ResponseNormalization(LocalResponseNorm layer, Workers workers) {
    this.layer = layer;
    this.gamma = Rounding.gamma(layer.size() + Rounding.DIVIDE + 4L);
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Shape shape = input.shape();
    long pixels = shape.elements(2, 4);
    Tasks.overElements(
        workers,
        shape.elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            int channel = (int) (i / pixels % shape.dim(1));
            normalize(input, output, i, channel, shape.dim(1), pixels);
          }
        });
  }

  private void normalize(
      Field input, Field output, long i, int channel, int channels, long pixels) {
    int first = Math.max(0, channel - (layer.size() - 1) / 2);
    int last = (int) Math.min(channels - 1, (long) channel + layer.size() / 2);
    double squares = 0;
    double spread = 0;
    for (int c = first; c <= last; c++) {
      double x = input.value(i + (c - channel) * pixels);
      double e = input.error(i + (c - channel) * pixels);
      squares += x * x;
      spread += e * (2 * Math.abs(x) + e);
    }
    double weight = (double) layer.alpha() / layer.size();
    double p = layer.k() + weight * squares;
    double d =
        weight * spread + gamma * (p + weight * spread) + Rounding.flushed(layer.size() + 2L);
    double power = Math.pow(p, -layer.beta());
    double error = error(input.value(i), input.error(i), p, d, power);
    output.set(i, input.value(i) * power, error);
  }

  private double error(double x, double e, double p, double d, double power) {
    double least = Math.max(p - d, layer.k() * (1 - Rounding.gamma(2)));
    double ends =
        Math.max(
            Math.abs(Math.pow(least / p, -layer.beta()) - 1),
            Math.abs(Math.pow((p + d) / p, -layer.beta()) - 1));
    // The product, or a division by the power.
    double roundings = Rounding.gamma(Rounding.POW + Rounding.DIVIDE);
    double relative = ends + roundings * (1 + ends);
    return power * (e + relative * (Math.abs(x) + e)) + Rounding.flushed(2) * (1 + Math.abs(x));
  }
}
