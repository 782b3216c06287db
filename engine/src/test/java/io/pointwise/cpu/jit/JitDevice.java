// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.Workers;
import io.pointwise.cpu.scalar.ScalarTier;
import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CPU device with the algorithms of this tier for an instruction set of choice, and behind them
 * the scalar ones.
 */
final class JitDevice implements Device {
  private final Device cpu;
  private final Workers workers;
  private final List<Algorithm> algorithms;

  JitDevice(Isa isa, int threads) {
    cpu =
        Devices.installed()
            .open(new DevicePolicy.Require("cpu"), new DeviceOptions(threads))
            .device();
    workers = new Workers(threads);
    algorithms = new ArrayList<>(JitTier.algorithms(new Host(isa, workers, false)));
    algorithms.addAll(ScalarTier.algorithms(workers));
  }

  /** The instruction sets of this machine; what has the wider one has the narrower one too. */
  static Stream<Isa> instructionSets() throws Posix.Refused {
    Isa widest = Cpuid.widest();
    assertTrue(widest != null, "a machine without AVX2 cannot test generated code");
    return widest == Isa.AVX512 ? Stream.of(Isa.AVX512, Isa.AVX2) : Stream.of(Isa.AVX2);
  }

  @Override
  public DeviceInfo info() {
    return cpu.info();
  }

  @Override
  public List<Algorithm> algorithms() {
    return algorithms;
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    return cpu.allocate(bytes);
  }

  @Override
  public DeviceStream openStream() {
    return cpu.openStream();
  }

  @Override
  public void close() {
    workers.close();
    cpu.close();
  }
}
