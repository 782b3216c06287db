/** The vector tier on jdk.incubator.vector. Loaded only when that module is present. */
@NullMarked
package io.pointwise.cpu.vector;

import org.jspecify.annotations.NullMarked;
