// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** ONNX files to networks, and running them with typed tensors. */
// Neither library has a module descriptor; both keep their automatic names.
@SuppressWarnings("requires-automatic")
module io.pointwise.onnx {
  requires static transitive org.jspecify;
  requires transitive io.pointwise.engine;
  requires com.google.protobuf;
  requires org.tribuo.util.onnx;

  exports io.pointwise.onnx;
}
