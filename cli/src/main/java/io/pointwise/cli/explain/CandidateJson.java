// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.plan.Candidate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In JSON: what became of an algorithm.
 *
 * @param algorithm its name
 * @param verdict chosen, accepts, rejected (wrong or failing when it was measured), refused or
 *     inapplicable (for other operations)
 * @param medianNanos of a run, where it was measured; else null
 * @param refused why, or null
 */
public record CandidateJson(
    String algorithm,
    String verdict,
    @JsonProperty("median_ns") @Nullable Long medianNanos,
    @Nullable String refused) {
  public static CandidateJson of(Candidate candidate) {
    return new CandidateJson(
        candidate.algorithm(),
        candidate.verdict().name().toLowerCase(Locale.ROOT),
        candidate.medianNanos(),
        candidate.accepts() ? null : candidate.reason());
  }
}
