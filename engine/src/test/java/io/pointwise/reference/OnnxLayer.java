// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Mul;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Role;
import io.pointwise.layer.Softmax;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a case asks for, in this engine's layers. */
record OnnxLayer(Layer layer, Weights weights, List<Tensor> inputs) {
  /** Empty for operators that are no layer here, and for other ranks than images have. */
  static Optional<OnnxLayer> of(OnnxCase test) {
    if (test.input(0).isEmpty() || test.integer("training_mode", 0) != 0) {
      return Optional.empty();
    }
    Tensor x = test.input(0).orElseThrow();
    Shape shape = x.shape();
    boolean image = shape.rank() == 4;
    return switch (test.operator()) {
      case "Conv" -> image ? conv(test, x) : Optional.empty();
      case "ConvTranspose" -> image ? transposed(test, x) : Optional.empty();
      case "MaxPool" ->
          image
              ? plain(x, new MaxPool2d(OnnxWindow.of(test, shape), ceil(test)))
              : Optional.empty();
      case "AveragePool" ->
          image
              ? plain(
                  x,
                  new AvgPool2d(
                      OnnxWindow.of(test, shape),
                      ceil(test),
                      test.integer("count_include_pad", 0) != 0))
              : Optional.empty();
      case "GlobalAveragePool" -> plain(x, new GlobalPool2d(GlobalPool2d.Mode.AVERAGE));
      case "GlobalMaxPool" -> plain(x, new GlobalPool2d(GlobalPool2d.Mode.MAX));
      case "BatchNormalization" -> norm(test, x);
      case "LRN" ->
          plain(
              x,
              new LocalResponseNorm(
                  (int) test.integer("size", 1),
                  test.real("alpha", 1e-4f),
                  test.real("beta", 0.75f),
                  test.real("bias", 1)));
      case "Softmax" -> softmax(test, x, false);
      case "LogSoftmax" -> softmax(test, x, true);
      case "PRelu" -> prelu(test, x);
      case "Concat" -> all(test, new Concat((int) test.integer("axis", 0)));
      case "Add" -> all(test, new Add());
      case "Mul" -> all(test, new Mul());
      case "Flatten" -> plain(x, new Flatten((int) test.integer("axis", 1)));
      case "Reshape" -> reshape(test, x);
      case "Dropout" -> plain(x, new Dropout(0.5f));
      default -> activation(test).flatMap(function -> plain(x, new Activation(function)));
    };
  }

  private static Optional<ActivationFunction> activation(OnnxCase test) {
    return Optional.ofNullable(
        switch (test.operator()) {
          case "Relu" -> new ActivationFunction.Relu();
          case "LeakyRelu" -> new ActivationFunction.LeakyRelu(test.real("alpha", 0.01f));
          case "Elu" -> new ActivationFunction.Elu(test.real("alpha", 1));
          case "Sigmoid" -> new ActivationFunction.Sigmoid();
          case "Tanh" -> new ActivationFunction.Tanh();
          case "HardSwish" -> new ActivationFunction.HardSwish();
          case "HardSigmoid" ->
              new ActivationFunction.HardSigmoid(test.real("alpha", 0.2f), test.real("beta", 0.5f));
          case "Clip" ->
              new ActivationFunction.Clip(
                  limit(test, 1, "min", Float.NEGATIVE_INFINITY),
                  limit(test, 2, "max", Float.POSITIVE_INFINITY));
          default -> null;
        });
  }

  private static float limit(OnnxCase test, int place, String attribute, float otherwise) {
    return test.input(place)
        .map(tensor -> tensor.get(0))
        .orElseGet(() -> test.real(attribute, otherwise));
  }

  private static boolean ceil(OnnxCase test) {
    return test.integer("ceil_mode", 0) != 0;
  }

  private static Optional<OnnxLayer> plain(Tensor x, Layer layer) {
    return Optional.of(new OnnxLayer(layer, Weights.none(), List.of(x)));
  }

  private static Optional<OnnxLayer> all(OnnxCase test, Layer layer) {
    List<Tensor> inputs = test.inputs().stream().flatMap(Optional::stream).toList();
    return inputs.size() == test.inputs().size()
        ? Optional.of(new OnnxLayer(layer, Weights.none(), inputs))
        : Optional.empty();
  }

  private static Weights filters(OnnxCase test) {
    Map<Role, Tensor> weights = new EnumMap<>(Role.class);
    weights.put(Role.WEIGHT, test.input(1).orElseThrow());
    test.input(2).ifPresent(bias -> weights.put(Role.BIAS, bias));
    return Weights.of(weights);
  }

  private static Optional<OnnxLayer> conv(OnnxCase test, Tensor x) {
    Shape filter = test.input(1).orElseThrow().shape();
    Conv2d conv =
        new Conv2d(
            filter.dim(0),
            OnnxWindow.of(test, x.shape(), filter.dim(2), filter.dim(3)),
            (int) test.integer("group", 1),
            test.input(2).isPresent());
    return Optional.of(new OnnxLayer(conv, filters(test), List.of(x)));
  }

  private static Optional<OnnxLayer> transposed(OnnxCase test, Tensor x) {
    Shape filter = test.input(1).orElseThrow().shape();
    int groups = (int) test.integer("group", 1);
    int[] outputPad = OnnxWindow.outputPad(test, x.shape(), filter.dim(2), filter.dim(3));
    ConvTranspose2d layer =
        new ConvTranspose2d(
            filter.dim(1) * groups,
            OnnxWindow.ofTransposed(test, x.shape(), filter.dim(2), filter.dim(3)),
            outputPad[0],
            outputPad[1],
            groups,
            test.input(2).isPresent());
    return Optional.of(new OnnxLayer(layer, filters(test), List.of(x)));
  }

  private static Optional<OnnxLayer> norm(OnnxCase test, Tensor x) {
    Weights weights =
        Weights.of(
            Map.of(
                Role.SCALE, test.input(1).orElseThrow(),
                Role.SHIFT, test.input(2).orElseThrow(),
                Role.MEAN, test.input(3).orElseThrow(),
                Role.VARIANCE, test.input(4).orElseThrow()));
    BatchNorm layer = new BatchNorm(test.real("epsilon", 1e-5f));
    return Optional.of(new OnnxLayer(layer, weights, List.of(x)));
  }

  /** Before opset 13 softmax ran over all axes from the given one on, taken together. */
  private static Optional<OnnxLayer> softmax(OnnxCase test, Tensor x, boolean log) {
    if (test.opset() >= 13) {
      return plain(x, new Softmax((int) test.integer("axis", -1), log));
    }
    Shape matrix = new Flatten((int) test.integer("axis", 1)).outputShape(List.of(x.shape()));
    return plain(x.reshape(matrix), new Softmax(1, log));
  }

  private static Optional<OnnxLayer> prelu(OnnxCase test, Tensor x) {
    Tensor slope = test.input(1).orElseThrow();
    long slopes = slope.shape().elements();
    int channels = x.shape().rank() < 2 ? 0 : x.shape().dim(1);
    boolean aligned = slope.shape().rank() == x.shape().rank() - 1 || test.opset() < 7;
    if (channels == 0 || (slopes != 1 && (slopes != channels || !aligned))) {
      return Optional.empty();
    }
    Weights weights = Weights.of(Map.of(Role.SLOPE, slope.reshape(Shape.of((int) slopes))));
    return Optional.of(new OnnxLayer(new PRelu(slopes > 1), weights, List.of(x)));
  }

  private static Optional<OnnxLayer> reshape(OnnxCase test, Tensor x) {
    long[] dims = test.integers().get(1);
    if (dims == null || test.integer("allowzero", 0) != 0) {
      return Optional.empty();
    }
    return plain(x, new Reshape(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray()));
  }
}
