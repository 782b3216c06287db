// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a PTX file: what is written into it, and what is read from it. */
final class PtxText {
  /** Of the ISA; drivers for CUDA 12.0 take it, and all newer ones. */
  static final String VERSION = "8.0";

  private static final Pattern VERSION_LINE = Pattern.compile("(?m)^\\.version (\\d+\\.\\d+)$");
  private static final Pattern ENTRY =
      Pattern.compile("\\.visible \\.entry (\\w+)\\(([^)]*)\\)", Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile("\\.param (\\.\\w+) \\w+");

  private PtxText() {}

  /**
   * What is shipped of NVRTC's text.
   *
   * <p>NVRTC names the newest version of the ISA that it knows, whatever it uses; older drivers
   * refuse that. {@link PtxAssemblyTest} proves that the older version will do: it assembles each
   * file with an assembler that knows no newer one and refuses what is newer than a file says.
   */
  static String shipped(KernelVariant variant, String nvrtc, String text) {
    Matcher version = VERSION_LINE.matcher(text);
    if (!version.find()) {
      throw new IllegalStateException("PTX without a version: " + text);
    }
    String header =
        """
        // Copyright the Pointwise authors.
        // SPDX-License-Identifier: Apache-2.0
        //
        // %s with %s, by NVRTC %s; docs/cuda.md says how.
        """
            .formatted(variant.file(), String.join(" ", variant.defines().assignments()), nvrtc);
    return header + version.replaceFirst(".version " + VERSION).strip() + "\n";
  }

  /** The version of the ISA that a text asks for. */
  static String version(String text) {
    Matcher version = VERSION_LINE.matcher(text);
    return version.find() ? version.group(1) : "none";
  }

  /**
   * A kernel in a text.
   *
   * @param name of the kernel
   * @param parameters their types: {@code .u64}, {@code .f32}
   */
  record Entry(String name, List<String> parameters) {}

  static List<Entry> entries(String text) {
    List<Entry> entries = new ArrayList<>();
    Matcher entry = ENTRY.matcher(text);
    while (entry.find()) {
      List<String> parameters =
          PARAMETER.matcher(entry.group(2)).results().map(found -> found.group(1)).toList();
      entries.add(new Entry(entry.group(1), parameters));
    }
    return entries;
  }
}
