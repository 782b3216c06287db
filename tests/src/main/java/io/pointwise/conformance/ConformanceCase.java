// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Layer;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One thing that a device is asked to compute: a layer or a few. The network's own weights are
 * never read; {@link Sample} fills it with data.
 *
 * @param name unique, plain ASCII, so that it can be typed on a command line
 * @param network what is computed
 */
public record ConformanceCase(String name, Network network) {
  private static final String INPUT = "input";

  public ConformanceCase {
    if (!name.chars().allMatch(c -> c >= ' ' && c < 127 && c != '\'')) {
      throw new IllegalArgumentException("case name \"" + name + "\" is not plain ASCII");
    }
  }

  /** One layer that reads one input. */
  static ConformanceCase of(String name, Shape input, Layer layer) {
    return of(name, input, builder -> builder.layer(layer));
  }

  /** Layers that begin with one input and end with one output. */
  static ConformanceCase of(String name, Shape input, UnaryOperator<NetworkBuilder> layers) {
    Network network = layers.apply(Network.builder(name).input(INPUT, input)).build(0);
    return new ConformanceCase(name, network);
  }

  /** One layer that reads several inputs. */
  static ConformanceCase of(String name, List<Shape> inputs, Layer layer) {
    NetworkBuilder builder = Network.builder(name);
    List<String> names = new ArrayList<>();
    for (Shape input : inputs) {
      names.add(INPUT + names.size());
      builder.input(names.getLast(), input);
    }
    return new ConformanceCase(name, builder.layer(layer.kind(), layer, names).build(0));
  }

  /** One convolution, named after its sizes. */
  static ConformanceCase of(String prefix, Shape input, Conv2d conv) {
    String name =
        prefix
            + " "
            + input
            + " to "
            + conv.oc()
            + ", "
            + conv.window()
            + (conv.groups() == 1 ? "" : " groups " + conv.groups())
            + (conv.bias() ? "" : " no bias");
    return of(ascii(name), input, (Layer) conv);
  }

  static String ascii(String text) {
    return text.replace('×', 'x');
  }
}
