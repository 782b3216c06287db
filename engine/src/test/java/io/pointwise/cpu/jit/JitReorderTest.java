// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Reorder;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JitReorderTest {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int BAND = 64;
  private static final float GUARD = -12345;
  private static final int[] CHANNELS = {1, 2, 3, 7, 8, 9, 15, 16, 17, 32, 33, 40};
  private static final int[][] PLANES = {
    {1, 1}, {1, 2}, {1, 7}, {2, 4}, {3, 3}, {3, 5}, {4, 4}, {1, 17}, {5, 5}, {8, 8}, {13, 11}
  };

  static List<Isa> instructionSets() throws Posix.Refused {
    return JitDevice.instructionSets().toList();
  }

  private static Step step(Reorder reorder, Shape shape) {
    return new Step("reorder", reorder, List.of(shape), shape, Epilogue.NONE, Precision.FP32);
  }

  /** Reorders memory of one array into another, with bands around it that must stay. */
  private static float[] reorder(
      Host host, Shape shape, boolean toBlocked, float[] source, int length) throws Posix.Refused {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment input = arena.allocate(FLOAT, source.length);
      MemorySegment.copy(source, 0, input, FLOAT, 0, source.length);
      MemorySegment output = arena.allocate(FLOAT, length + 2L * BAND);
      for (int i = 0; i < length + 2 * BAND; i++) {
        output.setAtIndex(FLOAT, i, GUARD);
      }
      ReorderRun run = ReorderRun.generate(shape, toBlocked, host, arena);
      run.run(input, output.asSlice(BAND * FLOAT.byteSize(), length * FLOAT.byteSize()));
      for (int i = 0; i < BAND; i++) {
        assertEquals(GUARD, output.getAtIndex(FLOAT, i), "written before the output");
        assertEquals(GUARD, output.getAtIndex(FLOAT, BAND + length + i), "written behind it");
      }
      float[] result = new float[length];
      MemorySegment.copy(output, FLOAT, BAND * FLOAT.byteSize(), result, 0, length);
      return result;
    }
  }

  private static void bothWays(Host host, Shape shape) throws Posix.Refused {
    Layout layout = Layout.blocked(host.lanes());
    int length = Math.toIntExact(shape.elements());
    int blockedLength = Math.toIntExact(layout.elements(shape));
    float[] plain = new float[length];
    float[] blocked = new float[blockedLength];
    for (int i = 0; i < length; i++) {
      plain[i] = i + 1;
    }
    for (int n = 0; n < shape.dim(0); n++) {
      for (int c = 0; c < shape.dim(1); c++) {
        for (int h = 0; h < shape.dim(2); h++) {
          for (int w = 0; w < shape.dim(3); w++) {
            float value = plain[(int) Layout.NCHW.index(shape, n, c, h, w)];
            blocked[(int) layout.index(shape, n, c, h, w)] = value;
          }
        }
      }
    }
    String what = host.isa() + " " + shape;
    assertArrayEquals(blocked, reorder(host, shape, true, plain, blockedLength), what);
    for (int i = 0; i < blockedLength; i++) {
      // What has no channel is arbitrary.
      blocked[i] = blocked[i] == 0 ? Float.NaN : blocked[i];
    }
    assertArrayEquals(plain, reorder(host, shape, false, blocked, length), what);
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void tailsOfChannelsAndPositionsComeOutAndBack(Isa isa) throws Posix.Refused {
    try (Workers workers = new Workers(2)) {
      Host host = new Host(isa, workers, false);
      for (int channels : CHANNELS) {
        for (int[] plane : PLANES) {
          bothWays(host, Shape.of(2, channels, plane[0], plane[1]));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void manyTasksMakeTheSameAsOne(Isa isa) throws Posix.Refused {
    for (int threads : new int[] {1, 3}) {
      try (Workers workers = new Workers(threads)) {
        Host host = new Host(isa, workers, false);
        bothWays(host, Shape.of(3, 20, 61, 67));
        bothWays(host, Shape.of(40, 70, 2, 3));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void otherLayoutsAreRefusedByName(Isa isa) {
    try (Workers workers = new Workers(1)) {
      JitReorder algorithm = new JitReorder(new Host(isa, workers, false));
      Reorder reorder = new Reorder(Layout.NHWC, Layout.NCHW);
      Support.No no =
          assertInstanceOf(Support.No.class, algorithm.check(step(reorder, Shape.of(1, 4, 2, 2))));
      assertEquals(
          "jit-reorder is for NCHW and " + Layout.blocked(isa.lanes()) + ", not NHWC to NCHW",
          no.reason());
    }
  }
}
