// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Winograd;

/**
 * Estimates which way of a 3×3 convolution is fastest. The constants were measured on one AVX-512
 * machine; what counts is their proportion.
 *
 * @param direct nanoseconds of the sum of the definition, a thread
 * @param tiles2 nanoseconds by tiles of 2×2
 * @param tiles4 nanoseconds by tiles of 4×4
 */
record WinogradCost(double direct, double tiles2, double tiles4) {
  /** Vectors of multiply-adds a nanosecond. */
  private static final double PRODUCTS = 3.4;

  /** Bytes of filters that come from memory or a shared cache in a nanosecond. */
  private static final double FILTER_BYTES = 24;

  /** Nanoseconds to transform a vector of channels of a tile there and back, for each product. */
  private static final double TRANSFORM = 2.5;

  static WinogradCost of(ConvSpec spec, Host host) {
    int threads = host.workers().threads();
    double vectors = Math.ceilDiv(spec.oc(), host.lanes());
    double direct =
        spec.n() * spec.oh() * (double) spec.ow() * spec.reduction() * vectors / PRODUCTS;
    double filters = spec.weight().bytes() / FILTER_BYTES;
    return new WinogradCost(
        Math.max(direct / threads, filters),
        winograd(spec, Winograd.F2, host),
        winograd(spec, Winograd.F4, host));
  }

  private static double winograd(ConvSpec spec, Winograd formula, Host host) {
    int threads = host.workers().threads();
    WinogradTiles tiles = WinogradTiles.of(spec, formula);
    int vectors = Math.ceilDiv(spec.oc(), host.lanes());
    double products = (double) tiles.count() * formula.products();
    double multiply = products * spec.ic() * vectors / PRODUCTS;
    double blocks = vectors + Math.ceilDiv(spec.ic(), host.lanes());
    double transform = products * blocks * TRANSFORM;
    double filters = WinogradFilters.bytes(spec, formula, vectors * host.lanes()) / FILTER_BYTES;
    return Math.max(multiply / threads, filters) + transform / threads;
  }

  /** Why another way should go first, for people; empty if none should. */
  String reluctance(Winograd formula) {
    double own = formula == Winograd.F2 ? tiles2 : tiles4;
    double best = Math.min(direct, Math.min(tiles2, tiles4));
    return own <= best
        ? ""
        : "estimated at %.0f µs a thread, the fastest way at %.0f µs"
            .formatted(own / 1e3, best / 1e3);
  }
}
