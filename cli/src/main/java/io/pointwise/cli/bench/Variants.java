// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other ways to get from a layer's input to its output, for {@code --compare}. All keep the layer's
 * batch, channels, sizes, stride and bias, and pad so that stride 1 keeps the size.
 *
 * <ul>
 *   <li>{@code KHxKW}, as {@code 1x1}, {@code 3x3}, {@code 5x5}: that kernel, with the layer's
 *       dilation and groups.
 *   <li>{@code bottleneck}: 1×1 to a quarter of the output channels (at least 1), 3×3 with the
 *       stride, 1×1 to the output channels (He et al., "Deep Residual Learning", 2016, figure 5).
 *   <li>{@code separable}: depthwise 3×3 with the stride, then 1×1 (Howard et al., "MobileNets",
 *       2017).
 * </ul>
 *
 * <p>Blocks are the convolutions alone, without activations or batch norm between them.
 */
final class Variants {
  private static final Pattern KERNEL = Pattern.compile("([1-9][0-9]{0,3})x([1-9][0-9]{0,3})");
  private static final int REDUCTION = 4;

  private Variants() {}

  /** The group that compares the named variants of a layer with the first of them. */
  static WorkloadGroup compare(ConvSpec base, List<String> names) {
    List<Workload> workloads = new ArrayList<>();
    for (String name : names) {
      workloads.add(variant(base, name.strip().toLowerCase(Locale.ROOT)));
    }
    String title =
        "variants of "
            + base.ic()
            + "→"
            + base.oc()
            + " @"
            + base.ih()
            + "×"
            + base.iw()
            + " against "
            + workloads.getFirst().name();
    return new WorkloadGroup(title, workloads, List.of());
  }

  private static Workload variant(ConvSpec base, String name) {
    Matcher kernel = KERNEL.matcher(name);
    if (kernel.matches()) {
      return kernel(base, Integer.parseInt(kernel.group(1)), Integer.parseInt(kernel.group(2)));
    }
    return switch (name) {
      case "bottleneck" -> bottleneck(base, Math.max(1, base.oc() / REDUCTION));
      case "separable" -> separable(base);
      default ->
          throw CommandFailure.usage(
              "--compare: there is no variant \""
                  + name
                  + "\"; the variants are 1x1, 3x3, 5x5 or another KHxKW, bottleneck, separable");
    };
  }

  private static Workload kernel(ConvSpec base, int kh, int kw) {
    Window window = base.window();
    Window other =
        Window.of(kh, kw)
            .stride(window.strideH(), window.strideW())
            .dilation(window.dilationH(), window.dilationW())
            .padSame();
    return Workload.of(
        new ConvSpec(
            base.n(),
            base.ic(),
            base.ih(),
            base.iw(),
            base.oc(),
            other,
            base.groups(),
            base.bias()));
  }

  /** 1×1 to {@code middle} channels, 3×3, 1×1 to the layer's output channels. */
  static Workload bottleneck(ConvSpec base, int middle) {
    ConvSpec in =
        new ConvSpec(
            base.n(), base.ic(), base.ih(), base.iw(), middle, Window.square(1), 1, base.bias());
    ConvSpec inner = follow(in, middle, square3(base), 1);
    ConvSpec out = follow(inner, base.oc(), Window.square(1), 1);
    String name = "1×1→" + middle + ", 3×3, 1×1→" + base.oc() + " @" + base.ih() + "×" + base.iw();
    return Workload.of(name, in, inner, out);
  }

  /** Depthwise 3×3, then 1×1. */
  static Workload separable(ConvSpec base) {
    ConvSpec depthwise =
        new ConvSpec(
            base.n(),
            base.ic(),
            base.ih(),
            base.iw(),
            base.ic(),
            square3(base),
            base.ic(),
            base.bias());
    ConvSpec pointwise = follow(depthwise, base.oc(), Window.square(1), 1);
    String name = "dw 3×3, 1×1 " + base.ic() + "→" + base.oc() + " @" + base.ih() + "×" + base.iw();
    return Workload.of(name, depthwise, pointwise);
  }

  /** A convolution of another one's output. */
  static ConvSpec follow(ConvSpec before, int oc, Window window, int groups) {
    return new ConvSpec(
        before.n(), before.oc(), before.oh(), before.ow(), oc, window, groups, before.bias());
  }

  private static Window square3(ConvSpec base) {
    return Window.square(3).stride(base.window().strideH(), base.window().strideW()).padSame();
  }
}
