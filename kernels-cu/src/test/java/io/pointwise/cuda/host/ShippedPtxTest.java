// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.kernel.Defines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shipped is of these sources, complete, and says of itself what is true. */
final class ShippedPtxTest {
  private static final Path KERNELS = Path.of("src/main/resources/io/pointwise/cuda/kernels");
  private static final Path FOLDER = Path.of("src/main/resources/io/pointwise/cuda/ptx");
  private static final String REMEDY =
      "; write the PTX anew: mvn -Pnvidia-redist test -pl kernels-cu -am -Dtest=NvrtcTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dpointwise.ptx.write=true";

  private final ShippedPtx shipped = ShippedPtx.ofThisBuild();

  @Test
  void eachTextIsOfTheSourceThatIsThere() {
    List<String> old = new ArrayList<>();
    for (KernelVariant variant : KernelVariants.shipped()) {
      ShippedPtx.Entry entry = shipped.entries().get(variant.name());
      if (entry == null || !entry.source().equals(ShippedPtx.sourceHash(variant))) {
        old.add(variant.name());
      }
    }
    assertEquals(List.of(), old, "the source has changed or is new" + REMEDY);
  }

  @Test
  void eachTextIsTheOneThatWasMade() {
    for (KernelVariant variant : KernelVariants.shipped()) {
      String text = shipped.text(variant);
      assertEquals(
          Objects.requireNonNull(shipped.entries().get(variant.name())).text(),
          ShippedPtx.textHash(text),
          () -> "changed by hand: " + variant.name());
    }
  }

  @Test
  void theFolderHasTheShippedVariantsAndNoOthers() throws IOException {
    Set<String> wanted =
        KernelVariants.shipped().stream().map(KernelVariant::name).collect(Collectors.toSet());
    assertEquals(wanted, shipped.entries().keySet());
    Set<String> files = new TreeSet<>();
    try (Stream<Path> found = Files.list(FOLDER)) {
      found.map(file -> file.getFileName().toString()).forEach(files::add);
    }
    Set<String> expected = new TreeSet<>(Set.of("manifest.txt"));
    KernelVariants.shipped().forEach(variant -> expected.add(ShippedPtx.file(variant)));
    assertEquals(expected, files);
  }

  @Test
  void everyKernelIsThere() throws IOException {
    Set<String> kernels = new TreeSet<>();
    try (Stream<Path> files = Files.list(KERNELS)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains("extern \"C\" __global__")) {
          kernels.add(file.getFileName().toString().replace(".cu", ""));
        }
      }
    }
    assertEquals(kernels, KernelVariants.kernels());
  }

  @Test
  void eachTextHasItsKernelForTheOldestDeviceAndDriver() {
    for (KernelVariant variant : KernelVariants.shipped()) {
      String text = shipped.text(variant);
      List<PtxText.Entry> entries = PtxText.entries(text);
      assertEquals(1, entries.size(), variant::name);
      assertEquals(variant.kernel(), entries.getFirst().name());
      assertTrue(entries.getFirst().parameters().size() >= 3, variant::name);
      assertEquals(PtxText.VERSION, PtxText.version(text), variant::name);
      assertTrue(text.contains("\n.target sm_75\n"), variant::name);
    }
  }

  /** But for very many axes. */
  @Test
  void everyVariantHasOneThatIsShipped() {
    for (KernelVariant variant : KernelVariants.all()) {
      Optional<KernelVariant> found = shipped.of(variant);
      assertTrue(found.isPresent(), variant::name);
      assertEquals(variant.kernel(), found.get().kernel());
    }
    for (String kernel : List.of("pad", "resize")) {
      Defines nine = Defines.NONE.with("INDEX", "int").with("AXES", 9);
      assertEquals(Optional.empty(), shipped.of(new KernelVariant(kernel, nine)));
    }
  }

  @Test
  void aUsualActivationHasAProgramOfItsOwn() {
    Defines defines = Defines.NONE.with("INDEX", "int").with("BIAS", 1);
    assertEquals("activation_relu", chosen(defines.with("ACTIVATION", "activation_relu")));
    assertEquals("activation_any", chosen(defines.with("ACTIVATION", "activation_mish")));
    Defines wide = defines.with("INDEX", "long").with("ACTIVATION", "activation_relu");
    assertEquals("activation_any", chosen(wide));
  }

  private String chosen(Defines defines) {
    return Objects.requireNonNull(
        shipped
            .of(new KernelVariant("finish", defines))
            .orElseThrow()
            .defines()
            .values()
            .get("ACTIVATION"));
  }
}
