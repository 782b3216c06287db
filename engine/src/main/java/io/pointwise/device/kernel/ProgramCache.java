// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.CacheFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiled programs on disk, one file each, named by its {@link ProgramKey}.
 *
 * <p>A file is the SHA-256 of what follows, then the compiled program. It is written to a name of
 * its own and then renamed, so a reader sees all of an entry or none, whoever else writes. The
 * folder is the user's alone: a binary is code that a driver will run. Nothing that goes wrong here
 * is an error: without a cache programs are compiled again.
 */
public final class ProgramCache {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private final @Nullable Path folder;

  /**
   * @param folder for the entries, made when the first is written; null for no cache
   */
  public ProgramCache(@Nullable Path folder) {
    this.folder = folder;
  }

  /** In the user's {@link CacheFolder}, there in a folder of the kind of device. */
  public static ProgramCache ofUser(String kind) {
    return new ProgramCache(CacheFolder.ofProcess().resolve(kind));
  }

  /** The entry, if there is a sound one. */
  public Optional<byte[]> read(ProgramKey key) {
    if (folder == null || !isPrivate(folder)) {
      return Optional.empty();
    }
    try {
      byte[] entry = Files.readAllBytes(file(folder, key));
      if (entry.length <= Sha256.BYTES) {
        return Optional.empty();
      }
      byte[] binary = Arrays.copyOfRange(entry, Sha256.BYTES, entry.length);
      byte[] hash = hash(key, binary);
      return Arrays.equals(hash, 0, Sha256.BYTES, entry, 0, Sha256.BYTES)
          ? Optional.of(binary)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Puts an entry in, in place of one that may be there. */
  public void write(ProgramKey key, byte[] binary) {
    if (folder == null) {
      return;
    }
    try {
      makePrivate(folder);
      if (!isPrivate(folder)) {
        return;
      }
      Path temporary = Files.createTempFile(folder, key.hex(), ".part");
      try {
        byte[] hash = hash(key, binary);
        byte[] entry = Arrays.copyOf(hash, hash.length + binary.length);
        System.arraycopy(binary, 0, entry, hash.length, binary.length);
        Files.write(temporary, entry);
        move(temporary, file(folder, key));
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      System.getLogger(ProgramCache.class.getName())
          .log(System.Logger.Level.DEBUG, () -> "no program cache in " + folder + ": " + e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path file(Path folder, ProgramKey key) {
    return folder.resolve(key.hex() + ".bin");
  }

  /** With the key: an entry under another's name is no entry. */
  private static byte[] hash(ProgramKey key, byte[] binary) {
    MessageDigest digest = Sha256.digest();
    digest.update(key.hex().getBytes(StandardCharsets.US_ASCII));
    return digest.digest(binary);
  }

  /** Makes the folder, for the user alone; one that is there stays as it is. */
  private static void makePrivate(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder.toAbsolutePath().getParent());
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions.
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      // By another process, just now.
      return;
    }
  }

  /** Whether nobody else can have put a file there. */
  private static boolean isPrivate(Path folder) {
    PosixFileAttributeView view = posix(folder);
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      return view == null
          || (PRIVATE.containsAll(view.readAttributes().permissions())
              && view.getOwner().getName().equals(System.getProperty("user.name")));
    } catch (IOException e) {
      return false;
    }
  }

  /** Null where the file system has no such permissions. */
  private static @Nullable PosixFileAttributeView posix(Path folder) {
    return Files.getFileAttributeView(
        folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
