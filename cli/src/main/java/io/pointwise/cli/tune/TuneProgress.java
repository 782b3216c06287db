// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tune;

import io.pointwise.cli.output.Progress;
import io.pointwise.cli.output.Screen;
import io.pointwise.device.Step;
import io.pointwise.tuning.Outcome;
import io.pointwise.tuning.TuningObserver;
import java.util.List;

/** Tells on the error stream what is measured, and at once what is wrong. */
record TuneProgress(Progress progress, Screen screen) implements TuningObserver {
  @Override
  public void measuring(Step step, List<String> algorithms) {
    progress.show("measuring " + step.name() + ": " + String.join(", ", algorithms));
  }

  @Override
  public void measured(Step step, List<Outcome> outcomes) {
    progress.clear();
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Timed _ -> {}
        case Outcome.Wrong wrong -> tell(step, wrong.algorithm() + " is wrong: " + wrong.reason());
        case Outcome.Failed failed -> tell(step, failed.algorithm() + " fails: " + failed.reason());
      }
    }
  }

  private void tell(Step step, String what) {
    screen.err().println(step.name() + ": " + what);
    screen.err().flush();
  }
}
