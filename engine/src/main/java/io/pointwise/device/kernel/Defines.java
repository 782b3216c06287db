// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The {@code -D} defines of a program. They fix its structure; sizes are arguments, so that few
 * programs are built.
 *
 * @param values by name
 */
public record Defines(Map<String, String> values) {
  /** None. */
  public static final Defines NONE = new Defines(Map.of());

  public Defines {
    values = Map.copyOf(values);
  }

  /** With one more. */
  public Defines with(String name, String value) {
    Map<String, String> more = new TreeMap<>(values);
    more.put(name, value);
    return new Defines(more);
  }

  /** With one more. */
  public Defines with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** As {@code NAME=value}, in the order of their names. */
  public List<String> assignments() {
    return new TreeMap<>(values)
        .entrySet().stream().map(define -> define.getKey() + "=" + define.getValue()).toList();
  }

  /** As options of the compiler, in the order of their names. */
  public String options() {
    return assignments().stream().map("-D "::concat).collect(Collectors.joining(" "));
  }
}
