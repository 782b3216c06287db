// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What was put on a stream while it was recorded, to be put there again. */
final class RemoteRecording implements DeviceStream.Recording {
  private record Piece(List<BufferSlice> buffers, Runnable work) {}

  private final RemoteStream stream;
  private final Ledger ledger;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean open = true;

  RemoteRecording(RemoteStream stream, Ledger ledger) {
    this.stream = stream;
    this.ledger = ledger;
    ledger.recordings().incrementAndGet();
  }

  void add(List<BufferSlice> buffers, Runnable work) {
    pieces.add(new Piece(buffers, work));
  }

  @Override
  public void enqueue() {
    if (!open) {
      ledger.violation("a closed recording was enqueued");
    }
    ledger.replays().incrementAndGet();
    for (Piece piece : pieces) {
      CountDownLatch _ = stream.enqueue(piece.buffers(), piece.work());
    }
  }

  @Override
  public void close() {
    if (!open) {
      ledger.violation("a recording was closed twice");
      return;
    }
    open = false;
    ledger.recordings().decrementAndGet();
  }
}
