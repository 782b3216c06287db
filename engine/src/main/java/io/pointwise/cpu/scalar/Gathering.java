// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Elements of a tensor, picked by indices along an axis; NaN where an index means none.
 *
 * <p>Error: that of the element. Where the index has an error, any element that a whole number
 * within that error means may be picked instead, and its distance and error count.
 */
final class Gathering implements ScalarOperation {
  private final int axis;
  private final boolean elements;
  private final Workers workers;

  /**
   * @param axis of the data
   * @param elements whether every index picks one element, else it picks a slice
   */
  Gathering(int axis, boolean elements, Shape data, Workers workers) {
    this.axis = axis < 0 ? axis + data.rank() : axis;
    this.elements = elements;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field data = inputs.getFirst();
    Field indices = inputs.getLast();
    Tasks.overElements(
        workers,
        output.shape().elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            pick(
                data,
                elements ? place(data, i, indices) : slicePlace(data, i, indices),
                indices,
                output,
                i);
          }
        });
  }

  /**
   * Where an output element comes from.
   *
   * @param line position in the data of the first element along the axis
   * @param index position of its index
   */
  private record Place(long line, long index) {}

  private Place slicePlace(Field data, long i, Field indices) {
    Shape shape = data.shape();
    long inner = shape.elements(axis + 1, shape.rank());
    long picked = indices.shape().elements();
    long outer = i / inner / picked;
    return new Place(outer * shape.dim(axis) * inner + i % inner, i / inner % picked);
  }

  private Place place(Field data, long i, Field indices) {
    Shape shape = data.shape();
    long line = 0;
    long step = 1;
    long rest = i;
    for (int k = shape.rank() - 1; k >= 0; k--) {
      line += k == axis ? 0 : rest % indices.shape().dim(k) * step;
      step *= shape.dim(k);
      rest /= indices.shape().dim(k);
    }
    return new Place(line, i);
  }

  private void pick(Field data, Place place, Field indices, Field output, long i) {
    int size = data.shape().dim(axis);
    long inner = data.shape().elements(axis + 1, data.shape().rank());
    double index = indices.value(place.index);
    int picked = GatheredIndex.of(index, size);
    if (picked < 0) {
      output.set(i, Double.NaN, 0);
      return;
    }
    long at = place.line + picked * inner;
    double y = data.value(at);
    double error = data.error(at);
    double reach = Math.min(indices.error(place.index), 2.0 * size);
    for (double near = Math.ceil(index - reach); near <= index + reach; near++) {
      int other = GatheredIndex.of(near, size);
      if (other >= 0 && other != picked) {
        long atOther = place.line + other * inner;
        error = Math.max(error, Math.abs(data.value(atOther) - y) + data.error(atOther));
      }
    }
    output.set(i, y, error);
  }
}
