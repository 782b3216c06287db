// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Operation;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the algorithms of the vector tier share: FP32 only, NCHW unless they say otherwise, and how
 * they refuse.
 */
abstract class VectorAlgorithm implements Algorithm {
  /** Positions of one channel, and packed weights, are counted in ints. */
  private static final long MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  /** Blocks of channels that fill a vector of the widths that the jit tier generates code for. */
  static final List<Layout> BLOCKED = List.of(Layout.blocked(16), Layout.blocked(8));

  private final String name;
  private final List<Class<? extends Operation>> operations;
  private final Workers workers;

  VectorAlgorithm(String name, Workers workers, List<Class<? extends Operation>> operations) {
    this.name = name;
    this.workers = workers;
    this.operations = operations;
  }

  @Override
  public final String name() {
    return name;
  }

  final Workers workers() {
    return workers;
  }

  @Override
  public final Support check(Step step) {
    if (operations.stream().noneMatch(each -> each.isInstance(step.operation()))) {
      return Support.otherOperation(name, step);
    }
    if (step.precision() != Precision.FP32) {
      return Support.no(name + " computes in FP32, " + step.precision() + " was asked for");
    }
    String refusal = refusal(step);
    return refusal != null ? Support.no(refusal) : new Support.Yes(choices(step));
  }

  /** Why a step of the right operation is refused, or null. */
  abstract @Nullable String refusal(Step step);

  /** Scratch memory of a step that is not refused. */
  long workspaceBytes(Step step) {
    return 0;
  }

  /** The layouts of a step that is not refused. */
  List<LayoutChoice> choices(Step step) {
    return List.of(LayoutChoice.nchw(step.inputs().size(), workspaceBytes(step)));
  }

  /**
   * NCHW; and NCHWc too where all shapes are equal, for what combines elements of the same place
   * wherever that is. Such a step works on whole storages; what it makes of elements in a block
   * that belong to no channel is arbitrary, as they are.
   */
  static List<LayoutChoice> placewise(Step step) {
    int inputs = step.inputs().size();
    LayoutChoice nchw = LayoutChoice.nchw(inputs, 0);
    boolean equal = step.inputs().stream().allMatch(step.output()::equals);
    List<LayoutChoice> choices = new ArrayList<>();
    choices.add(nchw);
    if (equal && step.output().rank() == 4) {
      BLOCKED.forEach(layout -> choices.add(LayoutChoice.uniform(layout, inputs, 0, 0)));
    }
    return choices;
  }

  /** The shape that the elements of a storage have in memory, row-major. */
  static Shape stored(Layout layout, Shape shape) {
    if (layout.order() != Layout.Order.NCHWC) {
      return shape;
    }
    int blocks = Math.ceilDiv(shape.dim(1), layout.block());
    return Shape.of(shape.dim(0), blocks, shape.dim(2), shape.dim(3), layout.block());
  }

  /** Refuses any epilogue. */
  final @Nullable String epilogueRefusal(Step step) {
    return step.epilogue().isNone()
        ? null
        : name + " fuses no epilogue," + step.epilogue() + " was asked for";
  }

  /** Refuses a residual. */
  final @Nullable String residualRefusal(Step step) {
    return step.epilogue().residual() ? name + " fuses no residual" : null;
  }

  /** The biases of the output channels or features; zeros where the layer has none. */
  static float[] bias(Weights weights, int channels) {
    return weights.has(Role.BIAS) ? weights.get(Role.BIAS).toArray() : new float[channels];
  }

  /** Refuses a rearranged channel of more floats than an int of bytes counts. */
  static @Nullable String channelRefusal(Window window, int oh, int ow) {
    long rows = oh * (long) window.strideH() + window.extentH();
    long columns = ow * (long) window.strideW() + window.extentW();
    return sizeRefusal("a padded channel", rows * columns);
  }

  /** Refuses more floats than an int of bytes counts. */
  static @Nullable String sizeRefusal(String what, long floats) {
    return floats <= MOST_FLOATS
        ? null
        : what + " of " + floats + " floats is over the limit " + MOST_FLOATS;
  }
}
