/**
 * The layers of a CNN: validated descriptions that know their output shape, parameters and cost.
 */
@NullMarked
package io.pointwise.layer;

import org.jspecify.annotations.NullMarked;
