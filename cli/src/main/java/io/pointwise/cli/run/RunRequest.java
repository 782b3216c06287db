// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.image.Preprocessing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param model file
 * @param inputs files
 * @param preprocessing of images
 * @param labels file with the names of classes, or null
 * @param top scores to show
 * @param output file for the outputs, or null
 * @param profile whether to time each step
 * @param repeat timed runs of each input, or null for none
 * @param digits a classification in place of inputs, or null
 */
record RunRequest(
    String model,
    List<String> inputs,
    Preprocessing preprocessing,
    @Nullable String labels,
    int top,
    @Nullable String output,
    boolean profile,
    @Nullable Integer repeat,
    @Nullable Digits digits) {
  /**
   * Images to classify.
   *
   * @param images idx file
   * @param labels idx file
   * @param batch images at once, or null where the model or the program decides
   */
  record Digits(String images, String labels, @Nullable Integer batch) {}
}
