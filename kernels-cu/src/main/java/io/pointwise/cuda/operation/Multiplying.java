// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaBuffer;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Nest;
import io.pointwise.device.kernel.StackedProduct;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import java.util.List;

/** What is a product of matrices: pointwise convolutions, fully connected layers, products. */
final class Multiplying {
  private Multiplying() {}

  /** Pointwise: for each image {@code Y[oc, oh·ow] = W[oc, ic] · X[ic, ih·iw]}. */
  static final class Pointwise implements Recipe {
    @Override
    public Support accept(Step step) {
      ConvSpec spec = step.conv();
      if (!spec.window().isPointwise()) {
        return Support.no("computes 1×1, stride 1, no padding only, got " + spec.window());
      }
      return spec.groups() == 1 ? indexable(step, 0) : oneGroup(spec);
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      multiply(step.conv(), Operand.input(0), weights, builder);
    }
  }

  /** 1×1 with a stride: the elements that are read are gathered first. */
  static final class StridedPointwise implements Recipe {
    @Override
    public Support accept(Step step) {
      ConvSpec spec = step.conv();
      Window window = spec.window();
      if (window.taps() != 1 || window.hasPadding() || window.isPointwise()) {
        return Support.no("computes 1×1 with a stride, no padding only, got " + window);
      }
      return spec.groups() == 1
          ? indexable(step, workspaceElements(step) * Float.BYTES)
          : oneGroup(spec);
    }

    @Override
    public long workspaceElements(Step step) {
      ConvSpec spec = step.conv();
      return (long) spec.n() * spec.ic() * spec.oh() * spec.ow();
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      ConvSpec spec = step.conv();
      Nest nest =
          new Nest(1)
              .loop((long) spec.n() * spec.ic(), (long) spec.ih() * spec.iw())
              .loop(spec.oh(), (long) spec.window().strideH() * spec.iw())
              .loop(spec.ow(), spec.window().strideW());
      builder
          .launch("strided")
          .input(0)
          .workspace()
          .buffer(builder.table(nest.table()))
          .integer(nest.rank())
          .index(0)
          .items(nest.turns())
          .add();
      multiply(spec, Operand.workspace(0), weights, builder);
    }
  }

  private static Support oneGroup(ConvSpec spec) {
    return Support.no("computes one group only, got " + spec.groups());
  }

  /** The interface of cuBLAS that is used takes sizes of 32 bits. */
  private static Support indexable(Step step, long workspaceBytes) {
    ConvSpec spec = step.conv();
    long pixels = (long) spec.oh() * spec.ow();
    return pixels <= Integer.MAX_VALUE
        ? Support.nchw(step, workspaceBytes)
        : Support.no("takes images of up to 2³¹ − 1 pixels, got " + pixels);
  }

  private static void multiply(ConvSpec spec, Operand input, Weights weights, StepBuilder builder) {
    CudaBuffer weight = builder.weights(weights.get(Role.WEIGHT));
    int pixels = spec.oh() * spec.ow();
    if (pixels == 1) {
      // One product for all images: Y[n, oc] = X[n, ic] · Wᵀ.
      builder.add(rows(input, weight, spec.n(), spec.ic(), spec.oc(), builder.step().precision()));
    } else {
      builder.add(
          new Gemm(
              new Gemm.Matrix(Operand.held(weight), false, spec.ic(), 0),
              new Gemm.Matrix(input, false, pixels, (long) spec.ic() * pixels),
              Operand.output(),
              spec.oc(),
              pixels,
              spec.ic(),
              spec.n(),
              builder.step().precision()));
    }
    Finishing.add(builder, weights, pixels, spec.oc());
  }

  /** {@code Y[rows, out] = X[rows, in] · Wᵀ}, {@code W} being {@code [out, in]}. */
  private static Gemm rows(
      Operand input, CudaBuffer weight, int rows, int in, int out, Precision precision) {
    return new Gemm(
        new Gemm.Matrix(input, false, in, 0),
        new Gemm.Matrix(Operand.held(weight), true, in, 0),
        Operand.output(),
        rows,
        out,
        in,
        1,
        precision);
  }

  /** Fully connected. */
  static void linear(Step step, Weights weights, StepBuilder builder) {
    int rows = step.input().dim(0);
    int out = ((Linear) step.operation()).out();
    if (rows == 0) {
      return;
    }
    int in = step.input().dim(1);
    if (in == 0) {
      // cuBLAS takes no empty operands.
      builder.add((stream, buffers) -> stream.clear(buffers.output()));
    } else {
      CudaBuffer weight = builder.weights(weights.get(Role.WEIGHT));
      builder.add(rows(Operand.input(0), weight, rows, in, out, step.precision()));
    }
    Finishing.add(builder, weights, 1, out);
  }

  /** Stacks of matrices that lie evenly in memory. */
  static final class Stacked implements Recipe {
    @Override
    public Support accept(Step step) {
      StackedProduct product = StackedProduct.of(step);
      if (step.output().elements() == 0 || product.k() == 0) {
        return Support.no("multiplies matrices with elements only, got " + step.inputs());
      }
      if (product.stack().rank() > 1) {
        return Support.no("takes stacks that lie evenly in memory, got " + step.inputs());
      }
      return product.stack().turns() <= Integer.MAX_VALUE
          ? Support.nchw(step, 0)
          : Support.no("takes up to 2³¹ − 1 products, got " + product.stack().turns());
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      StackedProduct product = StackedProduct.of(step);
      List<Long> table = product.stack().table();
      int count = Math.toIntExact(product.stack().turns());
      long left = table.get(1) * product.m() * product.k();
      long right = table.get(2) * product.k() * product.n();
      builder.add(
          new Gemm(
              new Gemm.Matrix(Operand.input(0), false, product.k(), left),
              new Gemm.Matrix(Operand.input(1), false, product.n(), right),
              Operand.output(),
              product.m(),
              product.n(),
              product.k(),
              count,
              step.precision()));
    }
  }

  /** Any stacks: a kernel of our own, an element a thread. */
  static void anyStacks(Step step, Weights weights, StepBuilder builder) {
    StackedProduct product = StackedProduct.of(step);
    builder
        .launch("matmul")
        .input(0)
        .input(1)
        .output()
        .buffer(builder.table(product.stack().table()))
        .integer(product.stack().rank())
        .indices(product.m(), product.n(), product.k())
        .items(step.output().elements())
        .add();
  }
}
