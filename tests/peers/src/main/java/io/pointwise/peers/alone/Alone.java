// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.alone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pointwise.cli.Failures;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.onnx.Onnx;
import io.pointwise.peers.contestant.Contestant;
import io.pointwise.peers.contestant.OnnxRuntime;
import io.pointwise.peers.contestant.OwnEngine;
import io.pointwise.peers.subject.RandomInput;
import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The program of a process of its own: one library reads a model, makes it ready and runs it, from
 * cold. Its argument is an {@link AloneRequest} and its output an {@link AloneReport}, both as
 * JSON.
 */
public final class Alone {
  private final AloneRequest request;
  private final Tensor input;
  private final long begin = System.nanoTime();

  private Alone(AloneRequest request, Tensor input) {
    this.request = request;
    this.input = input;
  }

  /** Exits with 0, or with another status and one sentence on the error stream. */
  public static void main(String[] args) {
    int status = 0;
    try {
      JsonMapper mapper = JsonMapper.builder().build();
      AloneRequest request = mapper.readValue(args[0], AloneRequest.class);
      Tensor input = RandomInput.of(request.inputShape(), request.seed());
      AloneReport report = new Alone(request, input).report();
      System.out.println(mapper.writeValueAsString(report));
    } catch (JsonProcessingException e) {
      status = 2;
      System.err.println("alone: not a request: " + e.getOriginalMessage());
    } catch (RuntimeException | IOException | LinkageError e) {
      status = Math.max(1, Failures.status(e));
      System.err.println("alone: " + Failures.sentence(e));
    }
    System.exit(status);
  }

  private AloneReport report() throws IOException {
    return switch (request.library()) {
      case OwnEngine.NAME -> own();
      case OnnxRuntime.NAME -> onnxRuntime();
      case String other -> throw new IllegalArgumentException("there is no library " + other);
    };
  }

  private AloneReport own() throws IOException {
    try (Device device =
        Devices.installed()
            .open(
                DevicePolicy.parse(request.device()),
                new DeviceOptions(deviceThreads(), request.maxIsa()))
            .device()) {
      device.notices().forEach(System.err::println);
      long started = System.nanoTime();
      long startBytes = ProcessMemory.peakBytes();
      Network network = Onnx.load(Path.of(request.model()));
      long loaded = System.nanoTime();
      try (Contestant engine = new OwnEngine(network, input, device, options())) {
        return run(engine, startBytes, started, loaded);
      }
    }
  }

  /** Those of another device are set from outside. */
  private int deviceThreads() {
    return request.device().equals("cpu") ? request.threads() : 0;
  }

  private PlanOptions options() {
    PlanOptions options = PlanOptions.DEFAULT.withMaxContexts(1).withWinograd(request.winograd());
    return request.only().isEmpty()
        ? options
        : options.withOnly(request.only().toArray(String[]::new));
  }

  private AloneReport onnxRuntime() throws IOException {
    String version = OnnxRuntime.version();
    if (version.isEmpty()) {
      throw new IllegalStateException("ONNX Runtime does not tell its version");
    }
    long started = System.nanoTime();
    long startBytes = ProcessMemory.peakBytes();
    try (Contestant session =
        OnnxRuntime.ofFile(Path.of(request.model()), input, request.threads())) {
      return run(session, startBytes, started, started);
    }
  }

  private AloneReport run(Contestant contestant, long startBytes, long started, long loaded)
      throws IOException {
    long prepared = System.nanoTime();
    List<Long> runs = new ArrayList<>();
    long before = prepared;
    for (int i = 0; i < request.runs(); i++) {
      contestant.run();
      long now = System.nanoTime();
      runs.add(now - before);
      before = now;
    }
    long peakBytes = ProcessMemory.peakBytes();
    write(contestant.output());
    return new AloneReport(
        started - begin, loaded - started, prepared - loaded, runs, startBytes, peakBytes);
  }

  private void write(Tensor output) throws IOException {
    ByteBuffer bytes = output.memory().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel file =
        FileChannel.open(
            Path.of(request.output()), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
  }
}
