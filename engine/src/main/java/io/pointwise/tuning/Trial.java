// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.Closing;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.StepBuffers;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One contender ready to run, with the reorders that it needs, and memory of its own. */
final class Trial implements AutoCloseable {
  private static final int UNSET_ELEMENTS = 1 << 18;

  private final Device device;
  private final DeviceStream stream;
  private final Contest contest;
  private final Contender contender;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final List<Runnable> work = new ArrayList<>();
  private final List<BufferSlice> written = new ArrayList<>();

  /** How the result comes to the host in NCHW, where it is not that already and not to be. */
  private final List<Runnable> behind = new ArrayList<>();

  private final Map<Integer, Optional<DeviceStream.Recording>> recordings = new HashMap<>();
  private final BufferSlice result;

  Trial(Device device, DeviceStream stream, Contest contest, Contender contender) {
    this.device = device;
    this.stream = stream;
    this.contest = contest;
    this.contender = contender;
    this.result = own(device.allocate(Layout.NCHW.bytes(contest.step().output()))).whole();
  }

  Contender contender() {
    return contender;
  }

  /** Packs weights and allocates. */
  void prepare(TrialInputs inputs) {
    Step step = contest.step();
    List<BufferSlice> operands = new ArrayList<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      operands.add(operand(i, step.inputs().get(i), inputs));
    }
    PreparedStep prepared =
        own(contender.algorithm().prepare(step, contender.choice(), contest.weights()));
    Layout layout = contender.choice().output();
    boolean direct = layout.equals(Layout.NCHW);
    BufferSlice output = direct ? result : allocate(layout.bytes(step.output()));
    BufferSlice workspace = allocate(contender.choice().workspaceBytes());
    StepBuffers buffers = new StepBuffers(operands, output, workspace);
    work.add(() -> prepared.enqueue(stream, buffers));
    written.add(result);
    written.add(output);
    written.add(workspace);
    if (!direct) {
      Reordering back = own(Reordering.of(device, step.output(), layout, Layout.NCHW));
      (contest.toCaller() ? work : behind).add(() -> back.enqueue(stream, output, result));
    }
  }

  /** An input in the layout that is wanted, through a reorder if it is not there. */
  private BufferSlice operand(int input, Shape shape, TrialInputs inputs) {
    Layout wanted = contender.choice().inputs().get(input);
    List<Layout> there = contest.layouts().get(input);
    if (there.contains(wanted)) {
      return inputs.get(input, wanted);
    }
    Layout from = there.getFirst();
    BufferSlice source = inputs.get(input, from);
    Reordering reordering = own(Reordering.of(device, shape, from, wanted));
    BufferSlice target = allocate(wanted.bytes(shape));
    work.add(() -> reordering.enqueue(stream, source, target));
    written.add(target);
    return target;
  }

  /** Runs once, into memory full of NaN. */
  void runUnset() {
    Tensor unset = Tensor.zeros(Shape.of(UNSET_ELEMENTS));
    for (long i = 0; i < UNSET_ELEMENTS; i++) {
      unset.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NaN);
    }
    for (BufferSlice slice : written) {
      for (long at = 0; at < slice.bytes(); at += unset.memory().byteSize()) {
        long bytes = Math.min(unset.memory().byteSize(), slice.bytes() - at);
        stream.upload(unset.memory().asSlice(0, bytes), slice.buffer().slice(at, bytes));
      }
    }
    stream.await();
    enqueue(1);
    stream.await();
  }

  /** The result of the last run. */
  Tensor result() {
    behind.forEach(Runnable::run);
    Tensor copy = Tensor.zeros(contest.step().output());
    stream.download(result, copy.memory());
    stream.await();
    return copy;
  }

  /** What it recorded; to be closed before the stream, and that before anything else of it. */
  List<DeviceStream.Recording> recordings() {
    return recordings.values().stream().flatMap(Optional::stream).toList();
  }

  /** The mean time of so many runs, one behind the other. */
  double nanosOf(int runs) {
    Optional<DeviceStream.Recording> recording =
        recordings.computeIfAbsent(runs, _ -> recorded(runs));
    DeviceStream.TimeMark begin = stream.mark();
    if (recording.isPresent()) {
      recording.get().enqueue();
    } else {
      enqueue(runs);
    }
    DeviceStream.TimeMark end = stream.mark();
    stream.await();
    return (double) (end.nanos() - begin.nanos()) / runs;
  }

  private Optional<DeviceStream.Recording> recorded(int runs) {
    return stream.record(() -> enqueue(runs));
  }

  private void enqueue(int runs) {
    for (int run = 0; run < runs; run++) {
      work.forEach(Runnable::run);
    }
  }

  private BufferSlice allocate(long bytes) {
    return own(device.allocate(bytes)).whole();
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.add(resource);
    return resource;
  }

  @Override
  public void close() {
    Closing.all(owned.reversed());
  }
}
