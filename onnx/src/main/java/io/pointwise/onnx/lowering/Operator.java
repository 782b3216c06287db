// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * An ONNX operator: what is checked of a node before anything is known of its inputs, and how it
 * becomes layers.
 *
 * @param name as {@code Conv}
 * @param types of the inputs that are computed on
 * @param attributes that it may have, in any opset
 * @param mostInputs how many inputs it takes at most
 * @param fixed places of the inputs that must be known when the model is planned: shapes, axes,
 *     weights
 * @param alike places of the inputs that must be of one type
 * @param rule what it becomes
 */
record Operator(
    String name,
    Types types,
    Set<String> attributes,
    int mostInputs,
    List<Integer> fixed,
    Alike alike,
    Rule rule) {
  /** What kinds of elements an operator takes. */
  enum Types {
    /** float32 and what is widened to it. */
    FLOATS,
    /** Those and integers. */
    NUMBERS,
    /** Booleans. */
    BOOLEANS,
    /** All of these. */
    ANY
  }

  /** Inputs of one type: from the first of them on, up to the end. */
  record Alike(int first, int end) {
    static final Alike NONE = new Alike(0, 0);
  }

  /** From a node to the values of its outputs. */
  interface Rule {
    List<Value> lower(Call call);
  }

  /** A rule of one output. */
  interface Single {
    Value lower(Call call);
  }

  /** An operator of one input and one output. */
  static Operator of(String name, Types types, Single rule, String... attributes) {
    return of(name, types, Set.of(attributes), call -> List.of(rule.lower(call)));
  }

  /** An operator of one input. */
  static Operator of(String name, Types types, Set<String> attributes, Rule rule) {
    return new Operator(name, types, attributes, 1, List.of(), Alike.NONE, rule);
  }

  /** The same with this many inputs at most. */
  Operator inputs(int most) {
    return new Operator(name, types, attributes, most, fixed, alike, rule);
  }

  /** The same with this many inputs at most, all of one type. */
  Operator alike(int most) {
    return alike(0, most);
  }

  /** The same with this many inputs at most, of one type from that one on. */
  Operator alike(int first, int most) {
    return new Operator(name, types, attributes, most, fixed, new Alike(first, most), rule);
  }

  /** The same with inputs that must be known. */
  Operator fixed(Integer... places) {
    return new Operator(name, types, attributes, mostInputs, Arrays.asList(places), alike, rule);
  }
}
