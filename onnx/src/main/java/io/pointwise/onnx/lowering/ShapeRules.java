// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.pointwise.layer.Expand;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.file.Dimensions;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Operators whose results are known as soon as shapes are, and those that do nothing. */
final class ShapeRules {
  private static final int MOST_RANGE = 1 << 20;

  private ShapeRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of("Shape", Types.ANY, ShapeRules::shape, "start", "end"),
        Operator.of("Size", Types.ANY, ShapeRules::size),
        Operator.of("ConstantOfShape", Types.ANY, ShapeRules::constantOfShape, "value").fixed(0),
        Operator.of("Range", Types.ANY, ShapeRules::range).alike(3).fixed(0, 1, 2),
        Operator.of(
                "Dropout", Types.FLOATS, Set.of("ratio", "seed", "is_test"), ShapeRules::dropout)
            .inputs(3)
            .fixed(1, 2));
  }

  private static Value shape(Call call) {
    int[] dims = call.input().shape().toArray();
    int start = place(call.attributes().integer("start", 0), dims.length);
    int end = place(call.attributes().integer("end", dims.length), dims.length);
    long[] part =
        LongStream.range(start, Math.max(start, end)).map(axis -> dims[(int) axis]).toArray();
    return new Known(TypedTensor.of(ElementType.INT64, Shape.of(part.length), part));
  }

  private static int place(long axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  private static Value size(Call call) {
    return new Known(
        TypedTensor.of(ElementType.INT64, Shape.of(), call.input().shape().elements()));
  }

  /** A single value, stretched. */
  private static Value constantOfShape(Call call) {
    Shape shape = Dimensions.shape(call.describe(), call.integers(0, "shape"));
    TensorProto given = call.attributes().tensor("value");
    TypedTensor value =
        given == null
            ? TypedTensor.of(ElementType.FLOAT, Shape.of(1), 0.0)
            : call.tensors().read(call.describe() + " attribute value", given);
    if (value.shape().elements() != 1) {
      throw call.invalid("attribute value has shape " + value.shape() + ", must be one number");
    }
    Value single = new Known(value.reshape(Shape.of()));
    return shape.rank() == 0 ? single : call.apply(new Expand(shape), single);
  }

  private static Value range(Call call) {
    TypedTensor start = call.known(0, "start");
    double from = call.number(0, "start");
    double step = call.number(2, "delta");
    double count = Math.max(0, Math.ceil((call.number(1, "limit") - from) / step));
    if (!(count <= MOST_RANGE)) {
      throw call.invalid("it has " + count + " elements, over the limit " + MOST_RANGE);
    }
    Shape shape = Shape.of((int) count);
    call.draft().take(call.describe(), start.type(), shape);
    if (start.type().isInteger()) {
      long first = start.integer(0);
      long each = call.known(2, "delta").integer(0);
      long[] values = new long[(int) count];
      Arrays.setAll(values, i -> first + i * each);
      return new Known(TypedTensor.of(start.type(), shape, values));
    }
    double[] values = new double[(int) count];
    Arrays.setAll(values, i -> from + i * step);
    return new Known(TypedTensor.of(start.type(), shape, values));
  }

  /** The identity at inference; the mask, if wanted, keeps everything. */
  private static List<Value> dropout(Call call) {
    if (call.has(2) && call.number(2, "training mode") != 0) {
      throw call.unsupported("training mode is not supported");
    }
    Value x = call.input();
    if (call.outputCount() < 2) {
      return List.of(x);
    }
    ElementType maskType = call.opset() < 10 ? x.type() : ElementType.BOOL;
    Value kept =
        new Known(
            maskType == ElementType.BOOL
                ? TypedTensor.of(maskType, Shape.of(), 1L)
                : TypedTensor.of(maskType, Shape.of(), 1.0));
    return List.of(x, call.apply(new Expand(x.shape()), kept));
  }
}
