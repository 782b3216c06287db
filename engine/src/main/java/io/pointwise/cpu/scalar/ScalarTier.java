// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import io.pointwise.layer.Activation;
import io.pointwise.layer.Add;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.Linear;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Operation;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.StridedLayer;
import io.pointwise.layer.Where;
import java.util.ArrayList;
import java.util.List;

/**
 * The scalar tier of the CPU device. It takes every step there is in FP32, in plain loops with
 * double accumulators, and is the twin that all fast code is compared with.
 */
public final class ScalarTier {
  private record Family(String name, List<Class<? extends Operation>> operations) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("conv", List.of(Conv2d.class)),
          new Family("conv-transpose", List.of(ConvTranspose2d.class)),
          new Family("linear", List.of(Linear.class)),
          new Family("matmul", List.of(MatMul.class)),
          new Family("pool", List.of(MaxPool2d.class, AvgPool2d.class)),
          new Family("pool-indices", List.of(MaxPoolIndices.class)),
          new Family("global-pool", List.of(GlobalPool2d.class)),
          new Family("activation", List.of(Activation.class, PRelu.class)),
          new Family("softmax", List.of(Softmax.class)),
          new Family("batch-norm", List.of(BatchNorm.class)),
          new Family("group-norm", List.of(GroupNorm.class)),
          new Family("lrn", List.of(LocalResponseNorm.class)),
          new Family("concat", List.of(Concat.class)),
          new Family("arithmetic", List.of(Add.class, Mul.class)),
          new Family("elementwise", List.of(Elementwise.class, Where.class)),
          new Family("reduce", List.of(Reduce.class, ArgReduce.class)),
          new Family("strided", List.of(StridedLayer.class)),
          new Family("pad", List.of(Pad.class)),
          new Family("resize", List.of(Resize.class)),
          new Family("gather", List.of(Gather.class, GatherElements.class)),
          new Family("copy", List.of(Flatten.class, Reshape.class, Dropout.class)));

  private ScalarTier() {}

  /** All scalar algorithms, sharing their work over {@code workers}. */
  public static List<Algorithm> algorithms(Workers workers) {
    List<Algorithm> algorithms = new ArrayList<>();
    for (Family family : FAMILIES) {
      algorithms.add(new ScalarAlgorithm("scalar-" + family.name, family.operations, workers));
    }
    algorithms.add(new ScalarReorder(workers));
    return List.copyOf(algorithms);
  }
}
