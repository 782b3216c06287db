// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.Epilogue;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;

/** What is left to do behind a product: bias, residual and activation, in one launch. */
final class Finishing {
  private Finishing() {}

  /**
   * Adds the launch, unless nothing is left to do.
   *
   * @param inner elements of a channel, one behind the other
   * @param channels of the output
   */
  static void add(StepBuilder builder, Weights weights, long inner, long channels) {
    Epilogue epilogue = builder.step().epilogue();
    boolean biased = weights.has(Role.BIAS);
    if (!biased && epilogue.isNone()) {
      return;
    }
    LaunchBuilder launch = builder.launch("finish").output();
    if (biased) {
      launch.define("BIAS", 1).buffer(builder.weights(weights.get(Role.BIAS)));
      launch.indices(inner, channels);
    }
    launch.items(builder.step().output().elements()).epilogue().add();
  }
}
