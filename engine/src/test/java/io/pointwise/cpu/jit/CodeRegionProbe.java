// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes regions of code and runs them while another thread looks at the process's memory all the
 * time; a program of its own, started with {@link FixedCode#FLAGS}.
 */
final class CodeRegionProbe {
  private static final int REGIONS = 10_000;
  private static final int KEPT = 100;

  /** What is done. */
  enum Work {
    /** Regions made, run and given back. */
    REGIONS,
    /** Regions that stay: what the others must not look like. */
    KEPT_REGIONS,
    /** A page that is writable and executable: the same. */
    WRITABLE_CODE,
    /** A region is written to, which must end the program. */
    WRITE_TO_CODE
  }

  private CodeRegionProbe() {}

  /** Begins here, with a {@link Work}. */
  public static void main(String[] args) throws Exception {
    Work work = Work.valueOf(args[0]);
    // Once before, so that what a first time leaves in the JVM is not counted.
    region(Arena.global());
    List<MemoryMaps.Mapping> own = MemoryMaps.read().writableCode();
    long before = MemoryMaps.read().generated().count();
    Watch watch = new Watch(own);
    work(work, watch);
    watch.requireLook();
    watch.end();
    long left = MemoryMaps.read().generated().count() - before;
    System.out.println("mappings of code left: " + left);
    System.out.println("looks: " + watch.looks());
  }

  private static void work(Work work, Watch watch) throws Posix.Refused, InterruptedException {
    switch (work) {
      case REGIONS -> {
        for (int i = 0; i < REGIONS; i++) {
          try (Arena arena = Arena.ofConfined()) {
            region(arena);
          }
        }
      }
      case KEPT_REGIONS -> {
        // Apart from each other, since neighbours are one mapping.
        for (int i = 0; i < KEPT; i++) {
          region(Arena.global());
          Posix.map(1, Arena.global());
        }
      }
      case WRITABLE_CODE -> {
        MemorySegment pages = Posix.map(1, Arena.global());
        Posix.protect(pages, Posix.PROT_READ | Posix.PROT_WRITE | Posix.PROT_EXEC);
        watch.requireLook();
      }
      case WRITE_TO_CODE -> {
        MemorySegment code = region(Arena.global()).code();
        System.out.println("built");
        System.out.flush();
        // The JVM takes a fault of its own accesses for one of a mapped file; generated code's it
        // does not.
        CodeRegion.Builder builder = new CodeRegion.Builder();
        Assembler a = new Assembler(Isa.AVX2);
        a.mov(Mem.at(Gpr.RDI), Gpr.RAX);
        a.ret();
        long entry = builder.add(a.code());
        builder.build(Arena.global()).kernel(entry).call(code.address(), 0, 0, 0, 0, 0);
      }
    }
  }

  /** Makes a region and runs it. */
  private static Kernel region(Arena arena) throws Posix.Refused {
    CodeRegion.Builder builder = new CodeRegion.Builder();
    Assembler a = new Assembler(Isa.AVX2);
    a.mov(Gpr.RAX, 42);
    a.mov(Mem.at(Gpr.RDI), Gpr.RAX);
    a.ret();
    long entry = builder.add(a.code());
    Kernel kernel = builder.build(arena).kernel(entry);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment result = scratch.allocate(ValueLayout.JAVA_LONG);
      kernel.call(result.address(), 0, 0, 0, 0, 0);
      if (result.get(ValueLayout.JAVA_LONG, 0) != 42) {
        throw new AssertionError("the code did not run");
      }
    }
    return kernel;
  }

  /** A thread that looks at the memory over and over. */
  private static final class Watch {
    private final List<MemoryMaps.Mapping> own;
    private final Thread thread;
    private volatile boolean ends;
    private final AtomicLong looks = new AtomicLong();

    Watch(List<MemoryMaps.Mapping> own) {
      this.own = own;
      this.thread = Thread.ofPlatform().daemon().start(this::look);
    }

    private void look() {
      while (!ends) {
        try {
          List<MemoryMaps.Mapping> found = MemoryMaps.read().writableCode();
          if (!found.equals(own)) {
            System.out.println("writable and executable at once: " + found + ", before: " + own);
            System.out.flush();
            Runtime.getRuntime().halt(3);
          }
          looks.incrementAndGet();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }

    long looks() {
      return looks.get();
    }

    /** Waits for a look that began after now. */
    void requireLook() throws InterruptedException {
      long now = looks.get();
      while (looks.get() < now + 2) {
        if (!thread.isAlive()) {
          throw new AssertionError("nobody looks");
        }
        Thread.sleep(1);
      }
    }

    void end() throws InterruptedException {
      ends = true;
      thread.join();
    }
  }
}
