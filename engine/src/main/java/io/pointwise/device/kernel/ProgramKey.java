// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a compiled program depends on, as one SHA-256.
 *
 * @param hex 64 digits
 */
public record ProgramKey(String hex) {
  /**
   * The key of these.
   *
   * @param parts the format of entries with its version, source, options, and what there is to say
   *     of compiler, device and driver
   */
  public static ProgramKey of(String... parts) {
    MessageDigest digest = Sha256.digest();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // With its length, so that no two lists of parts run together to the same bytes.
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return new ProgramKey(HexFormat.of().formatHex(digest.digest()));
  }
}
