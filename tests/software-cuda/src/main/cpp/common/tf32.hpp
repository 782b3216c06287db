// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <cstring>

namespace software_cuda {

/**
 * A float32 as a tensor core takes it for TF32: the 10 bits behind the leading one, the others cut off. Libraries may
 * round to the nearest before; cutting off is the most that can be lost.
 */
inline float asTf32(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  const bool special = (bits & 0x7F800000u) == 0x7F800000u;
  if (!special) bits &= ~0x1FFFu;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace software_cuda
