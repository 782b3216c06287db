// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import io.pointwise.cli.output.UserFile;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Reads and writes npy files: versions 1 to 3, both byte orders, both orders of the elements,
 * numbers and booleans. Written are version 1, little endian, row-major.
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int VERSION_AT = 6;
  private static final int LENGTH_AT = 8;

  /** NumPy pads headers so that elements begin at a multiple of this. */
  private static final int ALIGNMENT = 64;

  private static final int CHUNK_BYTES = 1 << 16;

  private NpyFile() {}

  /**
   * The array of a file.
   *
   * @throws io.pointwise.cli.output.CommandFailure if it cannot be read; the sentence names the
   *     file
   */
  static TypedTensor read(String file) {
    Path path = UserFile.existing(file);
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(path)) {
      return read(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (NpyHeader.Malformed e) {
      throw UserFile.unreadable(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw UserFile.unreadable(file, e);
    }
  }

  private static TypedTensor read(MemorySegment bytes) throws NpyHeader.Malformed {
    if (bytes.byteSize() < LENGTH_AT
        || !Arrays.equals(bytes.asSlice(0, MAGIC.length).toArray(ValueLayout.JAVA_BYTE), MAGIC)) {
      throw new NpyHeader.Malformed("it is not an npy file");
    }
    int version = bytes.get(ValueLayout.JAVA_BYTE, VERSION_AT);
    if (version < 1 || version > 3) {
      throw new NpyHeader.Malformed("version " + version + " of the npy format is not supported");
    }
    int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
    long headerAt = (long) LENGTH_AT + lengthBytes;
    requireBytes(bytes, headerAt);
    long length =
        version == 1
            ? Short.toUnsignedLong(bytes.get(Elements.SHORT, LENGTH_AT))
            : Integer.toUnsignedLong(bytes.get(Elements.INT, LENGTH_AT));
    requireBytes(bytes, headerAt + length);
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    NpyHeader header =
        NpyHeader.parse(
            new String(bytes.asSlice(headerAt, length).toArray(ValueLayout.JAVA_BYTE), charset));
    return elements(header, bytes.asSlice(headerAt + length));
  }

  private static void requireBytes(MemorySegment bytes, long needed) throws NpyHeader.Malformed {
    if (bytes.byteSize() < needed) {
      throw new NpyHeader.Malformed("it ends in its header");
    }
  }

  private static TypedTensor elements(NpyHeader header, MemorySegment data)
      throws NpyHeader.Malformed {
    Shape shape = header.shape();
    long count = shape.elements();
    int bytes = header.type().bytes();
    if (data.byteSize() % bytes != 0 || data.byteSize() / bytes != count) {
      throw new NpyHeader.Malformed(
          "after its header it holds "
              + data.byteSize()
              + " bytes, where "
              + count
              + " elements of "
              + bytes
              + (bytes == 1 ? " byte" : " bytes")
              + " belong (shape "
              + shape
              + ", "
              + header.type().type().label()
              + ")");
    }
    Elements source = new Elements(header.type(), header.order(), data);
    LongUnaryOperator position = position(header);
    ElementType type = header.type().type();
    if (type == ElementType.FLOAT) {
      Tensor tensor = Tensor.zeros(shape);
      for (long i = 0; i < count; i++) {
        tensor.set(position.applyAsLong(i), (float) source.number(i));
      }
      return TypedTensor.of(tensor);
    }
    if (count > Integer.MAX_VALUE - 8) {
      throw new NpyHeader.Malformed("more than 2³¹ elements are read only of float32");
    }
    if (!Conversion.isWhole(type)) {
      double[] values = new double[(int) count];
      for (int i = 0; i < count; i++) {
        values[(int) position.applyAsLong(i)] = source.number(i);
      }
      return TypedTensor.of(type, shape, values);
    }
    long[] values = new long[(int) count];
    for (int i = 0; i < count; i++) {
      values[(int) position.applyAsLong(i)] = source.integer(i);
    }
    return TypedTensor.of(type, shape, values);
  }

  /** Where in row-major order the elements belong, asked for one after the other. */
  private static LongUnaryOperator position(NpyHeader header) {
    if (!header.fortranOrder()) {
      return place -> place;
    }
    FortranOrder order = new FortranOrder(header.shape());
    return _ -> order.next();
  }

  /**
   * Replaces a file. What npy has no type for, bfloat16, is written as float32.
   *
   * @throws io.pointwise.cli.output.CommandFailure if it cannot be written
   */
  static void write(String file, TypedTensor tensor) {
    NpyType type = NpyType.of(tensor.type()).orElse(NpyType.FLOAT32);
    NpyHeader header = new NpyHeader(type, ByteOrder.LITTLE_ENDIAN, false, tensor.shape());
    try (OutputStream out = Files.newOutputStream(UserFile.path(file))) {
      out.write(preamble(header));
      byte[] chunk = new byte[CHUNK_BYTES];
      Elements target = new Elements(type, ByteOrder.LITTLE_ENDIAN, MemorySegment.ofArray(chunk));
      int capacity = chunk.length / type.bytes();
      long count = tensor.shape().elements();
      for (long done = 0; done < count; done += capacity) {
        int part = (int) Math.min(capacity, count - done);
        for (int i = 0; i < part; i++) {
          if (Conversion.isWhole(tensor.type())) {
            target.setInteger(i, tensor.integer(done + i));
          } else {
            target.setNumber(i, tensor.value(done + i));
          }
        }
        out.write(chunk, 0, part * type.bytes());
      }
    } catch (IOException e) {
      throw UserFile.unwritable(file, e);
    }
  }

  /** Everything before the elements. */
  private static byte[] preamble(NpyHeader header) {
    byte[] text = header.text().getBytes(StandardCharsets.ISO_8859_1);
    int headerAt = LENGTH_AT + Short.BYTES;
    // A line feed ends the header, spaces before it align the elements.
    int total = Math.ceilDiv(headerAt + text.length + 1, ALIGNMENT) * ALIGNMENT;
    byte[] bytes = new byte[total];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) (total - headerAt))
        .put(text);
    bytes[total - 1] = '\n';
    return bytes;
  }
}
