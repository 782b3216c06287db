// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pointwise.cli.bench.LayerJson;

/**
 * One layer.
 *
 * @param algorithm of ours that computed it
 */
public record LayerResult(LayerJson layer, String algorithm, @JsonUnwrapped Measured measured) {}
