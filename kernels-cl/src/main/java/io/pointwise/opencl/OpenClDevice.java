// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.kernel.ProgramCache;
import io.pointwise.opencl.host.Calls;
import io.pointwise.opencl.host.ClContext;
import io.pointwise.opencl.host.FoundDevice;
import io.pointwise.opencl.host.Ledger;
import io.pointwise.opencl.host.Programs;
import io.pointwise.opencl.operation.ClAlgorithms;
import io.pointwise.opencl.operation.LineSharing;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** An open OpenCL device: one context, its programs and the algorithms made of them. */
final class OpenClDevice implements Device {
  /** A cache line of every device, and the largest vector. Operands are found by offset. */
  private static final long ALIGNMENT = 64;

  private final DeviceInfo info;
  private final Ledger ledger = new Ledger();
  private final ClContext context;
  private final Programs programs;
  private final List<Algorithm> algorithms;

  OpenClDevice(DeviceInfo info, FoundDevice found, ProgramCache cache, Calls calls) {
    this.info = info;
    this.context = new ClContext(found, ledger, calls);
    this.programs = new Programs(context, cache);
    this.algorithms = ClAlgorithms.of(context, programs, LineSharing.ofSystem());
  }

  /** What is open of this device; nothing once it was closed. */
  Ledger ledger() {
    return ledger;
  }

  Programs programs() {
    return programs;
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public List<Algorithm> algorithms() {
    return algorithms;
  }

  @Override
  public long alignment() {
    return ALIGNMENT;
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    return context.allocate(bytes);
  }

  @Override
  public boolean sharesHostMemory() {
    return context.sharesHostMemory();
  }

  @Override
  public DeviceBuffer wrap(MemorySegment hostMemory) {
    return context.wrap(hostMemory);
  }

  @Override
  public DeviceStream openStream() {
    return context.openStream();
  }

  @Override
  public void close() {
    try (context) {
      programs.close();
    }
  }
}
