// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.contestant;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch's CPU library in this process, as DJL loads it.
 *
 * <p>It comes from the class path; nothing is fetched at run time, and DJL's report of its use is
 * off. It is unpacked into the folder of DJL's system property {@code ENGINE_CACHE_DIR}, without it
 * into one in the home.
 */
final class PyTorchEngine {
  private static final String ONEDNN = "MKLDNN";

  private PyTorchEngine() {}

  /** Loads the library the first time. */
  static Engine engine() {
    return Loaded.ENGINE;
  }

  /**
   * A manager of arrays, for use by the calling thread.
   *
   * @param threads of an operation
   */
  static NDManager open(int threads) {
    Engine engine = engine();
    // Both are settings of the thread that calls.
    JniUtils.setGradMode(false);
    JniUtils.setNumThreads(threads);
    if (JniUtils.getNumThreads() != threads) {
      throw new IllegalStateException(
          "PyTorch: runs with " + JniUtils.getNumThreads() + " threads, not with " + threads);
    }
    return engine.newBaseManager(Device.cpu());
  }

  /** Loads when first touched. */
  private static final class Loaded {
    static final Engine ENGINE = load();

    private static Engine load() {
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("OPT_OUT_TRACKING", "true");
      System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
      Engine engine = Engine.getEngine("PyTorch");
      if (!engine.hasCapability(ONEDNN)) {
        throw new IllegalStateException("PyTorch: this build is without oneDNN");
      }
      return engine;
    }
  }
}
