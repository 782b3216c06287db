// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Examples for users, compiled and run in the build. */
@NullMarked
package io.pointwise.examples;

import org.jspecify.annotations.NullMarked;
