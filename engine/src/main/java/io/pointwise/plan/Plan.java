// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Closing;
import io.pointwise.device.Device;
import io.pointwise.device.PreparedStep;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A network ready to run on a device: owns packed weights and programs. Immutable and safe to share
 * between threads: each run borrows an execution context (stream, activations, workspace) from a
 * bounded pool, and waits when all are out.
 *
 * <p>A run allocates no tensor memory but its result, and none when the caller passes the outputs.
 * After a run that failed the plan stays usable; its context is thrown away.
 */
public final class Plan implements AutoCloseable {
  private final Blueprint blueprint;
  private final List<PreparedStep> prepared;
  private final ConstantMemory constants;
  private final ContextPool contexts;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Plan(
      Blueprint blueprint, Device device, List<PreparedStep> prepared, ConstantMemory constants) {
    this.blueprint = blueprint;
    this.prepared = prepared;
    this.constants = constants;
    this.contexts =
        new ContextPool(
            blueprint.options().maxContexts(),
            () -> new ExecutionContext(blueprint, device, prepared, constants));
  }

  /**
   * Packs the weights of a blueprint on the device that it was made for.
   *
   * @throws io.pointwise.device.DeviceException if the device cannot; everything made so far is
   *     released
   */
  public static Plan prepare(Blueprint blueprint, Device device) {
    List<PreparedStep> prepared = new ArrayList<>();
    try {
      for (PlannedStep step : blueprint.steps()) {
        try (Arena arena = Arena.ofShared()) {
          Weights weights = step.weights().within(arena);
          prepared.add(step.algorithm().prepare(step.step(), step.choice(), weights));
        }
      }
      ConstantMemory constants = ConstantMemory.upload(blueprint, device);
      return new Plan(blueprint, device, List.copyOf(prepared), constants);
    } catch (RuntimeException | Error e) {
      try {
        Closing.all(prepared);
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** The decisions behind this plan. */
  public Blueprint blueprint() {
    return blueprint;
  }

  /** What became of each layer. */
  public Explanation explain() {
    return blueprint.explain();
  }

  /** Bytes of packed weights and constants on the device. */
  public long weightBytes() {
    return constants.bytes() + prepared.stream().mapToLong(PreparedStep::weightBytes).sum();
  }

  /**
   * Runs a network of one input and one output.
   *
   * @throws IllegalArgumentException if the input's shape is not the network's
   */
  public Tensor run(Tensor input) {
    List<Tensor> outputs = run(List.of(input));
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "network "
              + blueprint.network().name()
              + " has "
              + outputs.size()
              + " outputs: run it with a list");
    }
    return outputs.getFirst();
  }

  /**
   * Runs with the inputs in the order of {@link io.pointwise.network.Network#inputs()} into new
   * outputs.
   */
  public List<Tensor> run(List<Tensor> inputs) {
    List<Tensor> outputs =
        blueprint.network().outputs().stream()
            .map(name -> Tensor.zeros(blueprint.network().shape(name)))
            .toList();
    run(inputs, outputs);
    return outputs;
  }

  /** Runs into the caller's outputs; allocates no tensor memory. */
  public void run(List<Tensor> inputs, List<Tensor> outputs) {
    time(inputs, outputs);
  }

  /** Runs into the caller's outputs and tells how long upload, computation and download took. */
  public Timing time(List<Tensor> inputs, List<Tensor> outputs) {
    return time(inputs, outputs, false);
  }

  /** As {@link #time}, and how long each step took. */
  public Timing profile(List<Tensor> inputs, List<Tensor> outputs) {
    return time(inputs, outputs, true);
  }

  private Timing time(List<Tensor> inputs, List<Tensor> outputs, boolean steps) {
    requireShapes("input", blueprint.network().inputs(), inputs);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    int place = 0;
    for (String output : blueprint.network().outputs()) {
      shapes.put(place++ + " " + output, blueprint.network().shape(output));
    }
    requireShapes("output", shapes, outputs);
    requireApart(inputs, outputs);
    return contexts.borrow(context -> context.run(inputs, outputs, steps));
  }

  private void requireShapes(String what, Map<String, Shape> wanted, List<Tensor> tensors) {
    if (wanted.size() != tensors.size()) {
      throw new IllegalArgumentException(
          "network "
              + blueprint.network().name()
              + " has "
              + wanted.size()
              + " "
              + what
              + "s, got "
              + tensors.size());
    }
    int place = 0;
    for (Map.Entry<String, Shape> entry : wanted.entrySet()) {
      Shape shape = tensors.get(place++).shape();
      if (!shape.equals(entry.getValue())) {
        throw new IllegalArgumentException(
            what
                + " "
                + entry.getKey()
                + " of network "
                + blueprint.network().name()
                + " has shape "
                + entry.getValue()
                + ", got "
                + shape);
      }
    }
  }

  private void requireApart(List<Tensor> inputs, List<Tensor> outputs) {
    List<String> inputNames = List.copyOf(blueprint.network().inputs().keySet());
    List<String> outputNames = blueprint.network().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      for (int j = 0; j < inputs.size(); j++) {
        requireApart(
            outputs.get(i),
            "output " + outputNames.get(i),
            inputs.get(j),
            "input " + inputNames.get(j));
      }
      for (int j = 0; j < i; j++) {
        requireApart(
            outputs.get(i),
            "output " + outputNames.get(i),
            outputs.get(j),
            "output " + outputNames.get(j));
      }
    }
  }

  private static void requireApart(Tensor output, String name, Tensor other, String otherName) {
    if (output.memory().asOverlappingSlice(other.memory()).isPresent()) {
      throw new IllegalArgumentException(name + " shares memory with " + otherName);
    }
  }

  /** Waits for the runs that are under way and releases everything. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<AutoCloseable> all = new ArrayList<>();
    all.add(contexts);
    all.addAll(prepared);
    all.add(constants);
    Closing.all(all);
  }
}
