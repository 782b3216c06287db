// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersPageTest {
  private static final String PAGE =
      """
      before
      <!-- peers opencl layers -->
      OpenCL's
      <!-- end -->
      between
      <!-- peers cpu layers -->
      old layers
      <!-- end -->
      <!-- peers cpu networks -->
      old networks
      <!-- end -->
      after
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writePage() throws IOException {
    file = Files.writeString(folder.resolve("page.md"), PAGE);
  }

  @Test
  void replacesThePartThatWasMeasuredAndNothingElse() throws IOException {
    page().update(SampleReport.report(), Set.of(PagePart.LAYERS));

    String text = Files.readString(file);
    assertFalse(text.contains("old layers"));
    assertTrue(text.contains("old networks"));
    assertTrue(text.contains("OpenCL's"));
    assertTrue(text.startsWith("before\n<!-- peers opencl layers -->\n"));
    assertTrue(text.endsWith("<!-- end -->\nafter\n"));
    assertTrue(
        text.contains(
            "| 1×1 64→64 @14×14 | vector-any | 100 µs | 50.0 | 50 % | 200 µs | 2.00 | 1.00 to 4.00"
                + " |"),
        text);
    assertTrue(text.contains("1 thread, 1×1 layers of \"reference\""), text);
    assertTrue(
        text.contains("beside onnxruntime, all layers: geometric mean 1.00 over 2, least 0.50"));
    assertTrue(text.contains("not measured: 5×5 layer: no algorithm"));
    assertTrue(
        text.contains("ours held to the algorithms vector-*; ours without Winograd's formula"));
    assertFalse(text.contains("squeezenet"));
    assertFalse(text.contains("others 7"));
  }

  @Test
  void aSecondUpdateGivesTheSamePage() throws IOException {
    PeersReport report = SampleReport.report();
    page().update(report, Set.of(PagePart.LAYERS, PagePart.NETWORKS));
    String once = Files.readString(file);

    page().update(report, Set.of(PagePart.LAYERS, PagePart.NETWORKS));

    assertEquals(once, Files.readString(file));
    assertTrue(
        once.contains("| squeezenet, batch 8 | 20.0 ms | 50.0 | 50 % | 400 | 60.0 ms | 3.00 |"),
        once);
    assertTrue(
        once.contains("| squeezenet, batch 8 | 3.00 MiB | 1.00 MiB | 5.00 MiB | 4.00 MiB |"), once);
  }

  @Test
  void tellsWhichPartIsMissing() {
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> page().check(EnumSet.of(PagePart.FIRST_RUNS)));

    assertEquals(
        "--update=" + file + ": it has no part from <!-- peers cpu first-runs --> to <!-- end -->",
        failure.getMessage());
  }

  @Test
  void thePageOfTheProjectHasAPartForEverything() {
    Path page = Path.of("..", "..", "docs", "performance.md");
    new PeersPage(page.toString(), "cpu").check(EnumSet.allOf(PagePart.class));
    new PeersPage(page.toString(), "opencl").check(EnumSet.allOf(PagePart.class));
  }

  private PeersPage page() {
    return new PeersPage(file.toString(), "cpu");
  }
}
