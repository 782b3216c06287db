// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cuda.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NVIDIA's own NVRTC, which needs no GPU: it compiles every program that there is, and the PTX that
 * is shipped is what it makes of the sources. Runs with {@code -Pnvidia-redist}; {@code
 * -Dpointwise.ptx.write=true} writes what is shipped anew.
 */
final class NvrtcTest {
  private static final Path SHIPPED = Path.of("src/main/resources/io/pointwise/cuda/ptx");

  @TempDir private Path temporary;

  private String nvrtc(String... arguments) throws IOException, InterruptedException {
    Path libraries = NvidiaLibraries.require();
    return new ChildJvm()
        .option("-Djava.io.tmpdir=" + temporary)
        .run(
            NvrtcMain.class,
            60,
            Stream.concat(Stream.of(libraries.toString()), Stream.of(arguments))
                .toArray(String[]::new))
        .requireSuccess();
  }

  @ParameterizedTest
  @ValueSource(strings = {"75", "80", "86", "89", "90"})
  void everyProgramCompiles(String capability) throws Exception {
    String output = nvrtc("code", capability);
    int programs = KernelVariants.all().size();
    assertTrue(output.contains("compiled " + programs + " for sm_" + capability), output);
    System.out.println(output.strip());
  }

  @Test
  void whatIsShippedIsWhatItMakesOfTheSources() throws Exception {
    Path made = temporary.resolve("ptx");
    nvrtc("ptx", made.toString());
    if (Boolean.getBoolean("pointwise.ptx.write")) {
      replace(made);
    }
    assertEquals(texts(made), texts(SHIPPED));
  }

  private static void replace(Path made) throws IOException {
    Files.createDirectories(SHIPPED);
    for (String old : texts(SHIPPED).keySet()) {
      Files.delete(SHIPPED.resolve(old));
    }
    for (Map.Entry<String, String> text : texts(made).entrySet()) {
      Files.writeString(SHIPPED.resolve(text.getKey()), text.getValue());
    }
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : List.copyOf(files.toList())) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
