// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.graph.GraphNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts nodes in an order in which each comes after what it reads: the order of the file where that
 * is one, as it should be and mostly is.
 */
final class NodeOrder {
  private final Set<String> given;
  private final List<GraphNode> nodes;
  private final Map<String, Integer> producers = new HashMap<>();

  /**
   * @param given names that are there before any node runs
   */
  NodeOrder(Set<String> given, List<GraphNode> nodes) {
    this.given = given;
    this.nodes = nodes;
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).outputs()) {
        if (output.isEmpty()) {
          continue;
        }
        if (given.contains(output) || producers.put(output, i) != null) {
          throw new OnnxException(
              nodes.get(i).describe() + ": output " + output + " is given twice in the graph");
        }
      }
    }
  }

  /**
   * The nodes in order.
   *
   * @throws OnnxException if a node reads what nobody gives, or a cycle is in the way
   */
  List<GraphNode> sorted() {
    int[] waitsFor = new int[nodes.size()];
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(_ -> readers.add(new ArrayList<>()));
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).inputs()) {
        if (input.isEmpty() || given.contains(input)) {
          continue;
        }
        Integer producer = producers.get(input);
        if (producer == null) {
          throw new OnnxException(
              nodes.get(i).describe() + ": input " + input + " is given by nobody in the graph");
        }
        readers.get(producer).add(i);
        waitsFor[i]++;
      }
    }
    return isInOrder() ? nodes : sorted(waitsFor, readers);
  }

  private boolean isInOrder() {
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).inputs()) {
        Integer producer = producers.get(input);
        if (producer != null && producer >= i) {
          return false;
        }
      }
    }
    return true;
  }

  private List<GraphNode> sorted(int[] waitsFor, List<List<Integer>> readers) {
    ArrayDeque<Integer> ready = new ArrayDeque<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (waitsFor[i] == 0) {
        ready.add(i);
      }
    }
    List<GraphNode> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      order.add(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--waitsFor[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    if (order.size() < nodes.size()) {
      int stuck = (int) Arrays.stream(waitsFor).takeWhile(count -> count == 0).count();
      throw new OnnxException(
          nodes.get(stuck).describe() + ": it waits in a cycle, or behind one, for its own output");
    }
    return order;
  }
}
