// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Epilogue;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Layer;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer after fusion.
 *
 * @param name of the value that it gives: that of the last layer that it covers
 * @param layer the operation, batch norm folded in
 * @param inputs names of the values that it reads, the residual last
 * @param inputShapes their shapes
 * @param shape of the output
 * @param weights folded
 * @param epilogue fused behind
 * @param covers names of the network's layers that it computes
 */
record FusedNode(
    String name,
    Layer layer,
    List<String> inputs,
    List<Shape> inputShapes,
    Shape shape,
    Weights weights,
    Epilogue epilogue,
    List<String> covers) {

  FusedNode withActivation(String newName, ActivationFunction activation) {
    return new FusedNode(
        newName,
        layer,
        inputs,
        inputShapes,
        shape,
        weights,
        new Epilogue(epilogue.residual(), activation),
        append(covers, newName));
  }

  FusedNode withResidual(String newName, String residual) {
    return new FusedNode(
        newName,
        layer,
        append(inputs, residual),
        append(inputShapes, shape),
        shape,
        weights,
        new Epilogue(true, null),
        append(covers, newName));
  }

  FusedNode withFolded(String newName, Layer folded, Weights foldedWeights) {
    return new FusedNode(
        newName,
        folded,
        inputs,
        inputShapes,
        shape,
        foldedWeights,
        epilogue,
        append(covers, newName));
  }

  static <T> List<T> append(List<T> list, T last) {
    List<T> copy = new ArrayList<>(list);
    copy.add(last);
    return List.copyOf(copy);
  }
}
