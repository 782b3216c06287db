// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.pointwise.cli.bench.BenchReport.Result;
import java.util.List;

/** The rows of a report as CSV, one line each; blocks have the sizes of their first convolution. */
final class BenchCsv {
  private static final CsvMapper MAPPER = new CsvMapper();

  private static final List<String> COLUMNS =
      List.of(
          "device",
          "simulated",
          "algorithm",
          "threads",
          "precision",
          "parameters",
          "macs",
          "bytes",
          "median_ns",
          "p10_ns",
          "p90_ns",
          "samples",
          "transfer_ns",
          "gflops",
          "fraction_of_peak",
          "verified",
          "max_error",
          "bound",
          "reorders",
          "baseline_ratio");

  private BenchCsv() {}

  static String of(List<Result> results) {
    List<ObjectNode> lines = results.stream().map(BenchCsv::line).toList();
    CsvSchema.Builder schema = CsvSchema.builder();
    for (var component : LayerJson.class.getRecordComponents()) {
      schema.addColumn(component.getName());
    }
    COLUMNS.forEach(schema::addColumn);
    try {
      return MAPPER.writer(schema.build().withHeader()).writeValueAsString(lines);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot make CSV", e);
    }
  }

  private static ObjectNode line(Result result) {
    JsonNode json = MAPPER.valueToTree(result);
    ObjectNode line = MAPPER.createObjectNode();
    line.setAll((ObjectNode) json.path("layer"));
    COLUMNS.forEach(column -> line.set(column, json.at(pointer(column))));
    return line;
  }

  private static String pointer(String column) {
    return switch (column) {
      case "median_ns" -> "/time_ns/median";
      case "p10_ns" -> "/time_ns/p10";
      case "p90_ns" -> "/time_ns/p90";
      case "samples" -> "/time_ns/samples";
      case "transfer_ns" -> "/transfer_ns/median";
      case "verified" -> "/verification/ok";
      case "max_error", "bound" -> "/verification/" + column;
      default -> "/" + column;
    };
  }
}
