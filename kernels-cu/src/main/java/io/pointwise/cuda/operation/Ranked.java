// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Defines;
import io.pointwise.device.kernel.IndexWidth;
import io.pointwise.network.Weights;

/**
 * A recipe with one kernel that is compiled for the number of axes; of those that are shipped, none
 * is for very many.
 */
final class Ranked implements Recipe {
  private final String kernel;
  private final Recipe recipe;
  private final Tools tools;

  Ranked(String kernel, Recipe recipe, Tools tools) {
    this.kernel = kernel;
    this.recipe = recipe;
    this.tools = tools;
  }

  @Override
  public Support accept(Step step) {
    Defines defines =
        Defines.NONE.with("INDEX", IndexWidth.of(step, 0).type()).with("AXES", step.input().rank());
    return tools
        .programs()
        .refusal(kernel, defines)
        .map(Support::no)
        .orElseGet(() -> recipe.accept(step));
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    recipe.build(step, weights, builder);
  }
}
