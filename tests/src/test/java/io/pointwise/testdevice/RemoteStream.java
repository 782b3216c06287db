// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A queue with a thread of its own. Work is done some time after it was put in, in order, each
 * piece after a random pause; host memory is read and written then, not before. After a failure,
 * what is left in the queue is skipped until the failure was told by {@link #await}.
 */
final class RemoteStream implements DeviceStream {
  private record Task(List<BufferSlice> buffers, Runnable work, CountDownLatch done) {}

  private final Ledger ledger;
  private final Faults faults;
  private final SplittableRandom delays;
  private final int mostDelayNanos;
  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final AtomicBoolean inUse = new AtomicBoolean();
  private final Thread worker;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean open = true;
  private @Nullable RemoteRecording recording;

  RemoteStream(Ledger ledger, Faults faults, long delaySeed, int mostDelayNanos) {
    this.ledger = ledger;
    this.faults = faults;
    this.delays = new SplittableRandom(delaySeed);
    this.mostDelayNanos = mostDelayNanos;
    this.worker = Thread.ofPlatform().daemon().name("remote-stream").unstarted(this::work);
    worker.start();
    ledger.streams().incrementAndGet();
  }

  private void work() {
    while (open || !queue.isEmpty()) {
      try {
        perform(queue.take());
      } catch (InterruptedException e) {
        ledger.violation("a worker was interrupted");
      }
    }
  }

  private void perform(Task task) {
    try {
      pause();
      if (failure == null) {
        task.work().run();
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      task.buffers().forEach(slice -> RemoteBuffer.of(slice).end());
      task.done().countDown();
    }
  }

  private void pause() {
    int nanos = mostDelayNanos == 0 ? 0 : delays.nextInt(mostDelayNanos);
    // Parking takes some 50 microseconds at least, so half of the work comes without a pause.
    if (nanos > mostDelayNanos / 2) {
      LockSupport.parkNanos(nanos);
    }
  }

  /** Puts work in; the buffers must stay open until it is done. */
  CountDownLatch enqueue(List<BufferSlice> buffers, Runnable work) {
    if (!inUse.compareAndSet(false, true)) {
      ledger.violation("two threads used a stream at once");
    }
    if (!open) {
      ledger.violation("work was put on a closed stream");
      throw new DeviceException("remote: the stream is closed");
    }
    CountDownLatch done = new CountDownLatch(1);
    if (recording != null) {
      recording.add(buffers, work);
      inUse.set(false);
      return done;
    }
    buffers.forEach(slice -> RemoteBuffer.of(slice).begin());
    queue.add(new Task(buffers, work, done));
    inUse.set(false);
    return done;
  }

  @Override
  public void upload(MemorySegment source, BufferSlice target) {
    requireSameSize(source, target);
    enqueue(
        List.of(target),
        () -> {
          strike(Faults.Kind.UPLOAD);
          RemoteBuffer.memory(target).copyFrom(source);
        });
  }

  @Override
  public void download(BufferSlice source, MemorySegment target) {
    requireSameSize(target, source);
    enqueue(
        List.of(source),
        () -> {
          strike(Faults.Kind.DOWNLOAD);
          target.copyFrom(RemoteBuffer.memory(source));
        });
  }

  private void strike(Faults.Kind kind) {
    if (faults.strikes(kind)) {
      throw new DeviceException("remote: " + kind + " failed on demand");
    }
  }

  private void requireSameSize(MemorySegment host, BufferSlice slice) {
    if (host.byteSize() != slice.bytes()) {
      ledger.violation("copy between " + host.byteSize() + " and " + slice.bytes() + " bytes");
    }
  }

  @Override
  public TimeMark mark() {
    Mark mark = new Mark();
    enqueue(List.of(), mark::set);
    return mark;
  }

  @Override
  public Optional<Recording> record(Runnable work) {
    RemoteRecording made = new RemoteRecording(this, ledger);
    recording = made;
    try {
      work.run();
      return Optional.of(made);
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    } finally {
      recording = null;
    }
  }

  @Override
  public void await() {
    if (recording != null) {
      ledger.violation("a stream was awaited while it was recorded");
    }
    drain();
    RuntimeException thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
  }

  private void drain() {
    CountDownLatch done = enqueue(List.of(), RemoteStream::nothing);
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!open) {
      ledger.violation("a stream was closed twice");
      return;
    }
    drain();
    open = false;
    queue.add(new Task(List.of(), RemoteStream::nothing, new CountDownLatch(1)));
    ledger.streams().decrementAndGet();
  }

  private static void nothing() {}

  private static final class Mark implements TimeMark {
    private volatile long nanos;

    void set() {
      nanos = System.nanoTime();
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
