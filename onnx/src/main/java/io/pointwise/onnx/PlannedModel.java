// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.device.Device;
import io.pointwise.network.Network;
import io.pointwise.onnx.lowering.Lowered;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.plan.Timing;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model planned for inputs of certain shapes. */
final class PlannedModel implements AutoCloseable {
  private final OnnxModel model;
  private final Lowered lowered;
  private final @Nullable Plan plan;

  private PlannedModel(OnnxModel model, Lowered lowered, @Nullable Plan plan) {
    this.model = model;
    this.lowered = lowered;
    this.plan = plan;
  }

  static PlannedModel plan(OnnxModel model, PlanKey key, Device device, PlanOptions options) {
    Lowered lowered = model.lower(key.shapes(), key.fixed());
    Network network = lowered.network();
    return new PlannedModel(
        model, lowered, network == null ? null : Planner.plan(network, device, options));
  }

  @Nullable Blueprint blueprint() {
    return plan == null ? null : plan.blueprint();
  }

  OnnxSession.Profile run(List<TypedTensor> inputs, boolean profiled) {
    List<Tensor> results = List.of();
    Timing timing = null;
    if (plan != null) {
      Network network = plan.blueprint().network();
      results = network.outputs().stream().map(o -> Tensor.zeros(network.shape(o))).toList();
      List<Tensor> given = given(inputs);
      timing = profiled ? plan.profile(given, results) : plan.time(given, results);
    }
    List<TypedTensor> outputs = new ArrayList<>();
    for (Lowered.Output output : lowered.outputs()) {
      TypedTensor known = output.known();
      outputs.add(
          known != null
              ? known
              : TypedTensor.ofComputed(
                  "output " + output.name(), output.type(), results.get(output.place())));
    }
    return new OnnxSession.Profile(blueprint(), timing, outputs);
  }

  /** The network's inputs, as float32. */
  private List<Tensor> given(List<TypedTensor> inputs) {
    List<Tensor> given = new ArrayList<>();
    if (lowered.inputs().isEmpty() && plan != null) {
      // Nothing of the model's goes in; the network has an input that it does not read.
      plan.blueprint().network().inputs().values().forEach(s -> given.add(Tensor.zeros(s)));
    }
    for (int i = 0; i < inputs.size(); i++) {
      OnnxValue input = model.inputs().get(i);
      if (lowered.inputs().contains(input.name())) {
        try {
          given.add(inputs.get(i).toTensor());
        } catch (OnnxException e) {
          throw new OnnxException("input " + input.name() + ": " + e.getMessage(), e);
        }
      }
    }
    return given;
  }

  @Override
  public void close() {
    if (plan != null) {
      plan.close();
    }
  }
}
