// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.Workers;
import io.pointwise.cpu.jit.WindowAxis.Taps;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * A window over an activation in NCHWc, ready to run. Rows of the output whose windows have the
 * same rows of taps share a function, and consecutive ones a call.
 */
final class WindowRun {
  private final Geometry geometry;
  private final Workers workers;
  private final LineTasks tasks;
  private final Kernel[] kernels;

  private WindowRun(Geometry geometry, Workers workers, LineTasks tasks, Kernel[] kernels) {
    this.geometry = geometry;
    this.workers = workers;
    this.tasks = tasks;
    this.kernels = kernels;
  }

  /**
   * Sizes.
   *
   * @param isa whose lanes are the channels of a block
   * @param window with its padding
   * @param input {@code [n, c, ih, iw]}
   * @param output {@code [n, c, oh, ow]}
   */
  record Geometry(Isa isa, Window window, Shape input, Shape output) {
    WindowAxis rows() {
      return WindowAxis.rows(window, input.dim(2), output.dim(2));
    }

    WindowAxis columns() {
      return WindowAxis.columns(window, input.dim(3), output.dim(3));
    }

    int blocks() {
      return Math.ceilDiv(input.dim(1), isa.lanes());
    }

    /** The most floats that a function moves over at once. */
    long reach() {
      long rows = window.extentH() + window.strideH() + 1;
      long columns = window.extentW() + (long) window.strideW() * WindowRegisters.mostColumns(isa);
      return isa.lanes() * (rows * Math.max(input.dim(3), output.dim(3)) + columns);
    }

    /** The function for each row of the output. */
    List<WindowKernel> kernels(WindowFunction function) {
      WindowKernel.Distances distances = WindowKernel.Distances.of(rows(), columns(), isa.bytes());
      List<Taps> columns = columns().all();
      return rows().all().stream()
          .map(rows -> new WindowKernel(isa, distances, rows, columns, function))
          .toList();
    }

    /** Taps that the code of all functions spells out. */
    long writtenTaps(WindowFunction function) {
      return kernels(function).stream().distinct().mapToLong(WindowKernel::writtenTaps).sum();
    }

    /**
     * Where the window of a row of the output begins in the input, in floats; in the padding too.
     */
    long inputPlace(long plane, int row) {
      long firstRow = (long) row * window.strideH() - window.padTop();
      long place = (plane * input.dim(2) + firstRow) * input.dim(3) - window.padLeft();
      return place * isa.lanes();
    }

    long outputPlace(long plane, int row) {
      return (plane * output.dim(2) + row) * output.dim(3) * isa.lanes();
    }
  }

  static WindowRun generate(
      Geometry geometry, WindowFunction function, Workers workers, Arena arena)
      throws Posix.Refused {
    List<WindowKernel> generators = geometry.kernels(function);
    Kernels generated = Kernels.generate(generators, arena);
    List<Kernel> kernels = new ArrayList<>();
    for (int row = 0; row < generators.size(); row++) {
      // Neighbours are mostly equal, and looking up compares all columns.
      boolean same = row > 0 && generators.get(row).rows().equals(generators.get(row - 1).rows());
      kernels.add(same ? kernels.getLast() : generated.of(generators.get(row)));
    }
    long planes = (long) geometry.input().dim(0) * geometry.blocks();
    long operations = geometry.output().dim(3) * (geometry.window().taps() + 2);
    LineTasks tasks = LineTasks.of(planes, generators.size(), operations, workers.threads());
    return new WindowRun(geometry, workers, tasks, kernels.toArray(Kernel[]::new));
  }

  /**
   * Addresses of one run.
   *
   * @param weights of the first block, 0 if there are none
   * @param weightBytes of a block
   * @param bias of the first block, 0 if there is none
   * @param residual 0 if there is none
   */
  record Operands(
      long input, long output, long weights, long weightBytes, long bias, long residual) {
    static Operands of(long input, long output) {
      return new Operands(input, output, 0, 0, 0, 0);
    }
  }

  void run(Operands operands) {
    workers.run(
        tasks.count(),
        task -> tasks.run(task, (plane, first, end) -> rows(operands, plane, first, end)));
  }

  private void rows(Operands operands, long plane, int first, int end) {
    int block = (int) (plane % geometry.blocks());
    long weights = operands.weights() + block * operands.weightBytes();
    long bias = operands.bias() + (long) block * geometry.isa().bytes();
    for (int row = first; row < end; ) {
      Kernel kernel = kernels[row];
      int next = row + 1;
      while (next < end && kernels[next].equals(kernel)) {
        next++;
      }
      long output = geometry.outputPlace(plane, row) * Float.BYTES;
      kernel.call(
          operands.input() + geometry.inputPlace(plane, row) * Float.BYTES,
          weights,
          operands.output() + output,
          bias,
          operands.residual() + output,
          next - row);
      row = next;
    }
  }
}
