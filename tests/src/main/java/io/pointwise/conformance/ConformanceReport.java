// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/**
 * Counts what became of a device's tests: "unsupported" is neither "passed" nor "failed". Safe to
 * use by several threads.
 */
public final class ConformanceReport {
  private final String device;
  private final AtomicInteger passed = new AtomicInteger();
  private final List<String> failed = new ArrayList<>();
  private final List<String> unsupported = new ArrayList<>();

  /** For the device of this name. */
  public ConformanceReport(String device) {
    this.device = device;
  }

  /** Tests that passed. */
  public int passed() {
    return passed.get();
  }

  /** Tests that failed, each with its message. */
  public synchronized List<String> failed() {
    return List.copyOf(failed);
  }

  /** Tests that the device refused, each with its reasons. */
  public synchronized List<String> unsupported() {
    return List.copyOf(unsupported);
  }

  /** The test, counted when it runs. */
  Executable counted(String test, Executable body) {
    return () -> {
      try {
        body.execute();
        passed.incrementAndGet();
      } catch (TestAbortedException e) {
        add(unsupported, test, e);
        throw e;
      } catch (Throwable e) {
        add(failed, test, e);
        throw e;
      }
    };
  }

  private synchronized void add(List<String> list, String test, Throwable reason) {
    list.add(test + ": " + reason.getMessage());
  }

  /**
   * For devices that are required.
   *
   * @throws AssertionError if anything was unsupported
   */
  public void requireNothingUnsupported() {
    List<String> refused = unsupported();
    if (!refused.isEmpty()) {
      throw new AssertionError(
          "device "
              + device
              + " is required but refuses "
              + refused.size()
              + " tests, the first: "
              + refused.getFirst());
    }
  }

  /** One line: {@code cpu: 812 passed, 0 failed, 3 unsupported}. */
  @Override
  public synchronized String toString() {
    return device
        + ": "
        + passed
        + " passed, "
        + failed.size()
        + " failed, "
        + unsupported.size()
        + " unsupported";
  }
}
