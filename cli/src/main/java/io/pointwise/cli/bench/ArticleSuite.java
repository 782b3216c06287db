// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.output.Units;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import java.util.List;
import java.util.Locale;

/**
 * What 1×1 convolutions are for, as comparisons: against a 3×3, in Inception, in a bottleneck, in a
 * separable block.
 */
final class ArticleSuite {
  private ArticleSuite() {}

  static List<WorkloadGroup> groups() {
    return List.of(
        kernels("a 1×1 against a 3×3", 512, 32, 12)
            .note(
                "A 3×3 costs 9 times the multiply-adds of a 1×1, by arithmetic. A measured ratio"
                    + " far from 9, such as the \"23 times faster\" that can be read of 1×1 layers,"
                    + " is about implementations, caches and overheads."),
        kernels("fewer channels, 1×1 against 3×3", 32, 8, 16),
        kernels("more channels, 1×1 against 3×3", 32, 128, 16),
        inception(),
        bottleneck(),
        separable());
  }

  /** The layer that {@code --compare} takes when it is given none. */
  static ConvSpec firstLayer() {
    return square(512, 32, 12, 1);
  }

  private static WorkloadGroup kernels(String title, int ic, int oc, int size) {
    return WorkloadGroup.comparison(
        title, Workload.of(square(ic, oc, size, 1)), Workload.of(square(ic, oc, size, 3)));
  }

  private static WorkloadGroup inception() {
    Workload plain = Workload.of(square(256, 32, 28, 5));
    ConvSpec reduce = square(256, 16, 28, 1);
    ConvSpec expand = Variants.follow(reduce, 32, Window.square(5).padSame(), 1);
    Workload reduced = Workload.of("1×1→16, 5×5→32 @28×28", reduce, expand);
    return WorkloadGroup.comparison("Inception: a 1×1 before the 5×5", plain, reduced)
        .note(
            String.format(
                Locale.ROOT,
                "%.2f million and %.2f million are multiply-adds (MACs). They are sometimes quoted"
                    + " as parameters; the parameters are %s and %s.",
                plain.cost().macs() / 1e6,
                reduced.cost().macs() / 1e6,
                Units.exact(plain.cost().parameters()),
                Units.exact(reduced.cost().parameters())));
  }

  private static WorkloadGroup bottleneck() {
    ConvSpec plain = square(256, 256, 14, 3);
    return WorkloadGroup.comparison(
        "bottleneck: 1×1s around the 3×3", Workload.of(plain), Variants.bottleneck(plain, 64));
  }

  private static WorkloadGroup separable() {
    ConvSpec plain = square(256, 256, 28, 3);
    return WorkloadGroup.comparison(
        "depthwise-separable: a 3×3 a channel, then a 1×1",
        Workload.of(plain),
        Variants.separable(plain));
  }

  private static ConvSpec square(int ic, int oc, int size, int k) {
    return new ConvSpec(1, ic, size, size, oc, Window.square(k).padSame(), 1, true);
  }
}
