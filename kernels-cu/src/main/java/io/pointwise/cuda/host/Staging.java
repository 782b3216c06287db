// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcuda.Pointer;

/**
 * Pinned memory of one stream, through which its copies go. The device reads and writes it by
 * itself, so such a copy returns at once; one from or to other memory the driver does piece by
 * piece while the caller waits.
 *
 * <p>Pieces are handed out one behind the other and taken back all together when the stream is
 * idle. The blocks stay, so a stream that does the same again allocates nothing.
 */
final class Staging implements AutoCloseable {
  /** Pinned memory is memory that the rest of the machine does not have. */
  private static final long MOST = 64L << 20;

  private static final long SMALLEST_BLOCK = 1L << 20;
  private static final long ALIGNMENT = 256;

  /**
   * A part of it.
   *
   * @param memory as the host sees it
   * @param pointer as the driver takes it
   */
  record Piece(MemorySegment memory, Pointer pointer) {}

  private static final class Block {
    private final Handle<Pointer> handle;
    private final MemorySegment memory;
    private long used;

    Block(Handle<Pointer> handle, long bytes) {
      this.handle = handle;
      this.memory = MemorySegment.ofBuffer(handle.get().getByteBuffer(0, bytes));
    }

    Piece take(long bytes) {
      Piece piece = new Piece(memory.asSlice(used, bytes), handle.get().withByteOffset(used));
      used += Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
      return piece;
    }

    boolean fits(long bytes) {
      return bytes <= memory.byteSize() - used;
    }
  }

  private final CudaContext context;
  private final List<Block> blocks = new ArrayList<>();
  private long total;

  Staging(CudaContext context) {
    this.context = context;
  }

  /** A piece of so many bytes; empty if that would be more than a stream should pin. */
  Optional<Piece> take(long bytes) {
    for (Block block : blocks) {
      if (block.fits(bytes)) {
        return Optional.of(block.take(bytes));
      }
    }
    long size = Math.max(bytes, SMALLEST_BLOCK);
    if (size > MOST - total) {
      return Optional.empty();
    }
    Block block = new Block(context.allocatePinned(size), size);
    blocks.add(block);
    total += size;
    return Optional.of(block.take(bytes));
  }

  /** Takes all pieces back; the stream must be idle. */
  void reset() {
    blocks.forEach(block -> block.used = 0);
  }

  @Override
  public void close() {
    blocks.forEach(block -> block.handle.close());
    blocks.clear();
    total = 0;
  }
}
