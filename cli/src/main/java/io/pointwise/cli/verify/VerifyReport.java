// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.cli.output.RanDevice;
import io.pointwise.cli.output.SkippedDevice;
import io.pointwise.cli.verify.CaseResult.Status;
import io.pointwise.device.Devices;
import java.util.List;

/**
 * The document of {@code pointwise verify --json}.
 *
 * @param schema name and version of this format
 * @param device that ran
 * @param skipped devices that were preferred but do not work
 * @param precision of the arithmetic
 * @param passed cases
 * @param failed cases
 * @param unsupported cases
 * @param cases all
 */
record VerifyReport(
    String schema,
    RanDevice device,
    List<SkippedDevice> skipped,
    String precision,
    long passed,
    long failed,
    long unsupported,
    List<CaseResult> cases) {

  static VerifyReport of(Devices.Selection selection, String precision, List<CaseResult> cases) {
    return new VerifyReport(
        "pointwise-verify/1",
        RanDevice.of(selection.device().info()),
        SkippedDevice.of(selection.skipped()),
        precision,
        count(cases, Status.PASS),
        count(cases, Status.FAIL),
        count(cases, Status.UNSUPPORTED),
        List.copyOf(cases));
  }

  private static long count(List<CaseResult> cases, Status status) {
    return cases.stream().filter(each -> each.status() == status).count();
  }
}
