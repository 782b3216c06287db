// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** What was measured: as JSON, as tables, as parts of a page. */
@NullMarked
package io.pointwise.peers.report;

import org.jspecify.annotations.NullMarked;
