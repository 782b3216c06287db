// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.Workers;
import io.pointwise.cpu.jit.TransposeKernel.Side;
import io.pointwise.tensor.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * One reorder between NCHW and NCHWc, ready to run. Its lines are tiles: a vector of positions of a
 * block of channels.
 */
final class ReorderRun {
  private final Host host;
  private final boolean toBlocked;
  private final int channels;
  private final int pixels;
  private final LineTasks tasks;
  private final Kernel[][] kernels;

  private ReorderRun(
      Host host, boolean toBlocked, Shape shape, LineTasks tasks, Kernel[][] kernels) {
    this.host = host;
    this.toBlocked = toBlocked;
    this.channels = shape.dim(1);
    this.pixels = pixels(shape);
    this.tasks = tasks;
    this.kernels = kernels;
  }

  private static int pixels(Shape shape) {
    return Math.toIntExact(shape.elements(2, 4));
  }

  static ReorderRun generate(Shape shape, boolean toBlocked, Host host, Arena arena)
      throws Posix.Refused {
    int lanes = host.lanes();
    int pixels = pixels(shape);
    int[] channelCounts = {lanes, remainder(shape.dim(1), lanes)};
    int[] pixelCounts = {lanes, remainder(pixels, lanes)};
    List<TransposeKernel> generators = new ArrayList<>();
    for (int channels : channelCounts) {
      for (int count : pixelCounts) {
        generators.add(kernel(host.isa(), channels, count, pixels, toBlocked));
      }
    }
    Kernels generated = Kernels.generate(generators, arena);
    Kernel[][] kernels = {
      {generated.of(generators.get(0)), generated.of(generators.get(1))},
      {generated.of(generators.get(2)), generated.of(generators.get(3))}
    };
    long planes = (long) shape.dim(0) * Math.ceilDiv(shape.dim(1), lanes);
    // A vector of a tile is loaded, moved four times and stored.
    LineTasks tasks =
        LineTasks.of(planes, Math.ceilDiv(pixels, lanes), 6L * lanes, host.workers().threads());
    return new ReorderRun(host, toBlocked, shape, tasks, kernels);
  }

  /** How many there are of the last ones: 1 to {@code lanes}. */
  private static int remainder(int count, int lanes) {
    return (count - 1) % lanes + 1;
  }

  private static TransposeKernel kernel(
      Isa isa, int channels, int count, int pixels, boolean toBlocked) {
    int lanes = isa.lanes();
    long block = (long) lanes * isa.bytes();
    Side planes = new Side(channels, count, (long) pixels * Float.BYTES, isa.bytes());
    Side vectors = new Side(count, lanes, isa.bytes(), block);
    return toBlocked
        ? new TransposeKernel(isa, planes, vectors)
        : new TransposeKernel(isa, vectors, planes);
  }

  void run(MemorySegment input, MemorySegment output) {
    long from = input.address();
    long to = output.address();
    Workers workers = host.workers();
    workers.run(
        tasks.count(),
        task -> tasks.run(task, (plane, first, end) -> tiles(from, to, plane, first, end)));
  }

  private void tiles(long from, long to, long plane, int first, int end) {
    int blocks = Math.ceilDiv(channels, host.lanes());
    long image = plane / blocks;
    int block = (int) (plane % blocks);
    Kernel[] kernel = kernels[block == blocks - 1 ? 1 : 0];
    int whole = Math.min(end, tasks.lines() - 1) - first;
    if (whole > 0) {
      call(kernel[0], from, to, image, block, first, whole);
    }
    if (end == tasks.lines()) {
      call(kernel[1], from, to, image, block, end - 1, 1);
    }
  }

  private void call(Kernel kernel, long from, long to, long image, int block, int tile, int tiles) {
    int lanes = host.lanes();
    long position = (long) tile * lanes;
    long plain = (image * channels + (long) block * lanes) * pixels + position;
    long blocked = ((image * Math.ceilDiv(channels, lanes) + block) * pixels + position) * lanes;
    long source = from + (toBlocked ? plain : blocked) * Float.BYTES;
    long target = to + (toBlocked ? blocked : plain) * Float.BYTES;
    kernel.call(source, target, tiles, 0, 0, 0);
  }
}
