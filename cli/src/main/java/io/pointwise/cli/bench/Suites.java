// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import io.pointwise.network.Networks;
import io.pointwise.network.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sets of layers of {@code --suite}. */
public final class Suites {
  static final String ARTICLE = "article";

  private static final List<String> NETWORKS = List.of("resnet50", "googlenet", "mobilenet");

  private Suites() {}

  /** All that {@link #get} knows. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of(ARTICLE, "reference", "vgg16"));
    names.addAll(NETWORKS);
    return names;
  }

  /** The groups of a suite. */
  public static List<WorkloadGroup> get(String name) {
    return switch (name) {
      case ARTICLE -> ArticleSuite.groups();
      case "reference" -> alone(reference());
      case "vgg16" -> alone(vgg16());
      case String network when NETWORKS.contains(network) -> alone(network(network));
      default ->
          throw CommandFailure.usage(
              "--suite: there is no suite \""
                  + name
                  + "\"; the suites are "
                  + String.join(", ", names()));
    };
  }

  private static List<WorkloadGroup> alone(List<Workload> workloads) {
    return workloads.stream().map(WorkloadGroup::of).toList();
  }

  /** The fifteen layers on which speed is judged. */
  private static List<Workload> reference() {
    return List.of(
        layer(512, 32, 12, 1),
        layer(64, 256, 56, 1),
        layer(512, 128, 28, 1),
        layer(1024, 256, 14, 1),
        layer(2048, 512, 7, 1),
        layer(256, 256, 28, 1),
        layer(512, 32, 12, 3),
        layer(64, 64, 56, 3),
        layer(128, 128, 28, 3),
        layer(256, 256, 14, 3),
        layer(512, 512, 7, 3),
        layer(3, 64, 224, Window.square(7).stride(2).pad(3), 1),
        layer(16, 32, 28, 5),
        layer(256, 32, 28, 5),
        layer(256, 256, 28, Window.square(3).pad(1), 256));
  }

  /** The distinct convolutions of configuration D of Simonyan and Zisserman, 2015. */
  private static List<Workload> vgg16() {
    return List.of(
        layer(3, 64, 224, 3),
        layer(64, 64, 224, 3),
        layer(64, 128, 112, 3),
        layer(128, 128, 112, 3),
        layer(128, 256, 56, 3),
        layer(256, 256, 56, 3),
        layer(256, 512, 28, 3),
        layer(512, 512, 28, 3),
        layer(512, 512, 14, 3));
  }

  /** The distinct convolutions of a network, each named after the first layer that has it. */
  private static List<Workload> network(String name) {
    Map<ConvSpec, Workload> distinct = new LinkedHashMap<>();
    for (Node node : Networks.get(name, 1).nodes()) {
      if (node.layer() instanceof Conv2d conv) {
        ConvSpec spec = conv.spec(node.inputShapes().getFirst());
        distinct.putIfAbsent(spec, Workload.of(node.name() + " " + LayerNames.of(spec), spec));
      }
    }
    return new ArrayList<>(distinct.values());
  }

  private static Workload layer(int ic, int oc, int size, int k) {
    return layer(ic, oc, size, Window.square(k).padSame(), 1);
  }

  private static Workload layer(int ic, int oc, int size, Window window, int groups) {
    return Workload.of(new ConvSpec(1, ic, size, size, oc, window, groups, true));
  }
}
