// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.kernel.Defines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every program that steps may ask for, and those of them that are shipped as PTX. */
public final class KernelVariants {
  /** Kernels in one variant for each width of indices. */
  private static final List<String> PLAIN =
      List.of(
          "frame",
          "gather",
          "gather_elements",
          "group_norm",
          "group_statistics",
          "local_response_norm",
          "matmul",
          "max_pool",
          "prelu",
          "strided",
          "where");

  private static final Choice BIAS = flag("BIAS");
  private static final Choice RESIDUAL = flag("RESIDUAL");
  private static final Choice ACTIVATION =
      of(
          "ACTIVATION",
          "activation_",
          "none relu clip leaky_relu sigmoid tanh hard_sigmoid hard_swish elu selu celu"
              + " thresholded_relu softplus softsign mish swish gelu gelu_tanh erf exp log sqrt"
              + " abs reciprocal affine floor ceil truncate not_zero wrap_narrow wrap_wide any");

  /** Fused activations that are shipped in programs of their own. */
  private static final Set<String> USUAL =
      Set.of("activation_none", "activation_relu", "activation_clip");

  private static final Map<String, List<Choice>> CHOICES =
      Map.ofEntries(
          Map.entry("activate", List.of(ACTIVATION)),
          Map.entry("arg_reduce", List.of(of("MAX", "", "0 1"), of("LAST", "", "0 1"))),
          Map.entry("average_pool", List.of(of("COUNT_PADDING", "", "0 1"))),
          Map.entry("batch_norm", List.of(RESIDUAL, ACTIVATION)),
          Map.entry("concat", List.of(numbers("INPUTS", 1))),
          Map.entry("conv", List.of(BIAS, RESIDUAL, ACTIVATION)),
          Map.entry("conv_transpose", List.of(BIAS, RESIDUAL, ACTIVATION)),
          Map.entry("depthwise", List.of(BIAS, RESIDUAL, ACTIVATION)),
          Map.entry("finish", List.of(BIAS, RESIDUAL, ACTIVATION)),
          Map.entry("global_pool", List.of(of("MAX", "", "0 1"))),
          Map.entry("max_pool_indices", List.of(of("COLUMN_MAJOR", "", "0 1"))),
          Map.entry("pad", List.of(numbers("AXES", 0))),
          Map.entry(
              "pairwise",
              List.of(
                  of(
                      "FUNCTION",
                      "pair_",
                      "add multiply subtract divide power minimum maximum equal less"
                          + " less_or_equal and or"),
                  RESIDUAL,
                  ACTIVATION)),
          Map.entry("reduce", List.of(of("FUNCTION", "reduce_", "sum mean max min sum_square l2"))),
          Map.entry("resize", List.of(numbers("AXES", 1))),
          Map.entry("softmax", List.of(of("LOG", "", "0 1"))));

  private KernelVariants() {}

  /**
   * A define and what it may be.
   *
   * @param values empty text where it is not defined
   */
  private record Choice(String define, List<String> values) {}

  private static Choice of(String define, String prefix, String values) {
    return new Choice(
        define, Stream.of(values.split(" ", -1)).map(value -> prefix + value).toList());
  }

  private static Choice flag(String define) {
    return new Choice(define, List.of("", "1"));
  }

  /** Up to eight; more axes are for NVRTC. */
  private static Choice numbers(String define, int least) {
    return new Choice(define, IntStream.rangeClosed(least, 8).mapToObj(Integer::toString).toList());
  }

  /** The names of all kernels. */
  public static Set<String> kernels() {
    return byKernel().keySet();
  }

  private static Map<String, List<Choice>> byKernel() {
    Map<String, List<Choice>> all = new TreeMap<>(CHOICES);
    PLAIN.forEach(kernel -> all.put(kernel, List.of()));
    return all;
  }

  /** Every variant of every kernel. */
  public static List<KernelVariant> all() {
    List<KernelVariant> all = new ArrayList<>();
    byKernel()
        .forEach(
            (kernel, choices) -> {
              List<KernelVariant> variants =
                  Stream.of("int", "long")
                      .map(type -> new KernelVariant(kernel, Defines.NONE.with("INDEX", type)))
                      .toList();
              for (Choice choice : choices) {
                variants = variants.stream().flatMap(variant -> chosen(variant, choice)).toList();
              }
              all.addAll(variants);
            });
    return List.copyOf(all);
  }

  private static Stream<KernelVariant> chosen(KernelVariant variant, Choice choice) {
    return choice.values().stream()
        .map(value -> value.isEmpty() ? variant : variant.with(choice.define(), value));
  }

  /** Those that are shipped. */
  public static List<KernelVariant> shipped() {
    return all().stream().filter(KernelVariants::isShipped).toList();
  }

  private static boolean isShipped(KernelVariant variant) {
    Map<String, String> defines = variant.defines().values();
    String activation = defines.getOrDefault("ACTIVATION", "activation_any");
    if (activation.equals("activation_any")) {
      return true;
    }
    boolean usual = USUAL.contains(activation) && "int".equals(defines.get("INDEX"));
    // Between two tensors something is fused seldom.
    return variant.kernel().equals("pairwise")
        ? usual && activation.equals("activation_none") && !defines.containsKey("RESIDUAL")
        : usual;
  }
}
