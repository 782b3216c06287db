/**
 * The Pointwise engine: tensors, layers, networks, planning, the device SPI and the CPU device.
 *
 * <p>"Convolution" means cross-correlation throughout, as in every deep-learning library.
 */
// The modules that a package is exported to are not there when this one is compiled.
@SuppressWarnings("module")
module io.pointwise.engine {
  requires static transitive org.jspecify;
  requires static jdk.incubator.vector;
  requires java.management;
  requires jdk.management;

  exports io.pointwise.tensor;
  exports io.pointwise.layer;
  exports io.pointwise.network;
  exports io.pointwise.device;
  // For the devices that compile kernels, which come as modules of their own.
  exports io.pointwise.device.kernel to
      io.pointwise.opencl,
      io.pointwise.cuda;
  exports io.pointwise.plan;
  exports io.pointwise.tuning;
  exports io.pointwise.reference;
  exports io.pointwise.cpu;

  uses io.pointwise.device.DeviceProvider;

  provides io.pointwise.device.DeviceProvider with
      io.pointwise.cpu.CpuProvider;
}
