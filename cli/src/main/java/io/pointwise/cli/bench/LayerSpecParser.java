// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.InvalidSpecException;
import io.pointwise.layer.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the layers of {@code --layer}: {@code n=1,ic=512,ih=12,iw=12,oc=32,k=1}.
 *
 * <ul>
 *   <li>Needed: {@code ic}, {@code ih}, {@code oc} and {@code k} (or {@code kh} and {@code kw});
 *       {@code iw} is {@code ih} when omitted.
 *   <li>{@code n}, {@code stride}, {@code dilation} and {@code groups} are 1 when omitted; {@code
 *       groups=ic} makes the layer depthwise.
 *   <li>A narrower key overrides a wider one: {@code padTop} over {@code padH} over {@code pad}.
 *   <li>A side without padding of its own keeps the size at stride 1: half of {@code dilation·(k −
 *       1)} on each side, for even kernels the odd one at the bottom and on the right.
 *   <li>{@code bias=false} leaves the bias out; {@code name} is for people.
 * </ul>
 */
public final class LayerSpecParser {
  /** Legal keys that hold numbers, each with its least value. */
  private static final Map<String, Integer> NUMBERS = numbers();

  private static final String NAME = "name";
  private static final String BIAS = "bias";

  private final String text;
  private final Map<String, String> given = new LinkedHashMap<>();

  private LayerSpecParser(String text) {
    this.text = text;
  }

  /**
   * A layer with the name that it was given or that tells its sizes.
   *
   * @throws CommandFailure a usage error: one sentence with the key, the value and the limit
   */
  public static Workload parse(String text) {
    LayerSpecParser parser = new LayerSpecParser(text);
    parser.split();
    try {
      ConvSpec spec = parser.spec();
      String name = parser.given.get(NAME);
      return Workload.of(name != null ? name : LayerNames.of(spec), spec);
    } catch (InvalidSpecException e) {
      throw parser.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> keys = new LinkedHashMap<>();
    for (String key : List.of("n", "ic", "ih", "iw", "oc", "k", "kh", "kw")) {
      keys.put(key, 1);
    }
    for (String key : List.of("stride", "strideH", "strideW")) {
      keys.put(key, 1);
    }
    for (String key :
        List.of("pad", "padH", "padW", "padTop", "padLeft", "padBottom", "padRight")) {
      keys.put(key, 0);
    }
    for (String key : List.of("dilation", "dilationH", "dilationW", "groups")) {
      keys.put(key, 1);
    }
    return keys;
  }

  private void split() {
    for (String item : text.split(",", -1)) {
      int equals = item.indexOf('=');
      String key = (equals < 0 ? item : item.substring(0, equals)).strip();
      if (!NUMBERS.containsKey(key) && !key.equals(NAME) && !key.equals(BIAS)) {
        throw wrong(
            "there is no key \""
                + key
                + "\"; the keys are "
                + String.join(" ", NUMBERS.keySet())
                + " bias name");
      }
      if (equals < 0) {
        throw wrong("key " + key + " has no value");
      }
      if (given.put(key, item.substring(equals + 1).strip()) != null) {
        throw wrong("key " + key + " is given twice");
      }
    }
  }

  private ConvSpec spec() {
    NUMBERS.keySet().forEach(this::number);
    int ic = needed("ic");
    int ih = needed("ih");
    return new ConvSpec(
        or("n", 1), ic, ih, or("iw", ih), needed("oc"), window(), or("groups", 1), bias());
  }

  private Window window() {
    int kh = given.containsKey("kh") ? needed("kh") : needed("k");
    int kw = given.containsKey("kw") ? needed("kw") : needed("k");
    Window plain =
        Window.of(kh, kw)
            .stride(first(1, "strideH", "stride"), first(1, "strideW", "stride"))
            .dilation(first(1, "dilationH", "dilation"), first(1, "dilationW", "dilation"));
    int h = spread("kh", kh, plain.extentH());
    int w = spread("kw", kw, plain.extentW());
    return plain.pad(
        first(h / 2, "padTop", "padH", "pad"),
        first(w / 2, "padLeft", "padW", "pad"),
        first(h - h / 2, "padBottom", "padH", "pad"),
        first(w - w / 2, "padRight", "padW", "pad"));
  }

  private int spread(String key, int k, long extent) {
    if (extent > Integer.MAX_VALUE) {
      throw wrong(
          key
              + "="
              + k
              + " with its dilation spans "
              + extent
              + ", over the limit "
              + Integer.MAX_VALUE);
    }
    return (int) (extent - 1);
  }

  private boolean bias() {
    return switch (given.getOrDefault(BIAS, "true")) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw wrong("bias=" + other + " must be true or false");
    };
  }

  private int first(int otherwise, String... keys) {
    for (String key : keys) {
      Integer value = number(key);
      if (value != null) {
        return value;
      }
    }
    return otherwise;
  }

  private int or(String key, int otherwise) {
    return first(otherwise, key);
  }

  private int needed(String key) {
    Integer value = number(key);
    if (value == null) {
      throw wrong("key " + key + " is missing");
    }
    return value;
  }

  private @Nullable Integer number(String key) {
    String value = given.get(key);
    if (value == null) {
      return null;
    }
    if (key.equals("groups") && value.equals("ic")) {
      return needed("ic");
    }
    if (!value.matches("[+-]?[0-9]+")) {
      throw wrong(key + "=" + value + " is not a whole number");
    }
    int least = NUMBERS.getOrDefault(key, 1);
    boolean zero = value.matches("[+-]?0+");
    if (zero ? least > 0 : value.startsWith("-")) {
      throw wrong(key + "=" + value + " must be at least " + least);
    }
    try {
      return Integer.valueOf(value);
    } catch (NumberFormatException e) {
      throw wrong(key + "=" + value + " must be at most " + Integer.MAX_VALUE);
    }
  }

  private CommandFailure wrong(String problem) {
    return CommandFailure.usage("--layer " + text + ": " + problem);
  }
}
