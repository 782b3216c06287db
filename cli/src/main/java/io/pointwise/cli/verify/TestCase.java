// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import java.nio.file.Path;
import java.util.List;

/**
 * A model with data sets.
 *
 * @param name for people
 * @param model file
 * @param dataSets at least one, unless the case is incomplete
 */
record TestCase(String name, Path model, List<DataSet> dataSets) {
  TestCase {
    dataSets = List.copyOf(dataSets);
  }
}
