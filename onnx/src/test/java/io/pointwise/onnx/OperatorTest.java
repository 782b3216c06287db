// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static io.pointwise.onnx.ElementType.BOOL;
import static io.pointwise.onnx.ElementType.FLOAT;
import static io.pointwise.onnx.ElementType.INT32;
import static io.pointwise.onnx.ElementType.INT64;
import static io.pointwise.onnx.ElementType.INT8;
import static io.pointwise.onnx.ElementType.UINT64;
import static io.pointwise.onnx.ElementType.UINT8;
import static io.pointwise.onnx.Refusal.refused;
import static io.pointwise.onnx.Tensors.counting;
import static io.pointwise.onnx.Tensors.floats;
import static io.pointwise.onnx.Tensors.int64;
import static io.pointwise.onnx.Tensors.integers;
import static io.pointwise.onnx.Tensors.scalar;
import static io.pointwise.onnx.Tensors.shape;
import static io.pointwise.onnx.TestModel.floats;
import static io.pointwise.onnx.TestModel.ints;
import static io.pointwise.onnx.TestModel.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers worked out by hand for what the published cases leave open: old forms, integers, indices
 * and axes that count from the end, empty tensors. Each is computed on the device and on loading.
 */
class OperatorTest {
  private static void gives(SingleNode node, Shape shape, double... values) {
    TypedTensor result = node.result();
    assertEquals(shape, result.shape());
    assertArrayEquals(values, Tensors.values(result));
  }

  // --- Forms of old opsets.

  /** {@code [c]} at axis 1 of {@code [n, c, w]}. */
  @ParameterizedTest
  @CsvSource({"Add,11 12 23 24", "Sub,-9 -8 -17 -16", "Mul,10 20 60 80", "Div,0.1 0.2 0.15 0.2"})
  void broadcastAtAnAxis(String operator, String expected) {
    TypedTensor x = floats(shape(1, 2, 2), 1, 2, 3, 4);
    SingleNode node =
        SingleNode.of(6, operator, with("broadcast", 1L), with("axis", 1L))
            .within(1e-6)
            .on(x, floats(10, 20));
    double[] values =
        java.util.Arrays.stream(expected.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    assertArrayEquals(values, Tensors.values(node.result()), 1e-6);
  }

  @Test
  void powerAtAnAxis() {
    SingleNode node = SingleNode.of(6, "Pow", with("broadcast", 1L), with("axis", 0L));
    gives(node.on(floats(shape(2, 2), 2, 3, 2, 3), floats(2, 3)), shape(2, 2), 4, 9, 8, 27);
  }

  @Test
  void axesAsAttributeAndAsInput() {
    TypedTensor x = counting(1, 3, 1);
    gives(SingleNode.of(11, "Squeeze", ints("axes", -1)).on(x), shape(1, 3), 0, 1, 2);
    gives(SingleNode.of(13, "Squeeze").on(x, int64(0)), shape(3, 1), 0, 1, 2);
    gives(SingleNode.of(13, "Squeeze").on(x), shape(3), 0, 1, 2);
    gives(SingleNode.of(11, "Unsqueeze", ints("axes", 0, -1)).on(floats(7)), shape(1, 1, 1), 7);
    gives(SingleNode.of(13, "Unsqueeze").on(floats(7), int64(2, 0)), shape(1, 1, 1), 7);
    TypedTensor m = floats(shape(2, 2), 1, 2, 3, 4);
    gives(SingleNode.of(11, "ReduceSum", ints("axes", -1)).on(m), shape(2, 1), 3, 7);
    gives(SingleNode.of(13, "ReduceSum", with("keepdims", 0L)).on(m, int64(0)), shape(2), 4, 6);
    gives(
        SingleNode.of(13, "ReduceSum", with("noop_with_empty_axes", 1L)).on(m),
        shape(2, 2),
        1,
        2,
        3,
        4);
    gives(SingleNode.of(18, "ReduceMax").on(m, int64(-2)), shape(1, 2), 3, 4);
    gives(
        SingleNode.of(18, "ReduceSumSquare", with("noop_with_empty_axes", 1L)).on(m),
        shape(2, 2),
        1,
        4,
        9,
        16);
  }

  @Test
  void sliceAsAttributesAndAsInputs() {
    TypedTensor x = counting(2, 4);
    SingleNode old =
        SingleNode.of(6, "Slice", ints("axes", 1), ints("starts", -3), ints("ends", 1000));
    gives(old.on(x), shape(2, 3), 1, 2, 3, 5, 6, 7);
    SingleNode backwards = SingleNode.of(10, "Slice");
    gives(
        backwards.on(x, int64(-1), int64(Long.MIN_VALUE), int64(1), int64(-2)),
        shape(2, 2),
        3,
        1,
        7,
        5);
    gives(
        SingleNode.of(10, "Slice").on(x, int64(1), int64(Long.MAX_VALUE)), shape(1, 4), 4, 5, 6, 7);
    gives(SingleNode.of(10, "Slice").on(x, int64(3), int64(1), int64(1)), shape(2, 0));
    refused(
        SingleNode.of(10, "Slice").on(x, int64(0, 0), int64(1, 1), int64(1, -1)).model(true),
        "axis 1 twice");
    refused(
        SingleNode.of(10, "Slice").on(x, int64(0), int64(1), int64(1), int64(0)).model(true),
        "step along axis 1 is 0");
  }

  @Test
  void splitInAllForms() {
    TypedTensor x = counting(5);
    assertEquals(
        shape(3),
        SingleNode.of(11, "Split", ints("split", 2, 3))
            .on(x)
            .gives(FLOAT)
            .gives(FLOAT)
            .results()
            .get(1)
            .shape());
    assertArrayEquals(
        new double[] {4},
        Tensors.values(
            SingleNode.of(13, "Split")
                .on(x, int64(4, 1))
                .gives(FLOAT)
                .gives(FLOAT)
                .results()
                .get(1)));
    assertArrayEquals(
        new double[] {3, 4},
        Tensors.values(
            SingleNode.of(18, "Split", with("num_outputs", 2L))
                .on(x)
                .gives(FLOAT)
                .gives(FLOAT)
                .results()
                .get(1)),
        "the last one is the smaller one");
    refused(
        SingleNode.of(13, "Split").on(x).gives(FLOAT).gives(FLOAT).model(false), "5", "2 equal");
    refused(
        SingleNode.of(13, "Split").on(x, int64(2, 2)).gives(FLOAT).gives(FLOAT).model(true),
        "[2, 2]",
        "5");
    refused(SingleNode.of(13, "Split").on(x, int64(2, 3)).model(true), "1 outputs for 2 parts");
  }

  @Test
  void clipInAllForms() {
    TypedTensor x = floats(-2, 0, 2);
    gives(SingleNode.of(6, "Clip", with("min", -1f), with("max", 1f)).on(x), shape(3), -1, 0, 1);
    gives(SingleNode.of(11, "Clip").on(x, null, scalar(1)), shape(3), -2, 0, 1);
    gives(SingleNode.of(13, "Clip").on(x, scalar(3), scalar(1)), shape(3), 1, 1, 1);
    gives(
        SingleNode.of(13, "Clip")
            .gives(INT32)
            .on(
                integers(INT32, shape(3), -5, 5, 500),
                scalar(INT32, 0),
                scalar(INT32, Integer.MAX_VALUE)),
        shape(3),
        0,
        5,
        500);
  }

  /** Shapes are computed with limits that float32 does not hold. */
  @Test
  void clipOfKnownIntegersIsExact() {
    TypedTensor clipped =
        SingleNode.of(13, "Clip")
            .gives(INT64)
            .on(int64(16777219), scalar(INT64, 0), scalar(INT64, 16777217))
            .folded()
            .getFirst();
    assertEquals(16777217, clipped.integer(0));
  }

  @Test
  void upsampleInAllForms() {
    TypedTensor x = floats(shape(1, 1, 1, 2), 1, 2);
    SingleNode first =
        SingleNode.of(6, "Upsample", with("height_scale", 1f), with("width_scale", 2f));
    gives(first.on(x), shape(1, 1, 1, 4), 1, 1, 2, 2);
    gives(
        SingleNode.of(7, "Upsample", floats("scales", 1, 1, 2, 1)).on(x),
        shape(1, 1, 2, 2),
        1,
        2,
        1,
        2);
    gives(
        SingleNode.of(9, "Upsample", with("mode", "linear")).on(x, floats(1, 1, 1, 2)),
        shape(1, 1, 1, 4),
        1,
        1.5,
        2,
        2);
  }

  @Test
  void softmaxOverOneAxisOrAllBehind() {
    TypedTensor x = floats(shape(1, 2, 2), 0, 0, 0, 0);
    gives(SingleNode.of(11, "Softmax").on(x), shape(1, 2, 2), 0.25, 0.25, 0.25, 0.25);
    gives(SingleNode.of(13, "Softmax").on(x), shape(1, 2, 2), 0.5, 0.5, 0.5, 0.5);
    gives(SingleNode.of(13, "Softmax", with("axis", -3L)).on(x), shape(1, 2, 2), 1, 1, 1, 1);
  }

  @Test
  void dropoutIsTheIdentityAndKeepsEverything() {
    SingleNode node = SingleNode.of(12, "Dropout").on(floats(1, 2)).gives(FLOAT).gives(BOOL);
    assertArrayEquals(new double[] {1, 1}, Tensors.values(node.results().get(1)));
    refused(
        SingleNode.of(12, "Dropout")
            .on(floats(1, 2), scalar(0.5), integers(BOOL, shape(), 1))
            .model(true),
        "training mode");
  }

  @Test
  void batchNormalization() {
    TypedTensor x = floats(shape(1, 2, 1), 1, 2);
    TypedTensor one = floats(1, 1);
    SingleNode node = SingleNode.of(9, "BatchNormalization", with("epsilon", 0f));
    gives(node.on(x, floats(2, 3), one, one, floats(1, 4)), shape(1, 2, 1), 1, 2.5);
    refused(
        SingleNode.of(6, "BatchNormalization").on(x, one, one, one, one).model(true), "is_test");
    refused(
        SingleNode.of(8, "BatchNormalization", with("spatial", 0L))
            .on(x, one, one, one, one)
            .model(true),
        "spatial");
    refused(
        SingleNode.of(15, "BatchNormalization", with("training_mode", 1L))
            .on(x, one, one, one, one)
            .model(true),
        "training_mode");
  }

  /** One scale a group before opset 21, one a channel since. */
  @Test
  void groupNormalization() {
    TypedTensor x = floats(shape(1, 4, 1), -1, 1, -1, 1);
    SingleNode groups =
        SingleNode.of(18, "GroupNormalization", with("num_groups", 2L), with("epsilon", 0f));
    gives(groups.on(x, floats(1, 2), floats(0, 1)), shape(1, 4, 1), -1, 1, -1, 3);
    SingleNode channels =
        SingleNode.of(21, "GroupNormalization", with("num_groups", 2L), with("epsilon", 0f));
    gives(channels.on(x, floats(1, 2, 3, 4), floats(0, 0, 0, 1)), shape(1, 4, 1), -1, 2, -3, 5);
  }

  // --- Integers.

  @Test
  void integersWrapAround() {
    SingleNode signed = SingleNode.of(14, "Add").gives(INT8);
    gives(
        signed.on(integers(INT8, shape(2), 127, -128), integers(INT8, shape(2), 1, -1)),
        shape(2),
        -128,
        127);
    SingleNode unsigned = SingleNode.of(14, "Sub").gives(UINT8);
    gives(unsigned.on(integers(UINT8, shape(1), 0), integers(UINT8, shape(1), 1)), shape(1), 255);
    SingleNode product = SingleNode.of(14, "Mul").gives(UINT8);
    gives(product.on(integers(UINT8, shape(1), 100), integers(UINT8, shape(1), 100)), shape(1), 16);
    gives(SingleNode.of(13, "Abs").gives(INT8).on(integers(INT8, shape(1), -128)), shape(1), -128);
    gives(SingleNode.of(13, "Neg").gives(INT8).on(integers(INT8, shape(1), -128)), shape(1), -128);
  }

  @Test
  void integerDivisionIsTruncated() {
    gives(
        SingleNode.of(14, "Div").gives(INT64).on(int64(7, -7, 7, -7), int64(2, 2, -2, -2)),
        shape(4),
        3,
        -3,
        -3,
        3);
    refused(SingleNode.of(14, "Div").gives(INT64).on(int64(7), int64(0)).model(true), "by 0", "7");
  }

  @Test
  void powersOfIntegers() {
    gives(SingleNode.of(13, "Pow").gives(INT64).on(int64(2, -3), int64(3)), shape(2), 8, -27);
    gives(SingleNode.of(13, "Pow").gives(INT64).on(int64(2, 1), int64(-1)), shape(2), 0, 1);
    gives(SingleNode.of(13, "Pow").gives(INT64).on(int64(2, 9), floats(0.5)), shape(2), 1, 3);
  }

  @Test
  void integersThatFloatDoesNotHoldAreRefused() {
    SingleNode product = SingleNode.of(14, "Mul").gives(INT64).on(int64(8192), int64(8192));
    refused(product::computed, "output y0", "element 0", "16777216");
    assertEquals(67108864, product.folded().getFirst().integer(0));
    SingleNode large = SingleNode.of(14, "Add").gives(INT64).on(int64(1L << 24), int64(0));
    refused(large::computed, "input x0", "16777216");
    assertEquals(1L << 24, large.folded().getFirst().integer(0));
  }

  @Test
  void known64BitArithmeticIsExact() {
    assertEquals(
        Long.MAX_VALUE - 1,
        SingleNode.of(14, "Sub")
            .gives(INT64)
            .on(int64(Long.MAX_VALUE), int64(1))
            .folded()
            .getFirst()
            .integer(0));
    TypedTensor most = integers(UINT64, shape(1), -1);
    TypedTensor two = integers(UINT64, shape(1), 2);
    assertEquals(
        Long.MAX_VALUE,
        SingleNode.of(14, "Div").gives(UINT64).on(most, two).folded().getFirst().integer(0));
    assertEquals(
        2, SingleNode.of(13, "Min").gives(UINT64).on(most, two).folded().getFirst().integer(0));
    assertEquals(
        0, SingleNode.of(13, "Less").gives(BOOL).on(most, two).folded().getFirst().integer(0));
  }

  // --- Cast.

  @ParameterizedTest
  @CsvSource({
    "FLOAT,INT32,-1.9,-1",
    "FLOAT,INT8,130,-126",
    "FLOAT,UINT8,-1,255",
    "FLOAT,BOOL,0.5,1",
    "FLOAT,BOOL,0,0",
    "INT32,FLOAT,-7,-7",
    "INT32,UINT8,257,1",
    "INT32,BOOL,-2,1",
    "BOOL,FLOAT,1,1",
    "BOOL,INT64,1,1",
    "UINT8,INT8,200,-56",
    "INT8,UINT16,-1,65535",
    "FLOAT,DOUBLE,0.5,0.5",
    "FLOAT16,FLOAT,0.5,0.5"
  })
  void cast(ElementType from, ElementType to, double value, double expected) {
    TypedTensor x =
        from.isFloat()
            ? TypedTensor.of(from, shape(1), value)
            : TypedTensor.of(from, shape(1), (long) value);
    gives(
        SingleNode.of(13, "Cast", with("to", (long) to.code())).gives(to).on(x),
        shape(1),
        expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 14, 17, 99, -1, 4294967297L})
  void castToWhatIsNotSupported(long to) {
    refused(
        SingleNode.of(13, "Cast", with("to", to)).on(floats(1)).model(false),
        "tested (Cast)",
        "attribute to is " + to);
  }

  // --- Picking and moving.

  @Test
  void gatherFromTheEnd() {
    TypedTensor x = counting(2, 3);
    gives(
        SingleNode.of(13, "Gather", with("axis", -1L)).on(x, int64(-1, 0)),
        shape(2, 2),
        2,
        0,
        5,
        3);
    gives(SingleNode.of(13, "Gather").on(x, scalar(INT64, -1)), shape(3), 3, 4, 5);
    gives(SingleNode.of(13, "Gather").on(x, int64()), shape(0, 3));
    gives(
        SingleNode.of(13, "GatherElements", with("axis", 1L))
            .on(x, integers(INT64, shape(2, 1), -3, -1)),
        shape(2, 1),
        0,
        5);
    refused(SingleNode.of(13, "Gather").on(x, int64(2, 0)).model(true), "index 2", "size 2");
    refused(SingleNode.of(13, "Gather").on(x, floats(0)).model(true), "float32", "integers");
  }

  @Test
  void oneHot() {
    SingleNode node = SingleNode.of(11, "OneHot", with("axis", 0L));
    gives(
        node.on(int64(-1, 1, 3), scalar(INT64, 3), floats(5, 7)),
        shape(3, 3),
        5,
        5,
        5,
        5,
        7,
        5,
        7,
        5,
        5);
    refused(
        SingleNode.of(11, "OneHot").on(int64(0), scalar(INT64, 2), scalar(1)).model(true),
        "values have shape scalar");
    TestModel huge =
        SingleNode.of(11, "OneHot")
            .on(int64(0), scalar(INT64, Integer.MAX_VALUE), floats(0, 1))
            .model(true);
    refused(huge, "depth", "2147483647", "limit");
  }

  @Test
  void padding() {
    TypedTensor x = floats(1, 2, 3);
    gives(SingleNode.of(11, "Pad").on(x, int64(1, -1), scalar(9)), shape(3), 9, 1, 2);
    gives(
        SingleNode.of(13, "Pad", with("mode", "reflect")).on(x, int64(4, 3)),
        shape(10),
        1,
        2,
        3,
        2,
        1,
        2,
        3,
        2,
        1,
        2);
    gives(
        SingleNode.of(13, "Pad", with("mode", "edge")).on(x, int64(2, 1)),
        shape(6),
        1,
        1,
        1,
        2,
        3,
        3);
    gives(
        SingleNode.of(19, "Pad", with("mode", "wrap")).on(x, int64(1, 1)), shape(5), 3, 1, 2, 3, 1);
    gives(
        SingleNode.of(6, "Pad", ints("pads", 1, 0), with("value", 5f)).on(x), shape(4), 5, 1, 2, 3);
    gives(
        SingleNode.of(18, "Pad").on(counting(1, 2), int64(1, 0), null, int64(-1)),
        shape(1, 3),
        0,
        0,
        1);
    refused(
        SingleNode.of(13, "Pad").on(x, int64(Long.MIN_VALUE, 0)).model(true),
        "padding of",
        "limit");
    refused(SingleNode.of(13, "Pad").on(x, int64(-4, 0)).model(true), "cut off more");
  }

  @Test
  void whereExpandAndTile() {
    TypedTensor condition = integers(BOOL, shape(2, 1), 1, 0);
    gives(
        SingleNode.of(9, "Where").on(condition, floats(1, 2), scalar(9)), shape(2, 2), 1, 2, 9, 9);
    gives(SingleNode.of(13, "Expand").on(counting(2, 1), int64(1, 2)), shape(2, 2), 0, 0, 1, 1);
    gives(SingleNode.of(13, "Tile").on(floats(1, 2), int64(2)), shape(4), 1, 2, 1, 2);
    gives(SingleNode.of(13, "Tile").on(floats(1, 2), int64(0)), shape(0));
  }

  @Test
  void reshape() {
    TypedTensor x = counting(2, 3);
    gives(SingleNode.of(13, "Reshape").on(x, int64(-1, 2)), shape(3, 2), 0, 1, 2, 3, 4, 5);
    gives(SingleNode.of(13, "Reshape").on(x, int64(0, 3)), shape(2, 3), 0, 1, 2, 3, 4, 5);
    gives(
        SingleNode.of(14, "Reshape", with("allowzero", 1L)).on(counting(0, 3), int64(3, 0)),
        shape(3, 0));
    refused(SingleNode.of(13, "Reshape").on(x, int64(4, 2)).model(true), "tested", "2×3", "[4, 2]");
    refused(SingleNode.of(13, "Reshape").on(x, int64(-2)).model(true), "[-2]");
  }

  @Test
  void range() {
    gives(
        SingleNode.of(11, "Range")
            .gives(INT64)
            .on(scalar(INT64, 5), scalar(INT64, 0), scalar(INT64, -2)),
        shape(3),
        5,
        3,
        1);
    gives(SingleNode.of(11, "Range").on(scalar(0), scalar(1), scalar(0.5)), shape(2), 0, 0.5);
    SingleNode exact =
        SingleNode.of(11, "Range")
            .gives(INT64)
            .on(scalar(INT64, Long.MAX_VALUE - 2), scalar(INT64, Long.MAX_VALUE), scalar(INT64, 1));
    refused(
        SingleNode.of(11, "Range")
            .gives(INT64)
            .on(scalar(INT64, 0), scalar(INT64, 1), scalar(INT64, 0))
            .model(true),
        "elements");
    assertTrue(exact.folded().getFirst().shape().elements() <= 2);
  }

  @Test
  void shapesAndSizes() {
    gives(
        SingleNode.of(15, "Shape", with("start", -1L)).gives(INT64).on(counting(2, 3)),
        shape(1),
        3);
    gives(SingleNode.of(13, "Size").gives(INT64).on(counting(2, 3)), shape(), 6);
  }

  // --- Convolutions and pooling.

  /** The odd element goes to the beginning before opset 11, and to the end of the cut since. */
  @Test
  void outputShapeOfATransposedConvolution() {
    TypedTensor x = floats(shape(1, 1, 2), 1, 2);
    TypedTensor w = floats(shape(1, 1, 2), 1, 10);
    // Whole: 1, 12, 20.
    gives(
        SingleNode.of(11, "ConvTranspose", ints("output_shape", 2)).on(x, w),
        shape(1, 1, 2),
        12,
        20);
    gives(
        SingleNode.of(6, "ConvTranspose", ints("output_shape", 2)).on(x, w), shape(1, 1, 2), 1, 12);
    gives(
        SingleNode.of(11, "ConvTranspose", with("auto_pad", "SAME_UPPER")).on(x, w),
        shape(1, 1, 2),
        1,
        12);
    gives(
        SingleNode.of(11, "ConvTranspose", with("auto_pad", "SAME_LOWER")).on(x, w),
        shape(1, 1, 2),
        12,
        20);
    gives(
        SingleNode.of(11, "ConvTranspose", ints("output_shape", 4)).on(x, w),
        shape(1, 1, 4),
        1,
        12,
        20,
        0);
  }

  @Test
  void samePadding() {
    TypedTensor x = floats(shape(1, 1, 4), 1, 2, 3, 4);
    TypedTensor w = floats(shape(1, 1, 2), 1, 10);
    gives(
        SingleNode.of(11, "Conv", with("auto_pad", "SAME_UPPER")).on(x, w),
        shape(1, 1, 4),
        21,
        32,
        43,
        4);
    gives(
        SingleNode.of(11, "Conv", with("auto_pad", "SAME_LOWER")).on(x, w),
        shape(1, 1, 4),
        10,
        21,
        32,
        43);
  }

  @Test
  void indicesOfAMaximum() {
    TypedTensor x = floats(shape(1, 1, 2, 2), 1, 4, 3, 2);
    SingleNode rows =
        SingleNode.of(12, "MaxPool", ints("kernel_shape", 2, 2)).on(x).gives(FLOAT).gives(INT64);
    assertEquals(1, rows.results().get(1).integer(0));
    SingleNode columns =
        SingleNode.of(12, "MaxPool", ints("kernel_shape", 2, 2), with("storage_order", 1L))
            .on(x)
            .gives(FLOAT)
            .gives(INT64);
    assertEquals(2, columns.results().get(1).integer(0));
  }

  @Test
  void lpPoolInCeilMode() {
    SingleNode node =
        SingleNode.of(
            18,
            "LpPool",
            ints("kernel_shape", 2),
            ints("strides", 2),
            with("ceil_mode", 1L),
            with("p", 1L));
    gives(node.on(floats(shape(1, 1, 3), 1, -2, 3)), shape(1, 1, 2), 3, 3);
  }

  // --- Matrices.

  @ParameterizedTest
  @CsvSource({"0,0", "0,1", "1,0", "1,1"})
  void gemm(long transA, long transB) {
    TypedTensor a = transA == 0 ? floats(shape(1, 2), 1, 2) : floats(shape(2, 1), 1, 2);
    TypedTensor b =
        transB == 0 ? floats(shape(2, 3), 1, 2, 3, 4, 5, 6) : floats(shape(3, 2), 1, 4, 2, 5, 3, 6);
    SingleNode node =
        SingleNode.of(
            13,
            "Gemm",
            with("transA", transA),
            with("transB", transB),
            with("alpha", 2f),
            with("beta", 0.5f));
    gives(node.on(a, b, floats(2, 4, 6)), shape(1, 3), 19, 26, 33);
  }

  @Test
  void matricesOfAllRanks() {
    TypedTensor v = floats(1, 2);
    TypedTensor m = floats(shape(2, 2), 1, 2, 3, 4);
    TypedTensor batch = floats(shape(1, 2, 2), 1, 2, 3, 4);
    TypedTensor two = floats(shape(2, 1, 2, 1), 1, 2, 3, 4);
    gives(SingleNode.of(13, "MatMul").on(v, v), shape(), 5);
    gives(SingleNode.of(13, "MatMul").on(v, m), shape(2), 7, 10);
    gives(SingleNode.of(13, "MatMul").on(m, v), shape(2), 5, 11);
    gives(SingleNode.of(13, "MatMul").on(m, m), shape(2, 2), 7, 10, 15, 22);
    gives(SingleNode.of(13, "MatMul").on(batch, m), shape(1, 2, 2), 7, 10, 15, 22);
    gives(SingleNode.of(13, "MatMul").on(m, batch), shape(1, 2, 2), 7, 10, 15, 22);
    gives(SingleNode.of(13, "MatMul").on(m, two), shape(2, 1, 2, 1), 5, 11, 11, 25);
    refused(SingleNode.of(13, "MatMul").on(m, floats(1, 2, 3)).model(false), "multiplied");
  }
}
