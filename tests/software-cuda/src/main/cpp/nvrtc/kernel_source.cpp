// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "kernel_source.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace software_cuda {
namespace {

constexpr char kSharedVariable[] = "static __attribute__((section(\"software_cuda_shared\")))";

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/** Reads a source from front to back, word by word, and writes another. */
class Rewriter {
 public:
  explicit Rewriter(std::string_view source) : source_(source) {}

  RewrittenSource run() {
    while (at_ < source_.size()) step();
    return std::move(result_);
  }

 private:
  void step();
  void word();
  void global();
  bool dynamicShared();
  void literal(char quote);
  void comment(std::string_view end);
  void line();
  void copy(std::size_t count);
  void skip(std::size_t to);
  std::string_view nextWord() const;
  std::size_t skipSpace(std::size_t from) const;
  std::size_t closing(std::size_t open) const;
  std::string launchBounds(std::size_t &from) const;
  bool isOfC() const;

  const std::string_view source_;
  std::size_t at_ = 0;
  RewrittenSource result_;
  /** Where in the result the declaration that is being read begins. */
  std::size_t declaration_ = 0;
  /** For every open brace whether it belongs to extern "C". */
  std::vector<bool> braces_;
};

void Rewriter::step() {
  const char c = source_[at_];
  const bool lineStarts = at_ == 0 || source_[at_ - 1] == '\n';
  if (c == '#' && lineStarts) {
    line();
  } else if (source_.substr(at_, 2) == "//") {
    comment("\n");
  } else if (source_.substr(at_, 2) == "/*") {
    comment("*/");
  } else if (c == '"' || c == '\'') {
    literal(c);
  } else if (isWord(c)) {
    word();
  } else {
    if (c == '{') {
      const std::string_view declaration = std::string_view(result_.text).substr(declaration_);
      const std::size_t last = declaration.find_last_not_of(" \t\n");
      braces_.push_back(last != std::string_view::npos && declaration[last] == '"' &&
                        declaration.find("extern") != std::string_view::npos);
    }
    if (c == '}' && !braces_.empty()) braces_.pop_back();
    copy(1);
    if (c == ';' || c == '{' || c == '}') declaration_ = result_.text.size();
  }
}

/** A line of the preprocessor, which says where the next one comes from. */
void Rewriter::line() {
  const bool between =
      std::string_view(result_.text).substr(declaration_).find_first_not_of(" \t\n") == std::string_view::npos;
  const std::size_t end = source_.find('\n', at_);
  copy((end == std::string_view::npos ? source_.size() : end + 1) - at_);
  if (between) declaration_ = result_.text.size();
}

void Rewriter::literal(char quote) {
  std::size_t end = at_ + 1;
  while (end < source_.size() && source_[end] != quote) end += source_[end] == '\\' ? 2 : 1;
  copy(std::min(end + 1, source_.size()) - at_);
}

/** Leaves out what is no source, such as an apostrophe that begins no literal; lines keep their numbers. */
void Rewriter::comment(std::string_view end) {
  const std::size_t found = source_.find(end, at_ + 2);
  std::size_t to = found == std::string_view::npos ? source_.size() : found;
  for (const char c : source_.substr(at_, to - at_)) {
    if (c == '\n') result_.text += '\n';
  }
  at_ = to < source_.size() && end != "\n" ? to + end.size() : to;
}

void Rewriter::word() {
  const std::string_view word = nextWord();
  if (word == "__global__") {
    global();
  } else if (word == "extern" && dynamicShared()) {
    // Written by dynamicShared.
  } else if (word == "__shared__") {
    result_.text += kSharedVariable;
    at_ += word.size();
  } else if (word == "__launch_bounds__") {
    std::size_t after = at_;
    launchBounds(after);
    skip(after);
  } else {
    copy(word.size());
  }
}

/** __global__ [__launch_bounds__(…)] [static | inline] void [__launch_bounds__(…)] name( */
void Rewriter::global() {
  FoundKernel kernel;
  std::size_t from = at_ + nextWord().size();
  const std::size_t start = from;
  for (;;) {
    from = skipSpace(from);
    const std::string bounds = launchBounds(from);
    if (!bounds.empty()) {
      kernel.maxThreads = bounds;
      continue;
    }
    std::size_t end = from;
    while (end < source_.size() && isWord(source_[end])) end++;
    const std::string_view word = source_.substr(from, end - from);
    if (word.empty()) break;
    kernel.name = std::string(word);
    from = end;
  }
  const std::string_view declaration = std::string_view(result_.text).substr(declaration_);
  const bool isTemplate = declaration.find("template") != std::string_view::npos;
  const bool isDefinition = [&] {
    const std::size_t open = skipSpace(from);
    if (open >= source_.size() || source_[open] != '(') return false;
    const std::size_t brace = skipSpace(closing(open));
    return brace < source_.size() && source_[brace] == '{';
  }();
  if (isDefinition && !isTemplate && isOfC()) result_.kernels.push_back(kernel);
  at_ = start;
}

/** extern __shared__ [attributes] type name[]; */
bool Rewriter::dynamicShared() {
  std::size_t from = skipSpace(at_ + std::string_view("extern").size());
  constexpr std::string_view kShared = "__shared__";
  if (source_.substr(from, kShared.size()) != kShared) return false;
  from += kShared.size();
  const std::size_t end = source_.find(';', from);
  if (end == std::string_view::npos) return false;
  std::string declaration(source_.substr(from, end - from));
  std::replace(declaration.begin(), declaration.end(), '\n', ' ');
  const std::size_t open = declaration.rfind('[');
  if (open == std::string::npos) return false;
  for (std::size_t at; (at = declaration.find("__attribute__")) != std::string::npos;) {
    std::size_t close = declaration.find('(', at);
    for (int depth = 0; close < declaration.size(); close++) {
      depth += declaration[close] == '(' ? 1 : declaration[close] == ')' ? -1 : 0;
      if (depth == 0) break;
    }
    declaration.replace(at, close + 1 - at, " ");
  }
  const std::size_t bracket = declaration.rfind('[');
  std::size_t nameEnd = declaration.find_last_not_of(" \t\n", bracket - 1) + 1;
  std::size_t nameStart = nameEnd;
  while (nameStart > 0 && isWord(declaration[nameStart - 1])) nameStart--;
  const std::string type = declaration.substr(0, nameStart);
  const std::string name = declaration.substr(nameStart, nameEnd - nameStart);
  result_.text += "static " + type + "*const " + name + " = reinterpret_cast<" + type +
                  "*>(software_cuda::dynamicShared)";
  skip(end);
  return true;
}

bool Rewriter::isOfC() const {
  for (const bool ofC : braces_) {
    if (ofC) return true;
  }
  return std::string_view(result_.text).substr(declaration_).find("\"C\"") != std::string_view::npos;
}

/** The first argument of a __launch_bounds__ at `from`, which is moved behind it; empty where there is none. */
std::string Rewriter::launchBounds(std::size_t &from) const {
  constexpr std::string_view kBounds = "__launch_bounds__";
  if (source_.substr(from, kBounds.size()) != kBounds) return "";
  const std::size_t open = skipSpace(from + kBounds.size());
  const std::size_t end = closing(open);
  std::string arguments(source_.substr(open + 1, end - open - 2));
  int depth = 0;
  for (std::size_t at = 0; at < arguments.size(); at++) {
    depth += arguments[at] == '(' ? 1 : arguments[at] == ')' ? -1 : 0;
    if (arguments[at] == ',' && depth == 0) arguments.resize(at);
  }
  from = end;
  return arguments;
}

/** Behind the bracket that closes the one at `open`. */
std::size_t Rewriter::closing(std::size_t open) const {
  int depth = 0;
  for (std::size_t at = open; at < source_.size(); at++) {
    depth += source_[at] == '(' ? 1 : source_[at] == ')' ? -1 : 0;
    if (depth == 0) return at + 1;
  }
  return source_.size();
}

/** Leaves something out, but for its ends of lines. */
void Rewriter::skip(std::size_t to) {
  for (; at_ < to; at_++) {
    if (source_[at_] == '\n') result_.text += '\n';
  }
}

void Rewriter::copy(std::size_t count) {
  result_.text += source_.substr(at_, count);
  at_ += count;
}

std::string_view Rewriter::nextWord() const {
  std::size_t end = at_;
  while (end < source_.size() && isWord(source_[end])) end++;
  return source_.substr(at_, end - at_);
}

std::size_t Rewriter::skipSpace(std::size_t from) const {
  while (from < source_.size() && std::isspace(static_cast<unsigned char>(source_[from])) != 0) from++;
  return from;
}

}  // namespace

RewrittenSource rewrite(const std::string &preprocessed) { return Rewriter(preprocessed).run(); }

}  // namespace software_cuda
