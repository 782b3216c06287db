// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import io.pointwise.cuda.host.CudaContext;
import io.pointwise.cuda.host.DeviceFacts;
import io.pointwise.cuda.host.Ledger;
import io.pointwise.cuda.host.LibraryVersions;
import io.pointwise.cuda.host.ProgramChoice;
import io.pointwise.cuda.host.Programs;
import io.pointwise.cuda.operation.CudaAlgorithms;
import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.kernel.ProgramCache;
import java.util.ArrayList;
import java.util.List;

/** An open CUDA device: its primary context, its programs and the algorithms made of them. */
final class CudaDevice implements Device {
  /** What cuDNN and cuBLAS like best, and what the driver gives. */
  private static final long ALIGNMENT = 256;

  private final DeviceInfo info;
  private final List<String> notices;
  private final DeviceOptions options;
  private final Ledger ledger = new Ledger();
  private final CudaContext context;
  private final Programs programs;
  private final List<Algorithm> algorithms;

  /**
   * @param notices what there is to say of it besides that it is simulated
   */
  CudaDevice(
      DeviceInfo info,
      DeviceFacts facts,
      LibraryVersions versions,
      ProgramChoice choice,
      List<String> notices,
      ProgramCache cache,
      DeviceOptions options) {
    this.options = options;
    this.info = info;
    this.notices = List.copyOf(notices);
    this.context = new CudaContext(facts, ledger);
    try {
      this.programs = new Programs(context, choice, versions, cache);
    } catch (RuntimeException | Error e) {
      context.close();
      throw e;
    }
    this.algorithms = CudaAlgorithms.of(context, programs, options);
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
  public String configuration() {
    return (options.deterministic() ? "deterministic" : "nondeterministic")
        + ", workspaces of "
        + options.workspaceBytes()
        + " bytes";
  }

  @Override
  public List<String> notices() {
    List<String> all = new ArrayList<>(notices);
    if (info.simulated()) {
      all.add(
          info.id()
              + " is simulated by software: its results count, its speed says nothing about a"
              + " GPU.");
    }
    return all;
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
