// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Device;
import java.util.List;
import java.util.Optional;

/** Decides among a step's candidates as a {@link Tuning} says. */
public final class Tuner {
  /** One measurement at a time: two would disturb each other. */
  private static final Object MEASURING = new Object();

  private final Tuning tuning;
  private final Device device;

  public Tuner(Tuning tuning, Device device) {
    this.tuning = tuning;
    this.device = device;
  }

  /** What is known of the candidates, if there is something to decide and it is known or found. */
  public Optional<Tuned> decide(Contest contest) {
    if (!contest.isOpen()) {
      return Optional.empty();
    }
    return switch (tuning) {
      case Tuning.Off _ -> Optional.empty();
      case Tuning.Stored(TuningStore store) -> stored(store, contest);
      case Tuning.Measured measured -> {
        Optional<Tuned> known =
            measured.again() ? Optional.empty() : stored(measured.store(), contest);
        yield known.isPresent() ? known : Optional.of(measure(measured, contest));
      }
    };
  }

  private Optional<Tuned> stored(TuningStore store, Contest contest) {
    List<String> names = contest.names();
    return store
        .find(TuningKey.of(device, contest))
        .map(outcomes -> new Tuned(Origin.STORED, outcomes))
        .filter(tuned -> tuned.covers(names))
        .map(tuned -> tuned.only(names))
        .filter(tuned -> tuned.winner().isPresent());
  }

  private Tuned measure(Tuning.Measured measured, Contest contest) {
    synchronized (MEASURING) {
      measured.observer().measuring(contest.step(), contest.names());
      List<Outcome> outcomes = new Measurement(device, measured.effort()).of(contest);
      boolean lasting = outcomes.stream().noneMatch(Outcome.Failed.class::isInstance);
      Tuned tuned = new Tuned(Origin.MEASURED, outcomes);
      if (lasting && tuned.winner().isPresent()) {
        measured.store().put(TuningKey.of(device, contest), outcomes);
      }
      measured.observer().measured(contest.step(), outcomes);
      return tuned;
    }
  }
}
