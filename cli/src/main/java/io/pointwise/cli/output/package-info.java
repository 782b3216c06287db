// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Where output goes and how it looks: streams, tables, units, JSON, progress, exit statuses. */
@NullMarked
package io.pointwise.cli.output;

import org.jspecify.annotations.NullMarked;
