// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

/**
 * What was not measured because the algorithms that were asked for do not compute it.
 *
 * @param name of the layer or network
 * @param reason as planning gives it
 */
public record Refused(String name, String reason) {}
