// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.kernel.LibraryFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Loads the CUDA libraries, before the Java binding is touched: what the binding cannot load it
 * reports badly and once only, and what cuDNN cannot load ends the process.
 *
 * <p>Libraries in the folder that {@value #FOLDER} names come first; others are looked for where
 * the system looks. Each is loaded under its own name, so that whoever needs it later, the binding
 * or another library, gets this one.
 */
public final class CudaLibraries {
  /** Environment variable: a folder with CUDA libraries. */
  public static final String FOLDER = "POINTWISE_CUDA_PATH";

  private static final int OLDEST_DRIVER = 12_000;
  private static final int CUBLAS_MAJOR = 12;
  private static final int CUDNN_MAJOR = 9;
  private static final int NVRTC_MAJOR = 12;

  private final @Nullable Path folder;
  private final LibraryFolders system;
  private final DynamicLinker linker = new DynamicLinker();
  private final Map<CudaLibrary, DynamicLinker.Loaded> loaded = new EnumMap<>(CudaLibrary.class);

  private CudaLibraries(@Nullable Path folder, LibraryFolders system) {
    this.folder = folder;
    this.system = system;
  }

  /** What a process does once: libraries stay loaded until it ends. */
  private static final class Once {
    static final Loading RESULT = load();

    private static Loading load() {
      String folder = System.getenv().getOrDefault(FOLDER, "");
      try {
        CudaLibraries libraries =
            new CudaLibraries(
                folder.isBlank() ? null : Path.of(folder).toAbsolutePath(),
                LibraryFolders.ofSystem());
        Loading loading = libraries.load();
        Optional<String> failure =
            loading instanceof Loading.Ready ready
                ? Binding.touch(ready.nvrtc().isEmpty())
                : Optional.empty();
        return failure.isPresent() ? new Loading.Unbound(failure.get()) : loading;
      } catch (LinkageError e) {
        return new Loading.Unbound(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Loads them, if that was not done before. */
  public static Loading require() {
    return Once.RESULT;
  }

  private Loading load() {
    if (folder != null && !Files.isDirectory(folder)) {
      return new Loading.NoFolder(folder.toString());
    }
    // Needed by those behind them, in the folder or where the system finds them by itself.
    openIfInFolder("libcublasLt.so.");
    openIfInFolder("libnvrtc-builtins.so.");
    for (CudaLibrary library : List.of(CudaLibrary.DRIVER, CudaLibrary.CUBLAS, CudaLibrary.CUDNN)) {
      Optional<Loading.Problem> missing = open(library);
      if (missing.isPresent()) {
        return missing.get();
      }
    }
    Optional<Loading.Problem> missing = openParts();
    return missing.isPresent() ? missing.get() : judgeVersions();
  }

  private void openIfInFolder(String prefix) {
    if (folder == null) {
      return;
    }
    for (String name : new LibraryFolders(List.of(folder)).startingWith(prefix)) {
      // Whoever needs it says what is wrong if this failed.
      linker.open(folder.resolve(name).toString());
    }
  }

  /** What is missing, if the library is. */
  private Optional<Loading.Problem> open(CudaLibrary library) {
    return switch (linker.open(location(library))) {
      case DynamicLinker.Loaded it -> {
        loaded.put(library, it);
        yield Optional.empty();
      }
      case DynamicLinker.Refused(String message) -> {
        List<Path> folders = new ArrayList<>(system.folders());
        if (folder != null) {
          folders.addFirst(folder);
        }
        List<String> found = new LibraryFolders(folders).startingWith(library.stem());
        yield Optional.of(new Loading.Missing(library, found, message));
      }
    };
  }

  private String location(CudaLibrary library) {
    if (folder != null && Files.exists(folder.resolve(library.soname()))) {
      return folder.resolve(library.soname()).toString();
    }
    return library.soname();
  }

  /** They need each other; one that failed is tried again when others are there. */
  private Optional<Loading.Problem> openParts() {
    List<CudaLibrary> waiting = List.copyOf(CudaLibrary.CUDNN_PARTS);
    while (true) {
      List<CudaLibrary> failed = new ArrayList<>();
      Optional<Loading.Problem> first = Optional.empty();
      for (CudaLibrary part : waiting) {
        Optional<Loading.Problem> missing = open(part);
        if (missing.isPresent()) {
          failed.add(part);
          first = first.or(() -> missing);
        }
      }
      if (failed.isEmpty() || failed.size() == waiting.size()) {
        return first;
      }
      waiting = failed;
    }
  }

  private DynamicLinker.Loaded library(CudaLibrary library) {
    return Objects.requireNonNull(loaded.get(library));
  }

  private Loading judgeVersions() {
    VersionQuery query = new VersionQuery(linker, this::library);
    int driver = query.driver();
    if (driver < OLDEST_DRIVER) {
      return new Loading.WrongVersion(
          CudaLibrary.DRIVER,
          "one for CUDA 12.0 or newer",
          "one for CUDA " + driver / 1000 + "." + driver % 1000 / 10);
    }
    int cublas = query.cublas();
    if (cublas / 10_000 != CUBLAS_MAJOR) {
      return wrong(CudaLibrary.CUBLAS, CUBLAS_MAJOR, cublas / 10_000);
    }
    int cudnn = query.cudnn();
    // Before version 9 the number was 1000·major + 100·minor + patch.
    int cudnnMajor = cudnn < 90_000 ? cudnn / 1000 : cudnn / 10_000;
    if (cudnnMajor != CUDNN_MAJOR) {
      return wrong(CudaLibrary.CUDNN, CUDNN_MAJOR, cudnnMajor);
    }
    Optional<Loading.Problem> nvrtc = open(CudaLibrary.NVRTC).or(() -> judgeNvrtc(query.nvrtc()));
    boolean simulated =
        linker.symbol(library(CudaLibrary.DRIVER), "softwareCudaVersion").isPresent();
    return new Loading.Ready(
        new LibraryVersions(
            driver,
            cublas,
            cudnn,
            nvrtc.isEmpty() ? OptionalInt.of(query.nvrtc()) : OptionalInt.empty(),
            simulated),
        nvrtc);
  }

  private static Optional<Loading.Problem> judgeNvrtc(int version) {
    return version / 1000 == NVRTC_MAJOR
        ? Optional.empty()
        : Optional.of(wrong(CudaLibrary.NVRTC, NVRTC_MAJOR, version / 1000));
  }

  private static Loading.Problem wrong(CudaLibrary library, int wanted, int found) {
    return new Loading.WrongVersion(library, "version " + wanted, "version " + found);
  }
}
