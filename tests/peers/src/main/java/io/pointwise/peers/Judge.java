// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.cli.bench.Verification;
import io.pointwise.peers.subject.LayerCase;
import io.pointwise.peers.subject.NetworkCase;
import io.pointwise.peers.subject.Subject;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Tensor;
import java.util.List;

/** Whether an output is right. */
final class Judge {
  private Judge() {}

  /**
   * A layer's output has each element within its bound. A network's has that too, and {@linkplain
   * Agreement agrees} with the reference; error and bound then are those of the agreement, which
   * are relative.
   */
  static Verification of(Subject subject, Tensor output, Expected expected) {
    Verification bounds = Verification.of(List.of(output), List.of(expected));
    return switch (subject) {
      case LayerCase _ -> bounds;
      case NetworkCase network -> bounds.ok() ? of(network, output, expected) : bounds;
    };
  }

  private static Verification of(NetworkCase network, Tensor output, Expected expected) {
    Agreement agreement = Agreement.of(network.network(), output, expected);
    return new Verification(
        agreement.isOk(),
        Double.isFinite(agreement.error()) ? agreement.error() : null,
        agreement.allowed(),
        agreement.isOk()
            ? null
            : "the outputs of an image are off by "
                + agreement.error()
                + " of their length where "
                + agreement.allowed()
                + " is allowed");
  }
}
