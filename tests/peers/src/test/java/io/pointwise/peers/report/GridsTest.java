// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridsTest {
  private static final String LAYER = "ic=64,ih=14,oc=64,k=1";

  @Test
  void aPageHasAColumnForTheDevicesClockOnlyWhereAPeerTellsIt() {
    LayerResult told =
        SampleReport.layer(
            LAYER, SampleReport.measured(1000, 2, SampleReport.spread(8), SampleReport.RIGHT));
    LayerResult untold = SampleReport.layer(LAYER, SampleReport.measured(1000, 2));

    assertTrue(page(List.of(told, untold)).contains("on the device's clock"));
    assertTrue(page(List.of(told, untold)).contains("| 1.00 to 4.00 | 8.00 |"));
    assertTrue(page(List.of(untold)).endsWith("| 2.00 µs | 2.00 | 1.00 to 4.00 |\n"));
  }

  @Test
  void aPeerThatComputedNothingHasNoColumn() {
    String text =
        new Grids(List.of("clblast", "onnxruntime"), true)
            .layers(List.of(SampleReport.layer(LAYER, SampleReport.measured(1000, 2))))
            .markdown();

    assertTrue(text.contains("onnxruntime"));
    assertTrue(!text.contains("clblast"));
  }

  @Test
  void coldRunsAreARowForEachLibrary() {
    String text =
        new Grids(List.of("onnxruntime"), true)
            .firstRuns(List.of(SampleReport.network()))
            .markdown();

    assertTrue(
        text.endsWith(
            "| squeezenet, batch 8 | onnxruntime | 5.00 ms |  | 7.00 ms | 9.00 ms | 16.0 ms"
                + " | 3.00 ms | 3.00 ms |\n"),
        text);
  }

  @Test
  void aRowOfTheWrongLengthIsRefused() {
    Grid grid = new Grid().left("a").right("b");

    assertThrows(IllegalArgumentException.class, () -> grid.row(List.of("1")));
    assertEquals("| a | b |\n| --- | ---: |\n", grid.markdown());
  }

  private static String page(List<LayerResult> results) {
    return new Grids(List.of("onnxruntime"), true).layers(results).markdown();
  }
}
