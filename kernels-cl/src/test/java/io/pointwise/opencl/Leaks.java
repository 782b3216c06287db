// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What a process gained in the second half of its work over the first.
 *
 * <p>The first fifth of the work is warming up and not counted: caches fill, classes load. Of each
 * half of the rest the sample that holds the least is taken, because what the JVM takes for a
 * moment, as its compiler does, is no leak, while what leaks is in every later sample. So the
 * difference is what was gained in half of the counted work.
 *
 * <p>Bounds follow from the smallest thing that can leak once in a turn: a block of glibc's {@code
 * malloc}, which is never under 32 bytes; a page of memory, 4096 bytes. Descriptors, threads and
 * files are whole numbers: none may be gained. Half a leak a turn is allowed for what the JVM
 * itself keeps, so a leak in every second turn is found.
 *
 * @param turns in half of the counted work
 * @param first the least of the first half
 * @param second the least of the second half
 * @param ledger what the device counted as open after closing
 */
record Leaks(int turns, ProcessState first, ProcessState second, String ledger) {
  private static final int SAMPLES = 25;
  private static final int WARM_UP = 5;
  private static final long SMALLEST_BLOCK = 32;
  private static final long PAGE = 4096;

  /** Runs the work in a process of its own. */
  static Leaks of(LeakProbe.Work work, int turns, Path folder)
      throws IOException, InterruptedException {
    List<ProcessState> samples = new ArrayList<>();
    List<String> other = new ArrayList<>();
    for (String line : output(work, turns, folder)) {
      if (line.matches("[0-9 ]+")) {
        samples.add(ProcessState.parse(line));
      } else {
        other.add(line);
      }
    }
    if (samples.size() != SAMPLES || other.size() != 1) {
      throw new AssertionError("the probe said: " + samples + " " + other);
    }
    int half = (SAMPLES - WARM_UP) / 2;
    return new Leaks(
        turns / SAMPLES * half,
        least(samples.subList(WARM_UP, WARM_UP + half)),
        least(samples.subList(WARM_UP + half, SAMPLES)),
        other.getFirst().substring(LeakProbe.LEDGER.length()));
  }

  private static List<String> output(LeakProbe.Work work, int turns, Path folder)
      throws IOException, InterruptedException {
    return OtherProcess.run(
        LeakProbe.class,
        List.of(
            // What the JVM itself takes and gives back must not move: a heap of one size; threads
            // that stay; one compiler, for nothing but the hash of the program cache, which would
            // take most of the time if it were interpreted.
            "-Xms64m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=compileonly,sun.security.provider.*::*",
            "-Djava.io.tmpdir=" + folder),
        // All that the OpenCL implementation keeps in files must be seen.
        Map.of("TMPDIR", folder.toString(), "POCL_CACHE_DIR", folder.toString()),
        List.of(
            work.name(), Integer.toString(turns), Integer.toString(SAMPLES), folder.toString()));
  }

  private static ProcessState least(List<ProcessState> samples) {
    return new ProcessState(
        least(samples, ProcessState::mallocBytes),
        least(samples, ProcessState::anonymousBytes),
        least(samples, ProcessState::mappings),
        least(samples, ProcessState::descriptors),
        least(samples, ProcessState::threads),
        least(samples, ProcessState::files));
  }

  private static long least(List<ProcessState> samples, ToLongFunction<ProcessState> what) {
    return samples.stream().mapToLong(what).min().orElseThrow();
  }

  /** What was gained beyond the bounds, in words; empty if nothing leaks. */
  List<String> found() {
    List<String> found = new ArrayList<>();
    judge("bytes of malloc", ProcessState::mallocBytes, SMALLEST_BLOCK * turns / 2, found);
    judge("bytes of anonymous memory", ProcessState::anonymousBytes, PAGE * turns / 2, found);
    judge("mappings", ProcessState::mappings, turns / 2, found);
    judge("descriptors", ProcessState::descriptors, 0, found);
    judge("threads", ProcessState::threads, 0, found);
    judge("files", ProcessState::files, 0, found);
    if (!ledger.isEmpty()) {
      found.add("left open: " + ledger);
    }
    return found;
  }

  private void judge(
      String name, ToLongFunction<ProcessState> what, long most, List<String> found) {
    long gained = what.applyAsLong(second) - what.applyAsLong(first);
    if (gained > most) {
      found.add(name + ": " + gained + " more after " + turns + " turns, at most " + most);
    }
  }
}
