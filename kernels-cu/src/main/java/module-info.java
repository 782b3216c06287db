// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** The CUDA device: found through ServiceLoader, nothing of it is called directly. */
// JCuda has no module descriptors; its jars keep their automatic names.
@SuppressWarnings("requires-automatic")
module io.pointwise.cuda {
  requires static org.jspecify;
  requires io.pointwise.engine;
  requires jcuda;
  requires jcublas;
  requires jcudnn;

  provides io.pointwise.device.DeviceProvider with
      io.pointwise.cuda.CudaProvider;
}
