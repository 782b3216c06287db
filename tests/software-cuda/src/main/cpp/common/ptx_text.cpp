// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "ptx_text.hpp"

#include <regex>

namespace software_cuda {
namespace {

std::string withoutComments(const std::string &text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const bool line = text.compare(at, 2, "//") == 0;
    if (!line && text.compare(at, 2, "/*") != 0) {
      result += text[at++];
      continue;
    }
    const std::size_t end = text.find(line ? "\n" : "*/", at);
    at = end == std::string::npos ? text.size() : end + (line ? 0 : 2);
  }
  return result;
}

std::vector<std::string> parametersIn(const std::string &list) {
  static const std::regex plain(R"(\s*\.param\s+(\.[a-z][0-9]+)\s+[\w$]+\s*)");
  std::vector<std::string> parameters;
  if (list.find(".param") == std::string::npos) return parameters;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    const std::string declared = list.substr(at, comma - at);
    std::smatch type;
    parameters.push_back(std::regex_match(declared, type, plain) ? type[1].str() : declared);
    at = comma + 1;
  }
  return parameters;
}

}  // namespace

std::optional<PtxText> readPtx(const std::string &text) {
  static const std::regex header(R"(^\s*\.version\s+(\d+)\.(\d+)\s+\.target\s+sm_(\d+)\w*)");
  static const std::regex entry(R"(\.entry\s+([\w$]+)\s*\(([^)]*)\))");
  const std::string code = withoutComments(text);
  std::smatch found;
  if (!std::regex_search(code, found, header, std::regex_constants::match_continuous)) return std::nullopt;
  PtxText ptx;
  ptx.version = static_cast<unsigned>(10 * std::stoul(found[1]) + std::stoul(found[2]));
  ptx.target = static_cast<unsigned>(std::stoul(found[3]));
  for (std::sregex_iterator next(code.begin(), code.end(), entry), end; next != end; ++next) {
    ptx.entries.push_back({(*next)[1], parametersIn((*next)[2])});
  }
  return ptx;
}

}  // namespace software_cuda
