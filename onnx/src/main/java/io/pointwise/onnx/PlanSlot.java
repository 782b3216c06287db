// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.device.Device;
import io.pointwise.plan.PlanOptions;
import org.jspecify.annotations.Nullable;

/**
 * A place in a session's cache. The plan is made by the first who comes; others that want the same
 * one wait for it, and those that want another one do not.
 */
final class PlanSlot {
  private final PlanKey key;
  private volatile @Nullable PlannedModel planned;

  /** Runs under way; guarded by the session's lock. */
  int users;

  /** Whether the session has let go of it: the last user closes it. Guarded likewise. */
  boolean dropped;

  PlanSlot(PlanKey key) {
    this.key = key;
  }

  PlanKey key() {
    return key;
  }

  /** The plan, made now if nobody has made it before. */
  synchronized PlannedModel planned(OnnxModel model, Device device, PlanOptions options) {
    PlannedModel there = planned;
    if (there == null) {
      there = PlannedModel.plan(model, key, device, options);
      planned = there;
    }
    return there;
  }

  /** Whether there is a plan; there is none after planning has failed. */
  boolean isPlanned() {
    return planned != null;
  }

  synchronized void close() {
    PlannedModel there = planned;
    if (there != null) {
      planned = null;
      there.close();
    }
  }
}
