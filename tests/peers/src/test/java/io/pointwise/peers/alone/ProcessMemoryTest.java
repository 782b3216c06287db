// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.alone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  @Test
  void readsThePeak() {
    assertEquals(
        1234 * 1024,
        ProcessMemory.peakBytes(
            List.of("VmPeak:\t 99 kB", "VmHWM:\t    1234 kB", "VmRSS:\t 7 kB")));
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThrows(
        IllegalStateException.class, () -> ProcessMemory.peakBytes(List.of("VmHWM: 12 MB")));
    assertThrows(
        IllegalStateException.class, () -> ProcessMemory.peakBytes(List.of("VmRSS: 1 kB")));
  }
}
