// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.UserFile;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds test cases in the two forms in which ONNX publishes them.
 *
 * <ul>
 *   <li>A folder with {@code model.onnx} and folders {@code test_data_set_*}, each with {@code
 *       input_K.pb} and {@code output_K.pb}.
 *   <li>A file {@code X.onnx} beside {@code X_output_K.pb}, with the input {@code arange(n) / n}.
 * </ul>
 *
 * <p>A folder that is no case is searched for cases, as deep as it goes.
 */
final class CaseFinder {
  private static final String MODEL = "model.onnx";
  private static final String ENDING = ".onnx";
  private static final String DATA_SET = "test_data_set_";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final String given;
  private final Path root;
  private final List<TestCase> found = new ArrayList<>();

  private CaseFinder(String given, Path root) {
    this.given = given;
    this.root = root;
  }

  /**
   * The cases at a place, in the order of their names.
   *
   * @throws CommandFailure if there is nothing at that place, or no case
   */
  static List<TestCase> find(String given) {
    Path root = UserFile.path(given);
    if (!Files.exists(root)) {
      throw CommandFailure.file("cannot read " + given + ": there is no such file or folder");
    }
    CaseFinder finder = new CaseFinder(given, root);
    try {
      finder.search();
    } catch (IOException e) {
      throw UserFile.unreadable(given, e);
    }
    if (finder.found.isEmpty()) {
      throw CommandFailure.file(
          "there is no test case in "
              + given
              + ": a case is a folder with model.onnx and test_data_set_* folders, or X.onnx"
              + " beside X_output_0.pb");
    }
    return finder.found;
  }

  private void search() throws IOException {
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!Files.exists(folder.resolve(MODEL)) || isLight(folder.resolve(MODEL))) {
              return FileVisitResult.CONTINUE;
            }
            addFolder(folder);
            return FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isLight(file)) {
              addLight(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A link to a folder above it was searched already.
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    found.sort(Comparator.comparing(TestCase::name));
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  private void addFolder(Path folder) throws IOException {
    List<DataSet> sets = new ArrayList<>();
    for (Path child : children(folder)) {
      String name = child.getFileName().toString();
      if (name.startsWith(DATA_SET) && Files.isDirectory(child)) {
        sets.add(
            new DataSet(
                name, new DataSet.Files(numbered(child, "input_")), numbered(child, "output_")));
      }
    }
    sets.sort(Comparator.comparingInt(set -> number(set.name(), DATA_SET)));
    boolean only = sets.size() == 1;
    found.add(
        new TestCase(
            name(folder),
            folder.resolve(MODEL),
            only
                ? List.of(new DataSet("", sets.getFirst().inputs(), sets.getFirst().outputs()))
                : sets));
  }

  private static boolean isLight(Path file) throws IOException {
    return file.getFileName().toString().endsWith(ENDING) && !lightOutputs(file).isEmpty();
  }

  private static List<Path> lightOutputs(Path file) throws IOException {
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.length() - ENDING.length());
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? List.of() : numbered(folder, stem + "_output_");
  }

  private void addLight(Path file) throws IOException {
    DataSet set = new DataSet("", new DataSet.Ramp(), lightOutputs(file));
    found.add(new TestCase(name(file), file, List.of(set)));
  }

  /** The files {@code PREFIX_K.pb} in the order of their numbers. */
  private static List<Path> numbered(Path folder, String prefix) throws IOException {
    return children(folder).stream()
        .filter(file -> number(file.getFileName().toString(), prefix) < Integer.MAX_VALUE)
        .filter(file -> file.getFileName().toString().endsWith(".pb"))
        .sorted(Comparator.comparingInt(file -> number(file.getFileName().toString(), prefix)))
        .toList();
  }

  /** The number after a prefix; the largest integer where there is none. */
  private static int number(String name, String prefix) {
    if (!name.startsWith(prefix)) {
      return Integer.MAX_VALUE;
    }
    Matcher digits = NUMBER.matcher(name.substring(prefix.length()));
    return digits.lookingAt() ? Integer.parseInt(digits.group()) : Integer.MAX_VALUE;
  }

  /** The place as told from what was given; of that itself the last name. */
  private String name(Path place) {
    Path relative = root.relativize(place);
    String name = relative.toString().isEmpty() ? last() : relative.toString();
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }

  private String last() {
    Path name = root.toAbsolutePath().normalize().getFileName();
    return name == null ? given : name.toString();
  }
}
