// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ClassifyPhotoTest {
  /** Where {@code POINTWISE_TESTDATA} points, else beside the checkout. */
  private static Path testData() {
    String variable = System.getenv("POINTWISE_TESTDATA");
    return variable != null ? Path.of(variable) : Path.of("../../shared/testdata");
  }

  @Test
  void aKittenIsATabby() throws IOException {
    Path model = testData().resolve("models-cases/squeezenet11-f32/model.onnx");
    assumeTrue(Files.isRegularFile(model), "no outside test data at " + testData());
    String printed =
        output(
            model,
            testData().resolve("images/kitten_224.png"),
            testData().resolve("images/imagenet-labels-winml.txt"));
    assertTrue(printed.contains("tabby"), printed);
    assertTrue(printed.contains("(0.93"), printed);
  }

  private static String output(Path... arguments) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(stream);
      String[] args = new String[arguments.length];
      for (int i = 0; i < args.length; i++) {
        args[i] = arguments[i].toString();
      }
      ClassifyPhoto.main(args);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
