// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Linux looks for shared libraries: {@code LD_LIBRARY_PATH}, what {@code ld.so.conf} names,
 * and the usual folders.
 *
 * @param folders in that order
 */
public record LibraryFolders(List<Path> folders) {
  private static final List<String> USUAL =
      List.of(
          "/lib",
          "/usr/lib",
          "/lib64",
          "/usr/lib64",
          "/usr/local/lib",
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu");

  public LibraryFolders {
    folders = List.copyOf(folders);
  }

  /** Those of this system. */
  public static LibraryFolders ofSystem() {
    List<Path> folders = new ArrayList<>();
    for (String folder :
        System.getenv().getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator, -1)) {
      add(folder, folders);
    }
    addConfigured(Path.of("/etc/ld.so.conf"), folders);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/etc/ld.so.conf.d"), "*.conf")) {
      files.forEach(file -> addConfigured(file, folders));
    } catch (IOException e) {
      // There need not be any.
      System.getLogger(LibraryFolders.class.getName()).log(System.Logger.Level.DEBUG, e::toString);
    }
    USUAL.forEach(folder -> add(folder, folders));
    return new LibraryFolders(folders);
  }

  private static void addConfigured(Path file, List<Path> folders) {
    try {
      Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> line.startsWith("/"))
          .forEach(line -> add(line, folders));
    } catch (IOException e) {
      // A file that cannot be read names no folder.
      return;
    }
  }

  private static void add(String folder, List<Path> folders) {
    try {
      if (!folder.isBlank()) {
        folders.add(Path.of(folder));
      }
    } catch (InvalidPathException e) {
      // What is no path holds no library.
      return;
    }
  }

  /** Whether one of them holds the library. */
  public boolean have(String library) {
    return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(library)));
  }

  /**
   * Names of files in them that begin with {@code prefix}, sorted; a folder that is not there has
   * none.
   */
  public List<String> startingWith(String prefix) {
    List<String> names = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> files = Files.list(folder)) {
        files.map(file -> file.getFileName().toString()).forEach(names::add);
      } catch (IOException e) {
        // A folder that cannot be read holds nothing that could be loaded.
        System.getLogger(LibraryFolders.class.getName())
            .log(System.Logger.Level.DEBUG, e::toString);
      }
    }
    return names.stream().filter(name -> name.startsWith(prefix)).distinct().sorted().toList();
  }
}
