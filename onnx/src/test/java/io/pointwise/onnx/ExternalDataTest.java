// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static io.pointwise.onnx.ElementType.FLOAT;
import static io.pointwise.onnx.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.pointwise.plan.PlanOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tensors whose data lies in a file beside the model. A model may come from anywhere, so nothing
 * outside its folder may be read, whatever its file says.
 */
class ExternalDataTest {
  @TempDir Path temp;

  /** Of the model. Beside it lies what the model must not read. */
  private Path folder = Path.of("");

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectory(temp.resolve("model"));
    Files.write(temp.resolve("secret.bin"), floats(666, 667));
    Files.write(folder.resolve("w.bin"), floats(1, 2, 3, 4));
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  /** Two numbers in a file of their own; keys and values of the place in turn. */
  private static TensorProto.Builder weights(String... place) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(FLOAT.code())
            .addDims(2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (int i = 0; i < place.length; i += 2) {
      tensor.addExternalData(
          StringStringEntryProto.newBuilder().setKey(place[i]).setValue(place[i + 1]));
    }
    return tensor;
  }

  private static TestModel model(TensorProto weights) {
    return TestModel.opset(13)
        .initialiser(weights)
        .output("y", FLOAT, 2)
        .node("Identity", "w", "y");
  }

  private Path file(TensorProto.Builder weights) throws IOException {
    return Files.write(folder.resolve("m.onnx"), model(weights.build()).bytes());
  }

  private static double[] read(Path model) {
    try (OnnxSession session = Onnx.open(model).session(SingleNode.CPU, PlanOptions.DEFAULT)) {
      return Tensors.values(session.run(List.of()).getFirst());
    }
  }

  // --- What is read.

  @Test
  void dataIsReadFromItsPlace() throws IOException {
    assertArrayEquals(
        new double[] {2, 3},
        read(file(weights("location", "w.bin", "offset", "4", "length", "8"))));
    assertArrayEquals(new double[] {3, 4}, read(file(weights("location", "w.bin", "offset", "8"))));
    assertArrayEquals(new double[] {1, 2}, read(file(weights("location", "w.bin"))));
  }

  @Test
  void aChecksumAndOtherKeysAreNotNeeded() throws IOException {
    assertArrayEquals(
        new double[] {1, 2},
        read(file(weights("location", "w.bin", "checksum", "00", "basepath", "/etc"))));
  }

  @Test
  void filesInFoldersOfTheFolder() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    Files.write(folder.resolve("data").resolve("v.bin"), floats(5, 6));
    assertArrayEquals(new double[] {5, 6}, read(file(weights("location", "data/v.bin"))));
    assertArrayEquals(new double[] {5, 6}, read(file(weights("location", "./data/./v.bin"))));
  }

  @Test
  void linksThatStayInside() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.bin"), Path.of("w.bin"));
    assertArrayEquals(new double[] {1, 2}, read(file(weights("location", "link.bin"))));
    Files.createSymbolicLink(folder.resolve("full.bin"), folder.resolve("w.bin"));
    assertArrayEquals(new double[] {1, 2}, read(file(weights("location", "full.bin"))));
  }

  @Test
  void aFolderThatIsALink() throws IOException {
    file(weights("location", "w.bin"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
    assertArrayEquals(new double[] {1, 2}, read(link.resolve("m.onnx")));
  }

  @Test
  void constantNodesToo() throws IOException {
    TestModel model =
        TestModel.opset(13)
            .output("y", FLOAT, 2)
            .node(
                "Constant", "", "y", TestModel.with("value", weights("location", "w.bin").build()));
    Files.write(folder.resolve("c.onnx"), model.bytes());
    assertArrayEquals(new double[] {1, 2}, read(folder.resolve("c.onnx")));
  }

  // --- What is refused, since it is not there.

  @Test
  void aFileThatIsTooShort() {
    refused(
        () -> read(file(weights("location", "w.bin", "offset", "9"))),
        "initialiser w",
        "w.bin has 16 bytes",
        "8 from byte 9");
    refused(
        () -> read(file(weights("location", "w.bin", "offset", "9223372036854775807"))),
        "initialiser w",
        "w.bin has 16 bytes");
  }

  @Test
  void aClaimOfMoreThanTheFileHolds() {
    TensorProto.Builder huge = weights("location", "w.bin").setDims(0, 1 << 28);
    refused(() -> read(file(huge)), "initialiser w", "w.bin has 16 bytes", "1073741824");
    refused(
        () -> Onnx.open(file(huge), new LoadLimits(1 << 20, 1 << 20)),
        "initialiser w",
        "limit of 1048576 bytes");
  }

  @Test
  void aLengthThatIsNotTheTensors() {
    refused(
        () -> read(file(weights("location", "w.bin", "length", "12"))),
        "initialiser w",
        "12 bytes",
        "needs 8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "0x10", "9223372036854775808", "ten", " 4"})
  void numbersThatAreNone(String text) {
    refused(
        () -> read(file(weights("location", "w.bin", "offset", text))),
        "initialiser w",
        "offset \"" + text + "\"");
    refused(
        () -> read(file(weights("location", "w.bin", "length", text))),
        "initialiser w",
        "length \"" + text + "\"");
  }

  @Test
  void aPlaceThatIsMissing() {
    refused(() -> read(file(weights())), "initialiser w", "without a location");
    refused(() -> read(file(weights("location", ""))), "initialiser w", "without a location");
    refused(
        () -> read(file(weights("location", "no.bin"))), "initialiser w", "no.bin", "not there");
  }

  @Test
  void aPlaceThatIsGivenTwice() {
    refused(
        () -> read(file(weights("location", "w.bin", "location", "v.bin"))),
        "initialiser w",
        "two entries location");
  }

  @Test
  void whatIsNoFile() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    refused(() -> read(file(weights("location", "data"))), "initialiser w", "data is not a file");
    refused(() -> read(file(weights("location", "."))), "initialiser w", ". is not a file");
    refused(() -> read(file(weights("location", "a\0b"))), "initialiser w", "cannot be found");
    Files.createSymbolicLink(folder.resolve("dead.bin"), Path.of("gone.bin"));
    refused(() -> read(file(weights("location", "dead.bin"))), "dead.bin", "not there");
  }

  @Test
  void dataHereAndThere() {
    TensorProto.Builder both =
        weights("location", "w.bin").setRawData(ByteString.copyFrom(floats(1, 2)));
    refused(() -> read(file(both)), "initialiser w", "twice");
  }

  @Test
  void aModelThatIsInNoFolder() {
    refused(model(weights("location", "w.bin").build()), "initialiser w", "w.bin", "no folder");
  }

  // --- What is refused, since it is outside.

  @ParameterizedTest
  @ValueSource(strings = {"../secret.bin", "data/../../secret.bin", "..", "./../secret.bin", "/"})
  void pathsThatLeadOut(String location) throws IOException {
    Files.createDirectory(folder.resolve("data"));
    refused(
        () -> read(file(weights("location", location))),
        "initialiser w",
        location,
        "outside the folder");
  }

  /** Even where it comes back in the end: what is in between may be a link. */
  @Test
  void pathsThatLeadOutAndBack() {
    refused(() -> read(file(weights("location", "../model/w.bin"))), "initialiser w", "outside");
  }

  @Test
  void absolutePaths() {
    String location = temp.resolve("secret.bin").toString();
    refused(() -> read(file(weights("location", location))), location, "outside the folder");
    String inside = folder.resolve("w.bin").toString();
    refused(() -> read(file(weights("location", inside))), inside, "outside the folder");
  }

  @Test
  void linksThatLeadOut() throws IOException {
    Files.createSymbolicLink(folder.resolve("out.bin"), Path.of("..").resolve("secret.bin"));
    refused(() -> read(file(weights("location", "out.bin"))), "out.bin", "outside the folder");
    Files.createSymbolicLink(folder.resolve("up"), temp);
    refused(
        () -> read(file(weights("location", "up/secret.bin"))),
        "up/secret.bin",
        "outside the folder");
    assertTrue(Files.exists(folder.resolve("up/secret.bin")));
  }

  /** A folder whose name begins like the model's is another folder. */
  @Test
  void foldersOfALongerName() throws IOException {
    Path other = Files.createDirectory(temp.resolve("model2"));
    Files.write(other.resolve("w.bin"), floats(666, 667));
    Files.createSymbolicLink(folder.resolve("other"), other);
    refused(() -> read(file(weights("location", "other/w.bin"))), "outside the folder");
  }
}
