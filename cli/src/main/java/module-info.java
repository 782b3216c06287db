// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** The command {@code pointwise}. */
module io.pointwise.cli {
  requires static org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.csv;
  requires info.picocli;
  requires io.pointwise.engine;
  requires io.pointwise.onnx;
  requires java.desktop;
  requires java.management;

  opens io.pointwise.cli to
      info.picocli;
  opens io.pointwise.cli.bench to
      info.picocli,
      com.fasterxml.jackson.databind;
  opens io.pointwise.cli.devices to
      info.picocli,
      com.fasterxml.jackson.databind;
  opens io.pointwise.cli.explain to
      info.picocli,
      com.fasterxml.jackson.databind;
  opens io.pointwise.cli.image to
      info.picocli;
  opens io.pointwise.cli.output to
      info.picocli,
      com.fasterxml.jackson.databind;
  opens io.pointwise.cli.run to
      info.picocli,
      com.fasterxml.jackson.databind;
  opens io.pointwise.cli.tune to
      info.picocli,
      com.fasterxml.jackson.databind;
  opens io.pointwise.cli.verify to
      info.picocli,
      com.fasterxml.jackson.databind;
}
