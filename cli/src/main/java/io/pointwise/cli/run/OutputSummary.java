// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.onnx.TypedTensor;

/**
 * What an output looks like.
 *
 * @param min smallest element; NaN where there is no number
 * @param max largest element; NaN where there is no number
 * @param mean of the elements; NaN where one of them is
 * @param nan elements that are not a number
 */
record OutputSummary(double min, double max, double mean, long nan) {
  static OutputSummary of(TypedTensor tensor) {
    long elements = tensor.shape().elements();
    double min = Double.NaN;
    double max = Double.NaN;
    double sum = 0;
    long nan = 0;
    for (long i = 0; i < elements; i++) {
      double value = tensor.value(i);
      if (Double.isNaN(value)) {
        nan++;
      } else {
        min = Double.isNaN(min) ? value : Math.min(min, value);
        max = Double.isNaN(max) ? value : Math.max(max, value);
      }
      sum += value;
    }
    return new OutputSummary(min, max, sum / elements, nan);
  }
}
