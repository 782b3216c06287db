// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.DeviceInfo;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Network;
import io.pointwise.network.Weights;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All decisions about running a network on a device, before anything is allocated or compiled:
 * steps, storages, offsets. Immutable.
 *
 * @param network that it is for
 * @param device that it is for
 * @param options that it was made with
 * @param steps in the order in which they run
 * @param storages places for activations
 * @param inputs id of the storage of each network input
 * @param outputs id of the storage of each network output
 * @param constants what the storages of constants hold, by id
 * @param memory where storages and workspaces lie
 */
public record Blueprint(
    Network network,
    DeviceInfo device,
    PlanOptions options,
    List<PlannedStep> steps,
    List<Storage> storages,
    List<Integer> inputs,
    List<Integer> outputs,
    Map<Integer, Weights> constants,
    Memory memory) {
  public Blueprint {
    steps = List.copyOf(steps);
    storages = List.copyOf(storages);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    // Keeps the order, so that the same network has its constants at the same places.
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
  }

  /** The convolutions that are computed by Winograd's formula, by name. */
  public Map<String, Winograd> winograd() {
    Map<String, Winograd> layers = new HashMap<>();
    for (PlannedStep step : steps) {
      step.algorithm()
          .winograd(step.step())
          .ifPresent(formula -> layers.put(step.covers().getFirst(), formula));
    }
    return Collections.unmodifiableMap(layers);
  }

  /** What became of each layer of the network. */
  public Explanation explain() {
    return Explanation.of(this);
  }
}
