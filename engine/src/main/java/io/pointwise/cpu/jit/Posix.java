// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The calls of the C library that give, protect and release pages of memory. */
// Native memory and native code are what this class is for.
@SuppressWarnings("restricted")
final class Posix {
  static final int PROT_READ = 1;
  static final int PROT_WRITE = 2;
  static final int PROT_EXEC = 4;

  private static final int MAP_PRIVATE = 0x02;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final long MAP_FAILED = -1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle MMAP =
      handle(
          "mmap",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle MPROTECT =
      handle(
          "mprotect",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle MUNMAP =
      handle(
          "munmap",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

  private Posix() {}

  /** The system refused; the message has the call, what was asked for and the error's number. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** New pages of zeros that may be read and written, given back when {@code owner} is closed. */
  static MemorySegment map(long bytes, Arena owner) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long address =
          (long)
              MMAP.invokeExact(
                  state, 0L, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
      if (address == MAP_FAILED) {
        throw refused("mmap of " + bytes + " bytes", state);
      }
      return MemorySegment.ofAddress(address).reinterpret(bytes, owner, Posix::unmap);
    } catch (Refused e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("mmap", e);
    }
  }

  /** Changes what may be done with pages. */
  static void protect(MemorySegment pages, int protection) throws Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int status = (int) MPROTECT.invokeExact(state, pages.address(), pages.byteSize(), protection);
      if (status != 0) {
        throw refused("mprotect of " + pages.byteSize() + " bytes to " + protection, state);
      }
    } catch (Refused e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("mprotect", e);
    }
  }

  /** Gives pages back. */
  private static void unmap(MemorySegment pages) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int status = (int) MUNMAP.invokeExact(state, pages.address(), pages.byteSize());
      if (status != 0) {
        throw new IllegalStateException(refused("munmap", state).getMessage());
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("munmap", e);
    }
  }

  private static Refused refused(String call, MemorySegment state) {
    return new Refused(call + " was refused by the system (errno " + errno(state) + ")");
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO_VALUE.get(state, 0L);
  }

  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO);
  }
}
