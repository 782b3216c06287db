// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import io.pointwise.device.Device;
import io.pointwise.layer.ConvSpec;

/** A library that layers are measured with beside ours. */
enum Peer {
  /** ONNX Runtime's CPU provider. */
  ONNXRUNTIME("onnxruntime") {
    @Override
    String version() {
      return OnnxRuntime.version();
    }

    @Override
    boolean computes(ConvSpec spec, Device device) {
      return true;
    }

    @Override
    Contestant open(LayerCase layer, Device device, int threads) {
      return new OnnxRuntime(layer, threads);
    }
  },

  /** CLBlast's GEMM, on our OpenCL device. */
  CLBLAST("clblast") {
    @Override
    String version() {
      return ClBlast.VERSION;
    }

    @Override
    boolean computes(ConvSpec spec, Device device) {
      return device.info().kind().equals("opencl") && ClBlast.computes(spec);
    }

    @Override
    Contestant open(LayerCase layer, Device device, int threads) {
      return new ClBlast(layer, device.info().name());
    }
  };

  private final String label;

  Peer(String label) {
    this.label = label;
  }

  /** Its name in options, tables and JSON. */
  String label() {
    return label;
  }

  abstract String version();

  /** Whether it computes such layers beside that device. */
  abstract boolean computes(ConvSpec spec, Device device);

  /**
   * Makes it ready for a layer.
   *
   * @param threads that it may use, where they are its to choose
   */
  abstract Contestant open(LayerCase layer, Device device, int threads);
}
