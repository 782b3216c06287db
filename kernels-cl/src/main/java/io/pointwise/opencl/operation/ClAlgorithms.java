// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import static io.pointwise.opencl.operation.ClAlgorithm.Fusing.EPILOGUE;
import static io.pointwise.opencl.operation.ClAlgorithm.Fusing.NOTHING;

import io.pointwise.device.Algorithm;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.kernel.Activating;
import io.pointwise.device.kernel.Moving;
import io.pointwise.device.kernel.Normalizing;
import io.pointwise.device.kernel.Pairing;
import io.pointwise.device.kernel.Pooling;
import io.pointwise.device.kernel.Reducing;
import io.pointwise.device.kernel.Resampled;
import io.pointwise.layer.Activation;
import io.pointwise.layer.Add;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.Linear;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MatMul;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Operation;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Reorder;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.StridedLayer;
import io.pointwise.layer.Where;
import io.pointwise.layer.Winograd;
import io.pointwise.opencl.host.ClContext;
import io.pointwise.opencl.host.DeviceFacts;
import io.pointwise.opencl.host.Programs;
import java.util.ArrayList;
import java.util.List;

/** All algorithms of the device, in order of preference. */
public final class ClAlgorithms {
  private final ClAlgorithm.Tools tools;
  private final List<Algorithm> algorithms = new ArrayList<>();

  private ClAlgorithms(ClAlgorithm.Tools tools) {
    this.tools = tools;
  }

  /** The algorithms, whose kernels are made in {@code context} from {@code programs}. */
  public static List<Algorithm> of(ClContext context, Programs programs, LineSharing lineSharing) {
    ClAlgorithms all = new ClAlgorithms(new ClAlgorithm.Tools(context, programs, lineSharing));
    all.convolutions();
    all.windows();
    all.elementwise();
    all.lines();
    all.moves();
    return List.copyOf(all.algorithms);
  }

  private void convolutions() {
    DeviceFacts facts = tools.context().facts();
    boolean cpu = facts.type() == DeviceInfo.Type.CPU;
    Recipe elements = new Depthwise.Elements();
    if (!cpu) {
      add("cl-depthwise", EPILOGUE, elements, Conv2d.class);
    }
    if (LocalConvolving.isFor(facts)) {
      add("cl-gemm-local", EPILOGUE, new LocalConvolving(facts), Conv2d.class);
    }
    add("cl-gemm-1x1", EPILOGUE, new Convolving.Pointwise(), Conv2d.class);
    add("cl-winograd-4x3", EPILOGUE, new WinogradConvolving(Winograd.F4, facts), Conv2d.class);
    add("cl-winograd-2x3", EPILOGUE, new WinogradConvolving(Winograd.F2, facts), Conv2d.class);
    add("cl-depthwise-rows", EPILOGUE, new Depthwise.Rows(facts), Conv2d.class);
    // On a CPU vectors along a rearranged row are several times as fast as element after element.
    add("cl-gemm-conv", EPILOGUE, new Convolving.Windowed(), Conv2d.class);
    if (!LocalConvolving.isFor(facts)) {
      add("cl-gemm-local", EPILOGUE, new LocalConvolving(facts), Conv2d.class);
    }
    if (cpu) {
      add("cl-depthwise", EPILOGUE, elements, Conv2d.class);
    }
    add("cl-conv-transpose", EPILOGUE, Convolving::transposed, ConvTranspose2d.class);
    add("cl-linear", EPILOGUE, Products::linear, Linear.class);
    add("cl-matmul", NOTHING, Products::matMul, MatMul.class);
  }

  private void windows() {
    add("cl-max-pool", NOTHING, Pooling::max, MaxPool2d.class);
    add("cl-avg-pool", NOTHING, Pooling::average, AvgPool2d.class);
    add("cl-max-pool-indices", NOTHING, Pooling::indices, MaxPoolIndices.class);
    add("cl-pad", NOTHING, Resampled::pad, Pad.class);
    add("cl-resize", NOTHING, Resampled::resize, Resize.class);
  }

  private void elementwise() {
    add("cl-activation", NOTHING, Activating::function, Activation.class);
    add("cl-prelu", NOTHING, Activating::prelu, PRelu.class);
    add("cl-batch-norm", EPILOGUE, Normalizing::batchNorm, BatchNorm.class);
    add("cl-pairwise", EPILOGUE, Pairing::pair, Add.class, Mul.class, Elementwise.class);
    add("cl-where", NOTHING, Pairing::where, Where.class);
  }

  private void lines() {
    add("cl-global-pool", NOTHING, Reducing::globalPool, GlobalPool2d.class);
    add("cl-softmax", NOTHING, Reducing::softmax, Softmax.class);
    add("cl-lrn", NOTHING, Normalizing::lrn, LocalResponseNorm.class);
    add("cl-group-norm", NOTHING, new Grouped(), GroupNorm.class);
    add("cl-reduce", NOTHING, Reducing::reduce, Reduce.class);
    add("cl-arg-reduce", NOTHING, Reducing::argReduce, ArgReduce.class);
  }

  private void moves() {
    add("cl-concat", NOTHING, Moving::concat, Concat.class);
    add("cl-strided", NOTHING, Moving::strided, StridedLayer.class);
    add("cl-gather", NOTHING, Moving::gather, Gather.class);
    add("cl-gather-elements", NOTHING, Moving::gatherElements, GatherElements.class);
    add("cl-copy", NOTHING, Moving::copy, Flatten.class, Reshape.class, Dropout.class);
    add("cl-reorder", NOTHING, new Reordered(), Reorder.class);
  }

  @SafeVarargs
  private void add(
      String name,
      ClAlgorithm.Fusing fusing,
      Recipe recipe,
      Class<? extends Operation>... operations) {
    List<Class<? extends Operation>> computed = new ArrayList<>();
    for (Class<? extends Operation> operation : operations) {
      computed.add(operation);
    }
    algorithms.add(new ClAlgorithm(name, fusing, computed, recipe, tools));
  }
}
