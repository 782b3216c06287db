// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.bench.Verification;
import io.pointwise.peers.alone.AloneProcess;
import io.pointwise.peers.alone.AloneReport;
import io.pointwise.peers.alone.AloneRequest;
import io.pointwise.peers.contestant.OnnxRuntime;
import io.pointwise.peers.contestant.OwnEngine;
import io.pointwise.peers.contestant.Peer;
import io.pointwise.peers.export.OnnxExport;
import io.pointwise.peers.report.AloneResult;
import io.pointwise.peers.subject.NetworkCase;
import io.pointwise.peers.timing.Quiet;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks in processes of their own, ours and ONNX Runtime in turn, from one and the same ONNX
 * file; each output is compared with the reference.
 */
final class AloneRuns {
  private final String device;
  private final DeviceChoice choice;
  private final int runs;
  private final int processes;

  /**
   * @param device name of ours
   * @param runs in a process
   * @param processes of each library
   */
  AloneRuns(String device, DeviceChoice choice, int runs, int processes) {
    this.device = device;
    this.choice = choice;
    this.runs = runs;
    this.processes = processes;
  }

  /**
   * Ours, and ONNX Runtime where it is among the peers.
   *
   * @param own what ours should give, with its bounds
   * @param other what the others should give
   */
  List<AloneResult> run(
      NetworkCase network, List<Peer> peers, int threads, Expected own, Expected other) {
    Map<String, Expected> expected = new LinkedHashMap<>();
    expected.put(OwnEngine.NAME, own);
    if (peers.contains(Peer.ONNXRUNTIME)) {
      expected.put(OnnxRuntime.NAME, other);
    }
    try {
      Path folder = Files.createTempDirectory("pointwise-peers");
      Path model = folder.resolve(network.name() + ".onnx");
      Path output = folder.resolve("output");
      try {
        Files.write(model, OnnxExport.model(network.network()));
        return run(network, threads, expected, model, output);
      } finally {
        Files.deleteIfExists(output);
        Files.deleteIfExists(model);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new IllegalStateException(network.title() + " as a file: " + e.getMessage(), e);
    }
  }

  private List<AloneResult> run(
      NetworkCase network, int threads, Map<String, Expected> expected, Path model, Path output)
      throws IOException {
    Map<String, List<AloneReport>> reports = new LinkedHashMap<>();
    Map<String, List<Verification>> verifications = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(expected.keySet());
    for (int process = 0; process < processes; process++) {
      for (String library : order) {
        Quiet.await();
        AloneReport report = AloneProcess.run(request(library, network, threads, model, output));
        Tensor result = read(output, network.outputShape());
        reports.computeIfAbsent(library, _ -> new ArrayList<>()).add(report);
        verifications
            .computeIfAbsent(library, _ -> new ArrayList<>())
            .add(Verification.of(List.of(result), List.of(expected.get(library))));
      }
      order = order.reversed();
    }
    List<AloneResult> results = new ArrayList<>();
    for (String library : expected.keySet()) {
      results.add(
          AloneResult.of(
              library,
              reports.getOrDefault(library, List.of()),
              verifications.getOrDefault(library, List.of())));
    }
    return results;
  }

  private AloneRequest request(
      String library, NetworkCase network, int threads, Path model, Path output) {
    Shape shape = network.input().shape();
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims.add(shape.dim(axis));
    }
    return new AloneRequest(
        library,
        model.toString(),
        output.toString(),
        dims,
        network.seed(),
        threads,
        runs,
        device,
        choice.only(),
        choice.winograd());
  }

  /** The process's output, which is gone afterwards: none is compared twice. */
  private static Tensor read(Path file, Shape shape) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    if (bytes.length != shape.bytes()) {
      throw new IOException(
          "an output of shape " + shape + " has " + shape.bytes() + " bytes, not " + bytes.length);
    }
    Tensor tensor = Tensor.zeros(shape);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, tensor.memory(), 0, bytes.length);
    return tensor;
  }
}
