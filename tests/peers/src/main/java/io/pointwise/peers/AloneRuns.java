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
import java.util.List;

/**
 * Networks in processes of their own, ours and ONNX Runtime in turn, from one and the same ONNX
 * file; each output is compared with the reference.
 */
final class AloneRuns {
  private final String device;
  private final DeviceChoice choice;
  private final int runs;
  private final int processes;
  private final Quiet quiet = Quiet.ofProcess();

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
    List<Side> sides = new ArrayList<>(List.of(Side.of(OwnEngine.NAME, own)));
    if (peers.contains(Peer.ONNXRUNTIME)) {
      sides.add(Side.of(OnnxRuntime.NAME, other));
    }
    try {
      Path folder = Files.createTempDirectory("pointwise-peers");
      Path model = folder.resolve(network.name() + ".onnx");
      Path output = folder.resolve("output");
      try {
        Files.write(model, OnnxExport.model(network.network()));
        run(network, threads, sides, model, output);
        return sides.stream().map(Side::result).toList();
      } finally {
        Files.deleteIfExists(output);
        Files.deleteIfExists(model);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new IllegalStateException(network.title() + " as a file: " + e.getMessage(), e);
    }
  }

  private void run(NetworkCase network, int threads, List<Side> sides, Path model, Path output)
      throws IOException {
    List<Side> order = sides;
    for (int process = 0; process < processes; process++) {
      for (Side side : order) {
        quiet.await();
        AloneRequest request = request(side.library(), network, threads, model, output);
        side.reports().add(AloneProcess.run(request));
        Tensor result = read(output, network.outputShape());
        side.verifications().add(Judge.of(network, result, side.expected()));
      }
      order = order.reversed();
    }
  }

  /** A library, what it should give, and what its processes found so far. */
  private record Side(
      String library,
      Expected expected,
      List<AloneReport> reports,
      List<Verification> verifications) {
    static Side of(String library, Expected expected) {
      return new Side(library, expected, new ArrayList<>(), new ArrayList<>());
    }

    AloneResult result() {
      return AloneResult.of(library, reports, verifications);
    }
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
        choice.maxIsa(),
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
