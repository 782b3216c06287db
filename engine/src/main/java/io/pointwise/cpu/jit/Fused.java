// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.vector.ActivationPass;
import io.pointwise.device.Epilogue;
import io.pointwise.layer.ActivationFunction;
import org.jspecify.annotations.Nullable;

/**
 * An epilogue, split into what kernels do before they store, and an activation that takes a pass of
 * its own because it is more than a clamp.
 *
 * @param finish what kernels do
 * @param pass activation behind it, or null
 */
record Fused(TileKernel.Finish finish, @Nullable ActivationFunction pass) {
  static Fused of(Epilogue epilogue) {
    Clamp clamp = Clamp.of(epilogue.activation());
    return clamp == null
        ? new Fused(new TileKernel.Finish(epilogue.residual(), Clamp.NONE), epilogue.activation())
        : new Fused(new TileKernel.Finish(epilogue.residual(), clamp), null);
  }

  /** Why a host cannot do an epilogue, or null. */
  static @Nullable String refusal(Epilogue epilogue, Host host) {
    return host.vectorTier() || Clamp.of(epilogue.activation()) != null
        ? null
        : "without the vector tier only activations that clamp are fused, got" + epilogue;
  }

  /** The kernel with the pass behind it. */
  CpuStep.Kernel around(CpuStep.Kernel kernel, Host host) {
    if (pass == null) {
      return kernel;
    }
    ActivationPass activation = new ActivationPass(pass, host.workers());
    return (inputs, output, workspace) -> {
      kernel.run(inputs, output, workspace);
      activation.run(output);
    };
  }
}
