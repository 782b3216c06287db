// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.StepBuffers;
import io.pointwise.device.Support;
import io.pointwise.layer.Conv2d;
import io.pointwise.network.Weights;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Convolutions as the scalar tier computes them, taking as long as it is told. */
final class ClockedConv implements Algorithm {
  /** What goes wrong. */
  enum Fault {
    NONE,
    FIRST_ELEMENT_UNSET,
    WRONG_AFTER_TEN_RUNS,
    FAILS
  }

  private final String name;
  private final long nanos;
  private final Fault fault;
  private final AtomicInteger prepared = new AtomicInteger();
  private @Nullable AtomicLong clock;
  private @Nullable Algorithm scalar;

  ClockedConv(String name, long nanos) {
    this(name, nanos, Fault.NONE);
  }

  ClockedConv(String name, long nanos, Fault fault) {
    this.name = name;
    this.nanos = nanos;
    this.fault = fault;
  }

  /** How often it was made ready. */
  int prepared() {
    return prepared.get();
  }

  void on(AtomicLong deviceClock, Device host) {
    clock = deviceClock;
    scalar =
        host.algorithms().stream()
            .filter(each -> each.name().equals("scalar-conv"))
            .findFirst()
            .orElseThrow();
  }

  private Algorithm scalar() {
    return Objects.requireNonNull(scalar);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Support check(Step step) {
    return step.operation() instanceof Conv2d
        ? scalar().check(step)
        : Support.otherOperation(name, step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    prepared.incrementAndGet();
    PreparedStep right = scalar().prepare(step, choice, weights);
    AtomicInteger runs = new AtomicInteger();
    return new PreparedStep() {
      @Override
      public void enqueue(DeviceStream stream, StepBuffers buffers) {
        if (fault == Fault.FAILS) {
          throw new DeviceException(name + " failed on demand");
        }
        right.enqueue(stream, buffers);
        Objects.requireNonNull(clock).addAndGet(nanos);
        boolean spoil =
            fault == Fault.FIRST_ELEMENT_UNSET
                || (fault == Fault.WRONG_AFTER_TEN_RUNS && runs.incrementAndGet() > 10);
        if (spoil) {
          MemorySegment nan = MemorySegment.ofArray(new float[] {Float.NaN});
          stream.upload(nan, buffers.output().buffer().slice(0, Float.BYTES));
        }
      }

      @Override
      public long weightBytes() {
        return right.weightBytes();
      }

      @Override
      public void close() {
        right.close();
      }
    };
  }
}
