// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Device;
import io.pointwise.network.Network;
import io.pointwise.tensor.Layout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From a network and a device to a {@link Blueprint}, and on to a {@link Plan}.
 *
 * <p>In this order: {@link Fusion} rewrites the graph; {@link StepPlanner} asks the device's
 * algorithms about every step, settles layouts and puts in reorders; {@link Memory} arranges
 * activations by lifetime. Nothing is allocated, no weight is read: a blueprint is a pure function
 * of its arguments, and of what a store of measurements holds if the options name one. Only where
 * they ask for measuring ({@link io.pointwise.tuning.Tuning.Measured}) the device works meanwhile.
 */
public final class Planner {
  private Planner() {}

  /**
   * Decides everything.
   *
   * @throws PlanningException if no algorithm of the device accepts some layer
   */
  public static Blueprint blueprint(Network network, Device device, PlanOptions options) {
    Fusion.Result fused = Fusion.fuse(network);
    Set<String> results =
        network.outputs().stream().map(fused::resolve).collect(Collectors.toSet());
    StepPlanner planner = new StepPlanner(device, options, results::contains);
    List<Integer> inputs = new ArrayList<>();
    network.inputs().forEach((name, shape) -> inputs.add(planner.input(name, shape)));
    fused.nodes().forEach(planner::add);
    List<Integer> outputs = outputs(network, fused, planner, inputs);
    Memory memory = Memory.of(network, device, options.guarded(), planner, inputs, outputs);
    return new Blueprint(
        network,
        device.info(),
        options,
        planner.steps(),
        planner.storages(),
        inputs,
        outputs,
        planner.constants(),
        memory);
  }

  /**
   * Decides everything, packs the weights and makes the plan ready to run. The caller closes the
   * plan.
   */
  public static Plan plan(Network network, Device device, PlanOptions options) {
    return Plan.prepare(blueprint(network, device, options), device);
  }

  /** Plans with {@link PlanOptions#DEFAULT}. */
  public static Plan plan(Network network, Device device) {
    return plan(network, device, PlanOptions.DEFAULT);
  }

  /**
   * Each output in an NCHW storage of its own: not an input's, a constant's or another output's,
   * and none within another.
   */
  private static List<Integer> outputs(
      Network network, Fusion.Result fused, StepPlanner planner, List<Integer> inputs) {
    Set<Integer> taken = new HashSet<>(inputs);
    taken.addAll(planner.constants().keySet());
    List<Integer> outputs = new ArrayList<>();
    for (String output : network.outputs()) {
      String value = fused.resolve(output);
      int storage = planner.require(value, Layout.NCHW);
      if (planner.parts().has(storage) || !taken.add(storage)) {
        storage = planner.duplicate(value);
        taken.add(storage);
      }
      outputs.add(storage);
    }
    return outputs;
  }
}
