// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.Activation;
import io.pointwise.layer.Add;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Constant;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.Linear;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Operation;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Reorder;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Role;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.StridedLayer;
import io.pointwise.layer.Where;
import io.pointwise.layer.Winograd;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;

/** From an operation's description to what computes it. */
final class ScalarOperations {
  private ScalarOperations() {}

  static ScalarOperation of(
      Operation operation,
      List<Shape> inputs,
      Shape output,
      Map<Role, Field> weights,
      Allowance allowance,
      Workers workers) {
    // A constant reads nothing.
    Shape input = inputs.isEmpty() ? output : inputs.getFirst();
    return switch (operation) {
      case Conv2d conv -> convolution(conv.spec(input), weights, allowance, workers);
      case ConvTranspose2d conv ->
          new TransposedConvolution(
              conv, input, output, weight(weights), weights.get(Role.BIAS), allowance, workers);
      case Linear linear ->
          new MatrixProduct(
              input, linear.out(), weight(weights), weights.get(Role.BIAS), allowance, workers);
      case MaxPool2d pool -> new MaxPooling(pool.spec(input), workers);
      case AvgPool2d pool -> new AveragePooling(pool.spec(input), pool.countIncludePad(), workers);
      case GlobalPool2d pool -> new GlobalPooling(pool.mode(), workers);
      case Activation activation -> new Activating(activation.function(), workers);
      case PRelu _ -> new LearnedLeaky(tensor(weights, Role.SLOPE), workers);
      case Softmax softmax -> new SoftmaxNormalization(softmax, input, workers);
      case BatchNorm norm -> new BatchNormalization(weights, norm.epsilon(), allowance, workers);
      case LocalResponseNorm norm -> new ResponseNormalization(norm, workers);
      case Concat concat -> new Concatenation(concat.axis(), output, workers);
      case Add _ -> new Arithmetic(Arithmetic.Kind.ADD, allowance, workers);
      case Mul _ -> new Arithmetic(Arithmetic.Kind.MULTIPLY, Allowance.none(2), workers);
      case Elementwise elementwise -> new Pairing(elementwise.function(), workers);
      case Where _ -> new Choosing(workers);
      case Constant _ -> new ConstantValue(tensor(weights, Role.VALUE), workers);
      case MatMul _ -> new BatchedProduct(allowance.precision(), workers);
      case GroupNorm norm ->
          new GroupNormalization(
              norm, tensor(weights, Role.SCALE), tensor(weights, Role.SHIFT), workers);
      case Reduce reduce -> new Reduction(reduce, input, output, workers);
      case ArgReduce reduce -> new ExtremeIndex(reduce, input, workers);
      case MaxPoolIndices pool ->
          new MaxPoolingIndices(pool.spec(input), pool.columnMajor(), workers);
      case Pad pad -> new Padding(pad, input, workers);
      case Resize resize -> new Interpolation(resize, input, output, workers);
      case Gather gather -> new Gathering(gather.axis(), false, input, workers);
      case GatherElements gather -> new Gathering(gather.axis(), true, input, workers);
      case StridedLayer layer -> new StridedCopy(layer.map(input), workers);
      // A reorder changes memory, not values.
      case Flatten _, Reshape _, Dropout _, Reorder _ -> new Copying(workers);
    };
  }

  private static ScalarOperation convolution(
      ConvSpec spec, Map<Role, Field> weights, Allowance allowance, Workers workers) {
    Convolution definition =
        new Convolution(spec, weight(weights), weights.get(Role.BIAS), allowance, workers);
    Winograd formula = allowance.winograd();
    return formula == null
        ? definition
        : new WinogradError(
            definition, formula, spec, weight(weights), allowance.foldRoundings(), workers);
  }

  private static Field weight(Map<Role, Field> weights) {
    return tensor(weights, Role.WEIGHT);
  }

  private static Field tensor(Map<Role, Field> weights, Role role) {
    Field field = weights.get(role);
    if (field == null) {
      throw new IllegalArgumentException(
          "no weight tensor of role " + role + "; there are " + weights.keySet());
    }
    return field;
  }
}
