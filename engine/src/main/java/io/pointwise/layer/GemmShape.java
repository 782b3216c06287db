// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

/**
 * The matrix product behind a layer: {@code C[m, n] = A[m, k] · B[k, n]}. The one place where a 1×1
 * convolution becomes a GEMM.
 *
 * @param m rows: output channels of one group
 * @param n columns: output pixels of one image
 * @param k the reduction: input channels of one group times the taps
 * @param count independent products: images times groups
 */
public record GemmShape(int m, long n, long k, long count) {
  /** Of a convolution: pointwise as it is, any other one as implicit GEMM. */
  public static GemmShape of(ConvSpec spec) {
    return new GemmShape(
        spec.ocPerGroup(),
        (long) spec.oh() * spec.ow(),
        spec.reduction(),
        (long) spec.n() * spec.groups());
  }

  public long macs() {
    return m * n * k * count;
  }
}
