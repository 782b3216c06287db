// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import io.pointwise.cuda.host.CudaLibraries;
import io.pointwise.cuda.host.CudaLibrary;
import io.pointwise.cuda.host.DeviceFacts;
import io.pointwise.cuda.host.Loading;
import io.pointwise.cuda.host.ProgramChoice;
import io.pointwise.device.DeviceProvider.Unavailable;
import java.util.List;

/** Says in one sentence why there is no CUDA device, and in one what to do about it. */
final class Doctor {
  /** What the environment names is no folder. */
  Unavailable noFolder(String path) {
    return new Unavailable(
        CudaLibraries.FOLDER + " names " + path + ", which is no folder.",
        "Set it to the folder that holds the CUDA libraries, or unset it to have them looked for"
            + " where the system looks.");
  }

  /** A library cannot be loaded. */
  Unavailable missing(Loading.Missing missing) {
    CudaLibrary library = missing.library();
    String reason;
    if (missing.found().contains(library.soname())) {
      reason =
          library.soname()
              + " ("
              + library.product()
              + ") is there and cannot be loaded: "
              + sentence(missing.message());
    } else if (missing.found().isEmpty()) {
      reason = "There is no " + library.soname() + " (" + library.product() + ") on this machine.";
    } else {
      reason =
          "There is no "
              + library.soname()
              + " ("
              + library.product()
              + ") on this machine, only "
              + String.join(", ", missing.found())
              + ".";
    }
    return new Unavailable(reason, fix(library));
  }

  /** A library is of another version than its name says. */
  Unavailable wrongVersion(Loading.WrongVersion wrong) {
    return new Unavailable(
        wrong.library().soname()
            + " ("
            + wrong.library().product()
            + ") is the wrong one: wanted "
            + wrong.wanted()
            + ", found "
            + wrong.found()
            + ".",
        fix(wrong.library()));
  }

  /** What is wrong with a library. */
  Unavailable problem(Loading.Problem problem) {
    return switch (problem) {
      case Loading.Missing missing -> missing(missing);
      case Loading.WrongVersion wrong -> wrongVersion(wrong);
    };
  }

  /** Why kernels of a device come from the PTX that is shipped, and what to do to have NVRTC's. */
  String shipped(DeviceFacts facts, ProgramChoice.Shipped shipped) {
    String kernels = " Kernels are the PTX that comes with Pointwise, compiled by the driver.";
    return switch (shipped.cause()) {
      case ProgramChoice.Unusable(Loading.Problem problem) -> {
        Unavailable told = problem(problem);
        yield told.reason() + kernels + " " + told.fix();
      }
      case ProgramChoice.TooOld(List<Integer> supported) ->
          "NVRTC compiles for the compute capabilities "
              + supported
              + ", none of which runs on one of "
              + facts.capability()
              + "."
              + kernels
              + " Install the newest NVRTC 12.";
      case ProgramChoice.Asked() ->
          "The system property "
              + ProgramChoice.PROPERTY
              + " asks for the kernels that are shipped."
              + kernels;
    };
  }

  private static String fix(CudaLibrary library) {
    return switch (library) {
      case DRIVER ->
          "Install NVIDIA's driver, version 525 or newer, if there is an NVIDIA GPU; else use"
              + " another device.";
      case CUBLAS -> install("cuBLAS 12", "libcublas-12-6");
      case NVRTC -> install("NVRTC 12", "cuda-nvrtc-12-6");
      case CUDNN,
          CUDNN_GRAPH,
          CUDNN_OPS,
          CUDNN_CNN,
          CUDNN_HEURISTIC,
          CUDNN_ENGINES_PRECOMPILED,
          CUDNN_ENGINES_RUNTIME_COMPILED ->
          install("all of cuDNN 9 for CUDA 12", "libcudnn9-cuda-12");
    };
  }

  private static String install(String product, String debianPackage) {
    return "Install "
        + product
        + " (for example NVIDIA's package "
        + debianPackage
        + "), or set "
        + CudaLibraries.FOLDER
        + " to the folder that holds it.";
  }

  /** The libraries are there, the Java binding does not work with them. */
  Unavailable unbound(String message) {
    return new Unavailable(
        "The CUDA libraries are there, but their Java binding cannot be loaded: "
            + sentence(message),
        "Check that this is Linux on x86-64, and that java.io.tmpdir ("
            + System.getProperty("java.io.tmpdir")
            + ") can be written to and allows executing.");
  }

  /** A call failed while looking. */
  Unavailable failingDriver(String message) {
    return new Unavailable(
        "CUDA is installed, but asking its driver for devices fails: " + sentence(message),
        "Check that nvidia-smi lists the GPU; after an update of the driver restart the machine.");
  }

  /** The driver works and knows no device. */
  Unavailable nothingFound() {
    return new Unavailable(
        "NVIDIA's driver is installed, but finds no GPU.",
        "Check that nvidia-smi lists one, and that CUDA_VISIBLE_DEVICES does not hide it.");
  }

  /** The first line, with one full stop. */
  private static String sentence(String message) {
    String line = message.lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line : line + ".";
  }
}
