// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import java.io.Serial;

/**
 * A model that is valid as far as it was read, but uses something that Pointwise does not do. The
 * message names the node, its operator and what of it.
 */
public final class UnsupportedOnnxException extends OnnxException {
  @Serial private static final long serialVersionUID = 1;

  private final String node;
  private final String operator;
  private final String reason;

  public UnsupportedOnnxException(String node, String operator, String reason) {
    super("node " + node + " (" + operator + "): " + reason);
    this.node = node;
    this.operator = operator;
    this.reason = reason;
  }

  /** Name of the node. */
  public String node() {
    return node;
  }

  /** Its operator, as {@code Conv}. */
  public String operator() {
    return operator;
  }

  /** What of it is not supported. */
  public String reason() {
    return reason;
  }
}
