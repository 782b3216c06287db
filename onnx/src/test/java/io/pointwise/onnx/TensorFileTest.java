// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static io.pointwise.onnx.ElementType.BFLOAT16;
import static io.pointwise.onnx.ElementType.FLOAT;
import static io.pointwise.onnx.ElementType.FLOAT16;
import static io.pointwise.onnx.ElementType.INT64;
import static io.pointwise.onnx.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.pointwise.onnx.file.TensorWriter;
import io.pointwise.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensor files, raw and typed. */
class TensorFileTest {
  @TempDir Path folder;

  private TypedTensor read(TensorProto.Builder proto) throws IOException {
    return Onnx.readTensor(Files.write(folder.resolve("t.pb"), proto.build().toByteArray()));
  }

  private static TensorProto.Builder proto(ElementType type, long... dims) {
    TensorProto.Builder proto = TensorProto.newBuilder().setName("t").setDataType(type.code());
    for (long dim : dims) {
      proto.addDims(dim);
    }
    return proto;
  }

  private static TensorProto.Builder raw(TensorProto.Builder proto, int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return proto.setRawData(ByteString.copyFrom(data));
  }

  /** The same tensor raw, little-endian, and typed. */
  record Both(TensorProto.Builder raw, TensorProto.Builder typed, List<Double> values) {
    Both(TensorProto.Builder raw, TensorProto.Builder typed, double... values) {
      this(raw, typed, Arrays.stream(values).boxed().toList());
    }

    @Override
    public String toString() {
      return ElementType.labelOf(raw.getDataType());
    }
  }

  static Stream<Both> everyType() {
    List<Both> all = new ArrayList<>();
    all.add(
        new Both(
            raw(proto(FLOAT, 2), 0, 0, 0xC0, 0x3F, 0, 0, 0x80, 0xFF),
            proto(FLOAT, 2).addFloatData(1.5f).addFloatData(Float.NEGATIVE_INFINITY),
            1.5,
            Double.NEGATIVE_INFINITY));
    all.add(
        new Both(
            raw(proto(FLOAT16, 3), 0x00, 0x3C, 0x01, 0x00, 0xFF, 0xFB),
            proto(FLOAT16, 3).addInt32Data(0x3C00).addInt32Data(1).addInt32Data(0xFBFF),
            1,
            0x1p-24,
            -65504));
    all.add(
        new Both(
            raw(proto(BFLOAT16, 2), 0x80, 0x3F, 0x49, 0xC0),
            proto(BFLOAT16, 2).addInt32Data(0x3F80).addInt32Data(0xC049),
            1,
            -3.140625));
    all.add(
        new Both(
            raw(proto(ElementType.DOUBLE, 1), 0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F),
            proto(ElementType.DOUBLE, 1).addDoubleData(0.1),
            0.1));
    all.add(
        new Both(
            raw(proto(ElementType.INT8, 2), 0x80, 0x7F),
            proto(ElementType.INT8, 2).addInt32Data(-128).addInt32Data(127),
            -128,
            127));
    all.add(
        new Both(
            raw(proto(ElementType.UINT8, 2), 0x80, 0xFF),
            proto(ElementType.UINT8, 2).addInt32Data(128).addInt32Data(255),
            128,
            255));
    all.add(
        new Both(
            raw(proto(ElementType.INT16, 2), 0x00, 0x80, 0x01, 0x00),
            proto(ElementType.INT16, 2).addInt32Data(-32768).addInt32Data(1),
            -32768,
            1));
    all.add(
        new Both(
            raw(proto(ElementType.UINT16, 1), 0x00, 0x80),
            proto(ElementType.UINT16, 1).addInt32Data(32768),
            32768));
    all.add(
        new Both(
            raw(proto(ElementType.INT32, 1), 0xFE, 0xFF, 0xFF, 0xFF),
            proto(ElementType.INT32, 1).addInt32Data(-2),
            -2));
    all.add(
        new Both(
            raw(proto(ElementType.UINT32, 1), 0xFE, 0xFF, 0xFF, 0xFF),
            proto(ElementType.UINT32, 1).addUint64Data(4294967294L),
            4294967294.0));
    all.add(
        new Both(
            raw(proto(INT64, 1), 0, 0, 0, 0, 0, 0, 0, 0x80),
            proto(INT64, 1).addInt64Data(Long.MIN_VALUE),
            -0x1p63));
    all.add(
        new Both(
            raw(proto(ElementType.UINT64, 1), 0, 0, 0, 0, 0, 0, 0, 0x80),
            proto(ElementType.UINT64, 1).addUint64Data(Long.MIN_VALUE),
            0x1p63));
    all.add(
        new Both(
            raw(proto(ElementType.BOOL, 2), 0, 1),
            proto(ElementType.BOOL, 2).addInt32Data(0).addInt32Data(1),
            0,
            1));
    assertEquals(ElementType.values().length, all.stream().map(Both::toString).distinct().count());
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void rawAndTypedDataAreTheSame(Both both) throws IOException {
    TypedTensor raw = read(both.raw);
    TypedTensor typed = read(both.typed);
    assertEquals(both.raw.getDataType(), raw.type().code());
    assertEquals(both.values, Arrays.stream(Tensors.values(raw)).boxed().toList());
    assertTrue(raw.sameAs(typed), () -> Arrays.toString(Tensors.values(typed)));
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void whatWasWrittenIsReadAgain(Both both) throws IOException {
    TypedTensor tensor = read(both.raw);
    Onnx.writeTensor(folder.resolve("w.pb"), "t", tensor);
    assertTrue(tensor.sameAs(Onnx.readTensor(folder.resolve("w.pb"))));
    assertEquals(both.raw.getRawData(), TensorWriter.write("t", tensor).getRawData());
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void tooMuchOrTooLittleDataIsRefused(Both both) {
    TensorProto.Builder more = both.raw.clone().addDims(2);
    refused(() -> read(more), "tensor t.pb", more.getDims(0) + "×2", "bytes");
    TensorProto.Builder less = both.raw.clone().addDims(0);
    refused(() -> read(less), "tensor t.pb", "×0", "needs 0 elements");
    TensorProto.Builder cut = both.raw.clone();
    cut.setRawData(cut.getRawData().substring(1));
    refused(() -> read(cut), "tensor t.pb", cut.getRawData().size() + " bytes");
    TensorProto.Builder fewer = both.typed.clone().addDims(3);
    refused(() -> read(fewer), "tensor t.pb", "×3", "holds " + both.values.size());
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void dataTwiceIsRefused(Both both) {
    TensorProto.Builder twice = both.typed.clone().setRawData(both.raw.getRawData());
    refused(() -> read(twice), "tensor t.pb", "twice");
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void dataInAnotherTypesFieldIsRefused(Both both) {
    TensorProto.Builder other = proto(ElementType.ofCode(both.raw.getDataType()).orElseThrow(), 1);
    if (both.typed.getFloatDataCount() > 0) {
      other.addInt32Data(1);
    } else {
      other.addFloatData(1);
    }
    refused(() -> read(other), "tensor t.pb", both.toString(), "another type's field");
  }

  /** Claims of terabytes, with four bytes of data: nothing may be allocated for them. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void hugeClaimsAreRefused(ElementType type) {
    long most = Integer.MAX_VALUE;
    refused(() -> read(raw(proto(type, most, 1 << 20), 1, 2, 3, 4)), "2147483647×1048576");
    refused(() -> read(proto(type, most, 1 << 20)), "2147483647×1048576", "holds 0");
    refused(() -> read(raw(proto(type, most), 1, 2, 3, 4)), "2147483647");
    refused(() -> read(raw(proto(type, most, most), 1, 2, 3, 4)), "more than");
    refused(() -> read(raw(proto(type, 1L << 40), 1, 2, 3, 4)), "dimension 0", "1099511627776");
    refused(() -> read(raw(proto(type, 4, -1), 1, 2, 3, 4)), "dimension 1", "-1");
    refused(() -> read(proto(type, new long[65])), "65 dimensions", "64");
  }

  @Test
  void anEmptyTensorHasAnyOtherDimensions() throws IOException {
    TypedTensor empty = read(proto(FLOAT, 0, Integer.MAX_VALUE, 1 << 20));
    assertEquals(Shape.of(0, Integer.MAX_VALUE, 1 << 20), empty.shape());
  }

  @Test
  void typedDataOutsideItsTypeIsRefused() {
    refused(() -> read(proto(ElementType.INT8, 1).addInt32Data(128)), "128", "int8");
    refused(() -> read(proto(ElementType.UINT8, 1).addInt32Data(-1)), "-1", "uint8");
    refused(() -> read(proto(ElementType.UINT16, 1).addInt32Data(65536)), "65536", "uint16");
    refused(() -> read(proto(ElementType.BOOL, 1).addInt32Data(2)), "2", "bool");
    refused(() -> read(proto(ElementType.UINT32, 1).addUint64Data(-1)), "-1", "uint32");
    refused(() -> read(proto(FLOAT16, 1).addInt32Data(65536)), "65536", "float16");
  }

  @Test
  void segmentsAreRefused() {
    TensorProto.Builder segment =
        proto(FLOAT, 1).addFloatData(1).setSegment(TensorProto.Segment.newBuilder().setEnd(1));
    refused(() -> read(segment), "tensor t.pb", "segments");
  }

  @Test
  void externalDataOfATensorFileIsRefused() {
    refused(
        () -> read(proto(FLOAT, 1).setDataLocation(TensorProto.DataLocation.EXTERNAL)),
        "tensor t.pb",
        "external data");
  }

  @Test
  void filesThatAreNoTensorsAreRefused() throws IOException {
    refused(() -> Onnx.readTensor(folder.resolve("no.pb")), "no.pb", "no such file");
    refused(() -> Onnx.readTensor(folder), "is not a file");
    Path text = Files.writeString(folder.resolve("text.pb"), "no tensor");
    refused(() -> Onnx.readTensor(text), "text.pb", "no protobuf");
    Path empty = Files.write(folder.resolve("empty.pb"), new byte[0]);
    refused(() -> Onnx.readTensor(empty), "undefined", "not supported");
  }

  @Test
  void aTensorThatCannotBeWrittenIsTold() {
    Path nowhere = folder.resolve("no").resolve("t.pb");
    refused(() -> Onnx.writeTensor(nowhere, "t", Tensors.floats(1)), "t.pb", "cannot be written");
  }
}
