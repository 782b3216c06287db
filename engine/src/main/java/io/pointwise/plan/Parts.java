// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Storages that lie within others. What a concatenation joins is written where it is to lie, so the
 * concatenation itself costs nothing; the storage that it would have written is the whole, those
 * that it would have read are its parts. A whole may be part of another.
 */
final class Parts {
  /**
   * A place within a whole.
   *
   * @param whole id of its storage
   * @param offset in bytes
   */
  record Part(int whole, long offset) {}

  private final Map<Integer, Part> parts = new HashMap<>();
  private final Set<Integer> wholes = new HashSet<>();

  /** Whether these storages may become parts: none is one already, and none comes twice. */
  boolean accepts(List<Integer> storages) {
    return Collections.disjoint(storages, parts.keySet())
        && new HashSet<>(storages).size() == storages.size();
  }

  /**
   * Puts storages into a whole.
   *
   * @param offsets of each, in bytes
   */
  void join(int whole, List<Integer> storages, List<Long> offsets) {
    wholes.add(whole);
    for (int i = 0; i < storages.size(); i++) {
      parts.put(storages.get(i), new Part(whole, offsets.get(i)));
    }
  }

  /** Whether a storage is a part or a whole. */
  boolean has(int storage) {
    return parts.containsKey(storage) || wholes.contains(storage);
  }

  /** The storage that is part of none and holds this one, perhaps itself, and where. */
  Part root(int storage) {
    Part part = parts.get(storage);
    if (part == null) {
      return new Part(storage, 0);
    }
    Part outer = root(part.whole);
    return new Part(outer.whole, outer.offset + part.offset);
  }
}
