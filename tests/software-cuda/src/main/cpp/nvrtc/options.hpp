// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace software_cuda {

/** What nvrtcCompileProgram was asked for, as far as it matters to the host's compiler. */
struct Options {
  std::vector<std::string> compiler;
  /** As in compute_80 and sm_80. */
  unsigned architecture = 52;
  /** sm_…: machine code can be had, not PTX alone. */
  bool real = false;
};

/** Reads NVRTC's options; nothing where one is unknown, which `unknown` then names. */
std::optional<Options> parseOptions(const std::vector<std::string> &arguments, std::string &unknown);

}  // namespace software_cuda
