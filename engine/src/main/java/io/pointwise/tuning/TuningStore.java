// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.CacheFolder;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measurements on disk, one file for all devices. Safe to use by several threads and processes.
 *
 * <p>The file is read anew when it has changed. It is written to a name of its own and then
 * renamed, with what others put in until then, so a reader sees all of it or the one before; of two
 * that write at the same moment the last wins, and what the other measured is measured again.
 * Nothing that goes wrong here is an error: what cannot be read is not there, and is told once.
 */
public final class TuningStore {
  private static final String FILE = "tuning-1.txt";

  /** What tells one state of the file from another. */
  private record Stamp(long modified, long size) {}

  private final Path folder;
  private final Consumer<String> warnings;
  private Map<TuningKey, List<Outcome>> entries = new LinkedHashMap<>();
  private @Nullable Stamp stamp;
  private @Nullable String failure;
  private boolean warned;

  /**
   * @param folder made when the first entry is written
   * @param warnings takes a sentence for people
   */
  public TuningStore(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** In the user's {@link CacheFolder}; warnings go to the log. */
  public static TuningStore ofUser() {
    System.Logger log = System.getLogger(TuningStore.class.getName());
    return new TuningStore(
        CacheFolder.ofProcess(), warning -> log.log(System.Logger.Level.WARNING, warning));
  }

  /** The file, whether or not it is there. */
  public Path file() {
    return folder.resolve(FILE);
  }

  /** Why the last entry could not be written, as a sentence; empty if it could. */
  public synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  synchronized Optional<List<Outcome>> find(TuningKey key) {
    refresh();
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(TuningKey key, List<Outcome> outcomes) {
    refresh();
    entries.put(key, List.copyOf(outcomes));
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, FILE, ".part");
      try {
        Files.writeString(temporary, TuningLines.write(entries));
        move(temporary, file());
      } finally {
        Files.deleteIfExists(temporary);
      }
      stamp = stamp();
      failure = null;
    } catch (IOException e) {
      failure = "cannot write tuning results to " + file() + ": " + e;
      warn(failure);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void refresh() {
    try {
      Stamp now = stamp();
      if (now.equals(stamp)) {
        return;
      }
      Optional<TuningLines.Read> read = TuningLines.read(Files.readString(file()));
      entries =
          new LinkedHashMap<>(read.map(TuningLines.Read::entries).orElseGet(LinkedHashMap::new));
      stamp = now;
      if (read.isEmpty()) {
        warn(file() + " does not hold tuning results of this format; it is ignored");
      } else if (read.get().damaged() > 0) {
        warn(file() + " is damaged; " + read.get().damaged() + " of its lines are ignored");
      }
    } catch (NoSuchFileException e) {
      // Where it was never written, because it cannot be, what was measured stays known here.
      if (stamp != null) {
        entries = new LinkedHashMap<>();
        stamp = null;
      }
    } catch (IOException e) {
      warn("cannot read tuning results from " + file() + ": " + e);
    }
  }

  private Stamp stamp() throws IOException {
    return new Stamp(Files.getLastModifiedTime(file()).toMillis(), Files.size(file()));
  }

  private void warn(String sentence) {
    if (!warned) {
      warned = true;
      warnings.accept(sentence);
    }
  }
}
