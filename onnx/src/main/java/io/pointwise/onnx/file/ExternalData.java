// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pointwise.onnx.OnnxException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tensor data that lies in a file of its own beside the model. A model says where, and a model may
 * come from anywhere: only files inside the model's folder are read, whatever links there are.
 */
final class ExternalData {
  private final @Nullable Path folder;

  /**
   * @param folder of the model; null for a model that is in no file
   */
  ExternalData(@Nullable Path folder) {
    this.folder = folder;
  }

  /** What is done with the data while it is mapped. */
  interface Reader {
    void read(MemorySegment data);
  }

  /**
   * Maps the data of a tensor, of which there must be just {@code bytes}.
   *
   * @throws OnnxException if the place is not allowed, or the file does not hold it
   */
  void read(String tensor, TensorProto proto, long bytes, Reader reader) {
    String location = null;
    long offset = 0;
    long length = -1;
    Set<String> keys = new HashSet<>();
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      if (!keys.add(entry.getKey())) {
        throw new OnnxException(tensor + ": external data with two entries " + entry.getKey());
      }
      switch (entry.getKey()) {
        case "location" -> location = entry.getValue();
        case "offset" -> offset = number(tensor, "offset", entry.getValue());
        case "length" -> length = number(tensor, "length", entry.getValue());
        default -> {
          // A checksum, or what later versions add: nothing that changes the data.
        }
      }
    }
    if (location == null || location.isEmpty()) {
      throw new OnnxException(tensor + ": external data without a location");
    }
    if (length >= 0 && length != bytes) {
      throw new OnnxException(
          tensor + ": external data has " + length + " bytes, its shape needs " + bytes);
    }
    read(tensor, location, file(tensor, location), offset, bytes, reader);
  }

  private static void read(
      String tensor, String location, Path file, long offset, long bytes, Reader reader) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      if (offset > channel.size() - bytes) {
        throw new OnnxException(
            tensor
                + ": external data file "
                + location
                + " has "
                + channel.size()
                + " bytes, needed are "
                + bytes
                + " from byte "
                + offset
                + " on");
      }
      reader.read(channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes, arena));
    } catch (IOException e) {
      throw new OnnxException(
          tensor + ": external data file " + location + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Path file(String tensor, String location) {
    if (folder == null) {
      throw new OnnxException(
          tensor + ": external data " + location + " of a model that is in no folder");
    }
    try {
      Path relative = Path.of(location);
      boolean leaves = relative.isAbsolute();
      for (Path part : relative) {
        leaves |= part.toString().equals("..");
      }
      Path root = folder.toRealPath();
      Path file = root.resolve(relative);
      // Links are followed here, so that what they lead to is what is judged.
      if (leaves || (Files.exists(file) && !file.toRealPath().startsWith(root))) {
        throw new OnnxException(
            tensor + ": external data " + location + " is outside the folder of the model");
      }
      if (!Files.isRegularFile(file)) {
        throw new OnnxException(
            tensor
                + ": external data "
                + location
                + (Files.exists(file) ? " is not a file" : " is not there"));
      }
      return file.toRealPath();
    } catch (InvalidPathException | IOException e) {
      throw new OnnxException(
          tensor + ": external data " + location + " cannot be found: " + e.getMessage(), e);
    }
  }

  private static long number(String tensor, String key, String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new OnnxException(
        tensor + ": external data with " + key + " \"" + text + "\", must be a number from 0 on");
  }
}
