// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kernel file with what it includes put in its place, so that a compiler needs no folder. {@code
 * #line} keeps the files' own names and lines in error messages.
 */
public final class KernelSource {
  private static final Pattern INCLUDE = Pattern.compile("#include \"([a-z0-9_]+\\.(?:cl|cu))\"");

  /** Finds a file; a module's resources are for its own classes to find. */
  @FunctionalInterface
  public interface Folder {
    /** Its contents, or null if there is no such file. */
    @Nullable InputStream open(String file);
  }

  private final Folder folder;

  /**
   * @param folder with the files
   */
  public KernelSource(Folder folder) {
    this.folder = folder;
  }

  /** The text of {@code file}, complete. */
  public String of(String file) {
    StringBuilder text = new StringBuilder();
    append(file, new LinkedHashSet<>(), text);
    return text.toString();
  }

  private void append(String file, Set<String> included, StringBuilder text) {
    if (!included.add(file)) {
      return;
    }
    text.append("#line 1 \"").append(file).append("\"\n");
    int line = 0;
    for (String each : read(file).split("\n", -1)) {
      line++;
      Matcher include = INCLUDE.matcher(each);
      if (include.matches()) {
        append(include.group(1), included, text);
        text.append("#line ").append(line + 1).append(" \"").append(file).append("\"\n");
      } else {
        text.append(each).append('\n');
      }
    }
  }

  private String read(String file) {
    try (InputStream stream = folder.open(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("no kernel file " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("kernel file " + file, e);
    }
  }
}
