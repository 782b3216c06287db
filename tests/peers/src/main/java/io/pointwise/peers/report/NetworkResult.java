// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One network at one batch size.
 *
 * @param network its name
 * @param parameters weights and biases
 * @param macs of a run
 * @param algorithms of ours: how many steps each computes
 * @param arenaBytes activations and workspaces of a run of ours, as planned
 * @param weightBytes packed weights of ours
 * @param alone each library in a process of its own
 */
public record NetworkResult(
    String network,
    int batch,
    long parameters,
    long macs,
    Map<String, Integer> algorithms,
    @JsonProperty("arena_bytes") long arenaBytes,
    @JsonProperty("weight_bytes") long weightBytes,
    @JsonUnwrapped Measured measured,
    List<AloneResult> alone) {
  public NetworkResult {
    alone = List.copyOf(alone);
  }

  /** The same with libraries in processes of their own. */
  public NetworkResult withAlone(List<AloneResult> results) {
    return new NetworkResult(
        network, batch, parameters, macs, algorithms, arenaBytes, weightBytes, measured, results);
  }

  /** Name and batch. */
  @JsonIgnore
  public String title() {
    return network + ", batch " + batch;
  }

  /** Images a second, of a run of median time. */
  @JsonProperty("images_per_second")
  public double imagesPerSecond() {
    return batch * 1e9 / measured.own().median();
  }

  /** Whether every output is within its bound. */
  @JsonIgnore
  public boolean isOk() {
    return measured.isOk() && alone.stream().allMatch(each -> each.verification().ok());
  }

  @Nullable AloneResult alone(String library) {
    return alone.stream().filter(each -> each.library().equals(library)).findFirst().orElse(null);
  }
}
