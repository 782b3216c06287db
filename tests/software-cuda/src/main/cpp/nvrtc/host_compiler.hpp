// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel_source.hpp"
#include "options.hpp"

namespace software_cuda {

/** A CUDA C++ source with the headers that came with it, by the names under which it includes them. */
struct Source {
  std::string name;
  std::string text;
  std::map<std::string, std::string> headers;
  /** Kernels that are asked for by an expression, such as an instance of a template. */
  std::vector<std::string> expressions;
};

struct Compiled {
  bool ok;
  /** The shared object; empty where `ok` is false. */
  std::string object;
  /** What the compiler said, in NVRTC's form: name(line): error: … */
  std::string log;
};

/** The texts that are compiled with every source, one behind the other. */
std::string compiledBeside();

/** Compiles with g++, which must be on the path. */
Compiled compile(const Source &source, const Options &options);

}  // namespace software_cuda
