// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.OutOfDeviceMemoryException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * See the package. Closing it fails if anything was left open or a rule of the interface was
 * broken.
 */
final class RemoteDevice implements Device {
  private static final long ALIGNMENT = 256;
  private static final long MEMORY = 1L << 28;

  private final Ledger ledger = new Ledger();
  private final Faults faults = new Faults();
  private final AtomicLong delaySeed;
  private final int mostDelayNanos;

  /**
   * @param delaySeed of the pauses
   * @param mostDelayNanos longest pause before a piece of work
   */
  RemoteDevice(long delaySeed, int mostDelayNanos) {
    this.delaySeed = new AtomicLong(delaySeed);
    this.mostDelayNanos = mostDelayNanos;
  }

  Ledger ledger() {
    return ledger;
  }

  Faults faults() {
    return faults;
  }

  @Override
  public DeviceInfo info() {
    return new DeviceInfo(
        "remote",
        "remote",
        DeviceInfo.Type.ACCELERATOR,
        "Remote test device",
        "Pointwise",
        "1",
        MEMORY,
        true);
  }

  @Override
  public List<Algorithm> algorithms() {
    return List.copyOf(RemoteRules.algorithms(this));
  }

  @Override
  public long alignment() {
    return ALIGNMENT;
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    if (faults.strikes(Faults.Kind.ALLOCATION) || bytes > MEMORY) {
      throw new OutOfDeviceMemoryException("remote: no room for " + bytes + " bytes");
    }
    return new RemoteBuffer(bytes, ALIGNMENT, ledger);
  }

  @Override
  public DeviceStream openStream() {
    if (faults.strikes(Faults.Kind.STREAM)) {
      throw new DeviceException("remote: STREAM failed on demand");
    }
    return new RemoteStream(ledger, faults, delaySeed.incrementAndGet(), mostDelayNanos);
  }

  @Override
  public void close() {
    ledger.requireClean();
  }
}
