// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is for: the shapes of all inputs, and the values of those that decide about it.
 *
 * @param shapes by name
 * @param fixed by name
 */
record PlanKey(Map<String, Shape> shapes, Map<String, TypedTensor> fixed) {
  static PlanKey of(OnnxModel model, List<TypedTensor> inputs) {
    if (inputs.size() != model.inputs().size()) {
      throw new OnnxException(
          model.name()
              + " has "
              + model.inputs().size()
              + " inputs, "
              + model.inputs().stream().map(OnnxValue::name).toList()
              + ", got "
              + inputs.size());
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    Map<String, TypedTensor> fixed = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      OnnxValue input = model.inputs().get(i);
      TypedTensor tensor = inputs.get(i);
      model.requireAccepted(input, tensor.shape());
      boolean sameKind =
          input.type() == tensor.type() || (input.type().isFloat() && tensor.type().isFloat());
      if (!sameKind) {
        throw new OnnxException(
            model.name() + ": input " + input + " was given a tensor of type " + tensor.type());
      }
      shapes.put(input.name(), tensor.shape());
      if (model.fixedInputs().contains(input.name())) {
        fixed.put(input.name(), tensor);
      }
    }
    return new PlanKey(shapes, fixed);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlanKey key
        && shapes.equals(key.shapes)
        && fixed.keySet().equals(key.fixed.keySet())
        && fixed.entrySet().stream()
            .allMatch(
                entry -> {
                  TypedTensor there = key.fixed.get(entry.getKey());
                  return there != null && entry.getValue().sameAs(there);
                });
  }

  /** The shapes are enough to tell most keys apart. */
  @Override
  public int hashCode() {
    return shapes.hashCode();
  }
}
