// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.bench.Verification;
import java.util.ArrayList;
import java.util.List;

/** Sentences about what was wrong, refused or disturbed. */
final class Faults {
  private final List<String> sentences = new ArrayList<>();

  private Faults() {}

  /** Empty where all was well. */
  static List<String> of(ThreadsRun run) {
    Faults faults = new Faults();
    for (LayerSet set : run.layerSets()) {
      set.results().forEach(result -> faults.add(result.layer().name(), result.measured()));
      set.refused().forEach(faults::add);
    }
    for (NetworkResult result : run.networks()) {
      faults.add(result.title(), result.measured());
      for (AloneResult alone : result.alone()) {
        faults.wrong(
            result.title() + ", " + alone.library() + " in a process of its own",
            alone.verification());
      }
    }
    run.refusedNetworks().forEach(faults::add);
    return faults.sentences;
  }

  private void add(String name, Measured measured) {
    wrong(name, measured.verification());
    measured.peers().forEach(peer -> wrong(name + ", " + peer.name(), peer.verification()));
    if (measured.unquiet() > 0) {
      sentences.add(
          "DISTURBED: "
              + name
              + ": before "
              + measured.unquiet()
              + " samples the process did not become quiet");
    }
  }

  private void add(Refused refused) {
    sentences.add("not measured: " + refused.name() + ": " + refused.reason());
  }

  private void wrong(String name, Verification verification) {
    if (!verification.ok()) {
      sentences.add("WRONG: " + name + ": " + verification.detail());
    }
  }
}
