// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory for generated code: what may be done with it when, and what is said where it is refused.
 */
final class CodeRegionTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsASystemThatRunsGeneratedCode() {
    Processor.require(Isa.AVX2);
  }

  private static byte[] constant(long value) {
    Assembler a = new Assembler(Isa.AVX2);
    a.mov(Gpr.RAX, value);
    a.mov(Mem.at(Gpr.RDI), Gpr.RAX);
    a.ret();
    return a.code();
  }

  @Test
  void functionsBeginAtCacheLinesAndDoWhatTheyAreMadeFor() throws Posix.Refused {
    CodeRegion.Builder builder = new CodeRegion.Builder();
    long[] offsets = {builder.add(constant(3)), builder.add(constant(1L << 40))};
    try (Arena arena = Arena.ofConfined()) {
      CodeRegion region = builder.build(arena);
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      region.kernel(offsets[1]).call(result.address(), 0, 0, 0, 0, 0);
      assertEquals(1L << 40, result.get(ValueLayout.JAVA_LONG, 0));
      region.kernel(offsets[0]).call(result.address(), 0, 0, 0, 0, 0);
      assertEquals(3, result.get(ValueLayout.JAVA_LONG, 0));
      for (long offset : offsets) {
        assertEquals(0, region.kernel(offset).code().address() % 64);
      }
    }
  }

  @Test
  void pagesAreWrittenFirstThenExecutableThenGone() throws Posix.Refused, IOException {
    Arena arena = Arena.ofConfined();
    long address;
    try (arena) {
      MemorySegment pages = Posix.map(100, arena);
      assertEquals("rw-p", MemoryMaps.read().permissions(pages.address()));
      Posix.protect(pages, Posix.PROT_READ | Posix.PROT_EXEC);
      assertEquals("r-xp", MemoryMaps.read().permissions(pages.address()));
      CodeRegion.Builder builder = new CodeRegion.Builder();
      long offset = builder.add(constant(0));
      address = builder.build(arena).kernel(offset).code().address();
      assertEquals("r-xp", MemoryMaps.read().permissions(address));
    }
    assertNotEquals("r-xp", MemoryMaps.read().permissions(address));
  }

  @Test
  void aRefusalNamesTheCallWhatWasAskedForAndTheError() throws Posix.Refused {
    try (Arena arena = Arena.ofConfined()) {
      Posix.Refused map = assertThrows(Posix.Refused.class, () -> Posix.map(1L << 62, arena));
      assertEquals(
          "mmap of 4611686018427387904 bytes was refused by the system (errno 12)",
          map.getMessage());
      MemorySegment noPage = Posix.map(10, arena).asSlice(1, 5);
      Posix.Refused protect =
          assertThrows(Posix.Refused.class, () -> Posix.protect(noPage, Posix.PROT_READ));
      assertEquals(
          "mprotect of 5 bytes to 1 was refused by the system (errno 22)", protect.getMessage());
    }
  }

  @Test
  void noPageIsWritableAndExecutableAtOnceAndAllAreGivenBack()
      throws IOException, InterruptedException {
    List<String> lines = watch(CodeRegionProbe.Work.REGIONS).lines();
    assertEquals("mappings of code left: 0", lines.getFirst());
    assertTrue(lines.get(1).matches("looks: [1-9][0-9]+"), lines::toString);
  }

  @Test
  void aPageThatIsBothIsSeen() throws IOException, InterruptedException {
    ChildJvm child = watch(CodeRegionProbe.Work.WRITABLE_CODE);
    assertNotEquals(0, child.status());
    assertTrue(child.text().contains("writable and executable at once: "), child::text);
  }

  @Test
  void regionsThatAreNotGivenBackAreSeen() throws IOException, InterruptedException {
    List<String> lines = watch(CodeRegionProbe.Work.KEPT_REGIONS).lines();
    assertNotEquals("mappings of code left: 0", lines.getFirst());
  }

  @Test
  void writingToCodeEndsTheProgram() throws IOException, InterruptedException {
    ChildJvm child = watch(CodeRegionProbe.Work.WRITE_TO_CODE);
    assertTrue(child.text().startsWith("built"), child::text);
    assertNotEquals(0, child.status());
    assertTrue(child.crash().contains("SIGSEGV"), child::toString);
  }

  private ChildJvm watch(CodeRegionProbe.Work work) throws IOException, InterruptedException {
    return ChildJvm.run(CodeRegionProbe.class, folder, FixedCode.FLAGS, List.of(work.name()));
  }
}
