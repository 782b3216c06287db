// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * Transposed convolution: the gradient of {@link Conv2d} with respect to its input. Each input
 * element adds its value times the filter to the window of the output that it stands for.
 *
 * <p>Weights {@code [ic, oc/groups, kh, kw]}. Output height {@code (ih − 1)·strideH + extentH +
 * outputPadH − padTop − padBottom}, width likewise (ONNX ConvTranspose).
 *
 * @param oc output channels
 * @param window kernel size, stride, dilation, and the padding that is cut off the output
 * @param outputPadH rows added at the bottom of the output
 * @param outputPadW columns added on the right of the output
 * @param groups channel groups
 * @param bias whether a bias a channel is added
 */
public record ConvTranspose2d(
    int oc, Window window, int outputPadH, int outputPadW, int groups, boolean bias)
    implements Layer {
  public ConvTranspose2d {
    Check.atLeast("oc", oc, 1);
    Check.atLeast("groups", groups, 1);
    Check.divides("groups", groups, "oc", oc);
    Check.atLeast("outputPadH", outputPadH, 0);
    Check.atLeast("outputPadW", outputPadW, 0);
  }

  /** One group, no output padding, with bias. */
  public ConvTranspose2d(int oc, Window window) {
    this(oc, window, 0, 0, 1, true);
  }

  @Override
  public String kind() {
    return "conv-transpose2d";
  }

  private Shape image(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    Check.rank(this, input, 4);
    Check.atLeast("n", input.dim(0), 1);
    Check.atLeast("ic", input.dim(1), 1);
    // Without this an empty input would pass: its output height (ih − 1)·strideH + extentH may be
    // over 0.
    Check.atLeast("ih", input.dim(2), 1);
    Check.atLeast("iw", input.dim(3), 1);
    Check.divides("groups", groups, "ic", input.dim(1));
    return input;
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = image(inputs);
    int oh =
        size(
            "height",
            input.dim(2),
            window.strideH(),
            window.extentH(),
            outputPadH,
            window.padTop(),
            window.padBottom());
    int ow =
        size(
            "width",
            input.dim(3),
            window.strideW(),
            window.extentW(),
            outputPadW,
            window.padLeft(),
            window.padRight());
    return Check.shape(input.dim(0), oc, oh, ow);
  }

  private static int size(
      String axis, int size, int stride, long extent, int outputPad, int before, int after) {
    long out = (size - 1L) * stride + extent + outputPad - before - after;
    if (out < 1 || out > Integer.MAX_VALUE) {
      throw new InvalidSpecException(
          "conv-transpose2d: output " + axis + " " + out + " is outside 1.." + Integer.MAX_VALUE);
    }
    return (int) out;
  }

  @Override
  public Map<Role, Shape> weights(List<Shape> inputs) {
    int ic = image(inputs).dim(1);
    return Conv2d.filters(Check.shape(ic, oc / groups, window.kh(), window.kw()), oc, bias);
  }

  @Override
  public long macs(List<Shape> inputs) {
    return Check.product("number of MACs", image(inputs).elements(), oc / groups, window.taps());
  }
}
