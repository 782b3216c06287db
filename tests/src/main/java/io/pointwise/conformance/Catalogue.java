// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import java.util.List;

/** All cases of the suite. */
public final class Catalogue {
  private Catalogue() {}

  /** The families, simple operations before graphs. */
  public static List<Family> families() {
    return List.of(
        new Family("pointwise convolution", PointwiseCases.all()),
        new Family("spatial convolution", SpatialCases.all()),
        new Family("grouped convolution", GroupedCases.all()),
        new Family("transposed convolution", TransposedCases.all()),
        new Family("linear", LinearCases.all()),
        new Family("whole-image convolution", WholeImageCases.all()),
        new Family("pooling", PoolingCases.all()),
        new Family("activation", ActivationCases.all()),
        new Family("normalisation", NormalisationCases.all()),
        new Family("elementwise with broadcasting", ElementwiseCases.all()),
        new Family("choice", ChoiceCases.all()),
        new Family("reduction", ReductionCases.all()),
        new Family("matrix product", MatMulCases.all()),
        new Family("concat", ConcatCases.all()),
        new Family("movement", MovementCases.all()),
        new Family("padding", PadCases.all()),
        new Family("resize", ResizeCases.all()),
        new Family("gather", GatherCases.all()),
        new Family("constants", ConstantCases.all()),
        new Family("views", ViewCases.all()),
        new Family("empty tensors", EmptyCases.all()),
        new Family("fused epilogues", FusionCases.all()),
        new Family("merged pads", PadFusionCases.all()),
        new Family("graphs", GraphCases.all()));
  }
}
