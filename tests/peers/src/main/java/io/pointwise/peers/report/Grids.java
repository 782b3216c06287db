// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.output.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured, as grids. */
final class Grids {
  /** The last of the runs from cold that is shown as such; the last of all is, too. */
  private static final int SECOND = 1;

  private final List<String> peers;
  private final boolean page;

  /**
   * @param peers in order
   * @param page whether there is room for every column
   */
  Grids(List<String> peers, boolean page) {
    this.peers = List.copyOf(peers);
    this.page = page;
  }

  Grid layers(List<LayerResult> results) {
    PeerColumns columns =
        new PeerColumns(peers, results.stream().map(LayerResult::measured).toList(), page);
    Grid grid = new Grid().left("layer");
    if (page) {
      grid.left("algorithm");
    }
    grid.right("time", "GFLOP/s", "of peak");
    columns.addTo(grid);
    for (LayerResult result : results) {
      List<String> cells = new ArrayList<>(List.of(result.layer().name()));
      if (page) {
        cells.add(result.algorithm());
      }
      cells.addAll(own(result.measured()));
      cells.addAll(columns.cells(result.measured()));
      grid.row(cells);
    }
    return grid;
  }

  Grid networks(List<NetworkResult> results) {
    PeerColumns columns =
        new PeerColumns(peers, results.stream().map(NetworkResult::measured).toList(), page);
    Grid grid = new Grid().left("network").right("time", "GFLOP/s", "of peak", "images/s");
    columns.addTo(grid);
    for (NetworkResult result : results) {
      List<String> cells = new ArrayList<>(List.of(result.title()));
      cells.addAll(own(result.measured()));
      cells.add(Units.digits(result.imagesPerSecond()));
      cells.addAll(columns.cells(result.measured()));
      grid.row(cells);
    }
    return grid;
  }

  /** Peak memory of each library in a process of its own, and what ours planned. */
  Grid memory(List<NetworkResult> results) {
    List<String> libraries = libraries(results);
    Grid grid = new Grid().left("network");
    libraries.forEach(library -> grid.right(library, "at start"));
    grid.right("planned weights", "activations");
    for (NetworkResult result : results) {
      List<String> cells = new ArrayList<>(List.of(result.title()));
      for (String library : libraries) {
        AloneResult alone = result.alone(library);
        cells.add(alone == null ? "" : Units.bytes(alone.peakBytes()));
        cells.add(alone == null ? "" : Units.bytes(alone.startBytes()));
      }
      cells.add(Units.bytes(result.weightBytes()));
      cells.add(Units.bytes(result.arenaBytes()));
      grid.row(cells);
    }
    return grid;
  }

  /** The way to the first result and the runs after it, a row for each library. */
  Grid firstRuns(List<NetworkResult> results) {
    Grid grid =
        new Grid()
            .left("network", "library")
            .right("load library", "read file", "make ready", "first run", "file to result")
            .right("second run", "last run");
    for (NetworkResult result : results) {
      for (AloneResult alone : result.alone()) {
        List<Long> runs = alone.runNanos();
        grid.row(
            List.of(
                result.title(),
                alone.library(),
                Units.time(alone.startNanos()),
                // ONNX Runtime reads while it makes a session.
                alone.loadNanos() == 0 ? "" : Units.time(alone.loadNanos()),
                Units.time(alone.prepareNanos()),
                Units.time(runs.getFirst()),
                Units.time(alone.firstResultNanos()),
                runs.size() > SECOND ? Units.time(runs.get(SECOND)) : "",
                Units.time(runs.getLast())));
      }
    }
    return grid;
  }

  Grid summary(List<Summary> summaries) {
    Grid grid = new Grid().left("beside", "of").right("count", "geometric mean", "least");
    for (Summary each : summaries) {
      grid.row(
          List.of(
              each.peer(),
              each.kind(),
              String.valueOf(each.count()),
              Units.digits(each.geometricMean()),
              Units.digits(each.least())));
    }
    return grid;
  }

  private static List<String> libraries(List<NetworkResult> results) {
    return results.stream()
        .flatMap(result -> result.alone().stream())
        .map(AloneResult::library)
        .distinct()
        .toList();
  }

  private static List<String> own(Measured measured) {
    return List.of(
        Units.time(Math.round(measured.own().median())),
        Units.digits(measured.gflops()),
        percent(measured.fractionOfPeak()));
  }

  private static String percent(@Nullable Double fraction) {
    return fraction == null ? "" : Math.round(100 * fraction) + " %";
  }
}
