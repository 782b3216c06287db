// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Reduce;
import io.pointwise.network.Weights;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-reduce}: one number for all elements along neighbouring axes. Where a line's
 * elements lie next to each other they are added up one line after the other, else many lines at
 * once, element after element.
 */
final class VectorReduce extends VectorAlgorithm {
  VectorReduce(Workers workers) {
    super("vector-reduce", workers, List.of(Reduce.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    if (axes(step) == null) {
      return name()
          + " is for axes next to each other; these are "
          + ((Reduce) step.operation()).axes()
          + " of "
          + step.input();
    }
    return epilogueRefusal(step);
  }

  private static @Nullable ReducedAxes axes(Step step) {
    return ReducedAxes.of(step.input(), ((Reduce) step.operation()).reduced(step.input()));
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    ReducedAxes axes = axes(step);
    if (axes == null) {
      throw new IllegalArgumentException("not accepted: " + step);
    }
    Reduce.Function function = ((Reduce) step.operation()).function();
    return axes.inner() == 1 ? lines(axes, function) : columns(axes, function);
  }

  private PreparedStep lines(ReducedAxes axes, Reduce.Function function) {
    Chunks chunks = Chunks.ofRows(axes.outer(), axes.count());
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      for (long line = chunks.first(chunk); line < chunks.end(chunk); line++) {
                        float value = line(inputs.getFirst(), line, axes.count(), function);
                        output.setAtIndex(Lanes.FLOAT, line, value);
                      }
                    }),
        0);
  }

  private static float line(MemorySegment input, long line, long length, Reduce.Function function) {
    float[] x = Scratch.of(Stretches.FLOATS, 0).panel();
    double value =
        switch (function) {
          case MAX -> Double.NEGATIVE_INFINITY;
          case MIN -> Double.POSITIVE_INFINITY;
          case SUM, MEAN, SUM_SQUARE, L2 -> 0;
        };
    long end = (line + 1) * length;
    for (long at = line * length; at < end; at += Stretches.FLOATS) {
      int count = Stretches.length(at, end);
      MemorySegment.copy(input, Lanes.FLOAT, at * Float.BYTES, x, 0, count);
      switch (function) {
        case SUM, MEAN -> value += StretchSums.sum(x, count);
        case SUM_SQUARE, L2 -> value += StretchSums.squares(x, count, 0);
        case MAX -> {
          for (int i = 0; i < count; i++) {
            value = Math.max(value, x[i]);
          }
        }
        case MIN -> {
          for (int i = 0; i < count; i++) {
            value = Math.min(value, x[i]);
          }
        }
      }
    }
    return switch (function) {
      case MEAN -> (float) (value / length);
      case L2 -> (float) Math.sqrt(value);
      case SUM, SUM_SQUARE, MAX, MIN -> (float) value;
    };
  }

  private PreparedStep columns(ReducedAxes axes, Reduce.Function function) {
    int pieces = Math.toIntExact(Math.ceilDiv(axes.inner(), (long) Stretches.FLOATS));
    Chunks chunks =
        Chunks.ofRows(
            axes.outer() * pieces, axes.count() * Math.min(axes.inner(), Stretches.FLOATS));
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      for (long at = chunks.first(chunk); at < chunks.end(chunk); at++) {
                        piece(
                            inputs.getFirst(),
                            output,
                            axes,
                            at / pieces,
                            at % pieces * Stretches.FLOATS,
                            function);
                      }
                    }),
        0);
  }

  /** Some columns of one outer index. */
  private static void piece(
      MemorySegment input,
      MemorySegment output,
      ReducedAxes axes,
      long outer,
      long column,
      Reduce.Function function) {
    int count = Stretches.length(column, axes.inner());
    Scratch scratch = Scratch.of(Stretches.FLOATS, Stretches.FLOATS);
    float[] x = scratch.panel();
    float[] y = scratch.sums();
    Arrays.fill(y, 0, count, start(function));
    for (long i = 0; i < axes.count(); i++) {
      long from = (outer * axes.count() + i) * axes.inner() + column;
      MemorySegment.copy(input, Lanes.FLOAT, from * Float.BYTES, x, 0, count);
      accumulate(y, x, count, function);
    }
    finish(y, count, axes.count(), function);
    long to = (outer * axes.inner() + column) * Float.BYTES;
    MemorySegment.copy(y, 0, output, Lanes.FLOAT, to, count);
  }

  private static float start(Reduce.Function function) {
    return switch (function) {
      case MAX -> Float.NEGATIVE_INFINITY;
      case MIN -> Float.POSITIVE_INFINITY;
      case SUM, MEAN, SUM_SQUARE, L2 -> 0;
    };
  }

  private static void accumulate(float[] y, float[] x, int count, Reduce.Function function) {
    switch (function) {
      case SUM, MEAN -> {
        for (int i = 0; i < count; i++) {
          y[i] += x[i];
        }
      }
      case SUM_SQUARE, L2 -> {
        for (int i = 0; i < count; i++) {
          y[i] += x[i] * x[i];
        }
      }
      case MAX -> {
        for (int i = 0; i < count; i++) {
          y[i] = Math.max(y[i], x[i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < count; i++) {
          y[i] = Math.min(y[i], x[i]);
        }
      }
    }
  }

  private static void finish(float[] y, int count, long length, Reduce.Function function) {
    if (function == Reduce.Function.MEAN) {
      for (int i = 0; i < count; i++) {
        y[i] /= length;
      }
    } else if (function == Reduce.Function.L2) {
      for (int i = 0; i < count; i++) {
        y[i] = (float) Math.sqrt(y[i]);
      }
    }
  }
}
