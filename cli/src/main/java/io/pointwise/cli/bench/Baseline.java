// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pointwise.cli.bench.BenchReport.Result;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.TextFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An earlier run. Its rows are found again by what they are: all sizes of the layer (names do not
 * count), device, algorithm, threads and precision.
 */
final class Baseline {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final List<String> SIZES =
      List.of(
          "n",
          "ic",
          "ih",
          "iw",
          "oc",
          "kh",
          "kw",
          "strideH",
          "strideW",
          "padTop",
          "padLeft",
          "padBottom",
          "padRight",
          "dilationH",
          "dilationW",
          "groups");

  private final Map<String, Double> medians = new HashMap<>();

  private Baseline(JsonNode document) {
    for (JsonNode result : document.path("results")) {
      double median = result.path("time_ns").path("median").asDouble();
      if (median > 0) {
        medians.put(key(result), median);
      }
    }
  }

  /** Reads the file of an earlier {@code --json FILE}. */
  static Baseline read(String file) {
    JsonNode document;
    try {
      document = MAPPER.readTree(TextFile.read(file));
    } catch (JsonProcessingException e) {
      throw CommandFailure.file("cannot read " + file + ": not JSON: " + e.getOriginalMessage(), e);
    }
    String schema = document.path("schema").asText("");
    if (!schema.equals(BenchReport.SCHEMA)) {
      throw CommandFailure.file(
          "cannot read "
              + file
              + ": its schema is \""
              + schema
              + "\", wanted \""
              + BenchReport.SCHEMA
              + "\"");
    }
    return new Baseline(document);
  }

  /** The earlier median time / this one, or null if there is none to compare. */
  @Nullable Double ratio(Result result) {
    Double before = medians.get(key(MAPPER.valueToTree(result)));
    return before == null || result.time() == null
        ? null
        : Double.valueOf(before / Math.max(1, result.time().median()));
  }

  private static String key(JsonNode result) {
    StringBuilder key = new StringBuilder();
    for (String field : List.of("device", "algorithm", "threads", "precision")) {
      key.append(result.path(field).asText()).append('|');
    }
    appendSizes(key, result.path("layer"));
    result.path("layers").forEach(layer -> appendSizes(key, layer));
    return key.toString();
  }

  private static void appendSizes(StringBuilder key, JsonNode layer) {
    for (String size : SIZES) {
      key.append(layer.path(size).asInt()).append(',');
    }
    key.append(layer.path("bias").asBoolean(true)).append(';');
  }
}
