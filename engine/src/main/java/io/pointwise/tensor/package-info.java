/** Host tensors, their shapes, and the layouts that devices may give to activations. */
@NullMarked
package io.pointwise.tensor;

import org.jspecify.annotations.NullMarked;
