// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.GemmShape;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-conv-transpose}: a transposed convolution as a convolution of stride 1 over the
 * input spread apart with zeros, with the filters turned round and input and output channels
 * exchanged. At stride {@code s} about {@code s²} times the products are computed, most of them by
 * zero; all in the fast kernel.
 */
final class VectorConvTranspose extends VectorAlgorithm {
  VectorConvTranspose(Workers workers) {
    super("vector-conv-transpose", workers, List.of(ConvTranspose2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return refusal((ConvTranspose2d) step.operation(), step);
  }

  @Override
  long workspaceBytes(Step step) {
    return geometry(step).workspaceBytes(equivalent(step));
  }

  private @Nullable String refusal(ConvTranspose2d layer, Step step) {
    Window w = layer.window();
    long leastPad =
        Math.min(
            Math.min(w.extentH() - 1 - w.padTop(), w.extentW() - 1 - w.padLeft()),
            Math.min(
                w.extentH() - 1 - w.padBottom() + layer.outputPadH(),
                w.extentW() - 1 - w.padRight() + layer.outputPadW()));
    if (leastPad < 0) {
      return "vector-conv-transpose needs padding less than the kernel's extent; this is " + w;
    }
    if (step.input().dim(0) < 1) {
      return "vector-conv-transpose needs a batch of at least 1";
    }
    long spread = (step.output().dim(2) + w.extentH()) * (step.output().dim(3) + w.extentW());
    String image = sizeRefusal("a spread channel", spread);
    return image != null
        ? image
        : sizeRefusal(
            "packed filters", PackedFilters.floats(GemmShape.of(equivalent(step)), layer.groups()));
  }

  /** The convolution of stride 1 over the spread input. */
  private static ConvSpec equivalent(Step step) {
    ConvTranspose2d layer = (ConvTranspose2d) step.operation();
    Window w = layer.window();
    Shape in = step.input();
    int top = (int) (w.extentH() - 1 - w.padTop());
    int left = (int) (w.extentW() - 1 - w.padLeft());
    int bottom = (int) (w.extentH() - 1 - w.padBottom() + layer.outputPadH());
    int right = (int) (w.extentW() - 1 - w.padRight() + layer.outputPadW());
    Window turned = w.stride(1).pad(top, left, bottom, right);
    int ih = (in.dim(2) - 1) * w.strideH() + 1;
    int iw = (in.dim(3) - 1) * w.strideW() + 1;
    return new ConvSpec(
        in.dim(0), in.dim(1), ih, iw, layer.oc(), turned, layer.groups(), layer.bias());
  }

  private GemmConvolution.Geometry geometry(Step step) {
    Window w = ((ConvTranspose2d) step.operation()).window();
    ConvSpec spec = equivalent(step);
    Shape in = step.input();
    WindowPlanes planes =
        new WindowPlanes(
            spec.window(), in.dim(2), in.dim(3), spec.oh(), spec.ow(), w.strideH(), w.strideW());
    return GemmConvolution.Geometry.of(spec, planes, workers().threads());
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    ConvSpec spec = equivalent(step);
    Tensor turned = turn(weights.get(Role.WEIGHT), spec);
    PackedFilters filters = PackedFilters.pack(turned, GemmShape.of(spec), spec.groups());
    float[] bias = bias(weights, spec.oc());
    return new CpuStep(
        new GemmConvolution(spec, geometry(step), step.epilogue(), filters, bias, workers()),
        filters.bytes());
  }

  /** {@code [ic, oc/groups, kh, kw]} to OIHW, each filter turned by half a turn. */
  private static Tensor turn(Tensor weight, ConvSpec spec) {
    Tensor turned = Tensor.zeros(spec.weight());
    int taps = spec.kh() * spec.kw();
    for (int o = 0; o < spec.oc(); o++) {
      int group = o / spec.ocPerGroup();
      for (int i = 0; i < spec.icPerGroup(); i++) {
        long from =
            ((long) (group * spec.icPerGroup() + i) * spec.ocPerGroup() + o % spec.ocPerGroup())
                * taps;
        long to = ((long) o * spec.icPerGroup() + i) * taps;
        for (int t = 0; t < taps; t++) {
          turned.set(to + t, weight.get(from + taps - 1 - t));
        }
      }
    }
    return turned;
  }
}
