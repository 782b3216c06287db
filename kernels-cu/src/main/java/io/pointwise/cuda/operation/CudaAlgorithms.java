// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import static io.pointwise.cuda.operation.CudaAlgorithm.Fusing.EPILOGUE;
import static io.pointwise.cuda.operation.CudaAlgorithm.Fusing.NOTHING;

import io.pointwise.cuda.host.CudaContext;
import io.pointwise.cuda.host.Programs;
import io.pointwise.device.Algorithm;
import io.pointwise.device.DeviceOptions;
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
import java.util.ArrayList;
import java.util.List;

/** All algorithms of the device, in order of preference. */
public final class CudaAlgorithms {
  private final Tools tools;
  private final List<Algorithm> algorithms = new ArrayList<>();

  private CudaAlgorithms(Tools tools) {
    this.tools = tools;
  }

  /** The algorithms, whose kernels are made in {@code context} from {@code programs}. */
  public static List<Algorithm> of(CudaContext context, Programs programs, DeviceOptions options) {
    CudaAlgorithms all = new CudaAlgorithms(new Tools(context, programs, options));
    all.products();
    all.convolutions();
    all.windows();
    all.elementwise();
    all.lines();
    all.moves();
    return List.copyOf(all.algorithms);
  }

  private void products() {
    add("cublas-1x1", EPILOGUE, new Multiplying.Pointwise(), Conv2d.class);
    add("cublas-1x1-strided", EPILOGUE, new Multiplying.StridedPointwise(), Conv2d.class);
    add("cublas-linear", EPILOGUE, Multiplying::linear, Linear.class);
    add("cublas-matmul", NOTHING, new Multiplying.Stacked(), MatMul.class);
    add("cu-matmul", NOTHING, Multiplying::anyStacks, MatMul.class);
  }

  private void convolutions() {
    add("cu-depthwise", EPILOGUE, new DirectConvolving.Depthwise(), Conv2d.class);
    add("cudnn-conv", EPILOGUE, DnnConvolving.byHeuristic(tools), Conv2d.class);
    add("cu-conv", EPILOGUE, DirectConvolving::any, Conv2d.class);
    add("cudnn-conv-transpose", EPILOGUE, DnnTransposing.byHeuristic(tools), ConvTranspose2d.class);
    add("cu-conv-transpose", EPILOGUE, DirectConvolving::transposed, ConvTranspose2d.class);
    for (ForwardAlgorithm each : ForwardAlgorithm.values()) {
      Recipe recipe = DnnConvolving.by(each, tools);
      add("cudnn-conv-" + each.label(), EPILOGUE, recipe, Conv2d.class);
    }
    for (GradientAlgorithm each : GradientAlgorithm.values()) {
      Recipe recipe = DnnTransposing.by(each, tools);
      add("cudnn-conv-transpose-" + each.label(), EPILOGUE, recipe, ConvTranspose2d.class);
    }
  }

  private void windows() {
    add("cu-max-pool", NOTHING, Pooling::max, MaxPool2d.class);
    add("cudnn-avg-pool", NOTHING, new DnnAveraging(tools), AvgPool2d.class);
    add("cu-avg-pool", NOTHING, Pooling::average, AvgPool2d.class);
    add("cu-max-pool-indices", NOTHING, Pooling::indices, MaxPoolIndices.class);
    add("cu-pad", NOTHING, new Ranked("pad", Resampled::pad, tools), Pad.class);
    add("cu-resize", NOTHING, new Ranked("resize", Resampled::resize, tools), Resize.class);
  }

  private void elementwise() {
    add("cu-activation", NOTHING, Activating::function, Activation.class);
    add("cu-prelu", NOTHING, Activating::prelu, PRelu.class);
    add("cu-batch-norm", EPILOGUE, Normalizing::batchNorm, BatchNorm.class);
    add("cu-pairwise", EPILOGUE, Pairing::pair, Add.class, Mul.class, Elementwise.class);
    add("cu-where", NOTHING, Pairing::where, Where.class);
  }

  private void lines() {
    add("cu-global-pool", NOTHING, Reducing::globalPool, GlobalPool2d.class);
    add("cudnn-softmax", NOTHING, new DnnNormalizing.Softmaxes(tools), Softmax.class);
    add("cu-softmax", NOTHING, Reducing::softmax, Softmax.class);
    add("cudnn-lrn", NOTHING, new DnnNormalizing.ResponseNorms(tools), LocalResponseNorm.class);
    add("cu-lrn", NOTHING, Normalizing::lrn, LocalResponseNorm.class);
    add("cu-group-norm", NOTHING, new Grouped(), GroupNorm.class);
    add("cu-reduce", NOTHING, Reducing::reduce, Reduce.class);
    add("cu-arg-reduce", NOTHING, Reducing::argReduce, ArgReduce.class);
  }

  private void moves() {
    add("cu-concat", NOTHING, Joining::concat, Concat.class);
    add("cu-strided", NOTHING, Moving::strided, StridedLayer.class);
    add("cu-gather", NOTHING, Moving::gather, Gather.class);
    add("cu-gather-elements", NOTHING, Moving::gatherElements, GatherElements.class);
    add("cu-copy", NOTHING, Moving::copy, Flatten.class, Reshape.class, Dropout.class);
    add("cu-reorder", NOTHING, new Reordered(), Reorder.class);
  }

  @SafeVarargs
  private void add(
      String name,
      CudaAlgorithm.Fusing fusing,
      Recipe recipe,
      Class<? extends Operation>... operations) {
    List<Class<? extends Operation>> computed = new ArrayList<>();
    for (Class<? extends Operation> operation : operations) {
      computed.add(operation);
    }
    algorithms.add(new CudaAlgorithm(name, fusing, computed, recipe, tools));
  }
}
