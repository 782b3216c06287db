// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnLRNDescriptor;
import jcuda.jcudnn.cudnnPoolingDescriptor;
import jcuda.jcudnn.cudnnTensorDescriptor;

/**
 * Asks a cuDNN about descriptors, in a JVM of its own: what it cannot answer may end the process.
 */
final class DescriptorMain {
  private DescriptorMain() {}

  /**
   * Prints the number of each question, then the question with its answer.
   *
   * @param arguments the folder with cuDNN, a seed, the first question and the one behind the last
   */
  public static void main(String[] arguments) throws IOException {
    load(Path.of(arguments[0]));
    JCudnn.setExceptionsEnabled(false);
    long seed = Long.parseLong(arguments[1]);
    int end = Integer.parseInt(arguments[3]);
    for (int i = Integer.parseInt(arguments[2]); i < end; i++) {
      DescriptorQuestion question = DescriptorQuestion.of(seed, i);
      // What is printed last before the process ends is the question that ended it.
      System.out.println("asked " + i + " " + question);
      System.out.println("answer " + i + " " + answer(question));
    }
    System.out.println("done");
  }

  private static void load(Path folder) throws IOException {
    DynamicLinker linker = new DynamicLinker();
    for (String library :
        List.of(
            "libcuda.so.1",
            "libcudnn_graph.so.9",
            "libcudnn_ops.so.9",
            "libcudnn_cnn.so.9",
            "libcudnn.so.9")) {
      Path file = folder.resolve(library);
      // Only a simulated one needs a driver for this.
      boolean needed = !library.equals("libcuda.so.1") || Files.exists(file);
      if (needed && linker.open(file.toString()) instanceof DynamicLinker.Refused(String message)) {
        throw new IOException(message);
      }
    }
  }

  private static String answer(DescriptorQuestion question) {
    return switch (question) {
      case DescriptorQuestion.Convolution it -> convolution(it);
      case DescriptorQuestion.Pooling it -> pooling(it);
      case DescriptorQuestion.ResponseNorm it -> responseNorm(it);
      case DescriptorQuestion.Strided it -> strided(it);
    };
  }

  /** Statuses, and whether all is well: then the descriptors may be used. */
  private static final class Calls {
    private final StringBuilder statuses = new StringBuilder();
    private boolean ok = true;

    void call(int status) {
      statuses.append(statuses.isEmpty() ? "" : " ").append(status);
      ok &= status == 0;
    }

    /** With the sizes that a question gives, asked only where all is well before. */
    String then(IntSupplier question, int[]... sizes) {
      if (!ok) {
        return statuses + "; not asked";
      }
      int status = question.getAsInt();
      // What stands there after an error is nobody's business.
      int[] found = Arrays.stream(sizes).mapToInt(size -> size[0]).toArray();
      return statuses + "; " + status + (status == 0 ? " " + Arrays.toString(found) : "");
    }
  }

  private static String convolution(DescriptorQuestion.Convolution it) {
    Calls calls = new Calls();
    cudnnTensorDescriptor tensor = new cudnnTensorDescriptor();
    cudnnFilterDescriptor filter = new cudnnFilterDescriptor();
    cudnnConvolutionDescriptor window = new cudnnConvolutionDescriptor();
    calls.call(JCudnn.cudnnCreateTensorDescriptor(tensor));
    calls.call(JCudnn.cudnnCreateFilterDescriptor(filter));
    calls.call(JCudnn.cudnnCreateConvolutionDescriptor(window));
    try {
      List<Integer> x = it.tensor();
      List<Integer> f = it.filter();
      List<Integer> p = it.window();
      calls.call(
          JCudnn.cudnnSetTensor4dDescriptor(
              tensor, it.format(), it.type(), x.get(0), x.get(1), x.get(2), x.get(3)));
      calls.call(
          JCudnn.cudnnSetFilter4dDescriptor(
              filter, it.type(), it.format(), f.get(0), f.get(1), f.get(2), f.get(3)));
      calls.call(
          JCudnn.cudnnSetConvolution2dDescriptor(
              window, p.get(0), p.get(1), p.get(2), p.get(3), p.get(4), p.get(5), it.mode(),
              it.type()));
      calls.call(JCudnn.cudnnSetConvolutionGroupCount(window, it.groups()));
      calls.call(JCudnn.cudnnSetConvolutionMathType(window, it.math()));
      int[][] out = new int[4][1];
      return calls.then(
          () ->
              JCudnn.cudnnGetConvolution2dForwardOutputDim(
                  window, tensor, filter, out[0], out[1], out[2], out[3]),
          out);
    } finally {
      JCudnn.cudnnDestroyConvolutionDescriptor(window);
      JCudnn.cudnnDestroyFilterDescriptor(filter);
      JCudnn.cudnnDestroyTensorDescriptor(tensor);
    }
  }

  private static String pooling(DescriptorQuestion.Pooling it) {
    Calls calls = new Calls();
    cudnnTensorDescriptor tensor = new cudnnTensorDescriptor();
    cudnnPoolingDescriptor pooling = new cudnnPoolingDescriptor();
    calls.call(JCudnn.cudnnCreateTensorDescriptor(tensor));
    calls.call(JCudnn.cudnnCreatePoolingDescriptor(pooling));
    try {
      List<Integer> x = it.tensor();
      List<Integer> p = it.window();
      calls.call(
          JCudnn.cudnnSetTensor4dDescriptor(
              tensor, it.format(), 0, x.get(0), x.get(1), x.get(2), x.get(3)));
      calls.call(
          JCudnn.cudnnSetPooling2dDescriptor(
              pooling, it.mode(), it.nan(), p.get(0), p.get(1), p.get(2), p.get(3), p.get(4),
              p.get(5)));
      int[][] out = new int[4][1];
      return calls.then(
          () ->
              JCudnn.cudnnGetPooling2dForwardOutputDim(
                  pooling, tensor, out[0], out[1], out[2], out[3]),
          out);
    } finally {
      JCudnn.cudnnDestroyPoolingDescriptor(pooling);
      JCudnn.cudnnDestroyTensorDescriptor(tensor);
    }
  }

  private static String strided(DescriptorQuestion.Strided it) {
    Calls calls = new Calls();
    cudnnTensorDescriptor tensor = new cudnnTensorDescriptor();
    calls.call(JCudnn.cudnnCreateTensorDescriptor(tensor));
    try {
      List<Integer> x = it.tensor();
      List<Integer> s = it.strides();
      calls.call(
          JCudnn.cudnnSetTensor4dDescriptorEx(
              tensor, it.type(), x.get(0), x.get(1), x.get(2), x.get(3), s.get(0), s.get(1),
              s.get(2), s.get(3)));
      long[] bytes = new long[1];
      return calls.then(() -> JCudnn.cudnnGetTensorSizeInBytes(tensor, bytes)) + " " + bytes[0];
    } finally {
      JCudnn.cudnnDestroyTensorDescriptor(tensor);
    }
  }

  private static String responseNorm(DescriptorQuestion.ResponseNorm it) {
    Calls calls = new Calls();
    cudnnLRNDescriptor norm = new cudnnLRNDescriptor();
    calls.call(JCudnn.cudnnCreateLRNDescriptor(norm));
    try {
      calls.call(JCudnn.cudnnSetLRNDescriptor(norm, it.size(), 1e-4, it.beta(), it.k()));
      return calls.statuses.toString();
    } finally {
      JCudnn.cudnnDestroyLRNDescriptor(norm);
    }
  }
}
