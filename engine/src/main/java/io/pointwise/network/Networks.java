// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The ready networks of the literature, for one image; {@link Network#withBatch} gives other batch
 * sizes.
 *
 * <p>Weights are He-initialised from a seed: the same seed, network and layer name give the same
 * weights. They are made when first read, so that a network can be described at no cost. Inputs are
 * {@code [1, 3, 224, 224]} where nothing else is said; the output is {@code [1, classes]}.
 *
 * <table>
 *   <caption>Cost for one image</caption>
 *   <tr><th>name</th><th>parameters</th><th>MACs</th></tr>
 *   <tr><td>convnet-a</td><td>62</td><td>39,984</td></tr>
 *   <tr><td>convnet-b</td><td>333,526</td><td>4,153,064</td></tr>
 *   <tr><td>convnet-c</td><td>21,226</td><td>3,954,496</td></tr>
 *   <tr><td>nin</td><td>966,986</td><td>222,486,528</td></tr>
 *   <tr><td>googlenet</td><td>6,998,552</td><td>1,582,671,872</td></tr>
 *   <tr><td>squeezenet</td><td>1,235,496</td><td>349,151,936</td></tr>
 *   <tr><td>mobilenet</td><td>4,231,976</td><td>568,740,352</td></tr>
 *   <tr><td>resnet50</td><td>25,557,032</td><td>4,089,184,256</td></tr>
 *   <tr><td>resnet50-v1</td><td>25,557,032</td><td>3,857,973,248</td></tr>
 * </table>
 */
public final class Networks {
  private static final Map<String, LongFunction<Network>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("convnet-a", Networks::convNetA);
    BY_NAME.put("convnet-b", Networks::convNetB);
    BY_NAME.put("convnet-c", Networks::convNetC);
    BY_NAME.put("nin", Networks::networkInNetwork);
    BY_NAME.put("googlenet", Networks::googLeNet);
    BY_NAME.put("squeezenet", Networks::squeezeNet);
    BY_NAME.put("mobilenet", Networks::mobileNet);
    BY_NAME.put("resnet50", Networks::resNet50);
    BY_NAME.put("resnet50-v1", Networks::resNet50V1);
  }

  private Networks() {}

  /** The names that {@link #get} knows, in the order of the table above. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(BY_NAME.keySet());
  }

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static Network get(String name, long seed) {
    LongFunction<Network> network = BY_NAME.get(name);
    if (network == null) {
      throw new IllegalArgumentException(
          "no network is named " + name + "; there are " + String.join(", ", BY_NAME.keySet()));
    }
    return network.apply(seed);
  }

  /**
   * Channel mixing, shown: a 3×3 convolution 1→3 on a digit {@code [1, 1, 28, 28]} and the extra
   * 1×1 convolution 3→8, each with ReLU. Gives {@code [1, 8, 28, 28]}.
   *
   * <p>The channels, the 1×1 and its ReLU are given; the kernel size of the first convolution, its
   * padding and its ReLU are our choice.
   */
  public static Network convNetA(long seed) {
    return ConvNets.a(seed);
  }

  /**
   * The classic way to classify a digit {@code [1, 1, 28, 28]}: two 3×3 convolutions of 32 and 64
   * channels with ReLU and max pooling, then linear layers 3136→100→10 with sigmoid.
   *
   * <p>The linear layers and the sigmoid are given, and with 3136 = 64·7·7 what reaches them; the
   * kernels, the 32 channels and the pooling before are our choice.
   */
  public static Network convNetB(long seed) {
    return ConvNets.b(seed);
  }

  /**
   * The modern way: the convolutions of {@link #convNetB}, then 1×1 convolutions 64→32→10, 7×7
   * average pooling and sigmoid in place of the linear layers.
   *
   * <p>The 1×1 convolutions, the pooling and the sigmoid are given; the trunk, the ReLU between the
   * two 1×1 and the place of the sigmoid, after the pooling, are our choice.
   */
  public static Network convNetC(long seed) {
    return ConvNets.c(seed);
  }

  /** Network in Network for CIFAR-10 (Lin, Chen and Yan, 2013), input {@code [1, 3, 32, 32]}. */
  public static Network networkInNetwork(long seed) {
    return NetworkInNetwork.build(seed);
  }

  /** GoogLeNet (Szegedy et al., 2014) without auxiliary heads, with a bias in every layer. */
  public static Network googLeNet(long seed) {
    return GoogLeNet.build(seed);
  }

  /** SqueezeNet 1.1 (Iandola et al., 2016). */
  public static Network squeezeNet(long seed) {
    return SqueezeNet.build(seed);
  }

  /** MobileNet v1, width 1.0, at 224×224 (Howard et al., 2017), with ReLU. */
  public static Network mobileNet(long seed) {
    return MobileNet.build(seed);
  }

  /**
   * ResNet-50 "v1.5": the stride of a bottleneck on its 3×3 convolution, as in PyTorch and MLPerf.
   */
  public static Network resNet50(long seed) {
    return ResNet50.build("resnet50", ResNet50.Variant.V1_5, seed);
  }

  /**
   * ResNet-50 as published (He et al., 2015): the stride of a bottleneck on its first 1×1
   * convolution.
   */
  public static Network resNet50V1(long seed) {
    return ResNet50.build("resnet50-v1", ResNet50.Variant.V1, seed);
  }
}
