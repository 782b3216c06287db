// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of tables, pages and summaries. */
@NullMarked
package io.pointwise.peers.report;

import org.jspecify.annotations.NullMarked;
