// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnHandle;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that are not there fail as NVIDIA's do, each in a process of its own. */
final class MissingLibrariesTest {
  private static final int ABORTED = 128 + 6;

  @TempDir Path folder;

  @BeforeEach
  void copies() throws IOException {
    try (Stream<Path> libraries = Files.list(SimulatedDevice.installed().folder())) {
      for (Path library : libraries.toList()) {
        Files.copy(library, folder.resolve(library.getFileName()));
      }
    }
  }

  private ChildJvm without(String missing, String action) throws Exception {
    Files.delete(folder.resolve(missing));
    return ChildJvm.run(folder, Use.class, folder.toString(), action);
  }

  private static void assertSays(String expected, ChildJvm child) {
    assertEquals(0, child.status(), child.output());
    assertTrue(child.output().contains(expected), child.output());
  }

  @Test
  void withAllEachIsContent() throws Exception {
    assertSays("status 0", ChildJvm.run(folder, Use.class, folder.toString(), "blas"));
    assertSays("status 0", ChildJvm.run(folder, Use.class, folder.toString(), "dnn"));
    assertSays("status 0", ChildJvm.run(folder, Use.class, folder.toString(), "nvrtc"));
  }

  @Test
  void withoutDriver() throws Exception {
    assertSays("libcuda.so.1: cannot open shared object file", without("libcuda.so.1", "driver"));
  }

  @Test
  void withoutDriverTheLibrariesAboveItAreNotInitialised() throws Exception {
    assertSays("status 1,", without("libcuda.so.1", "blas alone"));
    assertSays("status 1001,", ChildJvm.run(folder, Use.class, folder.toString(), "dnn alone"));
  }

  @Test
  void withoutCublas() throws Exception {
    assertSays("libcublas.so.12: cannot open", without("libcublas.so.12", "blas"));
  }

  @Test
  void withoutWhatCublasNeeds() throws Exception {
    assertSays("libcublasLt.so.12: cannot open", without("libcublasLt.so.12", "blas"));
  }

  @Test
  void withoutCudnn() throws Exception {
    assertSays("libcudnn.so.9: cannot open", without("libcudnn.so.9", "dnn"));
  }

  @Test
  void withoutAPartOfCudnnTheProcessEnds() throws Exception {
    ChildJvm child = without("libcudnn_ops.so.9", "dnn");
    assertEquals(ABORTED, child.status(), child.output());
    assertTrue(child.output().contains("Unable to load libcudnn_ops.so.9"), child.output());
  }

  @Test
  void withoutNvrtc() throws Exception {
    assertSays("libnvrtc.so.12: cannot open", without("libnvrtc.so.12", "nvrtc"));
  }

  @Test
  void withoutTheBuiltinsOfNvrtc() throws Exception {
    assertSays("status 7,", without("libnvrtc-builtins.so.12.6", "nvrtc"));
  }

  /** Loads what is in a folder, then touches one library and prints the status or the error. */
  static final class Use {
    @SuppressWarnings("restricted") // Loading is what it is for.
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      for (String library :
          List.of("libcuda.so.1", "libcublas.so.12", "libnvrtc.so.12", "libcudnn.so.9")) {
        try {
          System.load(folder.resolve(library).toString());
        } catch (UnsatisfiedLinkError e) {
          System.out.println(e.getMessage());
        }
      }
      try {
        System.out.println("status " + use(arguments[1]) + ", the end");
      } catch (LinkageError e) {
        System.out.println(e.getMessage());
      }
    }

    private static int use(String action) {
      return switch (action) {
        case "driver" -> JCudaDriver.cuInit(0);
        case "blas" -> openContext() + JCublas2.cublasCreate(new cublasHandle());
        case "blas alone" -> JCublas2.cublasCreate(new cublasHandle());
        case "dnn" -> openContext() + JCudnn.cudnnCreate(new cudnnHandle());
        case "dnn alone" -> JCudnn.cudnnCreate(new cudnnHandle());
        case "nvrtc" -> compile();
        default -> throw new IllegalArgumentException(action);
      };
    }

    private static int openContext() {
      CUdevice device = new CUdevice();
      CUcontext context = new CUcontext();
      return JCudaDriver.cuInit(0)
          + JCudaDriver.cuDeviceGet(device, 0)
          + JCudaDriver.cuDevicePrimaryCtxRetain(context, device)
          + JCudaDriver.cuCtxSetCurrent(context);
    }

    private static int compile() {
      nvrtcProgram program = new nvrtcProgram();
      return JNvrtc.nvrtcCreateProgram(program, "", "empty.cu", 0, null, null)
          + JNvrtc.nvrtcCompileProgram(program, 0, null);
    }
  }
}
