// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Which build this is: from the module descriptor and the jar's manifest. */
public final class Version {
  private static final String UNKNOWN = "unknown";
  private static final Attributes.Name COMMIT = new Attributes.Name("Git-Commit");

  private Version() {}

  /** Version of the module {@code io.pointwise.cli}, or {@code unknown}. */
  public static String version() {
    var descriptor = Version.class.getModule().getDescriptor();
    String fromModule = descriptor == null ? null : descriptor.rawVersion().orElse(null);
    String found =
        fromModule != null ? fromModule : manifest(Attributes.Name.IMPLEMENTATION_VERSION);
    return found != null ? found : UNKNOWN;
  }

  /**
   * The source's commit: {@code Git-Commit} of the manifest, else the system property {@code
   * pointwise.commit}, else {@code unknown}.
   */
  public static String commit() {
    String fromManifest = manifest(COMMIT);
    return fromManifest != null ? fromManifest : System.getProperty("pointwise.commit", UNKNOWN);
  }

  private static @Nullable String manifest(Attributes.Name name) {
    try (InputStream stream =
        Version.class.getModule().getResourceAsStream("META-INF/MANIFEST.MF")) {
      return stream == null ? null : new Manifest(stream).getMainAttributes().getValue(name);
    } catch (IOException e) {
      return null;
    }
  }

  /** Answers {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "pointwise " + version() + " (commit " + commit() + ")", "Java " + Runtime.version()
      };
    }
  }
}
