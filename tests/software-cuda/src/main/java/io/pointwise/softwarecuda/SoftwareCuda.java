// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The software CUDA of this build: libraries with the names of NVIDIA's that compute on the CPU.
 * What they do is said in {@code tests/software-cuda/README.md}.
 */
@SuppressWarnings("restricted") // Native calls are all that it makes.
public final class SoftwareCuda {
  /** In an order in which each finds what it needs already loaded. */
  private static final List<String> LIBRARIES =
      List.of(
          "libcuda.so.1",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libnvrtc-builtins.so.12.6",
          "libnvrtc.so.12",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn.so.9");

  private final Path folder;
  private final SymbolLookup driver;

  private SoftwareCuda(Path folder) {
    this.folder = folder;
    this.driver = SymbolLookup.libraryLookup(folder.resolve(LIBRARIES.getFirst()), Arena.global());
  }

  /** The one beside these classes; nothing where it was not built, for want of a C++ compiler. */
  public static Optional<SoftwareCuda> find() {
    return Files.exists(lib().resolve(LIBRARIES.getFirst()))
        ? Optional.of(new SoftwareCuda(lib()))
        : Optional.empty();
  }

  /** Classes lie in {@code target/classes} or in a jar in {@code target}, libraries beside. */
  private static Path lib() {
    try {
      Path code =
          Path.of(SoftwareCuda.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.resolveSibling("lib");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The folder with the libraries. */
  public Path folder() {
    return folder;
  }

  /** Loads all libraries, so that natives which ask for their names find them. */
  public void load() {
    for (String library : LIBRARIES) {
      System.load(folder.resolve(library).toString());
    }
  }

  /**
   * The value of a counter.
   *
   * @param name such as {@code launches}; the README lists them
   * @throws IllegalArgumentException if there is none of that name
   */
  public long counter(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      MethodHandle counter =
          function(
              "softwareCudaCounter",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
      if ((int) invoke(counter, arena.allocateFrom(name), value) != 0) {
        throw new IllegalArgumentException("no counter is called " + name);
      }
      return value.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** Sets to zero what has been counted; what lives now is still counted. */
  public void resetCounters() {
    invoke(function("softwareCudaResetCounters", FunctionDescriptor.ofVoid()));
  }

  /** Seeds the order in which independent work is done. */
  public void seed(long seed) {
    invoke(function("softwareCudaSeed", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG)), seed);
  }

  /** Sets how much device memory there is, in bytes. */
  public void memoryLimit(long bytes) {
    invoke(
        function("softwareCudaMemoryLimit", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG)),
        bytes);
  }

  /**
   * Sets where the PTX that a program ships and its sources lie: {@code kernels/NAME.cu} and {@code
   * ptx/NAME+DEFINE=VALUE.ptx}. At first it is what the environment variable {@code
   * SOFTWARE_CUDA_KERNELS} says.
   */
  public void kernels(Path folder) {
    try (Arena arena = Arena.ofConfined()) {
      invoke(
          function("softwareCudaKernels", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)),
          arena.allocateFrom(folder.toString()));
    }
  }

  /** The latest message about a fault; empty where there was none. */
  public String lastReport() {
    MemorySegment text =
        (MemorySegment)
            invoke(function("softwareCudaLastReport", FunctionDescriptor.of(ValueLayout.ADDRESS)));
    return text.reinterpret(Long.MAX_VALUE).getString(0);
  }

  private MethodHandle function(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(driver.findOrThrow(name), descriptor);
  }

  private static Object invoke(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
