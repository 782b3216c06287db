// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;

/**
 * A place in device memory for one activation in one layout. Views (flatten, reshape) share the
 * storage of what they view.
 *
 * @param id index in {@link Blueprint#storages()}
 * @param name of the value that it was made for
 * @param shape of that value
 * @param layout how the elements lie
 */
public record Storage(int id, String name, Shape shape, Layout layout) {
  public long bytes() {
    return layout.bytes(shape);
  }
}
