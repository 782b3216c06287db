// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import io.pointwise.cli.output.UserFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.zip.GZIPInputStream;

/**
 * Reads idx files, the format of the MNIST database, plain or compressed by gzip: two zero bytes,
 * the type, the number of dimensions, the dimensions in four bytes each (big endian), the elements.
 *
 * @see <a href="https://yann.lecun.com/exdb/mnist/">the format</a>
 */
public final class IdxFile {
  private static final int UNSIGNED_BYTES = 0x08;
  private static final int GZIP_FIRST = 0x1F;
  private static final int GZIP_SECOND = 0x8B;

  private IdxFile() {}

  /** The images of a file of three dimensions. */
  public static GreyImages images(String file) {
    return read(
        file,
        3,
        "images",
        (dims, bytes) -> new GreyImages(dims.get(0), dims.get(1), dims.get(2), bytes));
  }

  /** The labels of a file of one dimension, as unsigned bytes. */
  public static byte[] labels(String file) {
    return read(file, 1, "labels", (_, bytes) -> bytes);
  }

  private static <T> T read(
      String file, int rank, String what, BiFunction<List<Integer>, byte[], T> result) {
    try (DataInputStream in = open(file)) {
      int magic = in.readInt();
      if (magic >>> 16 != 0) {
        throw UserFile.unreadable(file, "it is no idx file");
      }
      if ((magic >> 8 & 0xFF) != UNSIGNED_BYTES || (magic & 0xFF) != rank) {
        throw UserFile.unreadable(
            file,
            String.format(
                "it holds no %s: those are unsigned bytes (type 0x08) in %d dimension%s, these are"
                    + " of type 0x%02x in %d",
                what, rank, rank == 1 ? "" : "s", magic >> 8 & 0xFF, magic & 0xFF));
      }
      List<Integer> dims = new ArrayList<>();
      for (int axis = 0; axis < rank; axis++) {
        dims.add(in.readInt());
      }
      return result.apply(dims, elements(file, in, dims));
    } catch (EOFException e) {
      throw UserFile.unreadable(file, new IOException("it is cut off", e));
    } catch (IOException e) {
      throw UserFile.unreadable(file, e);
    }
  }

  private static byte[] elements(String file, DataInputStream in, List<Integer> dims)
      throws IOException {
    long needed = 1;
    for (int dim : dims) {
      needed = dim < 0 ? Long.MAX_VALUE : saturated(needed, dim);
    }
    if (needed > Integer.MAX_VALUE - 8) {
      throw UserFile.unreadable(file, "it says that it holds more than 2³¹ bytes");
    }
    byte[] bytes = in.readNBytes((int) needed);
    if (bytes.length < needed) {
      throw UserFile.unreadable(
          file, "it is cut off: " + bytes.length + " of " + needed + " bytes are there");
    }
    if (in.read() >= 0) {
      throw UserFile.unreadable(file, "it holds more than the " + needed + " bytes that it says");
    }
    return bytes;
  }

  private static long saturated(long product, int dim) {
    return dim != 0 && product > Integer.MAX_VALUE / dim ? Long.MAX_VALUE : product * dim;
  }

  private static DataInputStream open(String file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(UserFile.existing(file)));
    in.mark(2);
    boolean compressed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    in.reset();
    return new DataInputStream(compressed ? new GZIPInputStream(in) : in);
  }
}
