// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.Descriptors;
import io.pointwise.cuda.host.Status;
import io.pointwise.device.DeviceException;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Place;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnDeterminism;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnTensorDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Transposed convolutions through cuDNN, which has them as gradients of convolutions with respect
 * to the input: our input is the gradient of its output, and our output that of its input.
 *
 * <p>Padding is what is cut off the output. cuDNN cuts the same off both ends of an axis and adds
 * less than a stride at the far one; for anything else the whole output goes into scratch memory
 * and is framed.
 */
final class DnnTransposing implements Recipe {
  private record GradientDescriptors(
      cudnnFilterDescriptor weight,
      cudnnTensorDescriptor input,
      cudnnConvolutionDescriptor convolution,
      cudnnTensorDescriptor output) {}

  /**
   * A transposed convolution as cuDNN computes it.
   *
   * @param window with the padding that is left to cuDNN
   * @param output what it gives
   * @param framing from there to the step's output; empty where that is the same
   */
  private record Geometry(Window window, Shape output, Optional<Framing> framing) {
    static Geometry of(Step step) {
      ConvTranspose2d layer = (ConvTranspose2d) step.operation();
      Window window = layer.window();
      Shape input = step.input();
      Shape output = step.output();
      boolean direct =
          window.padTop() == window.padBottom()
              && window.padLeft() == window.padRight()
              && layer.outputPadH() < window.strideH()
              && layer.outputPadW() < window.strideW();
      if (direct) {
        return new Geometry(window, output, Optional.empty());
      }
      int rows = whole(input.dim(2), window.strideH(), window.extentH());
      int columns = whole(input.dim(3), window.strideW(), window.extentW());
      return new Geometry(
          window.pad(0),
          Shape.of(output.dim(0), output.dim(1), rows, columns),
          Optional.of(
              new Framing(
                  output.elements(0, 2),
                  rows,
                  columns,
                  output.dim(2),
                  output.dim(3),
                  -window.padTop(),
                  -window.padLeft())));
    }

    private static int whole(int size, int stride, long extent) {
      return Math.toIntExact((size - 1L) * stride + extent);
    }

    long imageBytes() {
      return framing.isPresent() ? Workspace.image(output.elements()) : 0;
    }
  }

  private final Tools tools;

  /** The one of cuDNN's algorithms that is taken; null for the one that its heuristic takes. */
  private final @Nullable GradientAlgorithm wanted;

  private DnnTransposing(Tools tools, @Nullable GradientAlgorithm wanted) {
    this.tools = tools;
    this.wanted = wanted;
  }

  /** By the algorithm that cuDNN's heuristic takes. */
  static DnnTransposing byHeuristic(Tools tools) {
    return new DnnTransposing(tools, null);
  }

  /** By this algorithm, where the heuristic takes another. */
  static DnnTransposing by(GradientAlgorithm algorithm, Tools tools) {
    return new DnnTransposing(tools, algorithm);
  }

  @Override
  public Support accept(Step step) {
    try (Owned owned = new Owned()) {
      Geometry geometry = Geometry.of(step);
      long most = Math.max(step.input().elements(), geometry.output().elements());
      if (most > Descriptors.MOST_ELEMENTS) {
        return Support.no("takes tensors of up to 2³¹ − 1 elements, got " + most);
      }
      DnnRanking<GradientAlgorithm> ranked =
          rank(step, descriptors(step, geometry, owned)).within(tools.options().workspaceBytes());
      return DnnSupport.of(
          step, ranked, wanted, geometry.imageBytes(), "cudnn-conv-transpose", tools.options());
    } catch (ArithmeticException e) {
      return Support.no("takes outputs of up to 2³¹ − 1 rows and columns before they are cut");
    } catch (OutOfDeviceMemoryException e) {
      throw e;
    } catch (DeviceException e) {
      return Support.no(String.valueOf(e.getMessage()));
    }
  }

  private GradientDescriptors descriptors(Step step, Geometry geometry, Owned owned) {
    ConvTranspose2d layer = (ConvTranspose2d) step.operation();
    Descriptors make = new Descriptors(tools.context().ledger(), owned::add);
    Window window = geometry.window();
    return new GradientDescriptors(
        make.filter(
            Shape.of(step.input().dim(1), layer.oc() / layer.groups(), window.kh(), window.kw())),
        make.tensor(step.input()),
        make.convolution(window, layer.groups(), step.precision()),
        make.tensor(geometry.output()));
  }

  private DnnRanking<GradientAlgorithm> rank(Step step, GradientDescriptors of) {
    boolean deterministic = tools.options().deterministic();
    return tools.context().ask(stream -> rank(stream.dnn(), step, of, deterministic));
  }

  private static DnnRanking<GradientAlgorithm> rank(
      cudnnHandle handle, Step step, GradientDescriptors of, boolean deterministic) {
    cudnnConvolutionBwdDataAlgoPerf[] ranked =
        new cudnnConvolutionBwdDataAlgoPerf
            [cudnnConvolutionBwdDataAlgo.CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT];
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = new cudnnConvolutionBwdDataAlgoPerf();
    }
    int[] count = new int[1];
    Status.cudnn(
        JCudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(
            handle,
            of.weight(),
            of.input(),
            of.convolution(),
            of.output(),
            ranked.length,
            count,
            ranked),
        "cudnnGetConvolutionBackwardDataAlgorithm_v7",
        () -> step.describe() + " of " + step.input());
    List<DnnRanking.Choice<GradientAlgorithm>> choices = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      long workspace = ranked[i].memory;
      if (ranked[i].status == 0
          && (!deterministic || ranked[i].determinism == cudnnDeterminism.CUDNN_DETERMINISTIC)) {
        GradientAlgorithm.of(ranked[i].algo)
            .ifPresent(each -> choices.add(new DnnRanking.Choice<>(each, workspace)));
      }
    }
    return new DnnRanking<>(choices);
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    Geometry geometry = Geometry.of(step);
    GradientDescriptors descriptors = descriptors(step, geometry, builder.owned());
    long image = geometry.imageBytes();
    DnnRanking.Choice<GradientAlgorithm> choice =
        rank(step, descriptors)
            .within(builder.workspaceBytes() - image)
            .choice(wanted)
            .orElseThrow(
                () ->
                    new DeviceException(
                        "cuDNN " + DnnRanking.refusal(tools.options()) + ": " + step.describe()));
    Operand weight = Operand.held(builder.weights(weights.get(Role.WEIGHT)));
    Operand target = geometry.framing().isPresent() ? Operand.workspace(0) : Operand.output();
    builder.add(
        (stream, buffers) ->
            Status.cudnn(
                JCudnn.cudnnConvolutionBackwardData(
                    stream.dnn(),
                    Factors.ONE,
                    descriptors.weight(),
                    weight.in(buffers),
                    descriptors.input(),
                    Operand.input(0).in(buffers),
                    descriptors.convolution(),
                    choice.algorithm().number(),
                    Operand.workspace(image).in(buffers),
                    choice.workspaceBytes(),
                    Factors.ZERO,
                    descriptors.output(),
                    target.in(buffers)),
                "cudnnConvolutionBackwardData",
                step::describe));
    geometry
        .framing()
        .ifPresent(framing -> framing.add(builder, new Place.Workspace(0), new Place.Output()));
    Finishing.add(builder, weights, step.output().elements(2, 4), step.output().dim(1));
  }
}
