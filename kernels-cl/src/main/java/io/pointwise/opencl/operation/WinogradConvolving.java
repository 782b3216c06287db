// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.DeviceInfo;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Weights;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.DeviceFacts;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * 3×3 convolutions by {@link Winograd}'s formula: the input's transform, one GEMM for each product
 * of a tile, the output's transform. The tiles of an input are the windows of a convolution whose
 * stride is the tile of outputs, so {@link Planes} lay them out, and all is done in vectors of
 * neighbouring tiles.
 */
final class WinogradConvolving implements Recipe {
  /** Vectors of any device fill a multiple of it. */
  private static final long ALIGNMENT = 16;

  private final Winograd formula;
  private final DeviceFacts facts;

  WinogradConvolving(Winograd formula, DeviceFacts facts) {
    this.formula = formula;
    this.facts = facts;
  }

  @Override
  public Optional<Winograd> winograd() {
    return Optional.of(formula);
  }

  @Override
  public Support accept(Step step) {
    ConvSpec spec = step.conv();
    if (!Winograd.fits(spec.window())) {
      return Support.no("computes 3×3, stride 1, dilation 1 only, got " + spec.window());
    }
    if (spec.output().elements() == 0 || spec.input().elements() == 0) {
      return Support.no("computes no empty tensors, got " + spec.input());
    }
    long transformed =
        formula.products() * spec.weight().elements() / Winograd.TAPS / Winograd.TAPS;
    if (transformed > Integer.MAX_VALUE) {
      return Support.no("takes up to 2³¹ − 1 transformed weights, got " + transformed);
    }
    Support.Yes yes = (Support.Yes) Support.nchw(step, workspaceElements(step) * Float.BYTES);
    return new Support.Yes(yes.choices(), reluctance(spec));
  }

  private String reluctance(ConvSpec spec) {
    if (facts.type() != DeviceInfo.Type.CPU) {
      return "not measured on a GPU yet";
    }
    double own = WinogradCost.of(new Tiles(spec, formula), facts);
    double best = WinogradCost.direct(spec, facts);
    String other = "the direct sum";
    for (Winograd each : Winograd.values()) {
      double cost = WinogradCost.of(new Tiles(spec, each), facts);
      if (each != formula && cost < best) {
        best = cost;
        other = "tiles of " + each.outputTile();
      }
    }
    return own <= best
        ? ""
        : String.format(Locale.ROOT, "estimated at %.2f times the time of %s", own / best, other);
  }

  @Override
  public long workspaceElements(Step step) {
    return new Tiles(step.conv(), formula).elements();
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    ConvSpec spec = step.conv();
    Tiles tiles = new Tiles(spec, formula);
    int lanes = GemmTile.lanes(tiles.positions(), facts);
    long blocks = Math.ceilDiv(tiles.positions(), (long) lanes);
    Convolving.rearrange(tiles.planes(), builder);
    builder
        .launch("winograd_input")
        .define("TILE", formula.outputTile())
        .define("LANES", lanes)
        .define("TRANSFORM", initialiser(formula.inputTransform()))
        .workspace()
        .workspace(tiles.inputsFrom())
        .buffer(builder.table(tiles.planes().offsets()))
        .indices(spec.n(), spec.ic(), tiles.planes().channel(), tiles.positions(), blocks)
        .tiles((long) spec.n() * spec.ic() * blocks, tiles.transformWork(lanes))
        .add();
    Gemm gemm = tiles.gemm();
    gemm.launch(
        builder,
        launch -> launch.workspace(tiles.inputsFrom()).workspace(tiles.sumsFrom()),
        packed(spec, gemm, weights.get(Role.WEIGHT), builder),
        builder.packed(gemm.groups() * gemm.oc(), _ -> {}),
        launch -> launch.activation(null));
    builder
        .launch("winograd_output")
        .define("TILE", formula.outputTile())
        .define("LANES", lanes)
        .define("TRANSFORM", initialiser(formula.outputTransform()))
        .workspace(tiles.sumsFrom())
        .output()
        .buffer(Products.bias(weights, spec.oc(), builder))
        .indices(spec.n(), spec.oc(), tiles.positions(), tiles.planes().columns())
        .indices(tiles.columns(), spec.oh(), spec.ow(), blocks)
        .tiles((long) spec.n() * spec.oc() * blocks, tiles.transformWork(lanes))
        .epilogue()
        .add();
  }

  /** The filters' transform, in double precision, rounded once. */
  private ClBuffer packed(ConvSpec spec, Gemm gemm, Tensor weight, StepBuilder builder) {
    int products = formula.products();
    int ic = spec.icPerGroup();
    float[] transformed =
        new float[Math.multiplyExact(Math.multiplyExact(products, spec.oc()), ic)];
    double[][] transform = formula.filterTransform();
    double[][] filter = new double[Winograd.TAPS][Winograd.TAPS];
    for (int o = 0; o < spec.oc(); o++) {
      for (int c = 0; c < ic; c++) {
        long at = ((long) o * ic + c) * Winograd.TAPS * Winograd.TAPS;
        for (int t = 0; t < Winograd.TAPS * Winograd.TAPS; t++) {
          filter[t / Winograd.TAPS][t % Winograd.TAPS] = weight.get(at + t);
        }
        double[][] values = Winograd.applied(transform, filter);
        for (int p = 0; p < products; p++) {
          transformed[(p * spec.oc() + o) * ic + c] =
              (float) values[p / formula.inputTile()][p % formula.inputTile()];
        }
      }
    }
    return gemm.pack((o, k) -> transformed[Math.toIntExact(o * ic + k)], builder);
  }

  private static String initialiser(double[][] matrix) {
    return Arrays.stream(matrix)
        .map(
            row ->
                Arrays.stream(row)
                    .mapToObj(factor -> (float) factor + "f")
                    .collect(Collectors.joining(",", "{", "}")))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * Where tiles and their products lie in the scratch memory: planes, transformed inputs, sums.
   *
   * @param spec of the convolution
   */
  record Tiles(ConvSpec spec, Winograd formula) {
    int rows() {
      return Math.ceilDiv(spec.oh(), formula.outputTile());
    }

    int columns() {
      return Math.ceilDiv(spec.ow(), formula.outputTile());
    }

    /** The input as the planes of a convolution whose windows are the tiles of inputs. */
    Planes planes() {
      Window window = spec.window();
      int tile = formula.inputTile();
      int height = (rows() - 1) * formula.outputTile() + tile;
      int width = (columns() - 1) * formula.outputTile() + tile;
      Window tiles =
          Window.square(tile)
              .stride(formula.outputTile())
              .pad(
                  window.padTop(),
                  window.padLeft(),
                  height - spec.ih() - window.padTop(),
                  width - spec.iw() - window.padLeft());
      return Planes.of(
          new ConvSpec(
              spec.n(), spec.ic(), spec.ih(), spec.iw(), spec.oc(), tiles, spec.groups(), false));
    }

    /** Of an image: a few between rows are no tiles. */
    long positions() {
      return planes().positions();
    }

    /** All products at once: a group for each product of each group. */
    Gemm gemm() {
      long positions = spec.n() * positions();
      return new Gemm(
          1,
          (long) formula.products() * spec.groups(),
          spec.icPerGroup(),
          spec.ocPerGroup(),
          positions,
          positions,
          positions,
          1,
          positions,
          List.of(0L));
    }

    long inputsFrom() {
      return aligned(planes().elements());
    }

    long sumsFrom() {
      return inputsFrom() + aligned((long) formula.products() * spec.ic() * spec.n() * positions());
    }

    long elements() {
      return sumsFrom() + (long) formula.products() * spec.oc() * spec.n() * positions();
    }

    private static long aligned(long elements) {
      return Math.ceilDiv(elements, ALIGNMENT) * ALIGNMENT;
    }

    /** About as many multiplications and additions as a transform does for a block of tiles. */
    long transformWork(int lanes) {
      return (long) formula.products() * formula.inputTile() * lanes;
    }
  }
}
