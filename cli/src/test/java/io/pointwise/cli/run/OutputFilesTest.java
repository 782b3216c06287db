// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class OutputFilesTest {
  private static String name(int runs, int outputs) {
    return Objects.requireNonNull(OutputFiles.of("dir.d/out.npy", runs, outputs)).name(3, 7);
  }

  @Test
  void numbersAreThereWhereThereAreSeveral() {
    assertEquals("dir.d/out.npy", name(1, 1));
    assertEquals("dir.d/out_3.npy", name(9, 1));
    assertEquals("dir.d/out_7.npy", name(1, 9));
    assertEquals("dir.d/out_3_7.npy", name(9, 9));
    assertNull(OutputFiles.of(null, 1, 1));
  }
}
