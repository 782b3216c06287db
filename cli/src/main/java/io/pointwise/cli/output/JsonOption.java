// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option {@code --json} and what it does. Use as a mixin. */
public final class JsonOption {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--json",
      arity = "0..1",
      preprocessor = JsonOption.NextWord.class,
      fallbackValue = STANDARD_OUTPUT,
      paramLabel = "FILE",
      description =
          "Writes JSON to the file, or to standard output (also for -) and then nothing else"
              + " there.")
  private @Nullable String target;

  /**
   * In {@code run --json model.onnx} the word after {@code --json} is no place for JSON: what is
   * plainly read and not written stays with the command. {@code --json=FILE} is never doubted.
   */
  static final class NextWord implements IParameterPreprocessor {
    private static final Set<String> READ =
        Set.of("onnx", "pb", "npy", "png", "jpg", "jpeg", "gif", "bmp");

    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      boolean attached = info.get("separator") instanceof String text && !text.isBlank();
      boolean readsFiles = !command.positionalParameters().isEmpty();
      if (readsFiles && !attached && !words.isEmpty() && isRead(words.peek())) {
        words.push(STANDARD_OUTPUT);
      }
      return false;
    }

    private static boolean isRead(String word) {
      int dot = word.lastIndexOf('.');
      return (dot >= 0 && READ.contains(word.substring(dot + 1).toLowerCase(Locale.ROOT)))
          || Files.isDirectory(UserFile.path(word));
    }
  }

  /** Whether standard output is for JSON alone. */
  public boolean takesOutput() {
    return STANDARD_OUTPUT.equals(target);
  }

  /** The word after {@code --json}, or null if there is none. */
  public @Nullable String file() {
    return takesOutput() ? null : target;
  }

  /**
   * Turns {@code --json FILE} into {@code --json}: the word turned out to belong to the command.
   */
  public void giveBackFile() {
    target = STANDARD_OUTPUT;
  }

  /** Fails now, and not after long work, if the file cannot be written. */
  public void check() {
    String file = file();
    if (file != null) {
      UserFile.requireWritable(file);
    }
  }

  /** Writes the document to where it was asked for, if it was. */
  public void write(Object document, Screen screen) {
    if (target == null) {
      return;
    }
    ObjectWriter writer =
        JsonMapper.builder()
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, takesOutput())
            .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writer();
    try {
      String text = writer.writeValueAsString(document) + "\n";
      if (takesOutput()) {
        screen.out().print(text);
      } else {
        TextFile.write(target, text);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot make JSON of " + document.getClass(), e);
    }
  }
}
