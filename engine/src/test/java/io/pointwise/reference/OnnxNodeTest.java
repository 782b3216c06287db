// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.cpu.Workers;
import io.pointwise.cpu.scalar.Evaluation;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Step;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * ONNX's own single-operator cases: their published outputs must lie within the reference's bounds,
 * and so must the scalar tier's.
 */
class OnnxNodeTest {
  private static final List<String> FOLDERS =
      List.of("onnx-node", "onnx-node-extra", "onnx-pytorch-converted");

  /**
   * Cases of these folders that map to layers; fewer would mean that some are silently left out.
   */
  private static final int CASES = 110;

  /** Published with four digits: compared as ONNX's own runner does, to 1e-3 of the value. */
  private static final Set<String> ROUNDED =
      Set.of("onnx-node/test_averagepool_2d_ceil_last_window_starts_on_pad");

  private static final Workers WORKERS = new Workers(1);

  private static Optional<Path> testdata() {
    String given = System.getenv("POINTWISE_TESTDATA");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolve("shared").resolve("testdata");
      if (Files.isDirectory(beside)) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  private record Mapped(OnnxCase test, OnnxLayer layer) {}

  private static List<Mapped> cases() {
    Optional<Path> testdata = testdata();
    assumeTrue(
        testdata.isPresent(),
        "ONNX's cases are not here: no shared/testdata beside the checkout, and"
            + " POINTWISE_TESTDATA is not set");
    List<Mapped> cases = new ArrayList<>();
    for (String folder : FOLDERS) {
      try (Stream<Path> entries = Files.list(testdata.orElseThrow().resolve(folder))) {
        for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
          OnnxCase.read(entry)
              .ifPresent(
                  test ->
                      OnnxLayer.of(test).ifPresent(layer -> cases.add(new Mapped(test, layer))));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return cases;
  }

  @TestFactory
  Stream<DynamicTest> publishedOutputsAreWithinTheBounds() {
    return cases().stream()
        .map(mapped -> DynamicTest.dynamicTest(mapped.test.name(), () -> check(mapped)));
  }

  private static void check(Mapped mapped) {
    OnnxLayer layer = mapped.layer;
    Step step =
        Evaluation.step(
            layer.layer(), Epilogue.NONE, layer.inputs().stream().map(Tensor::shape).toList());
    Expected expected = Reference.step(step, layer.inputs(), layer.weights());
    // Softmax over several axes runs on a matrix here.
    Tensor published = mapped.test.expected().reshape(expected.shape());
    Comparison comparison = Comparison.of(published, expected);
    if (ROUNDED.contains(mapped.test.name())) {
      assertTrue(comparison.maxError() < 1e-3 * expected.value(comparison.worstIndex()));
    } else {
      assertTrue(comparison.ok(), () -> "published: " + comparison.describe());
    }
    Tensor scalar = Evaluation.scalar(step, layer.weights(), layer.inputs(), WORKERS);
    Comparison ours = Comparison.of(scalar, expected);
    assertTrue(ours.ok(), () -> "scalar tier: " + ours.describe());
  }

  @Test
  void noCaseIsSilentlyLeftOut() {
    int count = cases().size();
    assertTrue(count >= CASES, () -> count + " of " + CASES + " cases map to layers");
  }
}
