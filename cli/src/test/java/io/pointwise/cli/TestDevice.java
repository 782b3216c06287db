// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import io.pointwise.cpu.CpuProvider;
import io.pointwise.cpu.CpuStep;
import io.pointwise.device.Algorithm;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.Devices;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A device of kind {@code test} in host memory, whose algorithms a test chooses. */
public final class TestDevice implements Device {
  private final Device host;
  private final List<Algorithm> algorithms;
  private final DeviceInfo info;

  private TestDevice(DeviceInfo info, List<Algorithm> algorithms) {
    CpuProvider provider = new CpuProvider();
    DeviceProvider.Found found = (DeviceProvider.Found) provider.probe();
    this.host = provider.open(found.devices().getFirst(), new DeviceOptions(1));
    this.info = info;
    this.algorithms = algorithms;
  }

  /** Devices of which {@code test} has these algorithms and {@code cuda} is not available. */
  public static Devices with(Algorithm... algorithms) {
    return new Devices(List.of(new NoCuda(), new Provider(List.of(algorithms))));
  }

  /** Convolution as its definition has it. */
  public static Algorithm exact() {
    return new Convolution("exact-conv", 0, Integer.MAX_VALUE, false, 0);
  }

  /** The same under another name. */
  public static Algorithm alike() {
    return new Convolution("alike-conv", 0, Integer.MAX_VALUE, false, 0);
  }

  /** One that takes five milliseconds longer. */
  public static Algorithm slow() {
    return new Convolution("slow-conv", 0, Integer.MAX_VALUE, false, 5);
  }

  /** One that refuses what is not 1×1. */
  public static Algorithm onlyPointwise() {
    return new Convolution("only-pointwise", 0, Integer.MAX_VALUE, true, 0);
  }

  /** One whose every output is off by 1. */
  public static Algorithm wrong() {
    return new Convolution("wrong-conv", 1, 0, false, 0);
  }

  /** One that is right for some runs and then off by 1. */
  public static Algorithm wrongLater() {
    return new Convolution("wrong-later", 1, 2, false, 0);
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
  public List<String> notices() {
    return List.of("test: this device is for tests.");
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    return host.allocate(bytes);
  }

  @Override
  public boolean sharesHostMemory() {
    return true;
  }

  @Override
  public DeviceBuffer wrap(MemorySegment hostMemory) {
    return host.wrap(hostMemory);
  }

  @Override
  public DeviceStream openStream() {
    return host.openStream();
  }

  @Override
  public void close() {
    host.close();
  }

  private record Provider(List<Algorithm> algorithms) implements DeviceProvider {
    @Override
    public String kind() {
      return "test";
    }

    @Override
    public Probe probe() {
      return new Found(
          List.of(
              new DeviceInfo(
                  "test:0", "test", DeviceInfo.Type.GPU, "Test Device", "Us", "1.0", 1024, true)));
    }

    @Override
    public Device open(DeviceInfo info, DeviceOptions options) {
      return new TestDevice(info, algorithms);
    }
  }

  private static final class NoCuda implements DeviceProvider {
    @Override
    public String kind() {
      return "cuda";
    }

    @Override
    public Probe probe() {
      return new Unavailable("libcuda.so.1 was not found.", "Install the NVIDIA driver.");
    }

    @Override
    public Device open(DeviceInfo info, DeviceOptions options) {
      throw new AssertionError("opened what is not there");
    }
  }

  /** An algorithm that finds no memory. */
  public static Algorithm outOfMemory() {
    return new Algorithm() {
      @Override
      public String name() {
        return "hungry-conv";
      }

      @Override
      public Support check(Step step) {
        return Support.nchw(step, 0);
      }

      @Override
      public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
        throw new OutOfDeviceMemoryException("test: cannot allocate 1 TiB", new Throwable());
      }
    };
  }

  /** Off by {@code error} after {@code goodRuns} runs. */
  private record Convolution(
      String name, float error, int goodRuns, boolean onlyPointwise, long pauseMillis)
      implements Algorithm {
    @Override
    public Support check(Step step) {
      if (!(step.operation() instanceof Conv2d) || !step.epilogue().isNone()) {
        return Support.no(name + " does only plain convolutions");
      }
      Window window = step.conv().window();
      return onlyPointwise && window.taps() != 1
          ? Support.no("kernel " + window.kh() + "×" + window.kw() + " is not 1×1")
          : Support.nchw(step, 0);
    }

    @Override
    public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
      AtomicInteger runs = new AtomicInteger();
      return new CpuStep(
          (inputs, output, _) -> {
            Tensor input = Tensor.over(step.input(), inputs.getFirst());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            float off = runs.getAndIncrement() < goodRuns ? 0 : error;
            convolve(step.conv(), input, weights, Tensor.over(step.output(), output), off);
          },
          Arena.ofShared(),
          0);
    }
  }

  private static void convolve(
      ConvSpec spec, Tensor input, Weights weights, Tensor output, float off) {
    Shape shape = spec.output();
    long at = 0;
    for (int b = 0; b < shape.dim(0); b++) {
      for (int o = 0; o < shape.dim(1); o++) {
        double bias = spec.bias() ? weights.get(Role.BIAS).get(o) : 0;
        for (int r = 0; r < shape.dim(2); r++) {
          for (int c = 0; c < shape.dim(3); c++) {
            double sum = bias + sum(spec, input, weights.get(Role.WEIGHT), new int[] {b, o, r, c});
            output.set(at++, (float) sum + off);
          }
        }
      }
    }
  }

  private static double sum(ConvSpec spec, Tensor input, Tensor weight, int[] place) {
    Window window = spec.window();
    int firstChannel = place[1] / spec.ocPerGroup() * spec.icPerGroup();
    double sum = 0;
    for (int i = 0; i < spec.icPerGroup(); i++) {
      for (int p = 0; p < spec.kh(); p++) {
        for (int q = 0; q < spec.kw(); q++) {
          int y = place[2] * window.strideH() + p * window.dilationH() - window.padTop();
          int x = place[3] * window.strideW() + q * window.dilationW() - window.padLeft();
          if (y >= 0 && y < spec.ih() && x >= 0 && x < spec.iw()) {
            long plane = (long) place[0] * spec.ic() + firstChannel + i;
            long tap = ((long) place[1] * spec.icPerGroup() + i) * spec.window().taps();
            sum +=
                (double) input.get((plane * spec.ih() + y) * spec.iw() + x)
                    * weight.get(tap + (long) p * spec.kw() + q);
          }
        }
      }
    }
    return sum;
  }
}
