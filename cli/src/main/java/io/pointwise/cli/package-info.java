// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The command line: the command tree, what its commands share, and how failures become statuses.
 */
@NullMarked
package io.pointwise.cli;

import org.jspecify.annotations.NullMarked;
