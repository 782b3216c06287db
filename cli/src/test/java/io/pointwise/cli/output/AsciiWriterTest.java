// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AsciiWriterTest {
  @Test
  void signsBeyondAsciiAreReplaced() {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(new AsciiWriter(out));
    writer.print("1×1 512→32 12 µs–é");
    writer.flush();
    assertEquals("1x1 512>32 12 us-?", out.toString());
  }
}
