// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.Function;

/**
 * Asks loaded libraries for their versions, without the Java binding; 0 where one does not answer.
 */
final class VersionQuery {
  private final DynamicLinker linker;
  private final Function<CudaLibrary, DynamicLinker.Loaded> libraries;

  VersionQuery(DynamicLinker linker, Function<CudaLibrary, DynamicLinker.Loaded> libraries) {
    this.linker = linker;
    this.libraries = libraries;
  }

  /** As {@code 1000·major + 10·minor}. */
  int driver() {
    MethodHandle function =
        function(
            CudaLibrary.DRIVER,
            "cuDriverGetVersion",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment version = arena.allocate(ValueLayout.JAVA_INT);
      int status = (int) function.invokeExact(version);
      return status == 0 ? version.get(ValueLayout.JAVA_INT, 0) : 0;
    } catch (Throwable e) {
      throw DynamicLinker.impossible(e);
    }
  }

  /** As {@code 10000·major + 100·minor + patch}. */
  int cublas() {
    return 10_000 * cublasProperty(0) + 100 * cublasProperty(1) + cublasProperty(2);
  }

  /** A value of {@code libraryPropertyType}: major, minor or patch. */
  private int cublasProperty(int type) {
    MethodHandle function =
        function(
            CudaLibrary.CUBLAS,
            "cublasGetProperty",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      int status = (int) function.invokeExact(type, value);
      return status == 0 ? value.get(ValueLayout.JAVA_INT, 0) : 0;
    } catch (Throwable e) {
      throw DynamicLinker.impossible(e);
    }
  }

  /** As {@code 10000·major + 100·minor + patch}. */
  int cudnn() {
    MethodHandle function =
        function(
            CudaLibrary.CUDNN, "cudnnGetVersion", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
    try {
      return (int) (long) function.invokeExact();
    } catch (Throwable e) {
      throw DynamicLinker.impossible(e);
    }
  }

  /** As {@code 1000·major + 10·minor}. */
  int nvrtc() {
    MethodHandle function =
        function(
            CudaLibrary.NVRTC,
            "nvrtcVersion",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment major = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment minor = arena.allocate(ValueLayout.JAVA_INT);
      int status = (int) function.invokeExact(major, minor);
      return status == 0
          ? 1000 * major.get(ValueLayout.JAVA_INT, 0) + 10 * minor.get(ValueLayout.JAVA_INT, 0)
          : 0;
    } catch (Throwable e) {
      throw DynamicLinker.impossible(e);
    }
  }

  private MethodHandle function(CudaLibrary library, String name, FunctionDescriptor descriptor) {
    return linker
        .function(libraries.apply(library), name, descriptor)
        .orElseThrow(() -> new UnsatisfiedLinkError(library.soname() + " has no " + name));
  }
}
