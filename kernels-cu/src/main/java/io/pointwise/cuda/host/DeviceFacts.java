// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

/**
 * What a device says of itself, as far as choices depend on it.
 *
 * @param ordinal its number, as the driver has it
 * @param name of the device
 * @param major of its compute capability
 * @param minor of its compute capability
 * @param memoryBytes its memory
 * @param maxThreadsPerBlock most threads of a block
 * @param maxGridX most blocks along the first dimension
 */
public record DeviceFacts(
    int ordinal,
    String name,
    int major,
    int minor,
    long memoryBytes,
    int maxThreadsPerBlock,
    int maxGridX) {
  /** The compute capability as one number: 80 for 8.0. */
  public int capability() {
    return 10 * major + minor;
  }
}
