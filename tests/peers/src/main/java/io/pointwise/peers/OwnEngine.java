// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.device.Device;
import io.pointwise.layer.Winograd;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Pointwise itself. A run begins and ends in host memory: transfers to the device are included. */
final class OwnEngine implements Contestant {
  static final String NAME = "pointwise";

  private final Plan plan;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;

  OwnEngine(LayerCase layer, Device device, PlanOptions options) {
    this.plan = Planner.plan(layer.network(), device, options);
    this.inputs = List.of(layer.input());
    this.outputs = List.of(Tensor.zeros(layer.spec().output()));
  }

  /** What computes the layer. */
  String algorithm() {
    return plan.blueprint().steps().getLast().algorithm().name();
  }

  /** The layer, where it is computed by Winograd's formula. */
  Map<String, Winograd> winograd() {
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
