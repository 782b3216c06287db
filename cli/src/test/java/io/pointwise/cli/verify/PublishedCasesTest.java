// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestData;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test cases that others published: none fails, and of none is it doubtful what became of it. */
class PublishedCasesTest {
  private final Devices devices = new Devices(List.of(new CpuProvider()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onnx-node",
        "onnx-node-extra",
        "models-cases/mnist-cntk-published-io",
        "models-cases/yunet-s",
        "onnx-light/light_squeezenet.onnx",
        "onnx-light-filled"
      })
  void noneFailsAndNoneIsLost(String place) throws IOException {
    String path = TestData.path(place);
    Ran ran = Ran.command(devices, "verify", "--json", path);
    assertEquals(0, ran.status(), ran.out() + ran.err());
    JsonNode json = ran.json();
    assertEquals(0, json.path("failed").asInt(-1));
    assertTrue(json.path("passed").asInt() > 0);
    assertEquals(models(Path.of(path)), json.path("cases").size());
  }

  private static long models(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).count();
    }
  }
}
