// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import io.pointwise.tensor.Shape;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of an npy file: a literal of a Python dictionary with the keys {@code descr}, {@code
 * fortran_order} and {@code shape}.
 *
 * @param type of the elements
 * @param order of their bytes
 * @param fortranOrder whether the first index varies fastest
 * @param shape in the order in which elements are indexed
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format
 *     </a>
 */
record NpyHeader(NpyType type, ByteOrder order, boolean fortranOrder, Shape shape) {
  private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*(['\"])(.*?)\\1");
  private static final Pattern FORTRAN =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9,\\sL]*)\\)");
  private static final Pattern SIMPLE_TYPE = Pattern.compile("([<>|=])([a-zA-Z][0-9]+)");

  /** A header cannot be read; the message says why. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  /** Reads a header's text. */
  static NpyHeader parse(String text) throws Malformed {
    Matcher descr = DESCR.matcher(text);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!fortran.find() || !shape.find()) {
      throw new Malformed("its header is no dictionary with fortran_order and shape");
    }
    if (!descr.find()) {
      throw new Malformed("its elements are records, not numbers");
    }
    String description = descr.group(2);
    Matcher simple = SIMPLE_TYPE.matcher(description);
    if (!simple.matches()) {
      throw new Malformed("its elements are of the type \"" + description + "\", not numbers");
    }
    NpyType type =
        NpyType.ofCode(simple.group(2))
            .orElseThrow(
                () -> new Malformed("element type \"" + description + "\" is not supported"));
    ByteOrder order =
        switch (simple.group(1)) {
          case ">" -> ByteOrder.BIG_ENDIAN;
          case "=" -> ByteOrder.nativeOrder();
          default -> ByteOrder.LITTLE_ENDIAN;
        };
    return new NpyHeader(type, order, fortran.group(1).equals("True"), shape(shape.group(1)));
  }

  private static Shape shape(String text) throws Malformed {
    int[] dims;
    try {
      // Python 2 wrote long integers as 3L.
      dims =
          Arrays.stream(text.replace('L', ' ').split(",", -1))
              .map(String::strip)
              .filter(dim -> !dim.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new Malformed("its shape (" + text.strip() + ") is not one that a tensor can have");
    }
  }

  /** The header's text, without the padding that aligns what follows. */
  String text() {
    int[] dims = shape.toArray();
    String list = Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String mark = type.bytes() == 1 ? "|" : order == ByteOrder.BIG_ENDIAN ? ">" : "<";
    return "{'descr': '"
        + mark
        + type.code()
        + "', 'fortran_order': "
        + (fortranOrder ? "True" : "False")
        + ", 'shape': ("
        + list
        + (dims.length == 1 ? "," : "")
        + "), }";
  }
}
