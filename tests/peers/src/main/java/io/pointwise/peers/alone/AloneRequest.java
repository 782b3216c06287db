// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.alone;

import io.pointwise.device.MaxIsa;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * What a process of its own is to do.
 *
 * @param library {@code pointwise} or {@code onnxruntime}
 * @param model ONNX file of one input and one output
 * @param output file for the output of the last run: float32, little-endian, row-major
 * @param input shape of the input
 * @param seed of the input
 * @param threads of the library
 * @param runs one after the other, at least 1
 * @param device policy, for ours
 * @param only patterns of algorithms, for ours; empty for all
 * @param maxIsa widest instruction set that ours generates code for
 * @param winograd whether Winograd's formula may be used, for ours
 */
public record AloneRequest(
    String library,
    String model,
    String output,
    List<Integer> input,
    long seed,
    int threads,
    int runs,
    String device,
    List<String> only,
    MaxIsa maxIsa,
    boolean winograd) {
  public AloneRequest {
    input = List.copyOf(input);
    only = List.copyOf(only);
    if (runs < 1) {
      throw new IllegalArgumentException("runs=" + runs + " must be at least 1");
    }
  }

  Shape inputShape() {
    return Shape.of(input.stream().mapToInt(Integer::intValue).toArray());
  }
}
