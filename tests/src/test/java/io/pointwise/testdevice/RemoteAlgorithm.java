// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.device.Algorithm;
import io.pointwise.device.DeviceException;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.network.Weights;
import java.util.function.Function;

/**
 * An algorithm of the remote device.
 *
 * @param name of the algorithm
 * @param device that it is for
 * @param rule what it takes, in FP32
 */
record RemoteAlgorithm(String name, RemoteDevice device, Function<Step, Support> rule)
    implements Algorithm {
  @Override
  public Support check(Step step) {
    return step.precision() == Precision.FP32
        ? rule.apply(step)
        : Support.no("computes in FP32 only, not in " + step.precision());
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    if (device.faults().strikes(Faults.Kind.PREPARE)) {
      throw new DeviceException("remote: PREPARE failed on demand, step " + step.name());
    }
    return new RemoteStep(device, step, choice, weights);
  }
}
