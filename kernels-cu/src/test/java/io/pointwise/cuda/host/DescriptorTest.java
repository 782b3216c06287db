// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.cuda.ChildJvm;
import io.pointwise.softwarecuda.SoftwareCuda;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NVIDIA's own cuDNN and the one of the software CUDA give the same statuses and sizes for
 * thousands of drawn descriptors; neither needs a GPU for that. Runs with {@code -Pnvidia-redist}.
 */
final class DescriptorTest {
  private static final int QUESTIONS = 10_000;
  private static final long SEED = 20;
  private static final Pattern LINE = Pattern.compile("(?m)^(asked|answer) (\\d+) (.*)$");

  @TempDir private Path temporary;

  /**
   * Answers by number; a process that ended is an answer too, and another one goes on behind it.
   */
  private Map<Integer, String> answers(Path folder) throws Exception {
    Map<Integer, String> answers = new TreeMap<>();
    int next = 0;
    while (next < QUESTIONS) {
      ChildJvm.Ended ended =
          new ChildJvm()
              .option("-Djava.io.tmpdir=" + temporary)
              .option("-XX:ErrorFile=" + temporary.resolve("error"))
              .option("-XX:-CreateCoredumpOnCrash")
              .run(
                  DescriptorMain.class,
                  10,
                  folder.toString(),
                  Long.toString(SEED),
                  Integer.toString(next),
                  Integer.toString(QUESTIONS));
      int last = next - 1;
      Matcher line = LINE.matcher(ended.output());
      while (line.find()) {
        last = Integer.parseInt(line.group(2));
        answers.put(last, line.group(1).equals("asked") ? "the process ended" : line.group(3));
      }
      assertTrue(last >= next, ended.output());
      next = last + 1;
    }
    return answers;
  }

  @Test
  void bothGiveTheSameAnswers() throws Exception {
    Path nvidia = NvidiaLibraries.require();
    assumeTrue(SoftwareCuda.find().isPresent(), "the software CUDA was not built");
    Map<Integer, String> real = answers(nvidia);
    Map<Integer, String> simulated = answers(SoftwareCuda.find().orElseThrow().folder());
    List<String> different = new ArrayList<>();
    real.forEach(
        (number, answer) -> {
          String other = simulated.getOrDefault(number, "nothing");
          if (!answer.equals(other)) {
            different.add(
                number
                    + ": "
                    + DescriptorQuestion.of(SEED, number)
                    + "\n  cuDNN:    "
                    + answer
                    + "\n  software: "
                    + other);
          }
        });
    assertEquals(QUESTIONS, real.size());
    long accepted = real.values().stream().filter(answer -> answer.endsWith("]")).count();
    long ended = real.values().stream().filter("the process ended"::equals).count();
    System.out.println(
        QUESTIONS + " questions, " + accepted + " with sizes, " + ended + " ended the process");
    assertTrue(accepted > QUESTIONS / 4, accepted + " questions had sizes for an answer");
    assertEquals(
        List.of(),
        different.subList(0, Math.min(different.size(), 40)),
        () -> different.size() + " of " + QUESTIONS + " answers differ");
  }
}
