// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace software_cuda {

/** A kernel as PTX declares it. */
struct PtxEntry {
  std::string name;
  /** Of each parameter, such as ".u64"; what is no plain number has its whole declaration. */
  std::vector<std::string> parameters;
};

/** What a text in PTX says of itself. Instructions are not read. */
struct PtxText {
  /** Of the instruction set: 80 for ".version 8.0". */
  unsigned version = 0;
  /** The compute capability: 75 for ".target sm_75". */
  unsigned target = 0;
  std::vector<PtxEntry> entries;
};

/** Nothing where the text does not begin, after comments, as PTX must. */
std::optional<PtxText> readPtx(const std::string &text);

}  // namespace software_cuda
