// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
  /** Red 10, 20; green 30, 40; blue 50, 60. */
  private static final Picture COLOURS = new Picture(3, 1, 2, 10, 20, 30, 40, 50, 60);

  private static final Picture UPRIGHT = new Picture(3, 2, 1, 10, 20, 30, 40, 50, 60);
  private static final Picture GREY = new Picture(1, 1, 2, 100, 200);

  private static ImageInput input(int... dims) {
    return ImageInput.of(
        new OnnxValue(
            "x",
            ElementType.FLOAT,
            Arrays.stream(dims).mapToObj(dim -> new OnnxValue.Dim("", dim)).toList()));
  }

  private static float[] apply(Preprocessing preprocessing, Picture picture, ImageInput input) {
    Picture fitted = preprocessing.fit(picture, input, "a.png");
    Tensor tensor = Tensor.zeros(input.shape(1, fitted));
    preprocessing.write(fitted, input, tensor, 0);
    return tensor.toArray();
  }

  @Test
  void imagesAreTakenAsTheyAreWhereNothingIsAsked() {
    assertArrayEquals(
        new float[] {10, 20, 30, 40, 50, 60},
        apply(Preprocessing.NONE, COLOURS, input(1, 3, 1, 2)));
  }

  @Test
  void scaleComesBeforeMeanAndMeanBeforeStd() {
    Preprocessing preprocessing =
        new Preprocessing(null, false, 0.5, List.of(1.0, 2.0, 3.0), List.of(2.0, 4.0, 8.0));
    assertArrayEquals(
        new float[] {2, 4.5f, 3.25f, 4.5f, 2.75f, 3.375f},
        apply(preprocessing, COLOURS, input(1, 3, 1, 2)));
  }

  @Test
  void meanIsThatOfTheModelsChannelsAfterBgr() {
    Preprocessing preprocessing =
        new Preprocessing(null, true, 1, List.of(1.0, 2.0, 3.0), List.of(1.0));
    assertArrayEquals(
        new float[] {49, 59, 28, 38, 7, 17}, apply(preprocessing, COLOURS, input(1, 3, 1, 2)));
  }

  @Test
  void channelsMayComeLast() {
    assertArrayEquals(
        new float[] {10, 30, 50, 20, 40, 60},
        apply(Preprocessing.NONE, UPRIGHT, input(1, 2, 1, 3)));
    Preprocessing bgr = new Preprocessing(null, true, 1, List.of(0.0), List.of(1.0));
    assertArrayEquals(new float[] {50, 30, 10, 60, 40, 20}, apply(bgr, UPRIGHT, input(1, 2, 1, 3)));
  }

  @Test
  void theModelDecidesBetweenGreyAndColour() {
    assertArrayEquals(
        new float[] {100, 200, 100, 200, 100, 200},
        apply(Preprocessing.NONE, GREY, input(1, 3, 1, 2)));
    assertArrayEquals(
        new float[] {26.3f, 36.3f}, apply(Preprocessing.NONE, COLOURS, input(1, 1, 1, 2)), 1e-5f);
    assertArrayEquals(
        new float[] {100, 200}, apply(Preprocessing.NONE, GREY, input(-1, -1, -1, -1)));
  }

  @Test
  void greyImagesAreTakenWithoutChannels() {
    assertEquals(Shape.of(1, 1, 2), input(-1, 1, 2).shape(1, GREY));
    assertEquals(Shape.of(1, 2), input(-1, 2).shape(1, GREY));
    assertArrayEquals(new float[] {100, 200}, apply(Preprocessing.NONE, GREY, input(-1, 2)));
    assertArrayEquals(new float[] {100, 200}, apply(Preprocessing.NONE, GREY, input(1, 1, 2)));
    assertEquals(Shape.of(3, 1, 2), input(3, 1, 2).shape(1, COLOURS));
  }

  @Test
  void eachImageOfABatchHasItsPlace() {
    ImageInput input = input(2, 3, 1, 2);
    Tensor tensor = Tensor.zeros(input.shape(2, COLOURS));
    Preprocessing.NONE.write(COLOURS, input, tensor, 1);
    assertEquals(0, tensor.get(5));
    assertEquals(10, tensor.get(6));
    assertEquals(60, tensor.get(11));
  }

  @Test
  void anotherSizeIsRefusedWithBothSizesAndTheOption() {
    String message = refusal(Preprocessing.NONE, COLOURS, input(1, 3, 224, 225)).getMessage();
    assertEquals(
        "a.png is 2×1, and the model takes 225×224; --resize 225x224 makes it fit", message);
    String open = refusal(Preprocessing.NONE, COLOURS, input(1, 3, 224, -1)).getMessage();
    assertEquals("a.png is 2×1, and the model takes any×224; --resize 2x224 makes it fit", open);
    CommandFailure flat = refusal(Preprocessing.NONE, GREY, input(1, 784));
    assertEquals("a.png has 2 pixels (2×1), and the model takes 784", flat.getMessage());
    assertEquals(ExitStatus.FILE, flat.status());
  }

  @Test
  void resizingMakesItFit() {
    Preprocessing preprocessing =
        new Preprocessing(new Preprocessing.Size(4, 1), false, 1, List.of(0.0), List.of(1.0));
    assertArrayEquals(
        new float[] {100, 125, 175, 200}, apply(preprocessing, GREY, input(1, 1, 1, 4)));
    assertTrue(
        String.valueOf(refusal(preprocessing, GREY, input(1, 1, 4, 1)).getMessage())
            .startsWith("a.png is 4×1, and the model takes 1×4"));
  }

  @Test
  void numbersForOtherThanTheModelsChannelsAreRefused() {
    Preprocessing three = new Preprocessing(null, false, 1, List.of(1.0, 2.0, 3.0), List.of(1.0));
    CommandFailure failure = refusal(three, GREY, input(1, 1, 1, 2));
    assertEquals("--mean has 3 numbers, and the model takes 1 channel", failure.getMessage());
    assertEquals(ExitStatus.USAGE, failure.status());
    Preprocessing two = new Preprocessing(null, false, 1, List.of(0.0), List.of(1.0, 2.0));
    assertEquals(
        "--std has 2 numbers, and the model takes 3 channels",
        refusal(two, COLOURS, input(1, 3, 1, 2)).getMessage());
  }

  @Test
  void otherInputsTakeNoImages() {
    for (int[] dims : new int[][] {{}, {5}, {1, 4, 7, 7}, {1, 3, 2, 2, 2}}) {
      CommandFailure failure = assertThrows(CommandFailure.class, () -> input(dims));
      assertTrue(String.valueOf(failure.getMessage()).contains("takes no images"));
      assertEquals(ExitStatus.FILE, failure.status());
    }
  }

  private static CommandFailure refusal(
      Preprocessing preprocessing, Picture picture, ImageInput input) {
    return assertThrows(CommandFailure.class, () -> preprocessing.fit(picture, input, "a.png"));
  }
}
