// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.layer.InvalidSpecException;
import io.pointwise.onnx.Onnx;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.OnnxModel;
import io.pointwise.onnx.OnnxSession;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.UnsupportedOnnxException;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlanningException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a case on a device and compares. Whatever goes wrong with a case is its result; only where
 * there is no memory, others will fail too.
 */
record CaseRunner(Device device, PlanOptions options, Tolerance tolerance) {

  CaseResult run(TestCase test) {
    try {
      if (test.dataSets().isEmpty()) {
        return CaseResult.fail(test.name(), "it has no folder test_data_set_*", null);
      }
      OnnxModel model = Onnx.open(test.model());
      try (OnnxSession session = model.session(device, options)) {
        return compare(test, model, session);
      }
    } catch (UnsupportedOnnxException e) {
      return CaseResult.unsupported(test.name(), e.operator() + ": " + e.reason());
    } catch (PlanningException e) {
      return CaseResult.unsupported(test.name(), String.valueOf(e.getMessage()));
    } catch (OutOfDeviceMemoryException e) {
      throw e;
    } catch (OnnxException | InvalidSpecException | DeviceException e) {
      return CaseResult.fail(test.name(), String.valueOf(e.getMessage()), null);
    } catch (RuntimeException e) {
      return CaseResult.fail(test.name(), "an error in pointwise itself: " + e, null);
    }
  }

  private CaseResult compare(TestCase test, OnnxModel model, OnnxSession session) {
    Double maxError = 0.0;
    for (DataSet set : test.dataSets()) {
      String where = set.name().isEmpty() ? "" : set.name() + ": ";
      List<TypedTensor> expected = set.expected();
      List<TypedTensor> inputs = set.inputs().of(model);
      List<TypedTensor> actual = session.run(inputs);
      if (expected.isEmpty() || expected.size() > actual.size()) {
        return CaseResult.fail(
            test.name(),
            where + expected.size() + " outputs expected, and the model has " + actual.size(),
            null);
      }
      for (int i = 0; i < expected.size(); i++) {
        OutputComparison comparison =
            OutputComparison.of(actual.get(i), expected.get(i), tolerance);
        maxError = larger(maxError, comparison.maxError());
        if (comparison.difference() != null) {
          OnnxValue output = model.outputs().get(i);
          return CaseResult.fail(
              test.name(),
              where + "output " + output.name() + ": " + comparison.difference(),
              comparison.maxError());
        }
      }
    }
    return CaseResult.pass(test.name(), maxError);
  }

  private static @Nullable Double larger(@Nullable Double one, @Nullable Double other) {
    return one == null || other == null ? null : Double.valueOf(Math.max(one, other));
  }
}
