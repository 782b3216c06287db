// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What became of a case.
 *
 * @param name of the case
 * @param status PASS, FAIL or UNSUPPORTED
 * @param reason what is wrong or not supported; null for a case that passed
 * @param maxError largest absolute error of any element; null where nothing was compared, or where
 *     it is no number
 */
record CaseResult(
    String name,
    Status status,
    @Nullable String reason,
    @JsonProperty("max_error") @Nullable Double maxError) {
  /** How a case can end. */
  enum Status {
    PASS,
    FAIL,
    UNSUPPORTED
  }

  static CaseResult pass(String name, @Nullable Double maxError) {
    return new CaseResult(name, Status.PASS, null, maxError);
  }

  static CaseResult fail(String name, String reason, @Nullable Double maxError) {
    return new CaseResult(name, Status.FAIL, reason, maxError);
  }

  static CaseResult unsupported(String name, String reason) {
    return new CaseResult(name, Status.UNSUPPORTED, reason, null);
  }

  @JsonIgnore
  boolean isFailure() {
    return status == Status.FAIL;
  }

  /** The reason on one line, empty where there is none. */
  @JsonIgnore
  String line() {
    return reason == null ? "" : reason.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
