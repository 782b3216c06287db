// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Algorithm;
import io.pointwise.device.BufferSlice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.DeviceStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A device in host memory with a clock of its own: a run of an algorithm takes as long as the
 * algorithm says, whatever it really takes.
 */
final class ClockedDevice implements Device {
  private final Device host;
  private final DeviceInfo info;
  private final String configuration;
  private final AtomicLong clock = new AtomicLong();
  private final List<ClockedConv> algorithms;

  ClockedDevice(ClockedConv... algorithms) {
    this(false, "", algorithms);
  }

  ClockedDevice(boolean simulated, String configuration, ClockedConv... algorithms) {
    CpuProvider provider = new CpuProvider();
    DeviceProvider.Found found = (DeviceProvider.Found) provider.probe();
    this.host = provider.open(found.devices().getFirst(), new DeviceOptions(1));
    this.info =
        new DeviceInfo(
            "clocked:0", "clocked", DeviceInfo.Type.GPU, "Clocked", "Us", "1", 1, simulated);
    this.configuration = configuration;
    this.algorithms = List.of(algorithms);
    this.algorithms.forEach(each -> each.on(clock, host));
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public String configuration() {
    return configuration;
  }

  @Override
  public List<Algorithm> algorithms() {
    return List.copyOf(algorithms);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    return host.allocate(bytes);
  }

  @Override
  public DeviceStream openStream() {
    DeviceStream stream = host.openStream();
    return new DeviceStream() {
      @Override
      public void upload(MemorySegment source, BufferSlice target) {
        stream.upload(source, target);
      }

      @Override
      public void download(BufferSlice source, MemorySegment target) {
        stream.download(source, target);
      }

      @Override
      public TimeMark mark() {
        long now = clock.get();
        return () -> now;
      }

      @Override
      public void await() {
        stream.await();
      }

      @Override
      public void close() {
        stream.close();
      }
    };
  }

  @Override
  public void close() {
    host.close();
  }
}
