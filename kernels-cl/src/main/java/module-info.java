// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

/** The OpenCL device: found through ServiceLoader, nothing of it is called directly. */
// JOCL has no module descriptor; it keeps its automatic name.
@SuppressWarnings("requires-automatic")
module io.pointwise.opencl {
  requires static org.jspecify;
  requires io.pointwise.engine;
  requires jocl;

  provides io.pointwise.device.DeviceProvider with
      io.pointwise.opencl.OpenClProvider;
}
