// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import java.io.Serial;

/**
 * A model or tensor file that cannot be used; the message is one sentence that names the thing, the
 * value and the limit. Nothing else is thrown for a bad file.
 */
public class OnnxException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public OnnxException(String message) {
    super(message);
  }

  public OnnxException(String message, Throwable cause) {
    super(message, cause);
  }
}
