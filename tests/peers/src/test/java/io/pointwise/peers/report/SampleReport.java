// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.bench.LayerJson;
import io.pointwise.cli.bench.LayerSpecParser;
import io.pointwise.cli.bench.Verification;
import io.pointwise.cli.bench.Workload;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.peers.alone.AloneReport;
import io.pointwise.peers.timing.Peak;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report of invented numbers. */
final class SampleReport {
  static final Verification RIGHT = new Verification(true, 0.0, 1.0, null);
  static final Verification WRONG = new Verification(false, 2.0, 1.0, "2 where 1 is allowed");

  private SampleReport() {}

  /** One thread, one layer each of two kinds, a random one, a network. */
  static PeersReport report() {
    LayerSet reference =
        LayerSet.of(
            "reference",
            false,
            List.of(
                layer("ic=64,ih=14,oc=64,k=1", measured(100_000, 2)),
                layer("ic=64,ih=14,oc=64,k=3", measured(400_000, 0.5))),
            List.of(new Refused("5×5 layer", "no algorithm")),
            List.of("onnxruntime"));
    LayerSet others =
        LayerSet.of(
            "others 7",
            true,
            List.of(layer("n=8,ic=3,ih=15,oc=5,k=5", measured(900_000, 4))),
            List.of(),
            List.of("onnxruntime"));
    return report(List.of(reference, others), List.of(network()));
  }

  static PeersReport report(List<LayerSet> sets, List<NetworkResult> networks) {
    ThreadsRun run =
        ThreadsRun.of(
            1,
            List.of(new Peak.Sample(100, 100)),
            sets,
            networks,
            List.of(),
            List.of("onnxruntime"),
            true);
    return new PeersReport(
        PeersReport.SCHEMA,
        environment(),
        Map.of("onnxruntime", "9.9"),
        42,
        List.of("vector-*"),
        false,
        List.of(run));
  }

  static LayerResult layer(String text, Measured measured) {
    Workload workload = LayerSpecParser.parse(text);
    return new LayerResult(LayerJson.of(workload.name(), workload.first()), "vector-any", measured);
  }

  static Measured measured(double nanos, double ratio) {
    return measured(nanos, ratio, null, RIGHT);
  }

  static Measured measured(
      double nanos, double ratio, @Nullable Spread deviceRatio, Verification theirs) {
    return new Measured(
        spread(nanos),
        nanos,
        50,
        0.5,
        RIGHT,
        0,
        List.of(
            new Measured.PeerResult(
                "onnxruntime",
                spread(nanos * ratio),
                50 / ratio,
                spread(ratio),
                deviceRatio,
                theirs,
                0.0)));
  }

  static Spread spread(double value) {
    return new Spread(value, value / 2, value * 2, 3);
  }

  static NetworkResult network() {
    AloneReport cold =
        new AloneReport(5_000_000, 0, 7_000_000, List.of(9_000_000L, 3_000_000L), 1 << 20, 3 << 20);
    return new NetworkResult(
        "squeezenet",
        8,
        1_235_496,
        2_793_215_488L,
        Map.of("vector-1x1", 17),
        4 << 20,
        5 << 20,
        measured(20_000_000, 3),
        List.of(AloneResult.of("onnxruntime", List.of(cold), List.of(RIGHT))));
  }

  private static HostEnvironment environment() {
    Devices devices = Devices.installed();
    Devices.Selection selection = devices.open(DevicePolicy.parse("cpu"), DeviceOptions.DEFAULT);
    try (var _ = selection.device()) {
      return HostEnvironment.of(devices, selection);
    }
  }
}
