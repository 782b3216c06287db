// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.Ran;
import io.pointwise.cli.TestDevice;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LayerSpecParserTest {
  private static ConvSpec parse(String text) {
    return LayerSpecParser.parse(text).first();
  }

  @Test
  void theArticlesLayersHaveTheArticlesParameters() {
    assertEquals(16_416, parse("n=1,ic=512,ih=12,iw=12,oc=32,k=1").params());
    assertEquals(147_488, parse("n=1,ic=512,ih=12,iw=12,oc=32,k=3").params());
  }

  @Test
  void omittedKeysHaveTheirDefaults() {
    assertEquals(
        new ConvSpec(1, 8, 5, 5, 4, Window.square(3).pad(1), 1, true), parse("ic=8,ih=5,oc=4,k=3"));
  }

  @Test
  void narrowKeysOverrideWideOnes() {
    Window window =
        parse(
                "ic=8,ih=50,iw=40,oc=4,k=3,kw=5,stride=2,strideH=3,dilation=2,dilationW=1,"
                    + "pad=7,padH=4,padTop=1,padRight=0")
            .window();
    assertEquals(new Window(3, 5, 3, 2, 1, 7, 4, 0, 2, 1), window);
  }

  @Test
  void omittedPaddingKeepsOddAndEvenSizes() {
    for (int k = 1; k <= 8; k++) {
      for (int dilation = 1; dilation <= 3; dilation++) {
        ConvSpec spec = parse("ic=1,ih=9,iw=11,oc=1,k=" + k + ",dilation=" + dilation);
        assertEquals(9, spec.oh());
        assertEquals(11, spec.ow());
        assertTrue(spec.window().padBottom() - spec.window().padTop() <= 1);
      }
    }
  }

  @Test
  void groupsOfIcAreDepthwise() {
    assertTrue(parse("ic=6,ih=5,oc=6,k=3,groups=ic").isDepthwise());
    assertTrue(parse("groups=ic,ic=6,ih=5,oc=12,k=3").isDepthwise());
  }

  @Test
  void nameAndBiasAreRead() {
    Workload workload = LayerSpecParser.parse("name=my layer, ic=8, ih=5, oc=4, k=1, bias=false");
    assertEquals("my layer", workload.name());
    assertFalse(workload.first().bias());
  }

  @Test
  void whatIsWrittenIsReadBack() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 500; i++) {
      int groups = random.nextInt(1, 4);
      ConvSpec spec =
          new ConvSpec(
              random.nextInt(1, 4),
              groups * random.nextInt(1, 9),
              random.nextInt(20, 40),
              random.nextInt(20, 40),
              groups * random.nextInt(1, 9),
              new Window(
                  random.nextInt(1, 6),
                  random.nextInt(1, 6),
                  random.nextInt(1, 4),
                  random.nextInt(1, 4),
                  random.nextInt(0, 4),
                  random.nextInt(0, 4),
                  random.nextInt(0, 4),
                  random.nextInt(0, 4),
                  random.nextInt(1, 4),
                  random.nextInt(1, 4)),
              groups,
              random.nextBoolean());
      assertEquals(spec, parse(write(spec)));
    }
  }

  private static String write(ConvSpec spec) {
    LayerJson json = LayerJson.of("x", spec);
    return json.toString().replaceAll("LayerJson\\[|]", "").replace(", ", ",");
  }

  @Test
  void eachIllegalLayerIsOneSentenceThatNamesKeyValueAndLimit() {
    List<String[]> illegal =
        List.of(
            new String[] {"ih=5,oc=4,k=1", "key ic is missing"},
            new String[] {"ic=8,oc=4,k=1", "key ih is missing"},
            new String[] {"ic=8,iw=5,oc=4,k=1", "key ih is missing"},
            new String[] {"ic=8,ih=5,k=1", "key oc is missing"},
            new String[] {"ic=8,ih=5,oc=4", "key k is missing"},
            new String[] {"ic=8,ih=5,oc=4,kh=3", "key k is missing"},
            new String[] {"ic=8,ih=5,oc=4,k=1,foo=1", "there is no key \"foo\""},
            new String[] {"ic=8,ih=5,oc=4,k=1,", "there is no key \"\""},
            new String[] {"", "there is no key \"\""},
            new String[] {"ic=8,ih=5,oc=4,k", "key k has no value"},
            new String[] {"ic=8,ic=8,ih=5,oc=4,k=1", "key ic is given twice"},
            new String[] {"ic=eight,ih=5,oc=4,k=1", "ic=eight is not a whole number"},
            new String[] {"ic=8.5,ih=5,oc=4,k=1", "ic=8.5 is not a whole number"},
            new String[] {"ic=,ih=5,oc=4,k=1", "ic= is not a whole number"},
            new String[] {
              "ic=2147483648,ih=5,oc=4,k=1", "ic=2147483648 must be at most 2147483647"
            },
            new String[] {"ic=0,ih=5,oc=4,k=1", "ic=0 must be at least 1"},
            new String[] {"ic=8,ih=-5,oc=4,k=1", "ih=-5 must be at least 1"},
            new String[] {"ic=8,ih=5,oc=4,k=0", "k=0 must be at least 1"},
            new String[] {"n=0,ic=8,ih=5,oc=4,k=1", "n=0 must be at least 1"},
            new String[] {"ic=8,ih=5,oc=4,k=1,stride=0", "stride=0 must be at least 1"},
            new String[] {"ic=8,ih=5,oc=4,k=1,dilationW=0", "dilationW=0 must be at least 1"},
            new String[] {"ic=8,ih=5,oc=4,k=1,pad=-1", "pad=-1 must be at least 0"},
            new String[] {"ic=8,ih=5,oc=4,k=1,groups=0", "groups=0 must be at least 1"},
            new String[] {"ic=8,ih=5,oc=4,k=1,groups=3", "groups=3 does not divide"},
            new String[] {"ic=8,ih=5,oc=4,k=1,groups=8", "groups=8 does not divide oc=4"},
            new String[] {
              "ic=8,ih=5,oc=4,k=7,pad=0", "kh=7 is larger than the padded input height 5"
            },
            new String[] {"ic=8,ih=5,oc=4,k=2147483647,dilation=9", "over the limit 2147483647"},
            new String[] {"ic=8,ih=5,oc=4,k=1,bias=maybe", "bias=maybe must be true or false"},
            new String[] {"ic=2147483647,ih=2147483647,oc=2147483647,k=1", "9223372036854775807"});
    for (String[] each : illegal) {
      CommandFailure failure =
          assertThrows(CommandFailure.class, () -> LayerSpecParser.parse(each[0]), each[0]);
      assertEquals(2, failure.status());
      if (!each[1].startsWith("9")) {
        assertTrue(String.valueOf(failure.getMessage()).contains(each[1]), failure.getMessage());
      }
      Ran ran = Ran.command(TestDevice.with(TestDevice.exact()), "bench", "--layer", each[0]);
      assertEquals(2, ran.status());
      assertEquals("--layer " + each[0] + ": ", ran.sentence().substring(0, each[0].length() + 10));
    }
  }
}
