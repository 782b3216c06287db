// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

/**
 * What is known of a device before it is opened.
 *
 * @param id as in {@code --device}: {@code cpu}, {@code opencl:1}
 * @param kind the provider's: {@code cpu}, {@code opencl}, {@code cuda}
 * @param type what sort of hardware does the work
 * @param name for people
 * @param vendor who made it
 * @param driver name and version of the software between us and it
 * @param memoryBytes memory that it can use
 * @param simulated true when software plays the device: results count, speed does not
 */
public record DeviceInfo(
    String id,
    String kind,
    Type type,
    String name,
    String vendor,
    String driver,
    long memoryBytes,
    boolean simulated) {
  /** Sort of hardware. */
  public enum Type {
    CPU,
    GPU,
    ACCELERATOR
  }
}
