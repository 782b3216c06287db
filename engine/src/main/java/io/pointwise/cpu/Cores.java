// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * Which cores threads run on, on Linux.
 *
 * <p>The scheduler may wake a helper on the very core that its caller goes on computing on, and
 * then leaves it waiting there although another core is idle: measured on two cores, after a pause
 * of 50 ms, most runs had only one of them for more than ten milliseconds. So a caller says which
 * core a helper must stay away from: its own.
 */
// Native calls are what this class is for.
@SuppressWarnings("restricted")
final class Cores {
  /** Cores that a mask has room for, as in the C library's {@code cpu_set_t}. */
  private static final int MOST = 1024;

  private static final long MASK_BYTES = MOST / Byte.SIZE;

  private final MethodHandle getCpu;
  private final MethodHandle getThread;
  private final MethodHandle setAffinity;
  private final BitSet allowed;

  private Cores(
      MethodHandle getCpu, MethodHandle getThread, MethodHandle setAffinity, BitSet allowed) {
    this.getCpu = getCpu;
    this.getThread = getThread;
    this.setAffinity = setAffinity;
    this.allowed = allowed;
  }

  /** Those that this thread may run on; empty where the system does not tell, or there is one. */
  static Optional<Cores> ofThread() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    FunctionDescriptor number = FunctionDescriptor.of(ValueLayout.JAVA_INT);
    FunctionDescriptor affinity =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
    Optional<MemorySegment> getCpu = library.find("sched_getcpu");
    Optional<MemorySegment> getThread = library.find("gettid");
    Optional<MemorySegment> get = library.find("sched_getaffinity");
    Optional<MemorySegment> set = library.find("sched_setaffinity");
    if (getCpu.isEmpty() || getThread.isEmpty() || get.isEmpty() || set.isEmpty()) {
      return Optional.empty();
    }
    BitSet allowed = allowed(linker.downcallHandle(get.get(), affinity));
    return allowed.cardinality() < 2
        ? Optional.empty()
        : Optional.of(
            new Cores(
                linker.downcallHandle(getCpu.get(), number),
                linker.downcallHandle(getThread.get(), number),
                linker.downcallHandle(set.get(), affinity),
                allowed));
  }

  private static BitSet allowed(MethodHandle getAffinity) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      int status = (int) getAffinity.invokeExact(0, MASK_BYTES, mask);
      return status < 0 ? new BitSet() : BitSet.valueOf(mask.toArray(ValueLayout.JAVA_LONG));
    } catch (Throwable e) {
      throw new AssertionError("sched_getaffinity", e);
    }
  }

  /** The core that the calling thread is on; negative if the system does not tell. */
  int current() {
    try {
      return (int) getCpu.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError("sched_getcpu", e);
    }
  }

  /** The system's number of the calling thread. */
  int thread() {
    try {
      return (int) getThread.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError("gettid", e);
    }
  }

  /**
   * Lets a thread run on every allowed core but one. If the system refuses, the thread stays where
   * it may be: that costs time, not results.
   */
  void keepAway(int thread, int core) {
    BitSet others = (BitSet) allowed.clone();
    others.clear(core);
    if (others.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      MemorySegment.copy(
          others.toLongArray(), 0, mask, ValueLayout.JAVA_LONG, 0, others.toLongArray().length);
      int ignored = (int) setAffinity.invokeExact(thread, MASK_BYTES, mask);
    } catch (Throwable e) {
      throw new AssertionError("sched_setaffinity", e);
    }
  }
}
