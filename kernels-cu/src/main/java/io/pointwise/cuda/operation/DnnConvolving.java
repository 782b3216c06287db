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
import java.util.Optional;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnActivationDescriptor;
import jcuda.jcudnn.cudnnConvolutionFwdAlgo;
import jcuda.jcudnn.cudnnTensorDescriptor;

/**
 * Convolutions through cuDNN: any window, groups and dilation. Bias, residual and ReLU go into the
 * same call where cuDNN takes them, else into one launch behind it.
 */
final class DnnConvolving implements Recipe {
  private final Tools tools;

  DnnConvolving(Tools tools) {
    this.tools = tools;
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
      Optional<ForwardAlgorithms.Choice> choice =
          choose(spec, descriptors(spec, padding, owned), Workspace.MOST);
      return choice.isPresent()
          ? Support.nchw(step, imageBytes(spec, padding) + choice.get().workspaceBytes())
          : Support.no(ForwardAlgorithms.REFUSAL);
    } catch (OutOfDeviceMemoryException e) {
      throw e;
    } catch (DeviceException e) {
      return Support.no(String.valueOf(e.getMessage()));
    }
  }

  private ForwardAlgorithms.ConvolutionDescriptors descriptors(
      ConvSpec spec, EvenPadding padding, Owned owned) {
    Descriptors make = new Descriptors(tools.context().ledger(), owned::add);
    return new ForwardAlgorithms.ConvolutionDescriptors(
        make.tensor(spec.n(), spec.ic(), padding.ih(), padding.iw()),
        make.filter(spec.weight()),
        make.convolution(padding.window(), spec.groups()),
        make.tensor(spec.output()));
  }

  private Optional<ForwardAlgorithms.Choice> choose(
      ConvSpec spec, ForwardAlgorithms.ConvolutionDescriptors descriptors, long mostBytes) {
    return tools
        .context()
        .ask(
            stream ->
                ForwardAlgorithms.choose(stream.dnn(), descriptors, mostBytes, spec::toString));
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    ConvSpec spec = step.conv();
    EvenPadding padding = EvenPadding.of(spec);
    ForwardAlgorithms.ConvolutionDescriptors descriptors =
        descriptors(spec, padding, builder.owned());
    long image = imageBytes(spec, padding);
    ForwardAlgorithms.Choice choice =
        choose(spec, descriptors, builder.workspaceBytes() - image)
            .orElseThrow(
                () -> new DeviceException("cuDNN " + ForwardAlgorithms.REFUSAL + ": " + spec));
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
  private static boolean isFused(Step step, Weights weights, ForwardAlgorithms.Choice choice) {
    if (step.epilogue().activation() instanceof Relu) {
      return true;
    }
    return step.epilogue().activation() == null
        && (weights.has(Role.BIAS) || step.epilogue().residual())
        && choice.algorithm()
            == cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM;
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
                call.choice().algorithm(),
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
      ForwardAlgorithms.Choice choice,
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
              choice.algorithm(),
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
