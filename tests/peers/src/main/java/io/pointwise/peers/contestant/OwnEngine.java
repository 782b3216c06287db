// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.contestant;

import io.pointwise.device.Device;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Network;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Pointwise itself. A run begins and ends in host memory: transfers to the device are included. */
public final class OwnEngine implements Contestant {
  public static final String NAME = "pointwise";

  private final Plan plan;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;

  /**
   * @param network of one input and one output
   * @throws io.pointwise.plan.PlanningException if the algorithms that are allowed do not do
   */
  public OwnEngine(Network network, Tensor input, Device device, PlanOptions options) {
    this.plan = Planner.plan(network, device, options);
    this.inputs = List.of(input);
    this.outputs = List.of(Tensor.zeros(network.shape(network.outputs().getFirst())));
  }

  /** What computes the last step: of a single layer, the layer. */
  public String algorithm() {
    // Reorders before and behind it cover no layer.
    return plan.blueprint().steps().stream()
        .filter(step -> !step.covers().isEmpty())
        .map(step -> step.algorithm().name())
        .collect(Collectors.joining("+"));
  }

  /** How many steps each algorithm computes, by name. */
  public Map<String, Integer> algorithms() {
    Map<String, Integer> steps = new TreeMap<>();
    for (PlannedStep step : plan.blueprint().steps()) {
      steps.merge(step.algorithm().name(), 1, Integer::sum);
    }
    return steps;
  }

  /** Bytes of activations and workspaces that one run needs beside its input and output. */
  public long arenaBytes() {
    return plan.blueprint().memory().arenaBytes();
  }

  /** Bytes of packed weights. */
  public long weightBytes() {
    return plan.weightBytes();
  }

  /** The layers that are computed by Winograd's formula. */
  public Map<String, Winograd> winograd() {
    return plan.blueprint().winograd();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    plan.run(inputs, outputs);
  }

  @Override
  public double deviceNanos() {
    return plan.time(inputs, outputs).computeNanos();
  }

  @Override
  public Tensor output() {
    return outputs.getFirst();
  }

  @Override
  public void close() {
    plan.close();
  }
}
