// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No kernel of the OpenCL device reads or writes beyond an operand, races with itself, or uses what
 * was never written. Skipped where oclgrind is not installed, see {@link RequiredTools}.
 */
final class OclgrindTest {
  /** Two that write the same value race as well, and every call is checked. */
  private static final Map<String, String> RACES =
      Map.of("OCLGRIND_DATA_RACES", "1", "OCLGRIND_UNIFORM_WRITES", "1", "OCLGRIND_CHECK_API", "1");

  /**
   * oclgrind 21.10 does not know the instruction "freeze" when it follows values that were never
   * written, and stops; LLVM's optimiser makes it of a division and a remainder of the same
   * numbers. So this run compiles without optimising.
   */
  private static final Map<String, String> UNWRITTEN =
      Map.of("OCLGRIND_UNINITIALIZED", "1", "OCLGRIND_BUILD_OPTIONS", "-cl-opt-disable");

  private static final String KERNELS = "/io/pointwise/opencl/kernels/";
  private static final Pattern KERNEL =
      Pattern.compile("(?:__kernel (?:__attribute__\\(\\(.*\\)\\) )?void|LINE_KERNEL) (\\w+)\\(");

  @TempDir private Path folder;

  private Oclgrind.Told run(Map<String, String> options, SeparateOperands.Fault fault, long most)
      throws IOException, InterruptedException {
    Oclgrind oclgrind = Oclgrind.installed().orElseThrow(() -> RequiredTools.absent("oclgrind"));
    return oclgrind.run(options, fault, most, folder);
  }

  @Test
  void everyKernelStaysInItsOperandsAndRacesWithNothing() throws IOException, InterruptedException {
    Oclgrind.Told told = run(RACES, SeparateOperands.Fault.NONE, 20_000);
    assertEquals(List.of(), told.reports());
    assertEquals(kernels(), told.kernels(), "kernels that were launched");
  }

  @Test
  void nothingIsUsedBeforeItIsWritten() throws IOException, InterruptedException {
    Oclgrind.Told told = run(UNWRITTEN, SeparateOperands.Fault.NONE, 3_000);
    assertEquals(List.of(), told.reports());
    assertEquals(kernels(), told.kernels(), "kernels that were launched");
  }

  @Test
  void anOutputThatIsTooShortIsReported() throws IOException, InterruptedException {
    reports(run(RACES, SeparateOperands.Fault.SHORT_OUTPUT, 2_000), "Invalid write");
  }

  @Test
  void inputsThatWereNeverWrittenAreReported() throws IOException, InterruptedException {
    reports(run(UNWRITTEN, SeparateOperands.Fault.UNWRITTEN_INPUTS, 2_000), "ninitialized");
  }

  private static void reports(Oclgrind.Told told, String what) {
    assertTrue(told.cases() > 0, "no case ran");
    assertFalse(told.reports().isEmpty(), "nothing was reported");
    told.reports().forEach(report -> assertTrue(report.contains(what), report));
  }

  /** The names of all kernels in the module's files. */
  private static Set<String> kernels() throws IOException {
    try {
      URI index =
          Objects.requireNonNull(OclgrindTest.class.getResource(KERNELS + "index.cl")).toURI();
      if (!index.getScheme().equals("jar")) {
        return kernels(Objects.requireNonNull(Path.of(index).getParent()));
      }
      try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
        return kernels(jar.getPath(KERNELS));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> kernels(Path sources) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".cl")).toList()) {
        Matcher kernel = KERNEL.matcher(Files.readString(file, StandardCharsets.UTF_8));
        while (kernel.find()) {
          names.add(kernel.group(1));
        }
      }
    }
    assertTrue(names.size() > 20, () -> "only " + names);
    return names;
  }
}
