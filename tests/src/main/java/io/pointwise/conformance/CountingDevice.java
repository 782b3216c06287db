// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A device that counts what the engine takes from it. */
final class CountingDevice implements Device {
  private final Device device;
  private final AtomicInteger taken = new AtomicInteger();

  CountingDevice(Device device) {
    this.device = device;
  }

  /** Buffers allocated and streams opened so far. */
  int taken() {
    return taken.get();
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    taken.incrementAndGet();
    return device.allocate(bytes);
  }

  @Override
  public DeviceStream openStream() {
    taken.incrementAndGet();
    return device.openStream();
  }

  @Override
  public DeviceInfo info() {
    return device.info();
  }

  @Override
  public List<Algorithm> algorithms() {
    return device.algorithms();
  }

  @Override
  public long alignment() {
    return device.alignment();
  }

  @Override
  public List<String> notices() {
    return device.notices();
  }

  @Override
  public boolean sharesHostMemory() {
    return device.sharesHostMemory();
  }

  @Override
  public DeviceBuffer wrap(MemorySegment hostMemory) {
    return device.wrap(hostMemory);
  }

  /** The device belongs to whoever opened it. */
  @Override
  public void close() {}
}
