// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.cpu.Workers;
import io.pointwise.cpu.scalar.Allowance;
import io.pointwise.cpu.scalar.Field;
import io.pointwise.cpu.scalar.ScalarStep;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.layer.Role;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What steps and networks should give: computed in double precision by the scalar operations, layer
 * after layer, without any planning, together with a bound on the error of any float32 evaluation.
 * Uses all cores; the result does not depend on how many there are.
 *
 * <p>The bounds follow Higham, "Accuracy and Stability of Numerical Algorithms": they hold for sums
 * in any order, with or without fused multiply-adds, on devices that flush to zero, and for
 * networks whose batch norms and residuals were fused into convolutions, and for convolutions by
 * {@linkplain Winograd Winograd's formula} where the caller says so. For TF32 they are larger; for
 * FP16 and BF16 there are none.
 */
public final class Reference {
  private Reference() {}

  /**
   * The outputs of a network, in the order of {@link Network#outputs()}.
   *
   * @param inputs in the order of {@link Network#inputs()}
   * @throws IllegalArgumentException if their number or shapes are not the network's
   */
  public static List<Expected> run(Network network, List<Tensor> inputs) {
    return run(network, inputs, Map.of());
  }

  /**
   * The same values, with bounds that allow for convolutions by Winograd's formula.
   *
   * @param winograd which layers, by name: {@link io.pointwise.plan.Blueprint#winograd}
   */
  public static List<Expected> run(
      Network network, List<Tensor> inputs, Map<String, Winograd> winograd) {
    return run(network, inputs, winograd, Precision.FP32);
  }

  /**
   * The same values, with bounds for another arithmetic.
   *
   * @param precision FP32 or TF32
   * @throws IllegalArgumentException for precisions and formulas for which no bound is known
   */
  public static List<Expected> run(
      Network network, List<Tensor> inputs, Map<String, Winograd> winograd, Precision precision) {
    Map<String, Integer> readers = readers(network);
    Map<String, Field> values = evaluate(network, inputs, winograd, precision, readers);
    return network.outputs().stream().map(name -> new Expected(value(values, name))).toList();
  }

  /** The output of every layer by name, in the order of {@link Network#nodes()}. */
  public static Map<String, Expected> trace(Network network, List<Tensor> inputs) {
    Map<String, Field> values = evaluate(network, inputs, Map.of(), Precision.FP32, Map.of());
    Map<String, Expected> trace = new LinkedHashMap<>();
    for (Node node : network.nodes()) {
      trace.put(node.name(), new Expected(value(values, node.name())));
    }
    return Collections.unmodifiableMap(trace);
  }

  /**
   * The output of one step, just as it stands.
   *
   * @param inputs in the order of the step's inputs, the residual last
   * @throws IllegalArgumentException if their number or shapes are not the step's
   */
  public static Expected step(Step step, List<Tensor> inputs, Weights weights) {
    return step(step, inputs, weights, Optional.empty());
  }

  /**
   * The same values, with bounds for a device that computes the step by Winograd's formula.
   *
   * @param winograd the formula: {@link io.pointwise.device.Algorithm#winograd}
   */
  public static Expected step(
      Step step, List<Tensor> inputs, Weights weights, Optional<Winograd> winograd) {
    requireShapes("step " + step.name(), step.inputs(), inputs);
    List<Shape> operands = step.operands();
    ScalarStep scalar =
        new ScalarStep(
            step.operation(),
            operands,
            step.output(),
            step.epilogue(),
            fields(weights),
            Allowance.none(operands.size()).with(winograd.orElse(null)).in(step.precision()),
            Pool.WORKERS);
    Field output = Field.tracked(step.output());
    scalar.run(inputs.stream().map(Field::of).toList(), output);
    return new Expected(output);
  }

  /** How many layers, and the caller, read each value; a value is let go when the last one has. */
  private static Map<String, Integer> readers(Network network) {
    Map<String, Integer> readers = new HashMap<>();
    for (Node node : network.nodes()) {
      node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    network.outputs().forEach(output -> readers.merge(output, 1, Integer::sum));
    return readers;
  }

  private static Map<String, Field> evaluate(
      Network network,
      List<Tensor> inputs,
      Map<String, Winograd> winograd,
      Precision precision,
      Map<String, Integer> readers) {
    requireShapes("network " + network.name(), List.copyOf(network.inputs().values()), inputs);
    Map<String, Field> values = new HashMap<>();
    int next = 0;
    for (String input : network.inputs().keySet()) {
      values.put(input, Field.of(inputs.get(next++)));
    }
    Map<String, Integer> left = new HashMap<>(readers);
    Fusion fusion = new Fusion(network);
    for (Node node : network.nodes()) {
      Allowance allowance = fusion.allowance(node).with(winograd.get(node.name())).in(precision);
      values.put(node.name(), evaluate(node, values, fusion, allowance));
      for (String input : node.inputs()) {
        if (left.containsKey(input) && left.merge(input, -1, Integer::sum) == 0) {
          values.remove(input);
        }
      }
    }
    return values;
  }

  private static Field evaluate(
      Node node, Map<String, Field> values, Fusion fusion, Allowance allowance) {
    ScalarStep scalar =
        new ScalarStep(
            node.layer(),
            node.inputShapes(),
            node.shape(),
            Epilogue.NONE,
            fields(node.weights()),
            allowance,
            Pool.WORKERS);
    fusion.note(node, scalar.terms());
    Field output = Field.tracked(node.shape());
    scalar.run(node.inputs().stream().map(input -> value(values, input)).toList(), output);
    return output;
  }

  private static Field value(Map<String, Field> values, String name) {
    Field field = values.get(name);
    if (field == null) {
      throw new IllegalStateException("value " + name + " was not computed or was let go");
    }
    return field;
  }

  private static Map<Role, Field> fields(Weights weights) {
    Map<Role, Field> fields = new EnumMap<>(Role.class);
    weights.roles().forEach(role -> fields.put(role, Field.of(weights.get(role))));
    return fields;
  }

  private static void requireShapes(String what, List<Shape> wanted, List<Tensor> inputs) {
    List<Shape> given = inputs.stream().map(Tensor::shape).toList();
    if (!wanted.equals(given)) {
      throw new IllegalArgumentException(
          what + " takes inputs of shapes " + wanted + ", got " + given);
    }
  }

  /**
   * Threads for all of this package, started when first needed; daemons, so they keep no program
   * alive.
   */
  static final class Pool {
    static final Workers WORKERS = new Workers(Runtime.getRuntime().availableProcessors());

    private Pool() {}
  }
}
