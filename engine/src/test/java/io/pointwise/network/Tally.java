// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

/**
 * Parameters and multiply-accumulates counted by the formulas of a textbook, which share nothing
 * with the layers. Each call is one layer of a network for one image; {@code out} is the height and
 * width of its output.
 */
final class Tally {
  private long parameters;
  private long macs;

  private Tally add(long moreParameters, long moreMacs) {
    parameters += moreParameters;
    macs += moreMacs;
    return this;
  }

  /** Convolution k×k with bias. */
  Tally conv(int k, int ic, int oc, int out) {
    long weights = (long) k * k * ic * oc;
    return add(weights + oc, weights * out * out);
  }

  /** Convolution k×k without bias, and the scale and shift of a batch norm. */
  Tally convBatchNorm(int k, int ic, int oc, int out) {
    long weights = (long) k * k * ic * oc;
    return add(weights + 2L * oc, weights * out * out);
  }

  /** Depthwise 3×3 without bias, and the scale and shift of a batch norm. */
  Tally depthwiseBatchNorm(int channels, int out) {
    return add(9L * channels + 2L * channels, 9L * channels * out * out);
  }

  /** Linear layer with bias. */
  Tally linear(int in, int out) {
    return add((long) in * out + out, (long) in * out);
  }

  long parameters() {
    return parameters;
  }

  long macs() {
    return macs;
  }
}
