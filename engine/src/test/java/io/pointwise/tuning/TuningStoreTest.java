// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningStoreTest {
  private static final TuningKey KEY = new TuningKey("1.0", "cpu, A \\ B\tC", "conv\nof [1, 2]");
  private static final TuningKey OTHER = new TuningKey("1.0", "cpu", "conv");
  private static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome.Timed("a", 12),
          new Outcome.Wrong("b", "at [0] = 3!\tnot 4"),
          new Outcome.Timed("c", Long.MAX_VALUE));

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  private TuningStore open() {
    return new TuningStore(folder, warnings::add);
  }

  @Test
  void whatIsPutInIsFoundByAnotherStoreToTheLetter() {
    open().put(KEY, OUTCOMES);
    assertEquals(Optional.of(OUTCOMES), open().find(KEY));
    assertEquals(Optional.empty(), open().find(OTHER));
    assertEquals(List.of(), warnings);
  }

  @Test
  void whatOthersPutInMeanwhileIsSeenAndKept() {
    TuningStore first = open();
    TuningStore second = open();
    first.put(KEY, OUTCOMES);
    second.put(OTHER, OUTCOMES);
    assertEquals(Optional.of(OUTCOMES), first.find(OTHER));
    assertEquals(Optional.of(OUTCOMES), second.find(KEY));
    assertEquals(Optional.of(OUTCOMES), open().find(KEY));
  }

  @Test
  void nothingButTheFileStaysInTheFolder() throws IOException {
    open().put(KEY, OUTCOMES);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(open().file()), files.toList());
    }
  }

  @Test
  void aDamagedLineIsIgnoredWithOneWarningAndTheOthersAreNot() throws IOException {
    TuningStore store = open();
    store.put(KEY, OUTCOMES);
    store.put(OTHER, OUTCOMES);
    String text = Files.readString(store.file());
    Files.writeString(store.file(), text.replaceFirst("a=12", "a=11"));
    TuningStore again = open();
    assertEquals(Optional.empty(), again.find(KEY));
    assertEquals(Optional.of(OUTCOMES), again.find(OTHER));
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.getFirst().contains("1 of its lines"), warnings::toString);
  }

  @Test
  void anyCutOffEndIsIgnored() throws IOException {
    TuningStore store = open();
    store.put(KEY, OUTCOMES);
    String text = Files.readString(store.file());
    for (int length = 0; length < text.length() - 1; length++) {
      Files.writeString(store.file(), text.substring(0, length));
      assertEquals(Optional.empty(), open().find(KEY), "cut to " + length);
    }
  }

  @Test
  void aForeignFileIsIgnoredWithOneWarningAndReplaced() throws IOException {
    Files.write(open().file(), new byte[] {1, 2, 'x', '\n', (byte) 0x80});
    TuningStore store = open();
    assertEquals(Optional.empty(), store.find(KEY));
    assertEquals(Optional.empty(), store.find(OTHER));
    assertEquals(1, warnings.size(), warnings::toString);
    store.put(KEY, OUTCOMES);
    assertEquals(Optional.of(OUTCOMES), open().find(KEY));
  }

  @Test
  void aFolderThatCannotBeIsAWarningAndNoError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    TuningStore store = new TuningStore(file.resolve("below"), warnings::add);
    store.put(KEY, OUTCOMES);
    assertTrue(store.failure().orElseThrow().contains("cannot write tuning results"));
    assertEquals(1, warnings.size(), warnings::toString);
    assertEquals(Optional.of(OUTCOMES), store.find(KEY));
  }
}
