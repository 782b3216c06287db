// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.layer.Window;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A channel rearranged so that every tap of a sliding window is one constant offset, whatever
 * stride, dilation and padding.
 *
 * <p>Output {@code (r, c)} reads row {@code r·strideH + p·dilationH} of the padded channel for tap
 * row {@code p}. Split the padded rows by their remainder modulo {@code strideH} into
 * <em>phases</em>: then the tap lies in phase {@code (p·dilationH) mod strideH}, row {@code r +
 * (p·dilationH) div strideH}, and likewise for columns. With all phases stored one after the other,
 * each {@link #rows} × {@link #columns}, output {@code (r, c)} at position {@code j = r·columns +
 * c} reads tap {@code t} at {@code j + tapOffset(t)}. So a run of outputs reads a run of inputs,
 * and a kernel needs neither border tests nor an im2col buffer {@code kh·kw} times the input. The
 * price: the last {@code columns − ow} positions of each row are computed in vain.
 *
 * <p>Phases that no tap touches are not stored (a 1×1 convolution of stride 2 keeps one of four).
 */
final class WindowPlanes {
  private final Window window;
  private final int ih;
  private final int iw;
  private final int spreadH;
  private final int spreadW;
  private final int[] phasesH;
  private final int[] phasesW;
  private final int rows;
  private final int columns;
  private final int[] tapOffsets;
  private final int channelFloats;

  WindowPlanes(Window window, int ih, int iw, int oh, int ow) {
    this(window, ih, iw, oh, ow, 1, 1);
  }

  /**
   * As for an input whose rows and columns were first spread apart with zeros between them, every
   * {@code spreadH}th row and {@code spreadW}th column being one of the input's: what a transposed
   * convolution slides over.
   */
  WindowPlanes(Window window, int ih, int iw, int oh, int ow, int spreadH, int spreadW) {
    this.window = window;
    this.ih = ih;
    this.iw = iw;
    this.spreadH = spreadH;
    this.spreadW = spreadW;
    phasesH = phases(window.kh(), window.dilationH(), window.strideH());
    phasesW = phases(window.kw(), window.dilationW(), window.strideW());
    rows = oh + (window.kh() - 1) * window.dilationH() / window.strideH();
    columns = ow + (window.kw() - 1) * window.dilationW() / window.strideW();
    channelFloats =
        Math.multiplyExact(Math.multiplyExact(rows, columns), phasesH.length * phasesW.length);
    tapOffsets = new int[window.kh() * window.kw()];
    for (int p = 0; p < window.kh(); p++) {
      for (int q = 0; q < window.kw(); q++) {
        int tapH = p * window.dilationH();
        int tapW = q * window.dilationW();
        int phaseH = Arrays.binarySearch(phasesH, tapH % window.strideH());
        int phaseW = Arrays.binarySearch(phasesW, tapW % window.strideW());
        int phase = phaseH * phasesW.length + phaseW;
        tapOffsets[p * window.kw() + q] =
            (phase * rows + tapH / window.strideH()) * columns + tapW / window.strideW();
      }
    }
  }

  /** The remainders that taps have modulo the stride, ascending. */
  private static int[] phases(int k, int dilation, int stride) {
    return IntStream.range(0, k).map(tap -> tap * dilation % stride).distinct().sorted().toArray();
  }

  /** Floats of one channel of the input. */
  int sourceFloats() {
    return ih * iw;
  }

  /** Distance, in floats, between two output rows. */
  int columns() {
    return columns;
  }

  /**
   * Floats of one rearranged channel. Readers may run up to {@link #slackFloats} beyond the last
   * one.
   */
  int channelFloats() {
    return channelFloats;
  }

  /** Floats that must be readable after the last channel, and that filling may overwrite. */
  static long slackFloats() {
    return (long) (GemmTiles.MOST_VECTORS + 1) * Lanes.LENGTH;
  }

  /** Offset, in floats, of tap {@code p·kw + q} from the output's position. */
  int tapOffset(int tap) {
    return tapOffsets[tap];
  }

  /**
   * Rearranges one channel.
   *
   * @param source memory of the channel, {@code ih × iw}
   * @param sourceOffset in bytes
   * @param target room for {@link #channelFloats} and the slack
   * @param targetOffset in bytes
   * @param padding what lies outside the input
   */
  void fill(
      MemorySegment source,
      long sourceOffset,
      MemorySegment target,
      long targetOffset,
      float padding) {
    long at = targetOffset;
    for (int phaseH : phasesH) {
      for (int phaseW : phasesW) {
        for (int row = 0; row < rows; row++) {
          long spreadRow = (long) row * window.strideH() + phaseH - window.padTop();
          long sourceRow = spreadRow / spreadH;
          long sourceAt = sourceOffset + sourceRow * iw * Float.BYTES;
          if (spreadRow < 0 || spreadRow % spreadH != 0 || sourceRow >= ih) {
            fillRow(target, at, columns, padding);
          } else if (spreadW == 1) {
            fillRow(source, sourceAt, phaseW, target, at, padding);
          } else {
            spreadRow(source, sourceAt, phaseW, target, at, padding);
          }
          at += (long) columns * Float.BYTES;
        }
      }
    }
  }

  private void fillRow(
      MemorySegment source,
      long rowOffset,
      int phaseW,
      MemorySegment target,
      long at,
      float padding) {
    int shift = window.padLeft() - phaseW;
    int from = Math.clamp(Math.ceilDiv(shift, window.strideW()), 0, columns);
    int to = Math.clamp(Math.floorDiv(iw - 1L + shift, (long) window.strideW()) + 1, from, columns);
    long first = rowOffset + ((long) from * window.strideW() - shift) * Float.BYTES;
    fillRow(target, at, from, padding);
    if (window.strideW() == 1) {
      copyRow(source, first, target, at + (long) from * Float.BYTES, to - from);
    } else {
      copyStrided(
          source, first, window.strideW(), target, at + (long) from * Float.BYTES, to - from);
    }
    fillRow(target, at + (long) to * Float.BYTES, columns - to, padding);
  }

  /** One element at a time: only transposed convolutions of a stride come here. */
  private void spreadRow(
      MemorySegment source,
      long rowOffset,
      int phaseW,
      MemorySegment target,
      long at,
      float padding) {
    for (int column = 0; column < columns; column++) {
      long spreadColumn = (long) column * window.strideW() + phaseW - window.padLeft();
      long sourceColumn = spreadColumn / spreadW;
      boolean inside = spreadColumn >= 0 && spreadColumn % spreadW == 0 && sourceColumn < iw;
      float value =
          inside ? source.get(Lanes.FLOAT, rowOffset + sourceColumn * Float.BYTES) : padding;
      target.set(Lanes.FLOAT, at + (long) column * Float.BYTES, value);
    }
  }

  private static void fillRow(MemorySegment target, long at, int count, float value) {
    for (int i = 0; i < count; i++) {
      target.set(Lanes.FLOAT, at + (long) i * Float.BYTES, value);
    }
  }

  /** Whole vectors, then a masked one: rows are often shorter than a vector. */
  private static void copyRow(
      MemorySegment source, long from, MemorySegment target, long to, int count) {
    int i = 0;
    for (; i <= count - Lanes.LENGTH; i += Lanes.LENGTH) {
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, source, from + (long) i * Float.BYTES, Lanes.ORDER);
      v.intoMemorySegment(target, to + (long) i * Float.BYTES, Lanes.ORDER);
    }
    if (i < count) {
      VectorMask<Float> rest = Lanes.first(count - i);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, source, from + (long) i * Float.BYTES, Lanes.ORDER, rest);
      v.intoMemorySegment(target, to + (long) i * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  private static void copyStrided(
      MemorySegment source, long from, int stride, MemorySegment target, long to, int count) {
    long step = (long) stride * Float.BYTES;
    for (int i = 0; i < count; i++) {
      target.set(
          Lanes.FLOAT, to + (long) i * Float.BYTES, source.get(Lanes.FLOAT, from + i * step));
    }
  }
}
