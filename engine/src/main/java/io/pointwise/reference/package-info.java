// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The reference: values in double precision together with a bound on the error of any float32
 * evaluation.
 */
@NullMarked
package io.pointwise.reference;

import org.jspecify.annotations.NullMarked;
