// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.output.Units;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the peers, the same for layers and networks: time, ratio, and in a page the spread
 * of the ratio and, where a peer tells it, the ratio on the device's clock. A terminal has room for
 * one of both.
 */
final class PeerColumns {
  private record Peer(String name, boolean tellsDevice) {}

  private final List<Peer> peers;
  private final boolean page;

  /**
   * Of the peers that measured any of these.
   *
   * @param names of all peers, in order
   * @param page whether there is room for every column
   */
  PeerColumns(List<String> names, List<Measured> measured, boolean page) {
    this.page = page;
    this.peers =
        names.stream()
            .filter(name -> measured.stream().anyMatch(each -> each.peer(name) != null))
            .map(name -> new Peer(name, measured.stream().anyMatch(each -> tells(each, name))))
            .toList();
  }

  private static boolean tells(Measured measured, String name) {
    Measured.PeerResult peer = measured.peer(name);
    return peer != null && peer.deviceRatio() != null;
  }

  void addTo(Grid grid) {
    for (Peer peer : peers) {
      grid.right(peer.name(), page ? "its time / ours" : "ratio");
      if (page || !peer.tellsDevice()) {
        grid.right("p10 to p90");
      }
      if (peer.tellsDevice()) {
        grid.right(page ? "on the device's clock" : "on device");
      }
    }
  }

  /** Empty where a peer does not compute it. */
  List<String> cells(Measured measured) {
    List<String> cells = new ArrayList<>();
    for (Peer peer : peers) {
      Measured.PeerResult result = measured.peer(peer.name());
      cells.add(result == null ? "" : Units.time(Math.round(result.time().median())));
      cells.add(result == null ? "" : Units.digits(result.ratio().median()));
      if (page || !peer.tellsDevice()) {
        cells.add(result == null ? "" : range(result.ratio()));
      }
      if (peer.tellsDevice()) {
        Spread device = result == null ? null : result.deviceRatio();
        cells.add(device == null ? "" : Units.digits(device.median()));
      }
    }
    return cells;
  }

  private static String range(Spread ratio) {
    return Units.digits(ratio.p10()) + " to " + Units.digits(ratio.p90());
  }
}
