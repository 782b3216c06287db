/** The CPU device. */
@NullMarked
package io.pointwise.cpu;

import org.jspecify.annotations.NullMarked;
