// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
  private static final String ONE_FLOAT =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";

  @TempDir Path folder;

  /** A file as the format's definition has it. */
  private String file(int version, String header, byte... elements) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.write(
        version == 1
            ? length.putShort((short) text.length).array()
            : length.putInt(text.length).array());
    bytes.write(text);
    bytes.write(elements);
    Path file = folder.resolve("a.npy");
    Files.write(file, bytes.toByteArray());
    return file.toString();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static double[] values(TypedTensor tensor) {
    double[] values = new double[(int) tensor.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.value(i);
    }
    return values;
  }

  private static void assertValues(TypedTensor tensor, double... expected) {
    double[] values = values(tensor);
    assertEquals(expected.length, values.length);
    for (int i = 0; i < values.length; i++) {
      assertEquals(expected[i], values[i], "element " + i);
    }
  }

  private TypedTensor roundTrip(TypedTensor tensor) {
    String file = folder.resolve("b.npy").toString();
    NpyFile.write(file, tensor);
    return NpyFile.read(file);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Shape shape = Shape.of(2, 1, 3);
    Tensor floats =
        Tensor.of(shape, 1, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, 1e30f);
    List<TypedTensor> tensors =
        List.of(
            TypedTensor.of(floats),
            TypedTensor.of(ElementType.DOUBLE, shape, 0.1, -1e300, 0, 1, 2, 3),
            TypedTensor.of(ElementType.FLOAT16, shape, 0.5, -65504, 0, 1, 2, 3),
            TypedTensor.of(ElementType.INT8, shape, -128, 127, 0, 1, 2, 3),
            TypedTensor.of(ElementType.UINT8, shape, 255, 128, 0, 1, 2, 3),
            TypedTensor.of(ElementType.INT16, shape, -32768, 32767, 0, 1, 2, 3),
            TypedTensor.of(ElementType.UINT16, shape, 65535, 32768, 0, 1, 2, 3),
            TypedTensor.of(ElementType.INT32, shape, Integer.MIN_VALUE, 7, 0, 1, 2, 3),
            TypedTensor.of(ElementType.UINT32, shape, 4294967295L, 7, 0, 1, 2, 3),
            TypedTensor.of(ElementType.INT64, shape, Long.MIN_VALUE, Long.MAX_VALUE, 0, 1, 2, 3),
            TypedTensor.of(ElementType.UINT64, shape, -1, 7, 0, 1, 2, 3),
            TypedTensor.of(ElementType.BOOL, shape, 1, 0, 1, 0, 1, 1));
    for (TypedTensor tensor : tensors) {
      assertTrue(tensor.sameAs(roundTrip(tensor)), tensor::toString);
    }
  }

  @Test
  void bfloat16IsWrittenAsFloat32() {
    TypedTensor tensor = TypedTensor.of(ElementType.BFLOAT16, Shape.of(2), 1.5, -2);
    TypedTensor read = roundTrip(tensor);
    assertEquals(ElementType.FLOAT, read.type());
    assertValues(read, 1.5, -2);
  }

  @Test
  void scalarsVectorsAndEmptyTensorsKeepTheirShapes() {
    for (Shape shape : List.of(Shape.of(), Shape.of(3), Shape.of(2, 0, 4))) {
      TypedTensor tensor = TypedTensor.of(Tensor.zeros(shape));
      assertEquals(shape, roundTrip(tensor).shape());
    }
  }

  @Test
  void moreThanOneChunkIsWritten() {
    Tensor tensor = Tensor.zeros(Shape.of(50_000));
    for (int i = 0; i < 50_000; i++) {
      tensor.set(i, i);
    }
    assertTrue(TypedTensor.of(tensor).sameAs(roundTrip(TypedTensor.of(tensor))));
  }

  @Test
  void elementsBeginAtAMultipleOf64() throws IOException {
    Path file = folder.resolve("c.npy");
    NpyFile.write(file.toString(), TypedTensor.of(Tensor.of(Shape.of(1), 1)));
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(128 + 4, bytes.length);
    assertEquals('\n', bytes[127]);
    String header = new String(bytes, 10, 118, StandardCharsets.ISO_8859_1);
    assertEquals(ONE_FLOAT, header.strip());
  }

  @Test
  void fortranOrderIsTurnedRound() throws IOException {
    // Columns of [[1, 2, 3], [4, 5, 6]] one after the other.
    TypedTensor tensor =
        NpyFile.read(
            file(
                1,
                "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }",
                hex("010402050306")));
    assertEquals(Shape.of(2, 3), tensor.shape());
    assertValues(tensor, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void fortranOrderOfThreeDimensions() throws IOException {
    byte[] elements = new byte[2 * 3 * 4];
    int at = 0;
    for (int k = 0; k < 4; k++) {
      for (int j = 0; j < 3; j++) {
        for (int i = 0; i < 2; i++) {
          elements[at++] = (byte) ((i * 3 + j) * 4 + k);
        }
      }
    }
    String header = "{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3, 4), }";
    double[] values = values(NpyFile.read(file(1, header, elements)));
    for (int i = 0; i < values.length; i++) {
      assertEquals(i, values[i]);
    }
  }

  @Test
  void bothByteOrdersAreRead() throws IOException {
    String shape = "'fortran_order': False, 'shape': (2,), }";
    assertValues(
        NpyFile.read(file(1, "{'descr': '>i4', " + shape, hex("00000102ffffffff"))), 258, -1);
    assertValues(
        NpyFile.read(file(1, "{'descr': '<i4', " + shape, hex("02010000ffffffff"))), 258, -1);
    assertValues(
        NpyFile.read(file(1, "{'descr': '>f4', " + shape, hex("3f800000c0000000"))), 1, -2);
    assertValues(
        NpyFile.read(file(1, "{'descr': '>f8', " + shape, hex("3ff0000000000000c000000000000000"))),
        1,
        -2);
    assertValues(NpyFile.read(file(1, "{'descr': '>f2', " + shape, hex("3c00c000"))), 1, -2);
    assertValues(NpyFile.read(file(1, "{'descr': '>u2', " + shape, hex("0102ffff"))), 258, 65535);
  }

  @Test
  void allVersionsAreRead() throws IOException {
    for (int version = 1; version <= 3; version++) {
      assertValues(NpyFile.read(file(version, ONE_FLOAT, hex("0000803f"))), 1);
    }
  }

  @Test
  void otherSpellingsOfTheHeaderAreRead() throws IOException {
    String header = "{\"shape\":(1L,),\"descr\":\"<f4\",\"fortran_order\":False}";
    assertValues(NpyFile.read(file(1, header, hex("0000803f"))), 1);
  }

  @Test
  void anyTrueIsABoolean() throws IOException {
    String header = "{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }";
    TypedTensor tensor = NpyFile.read(file(1, header, hex("000102")));
    assertEquals(ElementType.BOOL, tensor.type());
    assertValues(tensor, 0, 1, 1);
  }

  private String refusal(String file) {
    CommandFailure failure = assertThrows(CommandFailure.class, () -> NpyFile.read(file));
    assertEquals(ExitStatus.FILE, failure.status());
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("cannot read " + file + ": "), message);
    return message.substring(message.lastIndexOf(file) + file.length() + 2);
  }

  @Test
  void missingAndExcessElementsAreToldWithTheirNumbers() throws IOException {
    assertEquals(
        "after its header it holds 3 bytes, where 1 elements of 4 bytes belong (shape 1, float32)",
        refusal(file(1, ONE_FLOAT, hex("000080"))));
    assertTrue(refusal(file(1, ONE_FLOAT, hex("0000803f00"))).contains("holds 5 bytes"));
    assertTrue(refusal(file(1, ONE_FLOAT)).contains("holds 0 bytes"));
  }

  @Test
  void aHugeShapeOfASmallFileIsRefusedBeforeItIsAllocated() throws IOException {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 1000000000), }";
    assertTrue(refusal(file(1, header)).contains("holds 0 bytes"));
    String beyond = "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }";
    assertTrue(refusal(file(1, beyond)).contains("its shape (99999999999,) is not one"));
  }

  @Test
  void filesThatEndTooEarlyAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(file(1, ONE_FLOAT, hex("0000803f"))));
    for (int length = 0; length < whole.length; length++) {
      Path part = folder.resolve("part.npy");
      Files.write(part, java.util.Arrays.copyOf(whole, length));
      assertThrows(CommandFailure.class, () -> NpyFile.read(part.toString()), "length " + length);
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = folder.resolve("text.npy");
    Files.writeString(text, "not an array at all");
    assertEquals("it is not an npy file", refusal(text.toString()));
    assertEquals("there is no such file", refusal(folder.resolve("none.npy").toString()));
    assertEquals("it is a folder", refusal(folder.toString()));
    assertEquals("version 4 of the npy format is not supported", refusal(file(4, ONE_FLOAT)));
  }

  @Test
  void otherElementsAreRefused() throws IOException {
    String rest = ", 'fortran_order': False, 'shape': (1,), }";
    assertEquals(
        "element type \"<c8\" is not supported", refusal(file(1, "{'descr': '<c8'" + rest)));
    assertEquals(
        "element type \"<U3\" is not supported", refusal(file(1, "{'descr': '<U3'" + rest)));
    assertEquals(
        "its elements are records, not numbers",
        refusal(file(1, "{'descr': [('a', '<f4')]" + rest)));
    assertEquals(
        "its header is no dictionary with fortran_order and shape", refusal(file(1, "nonsense")));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsTold() {
    String file = folder.resolve("none").resolve("a.npy").toString();
    CommandFailure failure =
        assertThrows(
            CommandFailure.class,
            () -> NpyFile.write(file, TypedTensor.of(Tensor.zeros(Shape.of(1)))));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("cannot write " + file + ": "));
  }
}
