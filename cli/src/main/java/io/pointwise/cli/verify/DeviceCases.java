// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.cli.bench.LayerNames;
import io.pointwise.cli.bench.Suites;
import io.pointwise.cli.bench.Workload;
import io.pointwise.cli.bench.WorkloadGroup;
import io.pointwise.layer.ConvSpec;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a device is verified on when no case is given: the distinct layers of all suites of {@code
 * bench}, then whole networks.
 *
 * <p>The reference computes in double precision with bounds, by plain loops. To have a result
 * within a minute, what takes more than {@value #MOST_MACS} multiply-accumulates is done on a
 * smaller image: channels, kernel, stride, padding and groups, by which algorithms are chosen and
 * in which they can be wrong, stay.
 */
final class DeviceCases {
  private static final long SEED = 42;
  private static final long MOST_MACS = 120_000_000;
  private static final int LEAST_SIZE = 7;

  /** Size of the square images that whole networks are given. */
  private static final Map<String, Integer> NETWORKS = networks();

  private DeviceCases() {}

  private static Map<String, Integer> networks() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("convnet-a", 28);
    sizes.put("convnet-b", 28);
    sizes.put("convnet-c", 28);
    sizes.put("nin", 32);
    sizes.put("squeezenet", 64);
    sizes.put("mobilenet", 64);
    sizes.put("googlenet", 64);
    sizes.put("resnet50", 64);
    return sizes;
  }

  static List<DeviceCase> all() {
    List<DeviceCase> cases = new ArrayList<>(layers());
    NETWORKS.forEach((name, size) -> cases.add(network(name, size)));
    return cases;
  }

  private static List<DeviceCase> layers() {
    Map<List<ConvSpec>, Workload> distinct = new LinkedHashMap<>();
    for (String suite : Suites.names()) {
      for (WorkloadGroup group : Suites.get(suite)) {
        for (Workload workload : group.workloads()) {
          Workload small = cutDown(workload);
          distinct.putIfAbsent(small.parts(), small);
        }
      }
    }
    return distinct.values().stream()
        .map(workload -> new DeviceCase(workload.name(), () -> workload.network(SEED)))
        .toList();
  }

  /** The same layer on an image so small that it has few enough multiply-accumulates. */
  private static Workload cutDown(Workload workload) {
    if (workload.isComposite()) {
      return workload;
    }
    ConvSpec spec = workload.first();
    while (spec.cost().macs() > MOST_MACS && Math.min(spec.ih(), spec.iw()) > LEAST_SIZE) {
      spec =
          new ConvSpec(
              spec.n(),
              spec.ic(),
              Math.ceilDiv(spec.ih(), 2),
              Math.ceilDiv(spec.iw(), 2),
              spec.oc(),
              spec.window(),
              spec.groups(),
              spec.bias());
    }
    return Workload.of(LayerNames.of(spec) + (spec.bias() ? "" : ", no bias"), spec);
  }

  private static DeviceCase network(String name, int size) {
    Shape natural = Networks.get(name, SEED).inputs().values().iterator().next();
    Shape shape = Shape.of(natural.dim(0), natural.dim(1), size, size);
    return new DeviceCase(name + " @" + size + "×" + size, () -> network(name, shape));
  }

  private static Network network(String name, Shape shape) {
    return Networks.get(name, SEED).withInputs(List.of(shape));
  }
}
