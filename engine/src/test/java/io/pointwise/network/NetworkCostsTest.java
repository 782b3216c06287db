// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * The cost of every ready network: as published where it was, as a tally of its blocks written out
 * here, and as the layers count it. All three are equal.
 */
class NetworkCostsTest {
  private static void assertCosts(long parameters, long macs, Tally tally, String name) {
    assertEquals(parameters, tally.parameters(), "parameters of the tally of " + name);
    assertEquals(macs, tally.macs(), "MACs of the tally of " + name);
    Network network = Networks.get(name, 1);
    assertEquals(parameters, network.cost().parameters(), "parameters of " + name);
    assertEquals(macs, network.cost().macs(), "MACs of " + name);
  }

  @Test
  void convNetAMixesThreeChannelsIntoEight() {
    assertCosts(62, 39_984, new Tally().conv(3, 1, 3, 28).conv(1, 3, 8, 28), "convnet-a");
  }

  @Test
  void convNetBSpendsNearlyAllParametersOnItsFirstLinearLayer() {
    Tally tally = trunk().linear(3136, 100).linear(100, 10);
    assertCosts(333_526, 4_153_064, tally, "convnet-b");
  }

  @Test
  void convNetCDoesWithSixPercentOfThem() {
    Tally tally = trunk().conv(1, 64, 32, 7).conv(1, 32, 10, 7);
    assertCosts(21_226, 3_954_496, tally, "convnet-c");
  }

  private static Tally trunk() {
    return new Tally().conv(3, 1, 32, 28).conv(3, 32, 64, 14);
  }

  /** Parameters: the model that the authors published for Caffe, CIFAR-10. */
  @Test
  void networkInNetworkHas966986Parameters() {
    Tally tally =
        new Tally()
            .conv(5, 3, 192, 32)
            .conv(1, 192, 160, 32)
            .conv(1, 160, 96, 32)
            .conv(5, 96, 192, 16)
            .conv(1, 192, 192, 16)
            .conv(1, 192, 192, 16)
            .conv(3, 192, 192, 8)
            .conv(1, 192, 192, 8)
            .conv(1, 192, 10, 8);
    assertCosts(966_986, 222_486_528, tally, "nin");
  }

  /**
   * Parameters: the model that BVLC published for Caffe. The paper's budget is 1.5 billion
   * multiply-adds.
   */
  @Test
  void googLeNetHas6998552Parameters() {
    Tally tally = new Tally().conv(7, 3, 64, 112).conv(1, 64, 64, 56).conv(3, 64, 192, 56);
    // Size, input channels, then the row of the paper's table 1.
    inception(tally, 28, 192, 64, 96, 128, 16, 32, 32);
    inception(tally, 28, 256, 128, 128, 192, 32, 96, 64);
    inception(tally, 14, 480, 192, 96, 208, 16, 48, 64);
    inception(tally, 14, 512, 160, 112, 224, 24, 64, 64);
    inception(tally, 14, 512, 128, 128, 256, 24, 64, 64);
    inception(tally, 14, 512, 112, 144, 288, 32, 64, 64);
    inception(tally, 14, 528, 256, 160, 320, 32, 128, 128);
    inception(tally, 7, 832, 256, 160, 320, 32, 128, 128);
    inception(tally, 7, 832, 384, 192, 384, 48, 128, 128);
    assertCosts(6_998_552, 1_582_671_872, tally.linear(1024, 1000), "googlenet");
  }

  private static void inception(
      Tally tally, int size, int ic, int c1, int reduce3, int c3, int reduce5, int c5, int pool) {
    tally
        .conv(1, ic, c1, size)
        .conv(1, ic, reduce3, size)
        .conv(3, reduce3, c3, size)
        .conv(1, ic, reduce5, size)
        .conv(5, reduce5, c5, size)
        .conv(1, ic, pool, size);
  }

  /** Parameters: the model that the authors published, and torchvision's squeezenet1_1. */
  @Test
  void squeezeNetHas1235496Parameters() {
    Tally tally = new Tally().conv(3, 3, 64, 111);
    fire(tally, 55, 64, 16, 64);
    fire(tally, 55, 128, 16, 64);
    fire(tally, 27, 128, 32, 128);
    fire(tally, 27, 256, 32, 128);
    fire(tally, 13, 256, 48, 192);
    fire(tally, 13, 384, 48, 192);
    fire(tally, 13, 384, 64, 256);
    fire(tally, 13, 512, 64, 256);
    assertCosts(1_235_496, 349_151_936, tally.conv(1, 512, 1000, 13), "squeezenet");
  }

  private static void fire(Tally tally, int size, int ic, int squeeze, int expand) {
    tally.conv(1, ic, squeeze, size).conv(1, squeeze, expand, size).conv(3, squeeze, expand, size);
  }

  /** The paper's table 4: 569 million multiply-adds and 4.2 million parameters. */
  @Test
  void mobileNetHas569MillionMultiplyAdds() {
    Tally tally = new Tally().convBatchNorm(3, 3, 32, 112);
    separable(tally, 32, 64, 112);
    separable(tally, 64, 128, 56);
    separable(tally, 128, 128, 56);
    separable(tally, 128, 256, 28);
    separable(tally, 256, 256, 28);
    separable(tally, 256, 512, 14);
    for (int i = 0; i < 5; i++) {
      separable(tally, 512, 512, 14);
    }
    separable(tally, 512, 1024, 7);
    separable(tally, 1024, 1024, 7);
    assertCosts(4_231_976, 568_740_352, tally.linear(1024, 1000), "mobilenet");
  }

  private static void separable(Tally tally, int ic, int oc, int size) {
    tally.depthwiseBatchNorm(ic, size).convBatchNorm(1, ic, oc, size);
  }

  /** Parameters: torchvision's resnet50, which has its stride on the 3×3 and 4.09 billion MACs. */
  @Test
  void resNet50Has25557032Parameters() {
    assertCosts(25_557_032, 4_089_184_256L, resNet50(false), "resnet50");
  }

  /** The paper's table 1: 3.8 billion multiply-adds. */
  @Test
  void resNet50AsPublishedHas3857973248Macs() {
    assertCosts(25_557_032, 3_857_973_248L, resNet50(true), "resnet50-v1");
  }

  private static Tally resNet50(boolean strideOnFirst) {
    Tally tally = new Tally().convBatchNorm(7, 3, 64, 112);
    stage(tally, strideOnFirst, 3, 64, 64, 56, 56);
    stage(tally, strideOnFirst, 4, 256, 128, 56, 28);
    stage(tally, strideOnFirst, 6, 512, 256, 28, 14);
    stage(tally, strideOnFirst, 3, 1024, 512, 14, 7);
    return tally.linear(2048, 1000);
  }

  /** Bottlenecks of which the first brings {@code before} pixels a side down to {@code size}. */
  private static void stage(
      Tally tally, boolean strideOnFirst, int blocks, int ic, int width, int before, int size) {
    int oc = 4 * width;
    tally
        .convBatchNorm(1, ic, oc, size)
        .convBatchNorm(1, ic, width, strideOnFirst ? size : before)
        .convBatchNorm(3, width, width, size)
        .convBatchNorm(1, width, oc, size);
    for (int block = 1; block < blocks; block++) {
      tally
          .convBatchNorm(1, oc, width, size)
          .convBatchNorm(3, width, width, size)
          .convBatchNorm(1, width, oc, size);
    }
  }
}
