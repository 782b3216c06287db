// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.contestant;

import static org.jocl.CL.CL_CONTEXT_PLATFORM;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_MEM_COPY_HOST_PTR;
import static org.jocl.CL.CL_MEM_READ_ONLY;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.CL_TRUE;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clCreateCommandQueue;
import static org.jocl.CL.clCreateContext;
import static org.jocl.CL.clEnqueueMarkerWithWaitList;
import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clEnqueueWriteBuffer;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clGetDeviceIDs;
import static org.jocl.CL.clGetDeviceInfo;
import static org.jocl.CL.clGetEventProfilingInfo;
import static org.jocl.CL.clGetPlatformIDs;
import static org.jocl.CL.clReleaseCommandQueue;
import static org.jocl.CL.clReleaseContext;
import static org.jocl.CL.clReleaseEvent;
import static org.jocl.CL.clReleaseMemObject;

import io.pointwise.layer.ConvSpec;
import io.pointwise.peers.subject.LayerCase;
import io.pointwise.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.blast.CLBlast;
import org.jocl.blast.CLBlastLayout;
import org.jocl.blast.CLBlastStatusCode;
import org.jocl.blast.CLBlastTranspose;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_event;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;

/**
 * {@code CLBlastSgemm} on an OpenCL device: {@code Y[oc, oh·ow] = W[oc, ic] · X[ic, ih·iw] + Y} for
 * each image. Matrices stay on the device; the bias is there before, in {@code Y}, at no cost, and
 * {@code beta} is 0 while it is timed, which is less work than the layer is.
 */
final class ClBlast implements Contestant {
  static final String NAME = "clblast";

  /** That of the library in JOCLBlast 1.5.2. */
  static final String VERSION = "1.5.2";

  private final ConvSpec spec;
  private final Tensor bias;
  private final cl_context context;
  private final cl_command_queue queue;
  private final cl_mem weights;
  private final cl_mem from;
  private final cl_mem to;

  /**
   * @param deviceName as OpenCL tells it
   */
  ClBlast(LayerCase layer, String deviceName) {
    CL.setExceptionsEnabled(true);
    CLBlast.setExceptionsEnabled(true);
    this.spec = layer.spec();
    this.bias = layer.bias();
    Found found = find(deviceName);
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL_CONTEXT_PLATFORM, found.platform());
    this.context =
        clCreateContext(properties, 1, new cl_device_id[] {found.device()}, null, null, null);
    this.queue = queue(context, found.device());
    this.weights = copied(layer.weight());
    this.from = copied(layer.input());
    this.to =
        clCreateBuffer(
            context, CL_MEM_READ_WRITE, spec.output().elements() * Sizeof.cl_float, null, null);
  }

  /** Whether the layer is one GEMM an image. */
  static boolean computes(ConvSpec spec) {
    return spec.isPointwise() && spec.groups() == 1;
  }

  private record Found(cl_platform_id platform, cl_device_id device) {}

  private static Found find(String name) {
    int[] count = new int[1];
    clGetPlatformIDs(0, null, count);
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    clGetPlatformIDs(platforms.length, platforms, null);
    for (cl_platform_id platform : platforms) {
      clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
      cl_device_id[] devices = new cl_device_id[count[0]];
      clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, devices.length, devices, null);
      for (cl_device_id device : devices) {
        if (name(device).equals(name)) {
          return new Found(platform, device);
        }
      }
    }
    throw new IllegalStateException("CLBlast: no OpenCL device is called \"" + name + "\"");
  }

  private static String name(cl_device_id device) {
    long[] bytes = new long[1];
    clGetDeviceInfo(device, CL_DEVICE_NAME, 0, null, bytes);
    byte[] name = new byte[(int) bytes[0]];
    clGetDeviceInfo(device, CL_DEVICE_NAME, name.length, Pointer.to(name), null);
    // Ends with a zero.
    return new String(name, 0, name.length - 1, StandardCharsets.UTF_8).strip();
  }

  @SuppressWarnings("deprecation") // OpenCL 1.2, as the device that it is compared with.
  private static cl_command_queue queue(cl_context context, cl_device_id device) {
    return clCreateCommandQueue(context, device, CL.CL_QUEUE_PROFILING_ENABLE, null);
  }

  private cl_mem copied(Tensor tensor) {
    return clCreateBuffer(
        context,
        CL_MEM_READ_ONLY | CL_MEM_COPY_HOST_PTR,
        tensor.shape().elements() * Sizeof.cl_float,
        Pointer.to(tensor.memory().asByteBuffer()),
        null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    multiply(0);
    clFinish(queue);
  }

  /** Between two markers; CLBlast tells the event of its last kernel only. */
  @Override
  public double deviceNanos() {
    cl_event begin = marker();
    multiply(0);
    cl_event end = marker();
    clFinish(queue);
    return endNanos(end) - endNanos(begin);
  }

  private cl_event marker() {
    cl_event event = new cl_event();
    clEnqueueMarkerWithWaitList(queue, 0, null, event);
    return event;
  }

  private static double endNanos(cl_event event) {
    long[] nanos = new long[1];
    clGetEventProfilingInfo(
        event, CL.CL_PROFILING_COMMAND_END, Long.BYTES, Pointer.to(nanos), null);
    clReleaseEvent(event);
    return nanos[0];
  }

  private void multiply(float beta) {
    long positions = (long) spec.oh() * spec.ow();
    for (long image = 0; image < spec.n(); image++) {
      int status =
          CLBlast.CLBlastSgemm(
              CLBlastLayout.CLBlastLayoutRowMajor,
              CLBlastTranspose.CLBlastTransposeNo,
              CLBlastTranspose.CLBlastTransposeNo,
              spec.oc(),
              positions,
              spec.ic(),
              1,
              weights,
              0,
              spec.ic(),
              from,
              image * spec.ic() * positions,
              positions,
              beta,
              to,
              image * spec.oc() * positions,
              positions,
              queue,
              null);
      if (status != CLBlastStatusCode.CLBlastSuccess) {
        throw new IllegalStateException("CLBlastSgemm: status " + status);
      }
    }
  }

  /** The layer's output: computed once more, over the bias. */
  @Override
  public Tensor output() {
    Tensor result = Tensor.zeros(spec.output());
    long positions = (long) spec.oh() * spec.ow();
    for (long i = 0; i < spec.output().elements(); i++) {
      result.set(i, bias.get(i / positions % spec.oc()));
    }
    Pointer host = Pointer.to(result.memory().asByteBuffer());
    long bytes = spec.output().elements() * Sizeof.cl_float;
    clEnqueueWriteBuffer(queue, to, CL_TRUE, 0, bytes, host, 0, null, null);
    multiply(1);
    clEnqueueReadBuffer(queue, to, CL_TRUE, 0, bytes, host, 0, null, null);
    return result;
  }

  @Override
  public void close() {
    clReleaseMemObject(to);
    clReleaseMemObject(from);
    clReleaseMemObject(weights);
    clReleaseCommandQueue(queue);
    clReleaseContext(context);
  }
}
