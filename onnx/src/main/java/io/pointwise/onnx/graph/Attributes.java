// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pointwise.onnx.OnnxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a node, read with the type that the operator wants. */
public final class Attributes {
  private final String owner;
  private final Map<String, AttributeProto> byName;

  /**
   * @param owner whose they are, for messages
   */
  public Attributes(String owner, List<AttributeProto> attributes) {
    this.owner = owner;
    this.byName = new LinkedHashMap<>();
    for (AttributeProto attribute : attributes) {
      if (attribute.hasRefAttrName() && !attribute.getRefAttrName().isEmpty()) {
        throw new OnnxException(
            owner
                + ": attribute "
                + attribute.getName()
                + " refers to "
                + attribute.getRefAttrName()
                + " of a function, outside of one");
      }
      if (byName.put(attribute.getName(), attribute) != null) {
        throw new OnnxException(owner + ": attribute " + attribute.getName() + " is there twice");
      }
    }
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  public long integer(String name, long otherwise) {
    AttributeProto attribute = get(name, AttributeType.INT);
    return attribute == null ? otherwise : attribute.getI();
  }

  /** A whole number that stands for yes or no. */
  public boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  public float number(String name, float otherwise) {
    AttributeProto attribute = get(name, AttributeType.FLOAT);
    return attribute == null ? otherwise : attribute.getF();
  }

  public String text(String name, String otherwise) {
    AttributeProto attribute = get(name, AttributeType.STRING);
    return attribute == null ? otherwise : attribute.getS().toStringUtf8();
  }

  /** Whole numbers; null where the attribute is not there. */
  public @Nullable List<Long> integers(String name) {
    AttributeProto attribute = get(name, AttributeType.INTS);
    return attribute == null ? null : attribute.getIntsList();
  }

  /** Numbers; null where the attribute is not there. */
  public @Nullable List<Float> numbers(String name) {
    AttributeProto attribute = get(name, AttributeType.FLOATS);
    return attribute == null ? null : attribute.getFloatsList();
  }

  /** A tensor; null where the attribute is not there. */
  public @Nullable TensorProto tensor(String name) {
    AttributeProto attribute = get(name, AttributeType.TENSOR);
    return attribute == null ? null : attribute.getT();
  }

  /** The value for a message, whatever its type. */
  public String describe(String name) {
    AttributeProto attribute = byName.get(name);
    if (attribute == null) {
      return "none";
    }
    return switch (attribute.getType()) {
      case INT -> Long.toString(attribute.getI());
      case FLOAT -> Float.toString(attribute.getF());
      case STRING -> '"' + shorten(attribute.getS().toStringUtf8()) + '"';
      case INTS -> shorten(attribute.getIntsList().toString());
      case FLOATS -> shorten(attribute.getFloatsList().toString());
      default -> "a value of type " + attribute.getType();
    };
  }

  private static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }

  private @Nullable AttributeProto get(String name, AttributeType wanted) {
    AttributeProto attribute = byName.get(name);
    if (attribute == null) {
      return null;
    }
    // Files of the first versions have no types.
    if (attribute.getType() != wanted && attribute.getType() != AttributeType.UNDEFINED) {
      throw new OnnxException(
          owner
              + ": attribute "
              + name
              + " is of type "
              + attribute.getType()
              + ", must be "
              + wanted);
    }
    boolean there =
        switch (wanted) {
          case INT -> attribute.hasI();
          case FLOAT -> attribute.hasF();
          case STRING -> attribute.hasS();
          case TENSOR -> attribute.hasT();
          // A list may be empty; in a file without types it must not be another kind of value.
          default -> attribute.getType() == wanted || !hasSingleValue(attribute);
        };
    if (!there) {
      throw new OnnxException(owner + ": attribute " + name + " has no value of type " + wanted);
    }
    return attribute;
  }

  private static boolean hasSingleValue(AttributeProto attribute) {
    return attribute.hasI() || attribute.hasF() || attribute.hasS() || attribute.hasT();
  }
}
