/** From a network to something that runs: fusion, dispatch, memory, and the shared plan. */
@NullMarked
package io.pointwise.plan;

import org.jspecify.annotations.NullMarked;
