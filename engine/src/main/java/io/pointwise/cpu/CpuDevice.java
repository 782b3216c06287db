// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.MaxIsa;
import io.pointwise.device.OutOfDeviceMemoryException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The CPU: works in host memory, without copies, on all cores or as many threads as asked for. */
public final class CpuDevice implements Device {
  static final long ALIGNMENT = 64;

  private final DeviceInfo info;
  private final MaxIsa maxIsa;
  private final Workers workers;
  private final CpuTiers.Selection tiers;

  CpuDevice(DeviceInfo info, int threads, MaxIsa maxIsa) {
    this.info = info;
    this.maxIsa = maxIsa;
    this.workers = new Workers(threads);
    this.tiers = CpuTiers.select(workers, maxIsa);
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  /** Threads that share the work of a step. */
  public int threads() {
    return workers.threads();
  }

  /** Bits of a vector of the vector tier; 0 when only the scalar tier runs. */
  public int vectorBits() {
    return tiers.vectorBits();
  }

  @Override
  public List<Algorithm> algorithms() {
    return tiers.algorithms();
  }

  @Override
  public String configuration() {
    return "threads "
        + threads()
        + ", vectors of "
        + vectorBits()
        + " bits, code for at most "
        + maxIsa.label();
  }

  @Override
  public List<String> notices() {
    return tiers.notices();
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    try {
      return CpuBuffer.allocate(bytes);
    } catch (OutOfMemoryError e) {
      throw new OutOfDeviceMemoryException(
          "cpu: cannot allocate " + bytes + " bytes: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean sharesHostMemory() {
    return true;
  }

  @Override
  public DeviceBuffer wrap(MemorySegment hostMemory) {
    return CpuBuffer.over(hostMemory);
  }

  @Override
  public DeviceStream openStream() {
    return new CpuStream();
  }

  @Override
  public void close() {
    workers.close();
  }
}
