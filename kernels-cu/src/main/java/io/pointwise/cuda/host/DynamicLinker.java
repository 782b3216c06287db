// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The system's dynamic linker. {@code System.load} takes full paths only and {@code
 * SymbolLookup.libraryLookup} does not tell why it failed; {@code dlopen} and {@code dlerror} do
 * both. Libraries stay loaded, so that a later one that needs them finds them by their sonames,
 * wherever they lie.
 */
final class DynamicLinker {
  /** Resolve all symbols at once: a library that lacks some fails here and not in a call. */
  private static final int RTLD_NOW = 2;

  /** What came of loading a library. */
  sealed interface Opened {}

  /** It is loaded. */
  record Loaded(MemorySegment handle) implements Opened {}

  /**
   * It is not.
   *
   * @param message of the linker
   */
  record Refused(String message) implements Opened {}

  private static final Linker LINKER = Linker.nativeLinker();

  private final MethodHandle open =
      function(
          "dlopen",
          FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private final MethodHandle symbol =
      function(
          "dlsym",
          FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  private final MethodHandle error =
      function("dlerror", FunctionDescriptor.of(ValueLayout.ADDRESS));

  // A call into C cannot be checked; the descriptors are those of the C headers.
  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("this system has no " + name)),
        descriptor);
  }

  /**
   * Loads a library.
   *
   * @param library a path, or a name that is looked for where this system looks
   */
  Opened open(String library) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle =
          (MemorySegment) open.invokeExact(arena.allocateFrom(library), RTLD_NOW);
      return handle.equals(MemorySegment.NULL) ? new Refused(message()) : new Loaded(handle);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  // The text is as long as its zero says.
  @SuppressWarnings("restricted")
  private String message() throws Throwable {
    MemorySegment text = (MemorySegment) error.invokeExact();
    return text.equals(MemorySegment.NULL)
        ? "no reason was given"
        : text.reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** The address of a function or variable that a library exports. */
  Optional<MemorySegment> symbol(Loaded library, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address =
          (MemorySegment) symbol.invokeExact(library.handle(), arena.allocateFrom(name));
      return address.equals(MemorySegment.NULL) ? Optional.empty() : Optional.of(address);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** A function that a library exports, ready to be called. */
  // A call into C cannot be checked; the descriptors are those of the C headers.
  @SuppressWarnings("restricted")
  Optional<MethodHandle> function(Loaded library, String name, FunctionDescriptor descriptor) {
    return symbol(library, name).map(address -> LINKER.downcallHandle(address, descriptor));
  }

  /** A call of a C function throws nothing of its own. */
  static RuntimeException impossible(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
