// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.alone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.bench.Verification;
import io.pointwise.device.MaxIsa;
import io.pointwise.peers.SmallNetworks;
import io.pointwise.peers.export.OnnxExport;
import io.pointwise.peers.subject.NetworkCase;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AloneProcessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"pointwise", "onnxruntime"})
  void tellsTimesAndMemoryOfARightResult(String library) throws IOException {
    NetworkCase network = NetworkCase.of(SmallNetworks.get("convnet-c", 3), 2, 3);
    Path model = folder.resolve("model.onnx");
    Path output = folder.resolve("output");
    Files.write(model, OnnxExport.model(network.network()));

    AloneReport report = AloneProcess.run(request(library, model, output));

    assertEquals(3, report.runNanos().size());
    assertTrue(report.runNanos().stream().allMatch(nanos -> nanos > 0));
    assertTrue(report.prepareNanos() > 0);
    assertTrue(report.firstResultNanos() > report.runNanos().getFirst());
    assertTrue(report.startBytes() > 1 << 20);
    assertTrue(report.peakBytes() >= report.startBytes());
    FloatBuffer values =
        ByteBuffer.wrap(Files.readAllBytes(output)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] array = new float[values.remaining()];
    values.get(array);
    Verification verification =
        Verification.of(
            List.of(Tensor.of(network.outputShape(), array)), List.of(network.expected(Map.of())));
    assertTrue(verification.ok(), String.valueOf(verification.detail()));
  }

  @Test
  void tellsInOneSentenceWhyItFailed() {
    Path missing = folder.resolve("missing.onnx");
    AloneRequest request = request("pointwise", missing, folder.resolve("output"));

    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> AloneProcess.run(request));

    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("ended with status 4"), message);
    assertTrue(message.contains("missing.onnx"), message);
  }

  private static AloneRequest request(String library, Path model, Path output) {
    return new AloneRequest(
        library,
        model.toString(),
        output.toString(),
        List.of(2, 1, 28, 28),
        3,
        2,
        3,
        "cpu",
        List.of(),
        MaxIsa.AVX512,
        true);
  }
}
