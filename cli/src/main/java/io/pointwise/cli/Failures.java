// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceUnavailableException;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.layer.InvalidSpecException;
import io.pointwise.onnx.OnnxException;
import io.pointwise.plan.PlanningException;

/** What a failure means to the caller of the process: a status and one sentence. */
public final class Failures {
  private Failures() {}

  public static int status(Throwable failure) {
    return switch (failure) {
      case CommandFailure known -> known.status();
      case InvalidSpecException _, PlanningException _ -> ExitStatus.USAGE;
      case OnnxException _ -> ExitStatus.FILE;
      case OutOfDeviceMemoryException _, OutOfMemoryError _ -> ExitStatus.OUT_OF_DEVICE_MEMORY;
      case DeviceUnavailableException _, DeviceException _ -> ExitStatus.DEVICE_UNAVAILABLE;
      default -> ExitStatus.INTERNAL;
    };
  }

  public static String sentence(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (status(failure)) {
      case ExitStatus.OUT_OF_DEVICE_MEMORY ->
          failure instanceof OutOfMemoryError ? "out of host memory: " + message : message;
      case ExitStatus.INTERNAL ->
          "an error in pointwise itself: " + failure + " (--debug shows where)";
      default -> message;
    };
  }
}
