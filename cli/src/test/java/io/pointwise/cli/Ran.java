// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pointwise.cli.output.Screen;
import io.pointwise.device.Devices;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/**
 * What a command did.
 *
 * @param status that it ended with
 * @param out its standard output
 * @param err its error stream
 */
public record Ran(int status, String out, String err) {
  /** Runs a command in this process with an empty environment. */
  public static Ran command(Devices devices, String... args) {
    return command(devices, Map.of(), args);
  }

  /** Runs a command in this process. */
  public static Ran command(Devices devices, Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Screen screen = Screen.plain(new PrintWriter(out), new PrintWriter(err));
    int status = new Pointwise(devices, screen, environment::get).run(args);
    return new Ran(status, out.toString(), err.toString());
  }

  /** The whole of standard output as one JSON document. */
  public JsonNode json() {
    return parse(out);
  }

  /** A text that holds one JSON document and nothing else. */
  public static JsonNode parse(String text) {
    try {
      return new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** The failure's sentence; fails unless it is the only line besides the device's notices. */
  public String sentence() {
    List<String> lines = err.lines().filter(line -> !line.startsWith("test: ")).toList();
    assertEquals(1, lines.size(), err);
    assertEquals("pointwise: ", lines.getFirst().substring(0, "pointwise: ".length()));
    return lines.getFirst().substring("pointwise: ".length());
  }
}
