// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.kernel.ProgramKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Kernels that were compiled when this was built, as PTX, for machines without NVRTC.
 *
 * <p>Of an activation that is fused, the shipped variants have the usual ones; for others there is
 * a variant that looks at an argument, {@value #ANY}. So few variants stand for all.
 */
final class ShippedPtx {
  /** The oldest compute capability that it runs on. */
  static final int OLDEST_CAPABILITY = 75;

  /** The virtual architecture that it is compiled for. */
  static final String ARCHITECTURE = "compute_" + OLDEST_CAPABILITY;

  private static final String FOLDER = "/io/pointwise/cuda/ptx/";
  private static final String MANIFEST = "manifest.txt";
  private static final String ACTIVATION = "ACTIVATION";
  private static final String ANY = "activation_any";

  private final Map<String, Entry> entries;

  /**
   * A line of the manifest.
   *
   * @param source hash of what it was compiled from
   * @param text hash of the PTX
   */
  record Entry(String source, String text) {}

  private ShippedPtx(Map<String, Entry> entries) {
    this.entries = entries;
  }

  private static final class Once {
    static final ShippedPtx OF_THIS_BUILD = new ShippedPtx(manifest(read(MANIFEST)));
  }

  /** What lies beside the kernels' sources. */
  static ShippedPtx ofThisBuild() {
    return Once.OF_THIS_BUILD;
  }

  /** Lines of source hash, text hash and {@linkplain KernelVariant#name name}. */
  static Map<String, Entry> manifest(String text) {
    Map<String, Entry> entries = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length != 3) {
        throw new IllegalStateException(FOLDER + MANIFEST + " has a line of other form: " + line);
      }
      entries.put(words[2], new Entry(words[0], words[1]));
    }
    return entries;
  }

  /** All that is shipped, by {@linkplain KernelVariant#name name}. */
  Map<String, Entry> entries() {
    return entries;
  }

  /** The shipped variant that computes what {@code wanted} does, if there is one. */
  Optional<KernelVariant> of(KernelVariant wanted) {
    if (entries.containsKey(wanted.name())) {
      return Optional.of(wanted);
    }
    if (!wanted.defines().values().containsKey(ACTIVATION)) {
      return Optional.empty();
    }
    KernelVariant any = wanted.with(ACTIVATION, ANY);
    return entries.containsKey(any.name()) ? Optional.of(any) : Optional.empty();
  }

  /** The PTX of a variant that is shipped. */
  String text(KernelVariant variant) {
    return read(file(variant));
  }

  /** The file of a variant, in the folder. */
  static String file(KernelVariant variant) {
    return variant.name() + ".ptx";
  }

  /** What the PTX of a variant depends on. */
  static String sourceHash(KernelVariant variant) {
    return ProgramKey.of(
            KernelSources.text(variant),
            String.join(" ", KernelSources.options(variant, ARCHITECTURE)))
        .hex();
  }

  static String textHash(String ptx) {
    return ProgramKey.of(ptx).hex();
  }

  private static String read(String file) {
    try (InputStream stream = ShippedPtx.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new IllegalStateException("no PTX file " + file + " among the resources");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("PTX file " + file, e);
    }
  }
}
