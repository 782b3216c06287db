// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that opens and closes plans of generated code does not grow. How many can be set with
 * {@code -Dpointwise.leak.plans}.
 *
 * <p>The first fifth of the work is warming up. Of each half of the rest the sample that holds the
 * least is taken, because what the JVM takes for a moment is no leak, while what leaks is in every
 * later sample. A region of code that is left is at least one page and a mapping; half of one a
 * plan is allowed for what the JVM itself keeps, none of mappings of code. What leaks inside blocks
 * of {@code malloc} and is smaller than that is not found here.
 */
final class LeakTest {
  private static final int PLANS = Integer.getInteger("pointwise.leak.plans", 3000);
  private static final int WARM_UP = LeakProbe.SAMPLES / 5;
  private static final int HALF = (LeakProbe.SAMPLES - WARM_UP) / 2;
  private static final long PAGE = 4096;

  @TempDir private Path folder;

  @BeforeEach
  void needsASystemThatRunsGeneratedCode() {
    Processor.require(Isa.AVX2);
  }

  @Test
  void plansThatWereClosedLeaveNothing() throws IOException, InterruptedException {
    assertEquals(List.of(), found(LeakProbe.Work.PLANS, PLANS));
  }

  @Test
  void onePageOfCodeAPlanIsFound() throws IOException, InterruptedException {
    List<String> found = found(LeakProbe.Work.LEAKING_PLANS, 1000);
    assertEquals(3, found.size(), found::toString);
  }

  /** What was gained beyond the bounds, in words. */
  private List<String> found(LeakProbe.Work work, int plans)
      throws IOException, InterruptedException {
    List<String> lines =
        ChildJvm.run(LeakProbe.class, folder, flags(), List.of(work.name(), "" + plans))
            .lines()
            .stream()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
            .toList();
    assertTrue(lines.getLast().startsWith("ran jit-"), lines::toString);
    List<long[]> samples =
        lines.subList(0, LeakProbe.SAMPLES).stream()
            .map(line -> Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray())
            .toList();
    int turns = plans / LeakProbe.SAMPLES * HALF;
    List<String> found = new ArrayList<>();
    judge("mappings of code", samples, 0, 0, found);
    judge("mappings", samples, 1, turns / 2, found);
    judge("bytes of memory", samples, 2, PAGE * turns / 2, found);
    return found;
  }

  private static void judge(
      String name, List<long[]> samples, int column, long most, List<String> found) {
    long first = least(samples.subList(WARM_UP, WARM_UP + HALF), column);
    long second = least(samples.subList(WARM_UP + HALF, samples.size()), column);
    if (second - first > most) {
      found.add(name + ": " + first + " and later " + second + ", at most " + most + " more");
    }
  }

  private static long least(List<long[]> samples, int column) {
    return samples.stream().mapToLong(sample -> sample[column]).min().orElseThrow();
  }

  /** What the JVM itself takes and gives back must not move: its heap, its code, its threads. */
  private static List<String> flags() {
    List<String> flags = new ArrayList<>(FixedCode.FLAGS);
    flags.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-Xms64m",
            "-Xmx64m",
            "-XX:+AlwaysPreTouch",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-XX:TieredStopAtLevel=1"));
    return flags;
  }
}
