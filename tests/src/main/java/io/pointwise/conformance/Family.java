// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import java.util.List;

/**
 * Cases of one kind.
 *
 * @param name of the kind
 * @param cases in the order in which they run
 */
public record Family(String name, List<ConformanceCase> cases) {
  public Family {
    cases = List.copyOf(cases);
  }
}
