// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.output.Screen;
import io.pointwise.peers.alone.AloneReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersReportTest {
  private static final String LAYER = "ic=64,ih=14,oc=64,k=1";

  @Test
  void summariesAreGeometricMeansOfMedians() {
    List<Summary> summary =
        SampleReport.report().runs().getFirst().layerSets().getFirst().summary();

    assertEquals(new Summary("onnxruntime", "all", 2, 1, 0.5), summary.getFirst());
    assertEquals(new Summary("onnxruntime", "1×1", 1, 2, 2), summary.get(1));
    assertEquals(3, summary.size());
  }

  @Test
  void aWrongResultOfAPeerIsToldAndMakesTheReportWrong() {
    LayerResult wrong =
        SampleReport.layer(LAYER, SampleReport.measured(1000, 2, null, SampleReport.WRONG));
    PeersReport report =
        SampleReport.report(
            List.of(LayerSet.of("given", false, List.of(wrong), List.of(), List.of())), List.of());

    assertFalse(report.isOk());
    assertTrue(SampleReport.report().isOk());
    assertTrue(
        printed(report).contains("WRONG: 1×1 64→64 @14×14, onnxruntime: 2 where 1 is allowed"));
    assertFalse(printed(report).contains("Every output of every library is within its bound"));
  }

  @Test
  void aWrongResultInAProcessOfItsOwnMakesTheReportWrong() {
    AloneReport cold = new AloneReport(1, 1, 1, List.of(1L), 1, 1);
    NetworkResult network =
        SampleReport.network()
            .withAlone(
                List.of(
                    AloneResult.of(
                        "pointwise",
                        List.of(cold, cold),
                        List.of(SampleReport.WRONG, SampleReport.RIGHT))));

    PeersReport report = SampleReport.report(List.of(), List.of(network));

    assertFalse(report.isOk());
    assertTrue(
        printed(report)
            .contains("WRONG: squeezenet, batch 8, pointwise in a process of its own: 2 where"));
  }

  @Test
  void processesAreSummedUpByTheirMedians() {
    AloneResult result =
        AloneResult.of(
            "pointwise",
            List.of(
                new AloneReport(1, 10, 100, List.of(1000L, 5L), 7, 70),
                new AloneReport(3, 30, 300, List.of(3000L, 6L), 9, 90),
                new AloneReport(2, 20, 200, List.of(2000L, 9L), 8, 80)),
            List.of(SampleReport.RIGHT));

    assertEquals(List.of(2000L, 6L), result.runNanos());
    assertEquals(2220, result.firstResultNanos());
    assertEquals(80, result.peakBytes());
    assertEquals(8, result.startBytes());
    assertEquals(3, result.processes());
  }

  private static String printed(PeersReport report) {
    StringWriter out = new StringWriter();
    Screen screen = Screen.plain(new PrintWriter(out), new PrintWriter(new StringWriter()));
    PeersTable.print(report, screen);
    screen.flush();
    return out.toString().replaceAll("\\s+", " ");
  }
}
