/**
 * The Pointwise engine: tensors, layers, networks, planning, the device SPI and the CPU device.
 *
 * <p>"Convolution" means cross-correlation throughout, as in every deep-learning library.
 */
module io.pointwise.engine {
  requires static transitive org.jspecify;
  requires static jdk.incubator.vector;
  requires java.management;
  requires jdk.management;

  exports io.pointwise.tensor;
  exports io.pointwise.layer;
  exports io.pointwise.network;
  exports io.pointwise.device;
  exports io.pointwise.plan;
  exports io.pointwise.reference;
  exports io.pointwise.cpu;

  uses io.pointwise.device.DeviceProvider;

  provides io.pointwise.device.DeviceProvider with
      io.pointwise.cpu.CpuProvider;
}
