// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaStream;
import io.pointwise.cuda.host.Descriptors;
import io.pointwise.cuda.host.Status;
import io.pointwise.device.DeviceException;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.device.Step;
import io.pointwise.device.StepBuffers;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Place;
import io.pointwise.layer.ActivationFunction.Relu;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnActivationDescriptor;
import jcuda.jcudnn.cudnnTensorDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions through cuDNN: any window, groups and dilation. Bias, residual and ReLU go into the
 * same call where cuDNN takes them, else into one launch behind it.
 */
final class DnnConvolving implements Recipe {
  private final Tools tools;

  /** The one of cuDNN's algorithms that is taken; null for the one that its heuristic takes. */
  private final @Nullable ForwardAlgorithm wanted;

  private DnnConvolving(Tools tools, @Nullable ForwardAlgorithm wanted) {
    this.tools = tools;
    this.wanted = wanted;
  }

  /** By the algorithm that cuDNN's heuristic takes. */
  static DnnConvolving byHeuristic(Tools tools) {
    return new DnnConvolving(tools, null);
  }

  /** By this algorithm, where the heuristic takes another. */
  static DnnConvolving by(ForwardAlgorithm algorithm, Tools tools) {
    return new DnnConvolving(tools, algorithm);
  }

  private static long imageBytes(ConvSpec spec, EvenPadding padding) {
    return padding.isInput(spec) ? 0 : Workspace.image(framing(spec, padding).elements());
  }

  private static Framing framing(ConvSpec spec, EvenPadding padding) {
    return new Framing(
        (long) spec.n() * spec.ic(),
        spec.ih(),
        spec.iw(),
        padding.ih(),
        padding.iw(),
        padding.top(),
        padding.left());
  }

  @Override
  public Support accept(Step step) {
    ConvSpec spec = step.conv();
    EvenPadding padding = EvenPadding.of(spec);
    long most =
        Math.max(
            Math.max(spec.output().elements(), spec.weight().elements()),
            framing(spec, padding).elements());
    if (most > Descriptors.MOST_ELEMENTS) {
      return Support.no("takes tensors of up to 2³¹ − 1 elements, got " + most);
    }
    try (Owned owned = new Owned()) {
      DnnRanking<ForwardAlgorithm> ranked =
          rank(step, descriptors(step, padding, owned)).within(tools.options().workspaceBytes());
      return DnnSupport.of(
          step, ranked, wanted, imageBytes(spec, padding), "cudnn-conv", tools.options());
    } catch (OutOfDeviceMemoryException e) {
      throw e;
    } catch (DeviceException e) {
      return Support.no(String.valueOf(e.getMessage()));
    }
  }

  private ForwardAlgorithms.ConvolutionDescriptors descriptors(
      Step step, EvenPadding padding, Owned owned) {
    ConvSpec spec = step.conv();
    Descriptors make = new Descriptors(tools.context().ledger(), owned::add);
    return new ForwardAlgorithms.ConvolutionDescriptors(
        make.tensor(spec.n(), spec.ic(), padding.ih(), padding.iw()),
        make.filter(spec.weight()),
        make.convolution(padding.window(), spec.groups(), step.precision()),
        make.tensor(spec.output()));
  }

  private DnnRanking<ForwardAlgorithm> rank(
      Step step, ForwardAlgorithms.ConvolutionDescriptors descriptors) {
    boolean deterministic = tools.options().deterministic();
    return tools
        .context()
        .ask(
            stream ->
                ForwardAlgorithms.rank(
                    stream.dnn(), descriptors, deterministic, step.conv()::toString));
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    ConvSpec spec = step.conv();
    EvenPadding padding = EvenPadding.of(spec);
    ForwardAlgorithms.ConvolutionDescriptors descriptors =
        descriptors(step, padding, builder.owned());
    long image = imageBytes(spec, padding);
    DnnRanking.Choice<ForwardAlgorithm> choice =
        rank(step, descriptors)
            .within(builder.workspaceBytes() - image)
            .choice(wanted)
            .orElseThrow(
                () ->
                    new DeviceException(
                        "cuDNN " + DnnRanking.refusal(tools.options()) + ": " + spec));
    if (!padding.isInput(spec)) {
      framing(spec, padding).add(builder, new Place.Input(0), new Place.Workspace(0));
    }
    Call call =
        new Call(
            spec,
            descriptors,
            choice,
            padding.isInput(spec) ? Operand.input(0) : Operand.workspace(0),
            Operand.held(builder.weights(weights.get(Role.WEIGHT))),
            Operand.workspace(image));
    if (isFused(step, weights, choice)) {
      builder.add(fused(call, step, weights, builder));
    } else {
      builder.add(call::enqueue);
      Finishing.add(builder, weights, (long) spec.oh() * spec.ow(), spec.oc());
    }
  }

  /** What cuDNN documents that it takes: ReLU, or no activation with one of its algorithms. */
  private static boolean isFused(
      Step step, Weights weights, DnnRanking.Choice<ForwardAlgorithm> choice) {
    if (step.epilogue().activation() instanceof Relu) {
      return true;
    }
    return step.epilogue().activation() == null
        && (weights.has(Role.BIAS) || step.epilogue().residual())
        && choice.algorithm() == ForwardAlgorithm.PRECOMPUTED_GEMM;
  }

  private Action fused(Call call, Step step, Weights weights, StepBuilder builder) {
    ConvSpec spec = call.spec();
    Descriptors make = new Descriptors(tools.context().ledger(), builder.owned()::add);
    cudnnTensorDescriptor biases = make.tensor(1, spec.oc(), 1, 1);
    cudnnActivationDescriptor activation =
        make.activation(step.epilogue().activation() instanceof Relu);
    Operand bias =
        Operand.held(
            weights.has(Role.BIAS)
                ? builder.weights(weights.get(Role.BIAS))
                : builder.packed(spec.oc(), _ -> {}));
    boolean residual = step.epilogue().residual();
    // A factor of 0 says that the residual is not read; a valid address is asked for all the same.
    Operand added = residual ? Operand.input(step.inputs().size() - 1) : Operand.output();
    Pointer addedFactor = residual ? Factors.ONE : Factors.ZERO;
    return (stream, buffers) ->
        Status.cudnn(
            JCudnn.cudnnConvolutionBiasActivationForward(
                stream.dnn(),
                Factors.ONE,
                call.descriptors().input(),
                call.input().in(buffers),
                call.descriptors().weight(),
                call.weight().in(buffers),
                call.descriptors().convolution(),
                call.choice().algorithm().number(),
                call.workspace().in(buffers),
                call.choice().workspaceBytes(),
                addedFactor,
                call.descriptors().output(),
                added.in(buffers),
                biases,
                bias.in(buffers),
                activation,
                call.descriptors().output(),
                Operand.output().in(buffers)),
            "cudnnConvolutionBiasActivationForward",
            spec::toString);
  }

  /** A convolution without anything behind it. */
  private record Call(
      ConvSpec spec,
      ForwardAlgorithms.ConvolutionDescriptors descriptors,
      DnnRanking.Choice<ForwardAlgorithm> choice,
      Operand input,
      Operand weight,
      Operand workspace) {
    void enqueue(CudaStream stream, StepBuffers buffers) {
      Status.cudnn(
          JCudnn.cudnnConvolutionForward(
              stream.dnn(),
              Factors.ONE,
              descriptors.input(),
              input.in(buffers),
              descriptors.weight(),
              weight.in(buffers),
              descriptors.convolution(),
              choice.algorithm().number(),
              workspace.in(buffers),
              choice.workspaceBytes(),
              Factors.ZERO,
              descriptors.output(),
              Operand.output().in(buffers)),
          "cudnnConvolutionForward",
          spec::toString);
    }
  }
}
