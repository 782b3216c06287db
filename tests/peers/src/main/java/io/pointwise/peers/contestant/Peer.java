// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.contestant;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import io.pointwise.peers.subject.LayerCase;
import io.pointwise.peers.subject.NetworkCase;
import io.pointwise.peers.subject.Subject;

/** A library that subjects are measured with beside ours. */
public enum Peer {
  /** ONNX Runtime's CPU provider. */
  ONNXRUNTIME(OnnxRuntime.NAME) {
    @Override
    public String version() {
      return OnnxRuntime.version();
    }

    @Override
    public boolean computes(Subject subject, Device device) {
      return true;
    }

    @Override
    public Contestant open(Subject subject, Device device, int threads) {
      return OnnxRuntime.of(subject, threads);
    }
  },

  /** PyTorch on the CPU: layers, beside a device that is one. */
  PYTORCH(PyTorch.NAME) {
    @Override
    public String version() {
      return PyTorch.version();
    }

    @Override
    public boolean computes(Subject subject, Device device) {
      return device.info().type() == DeviceInfo.Type.CPU
          && subject instanceof LayerCase layer
          && PyTorch.computes(layer.spec());
    }

    @Override
    public Contestant open(Subject subject, Device device, int threads) {
      return new PyTorch(layer(subject), threads);
    }
  },

  /** CLBlast's GEMM, on our OpenCL device: 1×1 layers. */
  CLBLAST(ClBlast.NAME) {
    @Override
    public String version() {
      return ClBlast.VERSION;
    }

    @Override
    public boolean computes(Subject subject, Device device) {
      return device.info().kind().equals("opencl")
          && subject instanceof LayerCase layer
          && ClBlast.computes(layer.spec());
    }

    @Override
    public Contestant open(Subject subject, Device device, int threads) {
      return new ClBlast(layer(subject), device.info().name());
    }
  };

  private final String label;

  Peer(String label) {
    this.label = label;
  }

  /** Its name in options, tables and JSON. */
  public String label() {
    return label;
  }

  /** Loads the library, where that is how it tells. */
  public abstract String version();

  /** Whether it computes such subjects beside that device. */
  public abstract boolean computes(Subject subject, Device device);

  /**
   * Makes it ready for a subject that it {@linkplain #computes computes}.
   *
   * @param threads that it may use, where they are its to choose
   */
  public abstract Contestant open(Subject subject, Device device, int threads);

  private static LayerCase layer(Subject subject) {
    return switch (subject) {
      case LayerCase layer -> layer;
      case NetworkCase network ->
          throw new IllegalArgumentException("computes layers only, not " + network.title());
    };
  }
}
