// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** The network that behaviour, as opposed to arithmetic, is tested with. */
final class SmallNetworks {
  private static final ConformanceCase CLASSIFIER =
      ConformanceCase.of(
          "small classifier",
          Shape.of(1, 3, 10, 9),
          b ->
              b.conv(8, Window.square(3).pad(1))
                  .relu()
                  .residual(r -> r.pointwise(4).relu().conv(8, Window.square(3).pad(1)))
                  .relu()
                  .maxPool(Window.square(2).stride(2))
                  .globalAvgPool()
                  .flatten()
                  .linear(5));

  private SmallNetworks() {}

  /** The same network and weights with as many different inputs. */
  static List<Sample> samples(int count) {
    List<Sample> samples = new ArrayList<>();
    Sample first = Sample.of(CLASSIFIER, Data.REAL, 0);
    samples.add(first);
    for (int seed = 1; seed < count; seed++) {
      samples.add(first.withInputs(Sample.of(CLASSIFIER, Data.REAL, seed).inputs()));
    }
    return samples;
  }
}
