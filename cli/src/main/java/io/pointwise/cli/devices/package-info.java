// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** {@code pointwise devices}: what can run here, and what cannot with its cause and its fix. */
@NullMarked
package io.pointwise.cli.devices;

import org.jspecify.annotations.NullMarked;
