// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a small model out of any bytes: each byte decides about one thing. Most models make sense
 * in some of their nodes, so that the rules of the operators are reached with all kinds of shapes,
 * attributes and known values; few make sense as a whole.
 */
final class GraphMaker {
  /**
   * Operators: kinds of their inputs, the kind of the output, attributes.
   *
   * <p>Kinds: f a float32 value, i an int64 one, b a bool one, a any value; w constant weights, v a
   * constant vector, s constant whole numbers, n a constant number. An output = is of the kind of
   * the first input.
   */
  private static final String[] OPERATORS = {
    "Conv fwv f auto_pad dilations group kernel_shape pads strides",
    "ConvTranspose fwv f auto_pad dilations group kernel_shape output_padding output_shape pads"
        + " strides",
    "MaxPool f f auto_pad ceil_mode dilations kernel_shape pads storage_order strides",
    "AveragePool f f auto_pad ceil_mode count_include_pad dilations kernel_shape pads strides",
    "LpPool f f auto_pad ceil_mode dilations kernel_shape p pads strides",
    "GlobalMaxPool f f",
    "GlobalAveragePool f f",
    "Relu f f",
    "LeakyRelu f f alpha",
    "Selu f f alpha gamma",
    "HardSigmoid f f alpha beta",
    "Gelu f f approximate",
    "Clip fnn f min max",
    "Clip iss i",
    "PRelu fv f",
    "PRelu ff f",
    "Abs i i",
    "Neg i i",
    "Not b b",
    "Floor f f",
    "Sqrt f f",
    "Add ff f axis broadcast",
    "Add fw f",
    "Add fv f axis broadcast",
    "Sub ii i",
    "Sub fv f axis",
    "Mul ff f",
    "Mul fv f",
    "Mul is i",
    "Div is i",
    "Div ii i",
    "Pow fn f",
    "Pow is i",
    "Pow in i",
    "Equal ii b",
    "Equal ff b",
    "Less is b",
    "Greater ff b",
    "And bb b",
    "Or bb b",
    "Max fff f",
    "Min ii i",
    "Sum fff f",
    "Mean ff f",
    "Where bff f",
    "Where bis i",
    "Gemm ffv f alpha beta transA transB",
    "Gemm fwv f alpha beta transA transB",
    "MatMul ff f",
    "MatMul fw f",
    "MatMul wf f",
    "BatchNormalization fvvvv f epsilon spatial is_test",
    "InstanceNormalization fvv f epsilon",
    "GroupNormalization fvv f epsilon num_groups",
    "LRN f f alpha beta bias size",
    "ReduceSum fs f axes keepdims noop_with_empty_axes",
    "ReduceMean is i axes keepdims noop_with_empty_axes",
    "ReduceMean f f axes keepdims",
    "ReduceMax bs b axes keepdims noop_with_empty_axes",
    "ReduceL2 f f axes keepdims noop_with_empty_axes",
    "ReduceSumSquare i i axes keepdims noop_with_empty_axes",
    "ArgMax f i axis keepdims select_last_index",
    "Softmax f f axis",
    "LogSoftmax f f axis",
    "Identity a =",
    "Flatten a = axis",
    "Reshape as = allowzero",
    "Reshape ai = allowzero",
    "Squeeze a = axes",
    "Squeeze as =",
    "Unsqueeze as =",
    "Unsqueeze a = axes",
    "Transpose a = perm",
    "DepthToSpace f f blocksize pixels",
    "SpaceToDepth f f blocksize",
    "Concat fff f axis",
    "Concat isi i axis",
    "Split a = axis split num_outputs",
    "Split as = axis",
    "Slice a = axes ends starts",
    "Slice asss =",
    "Slice assss =",
    "Gather as = axis",
    "Gather ai = axis",
    "GatherElements ai = axis",
    "Expand as =",
    "Expand ai =",
    "Tile as =",
    "Pad f f mode pads value",
    "Pad fsn f mode",
    "Pad fsns f mode",
    "Pad iss i mode",
    "OneHot isf f axis",
    "OneHot isw f axis",
    "OneHot isv f axis",
    "Shape a i start end",
    "Size a i",
    "ConstantOfShape s f fill",
    "ConstantOfShape i f fill",
    "Range sss i",
    "Range nnn f",
    "Dropout f f ratio",
    "Cast a i to",
    "Cast a f to",
    "Cast a b to",
    "Upsample fv f mode",
    "Upsample f f mode scales",
    "Resize fvv f antialias axes coordinate_transformation_mode exclude_outside mode nearest_mode",
    "Resize fvvs f antialias axes coordinate_transformation_mode exclude_outside mode"
        + " keep_aspect_ratio_policy"
  };

  private static final long[] LONGS = {
    0,
    1,
    2,
    3,
    4,
    5,
    7,
    16,
    255,
    65536,
    -1,
    -2,
    -3,
    -4,
    1L << 24,
    1L << 31,
    1L << 40,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final int[] DIMS = {1, 2, 3, 4, 5, 0, 7, 8, 1000, 65536, Integer.MAX_VALUE};

  private static final float[] FLOATS = {
    0, 1, 2, 0.5f, 3.3f, -1, 1e-30f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, 0.1f
  };

  private static final String[] TEXTS = {
    "NOTSET",
    "SAME_UPPER",
    "SAME_LOWER",
    "VALID",
    "nearest",
    "linear",
    "cubic",
    "half_pixel",
    "align_corners",
    "asymmetric",
    "tf_crop_and_resize",
    "pytorch_half_pixel",
    "half_pixel_symmetric",
    "floor",
    "ceil",
    "round_prefer_ceil",
    "constant",
    "reflect",
    "edge",
    "wrap",
    "tanh",
    "none",
    "DCR",
    "CRD",
    "stretch",
    "not_larger",
    "not_smaller",
    ""
  };

  private static final ElementType[] TYPES = {
    ElementType.FLOAT,
    ElementType.FLOAT,
    ElementType.INT64,
    ElementType.BOOL,
    ElementType.INT32,
    ElementType.UINT8,
    ElementType.DOUBLE,
    ElementType.FLOAT16
  };

  private final byte[] data;
  private int next;

  /** Names of the values so far, and the kind that each is taken for. */
  private final List<String> names = new ArrayList<>();

  private final List<Character> kinds = new ArrayList<>();
  private int constants;

  private GraphMaker(byte[] data) {
    this.data = data;
  }

  static TestModel of(byte[] data) {
    return new GraphMaker(data).model();
  }

  /** A number below that one. */
  private int below(int bound) {
    return next < data.length ? (data[next++] & 0xFF) % bound : 0;
  }

  /** One of the small values at the front mostly, one of all of them sometimes. */
  private int index(int length, int front) {
    int byteOfIt = below(256);
    return byteOfIt < 230 ? byteOfIt % front : byteOfIt % length;
  }

  private TestModel model() {
    TestModel model = TestModel.opset(6 + below(17));
    int inputs = 1 + below(4);
    for (int i = 0; i < inputs; i++) {
      int[] dims = new int[below(4) == 0 ? below(7) : 4];
      for (int axis = 0; axis < dims.length; axis++) {
        dims[axis] = below(16) == 15 ? -1 : DIMS[index(DIMS.length, 4)];
      }
      ElementType type = TYPES[index(TYPES.length, 4)];
      add("x" + i, type == ElementType.FLOAT ? 'f' : type == ElementType.BOOL ? 'b' : 'i');
      model.input("x" + i, type, dims);
    }
    int nodes = 1 + below(5);
    for (int i = 0; i < nodes; i++) {
      node(model, i);
    }
    char kind = kinds.getLast();
    ElementType type =
        kind == 'f' ? ElementType.FLOAT : kind == 'b' ? ElementType.BOOL : ElementType.INT64;
    model.openOutput(names.getLast(), below(32) == 31 ? ElementType.UINT8 : type);
    return model;
  }

  private void add(String name, char kind) {
    names.add(name);
    kinds.add(kind);
  }

  private void node(TestModel model, int place) {
    String[] operator = OPERATORS[below(OPERATORS.length)].split(" ", -1);
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator[0]).setName("n" + place);
    String wanted = operator[1];
    int inputs = below(8) == 7 ? below(wanted.length() + 2) : wanted.length();
    for (int i = 0; i < inputs; i++) {
      node.addInput(operand(model, i < wanted.length() ? wanted.charAt(i) : 'a'));
    }
    char given = operator[2].charAt(0);
    int first = inputs == 0 ? -1 : names.indexOf(node.getInput(0));
    char kind = given != '=' ? given : first < 0 ? 'f' : kinds.get(first);
    for (int i = 3; i < operator.length; i++) {
      if (below(2) == 0) {
        node.addAttribute(attribute(operator[i]));
      }
    }
    int outputs = operator[0].equals("Split") ? 1 + below(3) : below(16) == 15 ? 2 : 1;
    for (int i = 0; i < outputs; i++) {
      node.addOutput("n" + place + "." + i);
      add("n" + place + "." + i, kind);
    }
    model.node(node.build());
  }

  private String operand(TestModel model, char kind) {
    if (below(24) == 23) {
      return "";
    }
    if ("wvsn".indexOf(kind) >= 0) {
      String name = "c" + constants++;
      model.initialiser(name, constant(kind));
      add(name, kind == 's' ? 'i' : 'f');
      return name;
    }
    int from = below(names.size());
    for (int i = 0; i < names.size(); i++) {
      int at = (from + i) % names.size();
      if (kind == 'a' || kinds.get(at) == kind) {
        return names.get(at);
      }
    }
    return names.get(from);
  }

  private TypedTensor constant(char kind) {
    int[] dims = new int[kind == 'w' ? 1 + below(5) : kind == 'n' ? below(2) : 1];
    Arrays.setAll(dims, _ -> kind == 'n' ? 1 : 1 + below(4));
    if (below(24) == 23 && dims.length > 0) {
      dims[0] = 0;
    }
    Shape shape = below(16) == 15 && kind != 'w' ? Shape.of(1) : Shape.of(dims);
    if (kind == 's') {
      long[] values = new long[(int) shape.elements()];
      Arrays.setAll(values, _ -> LONGS[index(LONGS.length, 6)]);
      return TypedTensor.of(ElementType.INT64, shape, values);
    }
    double[] values = new double[(int) shape.elements()];
    Arrays.setAll(values, _ -> FLOATS[index(FLOATS.length, 5)]);
    return below(64) == 63
        ? TypedTensor.of(ElementType.DOUBLE, shape, values)
        : Tensors.floats(shape, values);
  }

  private AttributeProto attribute(String name) {
    return switch (name) {
      case "auto_pad",
          "mode",
          "coordinate_transformation_mode",
          "nearest_mode",
          "keep_aspect_ratio_policy",
          "approximate" ->
          TestModel.with(name, TEXTS[below(TEXTS.length)]);
      case "alpha", "beta", "gamma", "bias", "epsilon", "min", "max", "value", "ratio" ->
          TestModel.with(name, FLOATS[index(FLOATS.length, 5)]);
      case "scales" -> TestModel.floats(name, 1, 1, FLOATS[below(4)], FLOATS[below(4)]);
      case "fill" -> TestModel.with("value", filling());
      case "pixels" -> TestModel.with("mode", TEXTS[below(TEXTS.length)]);
      case "axes",
          "dilations",
          "kernel_shape",
          "pads",
          "strides",
          "output_padding",
          "output_shape",
          "perm",
          "split",
          "starts",
          "ends" ->
          list(name);
      default -> TestModel.with(name, LONGS[index(LONGS.length, 6)]);
    };
  }

  private TensorProto filling() {
    return TensorProto.newBuilder()
        .setDataType(ElementType.FLOAT.code())
        .addDims(1)
        .addFloatData(2)
        .build();
  }

  private AttributeProto list(String name) {
    long[] values = new long[below(name.equals("pads") ? 7 : 5)];
    Arrays.setAll(values, _ -> LONGS[index(LONGS.length, 4)]);
    return TestModel.ints(name, values);
  }
}
