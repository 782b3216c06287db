/** Immutable graphs of named layers, their builder, and the ready networks of the literature. */
@NullMarked
package io.pointwise.network;

import org.jspecify.annotations.NullMarked;
