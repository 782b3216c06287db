// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Kernels and host code number activations alike. */
final class ActivationNumberTest {
  private static final Path SOURCE =
      Path.of("src/main/resources/io/pointwise/cuda/kernels/activation.cu");

  @Test
  void eachFunctionOfTheKernelsHasItsNumber() throws IOException {
    List<String> functions =
        Pattern.compile("(?m)^ACTIVATION_OF\\((\\w+)\\)")
            .matcher(Files.readString(SOURCE))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !name.equals("any"))
            .toList();
    assertEquals(functions, ActivationNumber.NAMES);
  }

  @Test
  void eachCaseHasTheNumberOfItsFunction() throws IOException {
    List<String> cases =
        Pattern.compile("(?m)^    CASE_OF\\((\\d+), (\\w+)\\)$")
            .matcher(Files.readString(SOURCE))
            .results()
            .map(found -> found.group(1) + " " + found.group(2))
            .toList();
    assertTrue(cases.size() > 30, cases::toString);
    for (int i = 0; i < ActivationNumber.NAMES.size(); i++) {
      assertEquals(i + " " + ActivationNumber.NAMES.get(i), cases.get(i));
    }
    assertEquals(ActivationNumber.NAMES.size(), cases.size());
  }
}
