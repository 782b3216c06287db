// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the software CUDA tells and takes besides what CUDA does; only where it is in use. */
final class SoftwareCuda {
  private static final String DRIVER = "libcuda.so.1";

  private final SymbolLookup driver;

  private SoftwareCuda(SymbolLookup driver) {
    this.driver = driver;
  }

  /** The folder of its libraries. */
  static Path folder() {
    return Path.of(System.getenv().getOrDefault("POINTWISE_CUDA_PATH", ""));
  }

  /** That behind an open device; the test is skipped on a device that is none. */
  @SuppressWarnings("restricted")
  static SoftwareCuda behind(CudaDevice device) {
    assumeTrue(device.info().simulated(), "counts of calls are the software CUDA's");
    return new SoftwareCuda(SymbolLookup.libraryLookup(folder().resolve(DRIVER), Arena.global()));
  }

  @SuppressWarnings("restricted")
  private MethodHandle function(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(driver.find(name).orElseThrow(), descriptor);
  }

  long counter(String name) {
    MethodHandle counter =
        function(
            "softwareCudaCounter",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      int status = (int) counter.invokeExact(arena.allocateFrom(name), value);
      assertEquals(0, status, name);
      return value.get(ValueLayout.JAVA_LONG, 0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  Map<String, Long> counters(String... names) {
    Map<String, Long> values = new TreeMap<>();
    for (String name : names) {
      values.put(name, counter(name));
    }
    return values;
  }

  void limitMemory(long bytes) {
    MethodHandle limit =
        function("softwareCudaMemoryLimit", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));
    try {
      limit.invokeExact(bytes);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
