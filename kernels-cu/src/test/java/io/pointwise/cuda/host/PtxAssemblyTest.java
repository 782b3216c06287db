// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cuda.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NVIDIA's assembler of CUDA 12.0, which knows PTX up to version 8.0, makes machine code of all
 * that is shipped, and nothing is spilled.
 */
final class PtxAssemblyTest {
  private static final Path SHIPPED = Path.of("src/main/resources/io/pointwise/cuda/ptx");
  private static final List<String> CAPABILITIES = List.of("75", "80", "86", "89", "90");

  @TempDir private Path temporary;

  private String assemble(Path folder, List<String> capabilities) throws Exception {
    String[] arguments =
        Stream.concat(Stream.of(folder.toString()), capabilities.stream()).toArray(String[]::new);
    return new ChildJvm()
        .option("-Djava.io.tmpdir=" + temporary)
        .run(PtxAssemblyMain.class, 20, arguments)
        .requireSuccess();
  }

  @Test
  void allThatIsShippedIsAssembled() throws Exception {
    String output = assemble(SHIPPED, CAPABILITIES);
    int files = KernelVariants.shipped().size();
    assertFalse(output.contains("FAILED"), output);
    String all = "assembled " + files * CAPABILITIES.size() + " of " + files + " files";
    assertTrue(output.contains(all), output);
  }

  @Test
  void whatIsTooNewOrWrongIsFound() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("wrong"));
    String text = Files.readString(SHIPPED.resolve("frame+INDEX=int.ptx"));
    Files.writeString(
        folder.resolve("newer.ptx"), text.replace(".version " + PtxText.VERSION, ".version 8.5"));
    Files.writeString(folder.resolve("older.ptx"), text.replace(".version 8.0", ".version 6.0"));
    Files.writeString(folder.resolve("wrong.ptx"), text.replace("ld.param.u64", "ld.param.u65"));
    String output = assemble(folder, List.of("75"));
    for (String file : List.of("newer.ptx", "older.ptx", "wrong.ptx")) {
      assertTrue(output.contains("FAILED " + file), output);
    }
    assertTrue(output.contains("assembled 0 of 3 files"), output);
  }
}
