// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.layer.Window;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;

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
    RowCopies.fill(target, targetOffset, channelFloats, padding);
    long at = targetOffset;
    for (int phaseH : phasesH) {
      for (int phaseW : phasesW) {
        Span across = columnSpan(phaseW);
        Span down = rowSpan(phaseH);
        if (across.count() > 0 && down.count() > 0) {
          long from = sourceOffset + ((long) down.source() * iw + across.source()) * Float.BYTES;
          long to = at + ((long) down.first() * columns + across.first()) * Float.BYTES;
          RowCopies.copy(source, from, down, (long) iw, target, to, (long) columns, across);
        }
        at += (long) rows * columns * Float.BYTES;
      }
    }
  }

  /**
   * The rows or columns of a phase that come from the input, not from padding: every {@code step}th
   * one, from {@code first} on.
   *
   * @param first place in the phase
   * @param step between two of them in the phase; over 1 in a spread input
   * @param count how many
   * @param source place of the first one in the input
   * @param sourceStep between two of them in the input; over 1 in a strided window
   */
  record Span(int first, int step, int count, int source, int sourceStep) {
    /** Place {@code i} of a phase is place {@code i·stride − shift} of the spread input. */
    static Span of(int places, int size, int stride, int spread, int shift) {
      int first = 0;
      while (first < places && !isSource((long) first * stride - shift, size, spread)) {
        first++;
      }
      if (first == places) {
        return new Span(0, 1, 0, 0, 1);
      }
      int step = 1;
      while ((long) step * stride % spread != 0) {
        step++;
      }
      long source = ((long) first * stride - shift) / spread;
      int sourceStep = (int) ((long) step * stride / spread);
      long inPhase = (places - 1L - first) / step + 1;
      long inSource = (size - 1L - source) / sourceStep + 1;
      return new Span(first, step, (int) Math.min(inPhase, inSource), (int) source, sourceStep);
    }

    private static boolean isSource(long place, int size, int spread) {
      return place >= 0 && place % spread == 0 && place / spread < size;
    }
  }

  private Span rowSpan(int phase) {
    return Span.of(rows, ih, window.strideH(), spreadH, window.padTop() - phase);
  }

  private Span columnSpan(int phase) {
    return Span.of(columns, iw, window.strideW(), spreadW, window.padLeft() - phase);
  }
}
