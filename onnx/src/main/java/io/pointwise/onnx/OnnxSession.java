// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.device.Device;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Timing;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model on a device. Plans it when tensors of new shapes come and keeps the plans, up to {@value
 * #MOST_PLANS} of them; the one that was not used for longest goes. Safe to share between threads.
 */
public final class OnnxSession implements AutoCloseable {
  /** Plans that are kept. */
  public static final int MOST_PLANS = 8;

  private final OnnxModel model;
  private final Device device;
  private final PlanOptions options;
  private final int most;

  /** In order of use, the latest last. Guarded by itself. */
  private final Map<PlanKey, PlanSlot> plans = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  OnnxSession(OnnxModel model, Device device, PlanOptions options) {
    this(model, device, options, MOST_PLANS);
  }

  OnnxSession(OnnxModel model, Device device, PlanOptions options, int most) {
    this.model = model;
    this.device = device;
    this.options = options;
    this.most = most;
  }

  /**
   * What a profiled run tells.
   *
   * @param blueprint of the plan; null when nothing had to be computed on the device
   * @param timing of the run; null likewise
   * @param outputs of the model
   */
  public record Profile(
      @Nullable Blueprint blueprint, @Nullable Timing timing, List<TypedTensor> outputs) {}

  /**
   * Runs the model.
   *
   * @param inputs in the order of {@link OnnxModel#inputs()}
   * @return outputs in the order of {@link OnnxModel#outputs()}
   * @throws OnnxException if the inputs are not the model's, or an integer is computed that float32
   *     does not hold
   */
  public List<TypedTensor> run(List<TypedTensor> inputs) {
    return with(inputs, planned -> planned.run(inputs, false).outputs());
  }

  /** As {@link #run}, and tells how long each step took. */
  public Profile profile(List<TypedTensor> inputs) {
    return with(inputs, planned -> planned.run(inputs, true));
  }

  /** What was decided for inputs of these shapes; null when nothing has to be computed. */
  public @Nullable Blueprint blueprint(List<TypedTensor> inputs) {
    return with(inputs, planned -> new Profile(planned.blueprint(), null, List.of())).blueprint();
  }

  private <T> T with(List<TypedTensor> inputs, Function<PlannedModel, T> use) {
    PlanSlot slot = borrow(PlanKey.of(model, inputs));
    try {
      return use.apply(slot.planned(model, device, options));
    } finally {
      giveBack(slot);
    }
  }

  private PlanSlot borrow(PlanKey key) {
    synchronized (plans) {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
      PlanSlot slot = plans.computeIfAbsent(key, PlanSlot::new);
      slot.users++;
      Iterator<PlanSlot> oldest = plans.values().iterator();
      while (plans.size() > most) {
        PlanSlot last = oldest.next();
        oldest.remove();
        drop(last);
      }
      return slot;
    }
  }

  private void giveBack(PlanSlot slot) {
    synchronized (plans) {
      slot.users--;
      if (!slot.isPlanned() && plans.remove(slot.key(), slot)) {
        slot.dropped = true;
      }
      if (slot.dropped && slot.users == 0) {
        slot.close();
      }
    }
  }

  /** Lets go of a plan; whoever still runs it closes it. */
  private static void drop(PlanSlot slot) {
    slot.dropped = true;
    if (slot.users == 0) {
      slot.close();
    }
  }

  /** How many plans are kept. */
  int planCount() {
    synchronized (plans) {
      return plans.size();
    }
  }

  /** Closes all plans; those that run are closed by who runs them. Later runs are refused. */
  @Override
  public void close() {
    synchronized (plans) {
      closed = true;
      plans.values().forEach(OnnxSession::drop);
      plans.clear();
    }
  }
}
