// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a compiled program depends on, as one SHA-256.
 *
 * @param hex 64 digits
 */
record ProgramKey(String hex) {
  /** Counts up when the meaning of an entry changes. */
  private static final String FORMAT = "pointwise-opencl-program/1";

  static ProgramKey of(String source, String options, DeviceFacts facts) {
    MessageDigest digest = Sha256.digest();
    for (String part :
        new String[] {
          FORMAT,
          source,
          options,
          facts.name(),
          facts.vendor(),
          facts.driver(),
          facts.platform(),
          facts.platformVersion()
        }) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // With its length, so that no two lists of parts run together to the same bytes.
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return new ProgramKey(HexFormat.of().formatHex(digest.digest()));
  }
}
