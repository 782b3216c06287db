// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.CpuBuffer;
import io.pointwise.device.Algorithm;
import io.pointwise.device.BufferSlice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.Devices;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.StepBuffers;
import io.pointwise.device.Support;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The suite notices what it is there to notice: a device made wrong on purpose fails. */
final class SuiteFindsFaultsTest {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final PlanOptions GUARDED = PlanOptions.DEFAULT.withGuarded(true);

  private static final ConformanceCase CONV =
      ConformanceCase.of("conv", Shape.of(1, 5, 6, 7), b -> b.conv(4, Window.square(3)));

  @Test
  void aRightDevicePasses() {
    assertDoesNotThrow(() -> run(Data.INTEGER, GUARDED, _ -> {}));
    assertDoesNotThrow(() -> run(Data.REAL, GUARDED, _ -> {}));
  }

  @Test
  void oneUnitInTheLastPlaceIsNoticedOnIntegers() {
    assertFails(Data.INTEGER, GUARDED, buffers -> change(last(buffers), Math::nextUp));
  }

  @Test
  void aSmallErrorIsNoticedOnReals() {
    assertFails(Data.REAL, GUARDED, buffers -> change(last(buffers), value -> value + 1e-4f));
  }

  @Test
  void aRefusalIsUnsupportedAndNotAFailure() {
    TestAbortedException aborted =
        assertThrows(
            TestAbortedException.class,
            () -> run(Data.REAL, GUARDED.withOnly("scalar-pool"), _ -> {}));
    assertTrue(String.valueOf(aborted.getMessage()).startsWith("unsupported: "));
  }

  @Test
  void anElementThatIsNotWrittenIsNoticed() {
    assertFails(Data.REAL, GUARDED, buffers -> change(last(buffers), _ -> Float.NaN));
  }

  @Test
  void anInputThatIsChangedIsNoticed() {
    // Only unguarded runs hand the caller's own memory to the CPU device.
    assertFails(
        Data.REAL,
        PlanOptions.DEFAULT,
        buffers -> change(CpuBuffer.memory(buffers.inputs().getFirst()), value -> value + 1));
  }

  @Test
  void writingBehindTheOutputIsNoticed() {
    assertFaulty(
        buffers -> {
          BufferSlice output = buffers.output();
          BufferSlice behind =
              new BufferSlice(output.buffer(), output.offset() + output.bytes(), Float.BYTES);
          CpuBuffer.memory(behind).set(FLOAT, 0, 1);
        });
  }

  @Test
  void writingBeforeTheOutputIsNoticed() {
    assertFaulty(
        buffers -> {
          BufferSlice output = buffers.output();
          BufferSlice before =
              new BufferSlice(output.buffer(), output.offset() - Float.BYTES, Float.BYTES);
          CpuBuffer.memory(before).set(FLOAT, 0, 1);
        });
  }

  private static void assertFails(Data data, PlanOptions options, Consumer<StepBuffers> fault) {
    assertThrows(AssertionError.class, () -> run(data, options, fault));
  }

  private static void assertFaulty(Consumer<StepBuffers> fault) {
    assertThrows(DeviceException.class, () -> run(Data.REAL, GUARDED, fault));
  }

  private static void run(Data data, PlanOptions options, Consumer<StepBuffers> fault) {
    try (Device cpu =
        Devices.installed().open(new DevicePolicy.Require("cpu"), DeviceOptions.DEFAULT).device()) {
      Sample sample = Sample.of(CONV, data, 1);
      new Trial(new FaultyDevice(cpu, fault), sample).run(options);
    }
  }

  private static MemorySegment last(StepBuffers buffers) {
    MemorySegment output = CpuBuffer.memory(buffers.output());
    return output.asSlice(output.byteSize() - Float.BYTES);
  }

  private static void change(MemorySegment memory, FloatFunction function) {
    memory.set(FLOAT, 0, function.apply(memory.get(FLOAT, 0)));
  }

  private interface FloatFunction {
    float apply(float value);
  }

  /** The CPU device with something done to the buffers after each step. */
  private record FaultyDevice(Device cpu, Consumer<StepBuffers> fault) implements Device {
    @Override
    public DeviceInfo info() {
      return cpu.info();
    }

    @Override
    public List<Algorithm> algorithms() {
      return cpu.algorithms().stream()
          .<Algorithm>map(algorithm -> new FaultyAlgorithm(algorithm, fault))
          .toList();
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
      return cpu.allocate(bytes);
    }

    @Override
    public boolean sharesHostMemory() {
      return true;
    }

    @Override
    public DeviceBuffer wrap(MemorySegment hostMemory) {
      return cpu.wrap(hostMemory);
    }

    @Override
    public DeviceStream openStream() {
      return cpu.openStream();
    }

    @Override
    public void close() {}
  }

  private record FaultyAlgorithm(Algorithm right, Consumer<StepBuffers> fault)
      implements Algorithm {
    @Override
    public String name() {
      return right.name();
    }

    @Override
    public Support check(Step step) {
      return right.check(step);
    }

    @Override
    public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
      return new FaultyStep(right.prepare(step, choice, weights), fault);
    }
  }

  private record FaultyStep(PreparedStep right, Consumer<StepBuffers> fault)
      implements PreparedStep {
    @Override
    public void enqueue(DeviceStream stream, StepBuffers buffers) {
      right.enqueue(stream, buffers);
      fault.accept(buffers);
    }

    @Override
    public long weightBytes() {
      return right.weightBytes();
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
