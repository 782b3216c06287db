// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors as a file has them, raw. */
public final class TensorWriter {
  private TensorWriter() {}

  /**
   * The tensor under this name.
   *
   * @throws OnnxException if it is larger than the format can hold
   */
  public static TensorProto write(String name, TypedTensor tensor) {
    long bytes = tensor.shape().elements() * tensor.type().bytes();
    if (bytes > Integer.MAX_VALUE - 1024) {
      throw new OnnxException(
          "tensor " + name + " of " + bytes + " bytes is over the format's limit of 2 GiB");
    }
    ByteBuffer data = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < tensor.shape().elements(); i++) {
      put(data, tensor, i);
    }
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(tensor.type().code())
            .setRawData(ByteString.copyFrom(data.flip()));
    for (int dim : tensor.shape().toArray()) {
      proto.addDims(dim);
    }
    return proto.build();
  }

  private static void put(ByteBuffer data, TypedTensor tensor, long i) {
    switch (tensor.type()) {
      case FLOAT -> data.putFloat((float) tensor.value(i));
      case DOUBLE -> data.putDouble(tensor.value(i));
      case FLOAT16, BFLOAT16 ->
          data.putShort(NarrowFloat.bits(tensor.type(), (float) tensor.value(i)));
      case INT8, UINT8, BOOL -> data.put((byte) tensor.integer(i));
      case INT16, UINT16 -> data.putShort((short) tensor.integer(i));
      case INT32, UINT32 -> data.putInt((int) tensor.integer(i));
      case INT64, UINT64 -> data.putLong(tensor.integer(i));
    }
  }
}
