// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "options.hpp"

#include <cstdlib>
#include <string_view>

namespace software_cuda {
namespace {

/** Options that change nothing here. */
constexpr std::string_view kIgnored[] = {
    "--use_fast_math", "-use_fast_math", "--device-debug", "-G", "--generate-line-info", "-lineinfo", "--restrict",
    "-restrict", "--extra-device-vectorization", "-extra-device-vectorization", "--disable-warnings", "-w",
    "--device-as-default-execution-space", "-default-device", "--relocatable-device-code=false", "-rdc=false",
    "--display-error-number", "-err-no", "--no-display-error-number", "-no-err-no", "--builtin-initializer-list=true",
};

constexpr std::string_view kIgnoredWithValue[] = {
    "--maxrregcount", "-maxrregcount", "--ftz", "-ftz", "--prec-sqrt", "-prec-sqrt", "--prec-div", "-prec-div",
    "--diag-suppress", "-diag-suppress", "--device-int128", "--ptxas-options", "-Xptxas", "--dopt", "-dopt",
    "--split-compile", "-split-compile",
};

struct Argument {
  std::string name;
  std::optional<std::string> value;
};

/** Splits at the first '='; -Dname and -Ipath have their value behind the letter. */
Argument split(const std::string &argument) {
  if (argument.rfind("-D", 0) == 0 || argument.rfind("-U", 0) == 0 || argument.rfind("-I", 0) == 0) {
    return {argument.substr(0, 2), argument.size() > 2 ? std::optional(argument.substr(2)) : std::nullopt};
  }
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos) return {argument, std::nullopt};
  return {argument.substr(0, equals), argument.substr(equals + 1)};
}

/** "sm_80" or "compute_80", with an "a" behind it or not. */
bool readArchitecture(const std::string &value, Options &options) {
  const std::size_t underscore = value.find('_');
  if (underscore == std::string::npos) return false;
  const std::string kind = value.substr(0, underscore);
  options.real = kind == "sm" || kind == "lto";
  options.architecture = static_cast<unsigned>(std::atoi(value.c_str() + underscore + 1));
  return (options.real || kind == "compute") && options.architecture >= 50 && options.architecture <= 121;
}

template <std::size_t count>
bool contains(const std::string_view (&names)[count], std::string_view name) {
  for (const std::string_view known : names) {
    if (known == name) return true;
  }
  return false;
}

}  // namespace

std::optional<Options> parseOptions(const std::vector<std::string> &arguments, std::string &unknown) {
  Options options;
  bool contract = true;
  std::string standard = "c++17";
  for (std::size_t index = 0; index < arguments.size(); index++) {
    Argument argument = split(arguments[index]);
    const auto is = [&](std::string_view name, std::string_view shorter) {
      if (argument.name != name && argument.name != shorter) return false;
      // The value may be the next argument.
      if (!argument.value && index + 1 < arguments.size()) argument.value = arguments[++index];
      return argument.value.has_value();
    };
    if (contains(kIgnored, arguments[index])) continue;
    bool known = true;
    if (is("--gpu-architecture", "-arch")) {
      known = readArchitecture(*argument.value, options);
    } else if (is("--define-macro", "-D")) {
      options.compiler.push_back("-D" + *argument.value);
    } else if (is("--undefine-macro", "-U")) {
      options.compiler.push_back("-U" + *argument.value);
    } else if (is("--include-path", "-I")) {
      options.compiler.push_back("-I" + *argument.value);
    } else if (is("--std", "-std")) {
      standard = *argument.value;
      known = standard == "c++11" || standard == "c++14" || standard == "c++17" || standard == "c++20";
    } else if (is("--fmad", "-fmad")) {
      contract = *argument.value != "false";
    } else {
      known = contains(kIgnoredWithValue, argument.name);
      if (known && !argument.value) index++;
    }
    if (!known) {
      unknown = arguments[index];
      return std::nullopt;
    }
  }
  // The prelude needs C++17; a kernel that is content with less is so with more.
  options.compiler.push_back(standard == "c++20" ? "-std=c++20" : "-std=c++17");
  options.compiler.push_back(contract ? "-ffp-contract=fast" : "-ffp-contract=off");
  options.compiler.push_back("-D__CUDA_ARCH__=" + std::to_string(options.architecture * 10));
  return options;
}

}  // namespace software_cuda
