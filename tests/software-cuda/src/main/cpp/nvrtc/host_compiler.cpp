// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#include "host_compiler.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

extern char **environ;

// The texts that are compiled with a kernel are part of this library: it needs no folder beside it.
#define EMBED(symbol, file)                                                            \
  asm(".section .rodata\n.global " #symbol "\n.hidden " #symbol "\n" #symbol ":\n"    \
      ".incbin \"" KERNEL_FOLDER "/" file "\"\n.byte 0\n.previous\n");                 \
  extern "C" const char symbol[]
EMBED(softwareCudaInterface, "interface.h");
EMBED(softwareCudaPrelude, "prelude.h");
EMBED(softwareCudaChecks, "checks.h");
EMBED(softwareCudaTypes, "types.h");
EMBED(softwareCudaCooperation, "cooperation.h");
EMBED(softwareCudaArithmetic, "arithmetic.h");
EMBED(softwareCudaInvocation, "invocation.h");
EMBED(softwareCudaEpilogue, "epilogue.h");
EMBED(softwareCudaHalf, "cuda_fp16.h");

namespace software_cuda {
namespace {

namespace fs = std::filesystem;

/** The largest that a block can ask for, as in the driver's device.hpp. */
constexpr std::size_t kDynamicSharedBytes = std::size_t{163} << 10;

/** A folder of its own that goes when this does. */
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "software-cuda-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  const fs::path &path() const { return path_; }

 private:
  fs::path path_;
};

std::string read(const fs::path &file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path &file, const std::string &text) { std::ofstream(file, std::ios::binary) << text; }

/** Runs g++ with its messages in a file; true where it ended well. */
bool runCompiler(std::vector<std::string> arguments, const fs::path &messages) {
  arguments.insert(arguments.begin(), "g++");
  std::vector<char *> pointers;
  for (std::string &argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, messages.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  pid_t child = 0;
  const int failure = posix_spawnp(&child, pointers[0], &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) {
    write(messages, std::string("the software NVRTC cannot run g++: ") + std::strerror(failure) + "\n");
    return false;
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/** From "name:line:column: error: …" to "name(line): error: …". */
std::string inFormOfNvrtc(const std::string &messages, const std::string &name) {
  std::istringstream lines(messages);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(name + ":", 0) == 0) {
      const std::size_t number = name.size() + 1;
      const std::size_t colon = line.find(':', number);
      const std::size_t space = line.find(' ', number);
      const bool isNumber = colon != std::string::npos && colon > number &&
                            line.find_first_not_of("0123456789", number) == colon && space != std::string::npos;
      if (isNumber) line = name + "(" + line.substr(number, colon - number) + "):" + line.substr(space);
    }
    result += line + "\n";
  }
  return result;
}

std::string tableOf(const std::vector<FoundKernel> &kernels, const std::vector<std::string> &expressions) {
  std::string table = "\n# 1 \"table of kernels\"\nnamespace software_cuda {\n";
  table += "static const Kernel kernels[] = {\n";
  for (const FoundKernel &kernel : kernels) {
    table += "kernel<&::" + kernel.name + ">(\"" + kernel.name + "\", " +
             (kernel.maxThreads.empty() ? "0" : kernel.maxThreads) + "),\n";
  }
  for (const std::string &expression : expressions) {
    table += "kernel<&::" + expression + ">(\"" + expression + "\", 0),\n";
  }
  // One more, so that the array is never empty.
  return table + "{nullptr, nullptr, nullptr, 0, 0}};\n}\n# 1 \"epilogue\"\n" + softwareCudaEpilogue;
}

/** What is preprocessed: what kernels may use, then the source, each part under its own name. */
std::string unitOf(const Source &source) {
  std::string unit;
  const auto add = [&](const std::string &name, const std::string &text) {
    unit += "# 1 \"" + name + "\"\n" + text + "\n";
  };
  add("interface.h", softwareCudaInterface);
  add("prelude.h", softwareCudaPrelude);
  add("checks.h", softwareCudaChecks);
  add("types.h", softwareCudaTypes);
  add("cooperation.h", softwareCudaCooperation);
  add("arithmetic.h", softwareCudaArithmetic);
  add("invocation.h", softwareCudaInvocation);
  add("shared memory", "namespace software_cuda { alignas(128) static char dynamicShared[" +
                           std::to_string(kDynamicSharedBytes) + "]; }");
  add(source.name, source.text);
  return unit;
}

/** A header's place below the folder; nothing where its name would lead out of it. */
bool writeHeader(const fs::path &folder, const std::string &name, const std::string &text) {
  const fs::path relative = fs::path(name).lexically_normal();
  if (relative.is_absolute() || relative.begin()->string() == "..") return false;
  std::error_code ignored;
  fs::create_directories((folder / relative).parent_path(), ignored);
  write(folder / relative, text);
  return true;
}

}  // namespace

std::string compiledBeside() {
  std::string all;
  for (const char *text : {softwareCudaInterface, softwareCudaPrelude, softwareCudaChecks, softwareCudaTypes,
                           softwareCudaCooperation, softwareCudaArithmetic, softwareCudaInvocation,
                           softwareCudaEpilogue, softwareCudaHalf}) {
    all += text;
  }
  return all;
}

Compiled compile(const Source &source, const Options &options) {
  const TemporaryFolder folder;
  if (folder.path().empty()) return {false, "", "the software NVRTC cannot make a temporary folder\n"};
  const fs::path messages = folder.path() / "messages";
  const fs::path headers = folder.path() / "include";
  writeHeader(headers, "cuda_fp16.h", softwareCudaHalf);
  for (const auto &[name, text] : source.headers) {
    if (!writeHeader(headers, name, text)) return {false, "", "a header with the name " + name + "\n"};
  }
  const fs::path unit = folder.path() / "unit.cpp";
  const fs::path preprocessed = folder.path() / "preprocessed.cpp";
  const fs::path rewritten = folder.path() / "rewritten.cpp";
  const fs::path object = folder.path() / "module.so";
  const auto failed = [&] { return Compiled{false, "", inFormOfNvrtc(read(messages), source.name)}; };

  write(unit, unitOf(source));
  std::vector<std::string> arguments = {"-E", "-nostdinc", "-w", "-I" + headers.string()};
  arguments.insert(arguments.end(), {"-D__CUDACC__=1", "-D__CUDACC_RTC__=1", "-D__NVCC__=1",
                                     "-D__CUDACC_VER_MAJOR__=12", "-D__CUDACC_VER_MINOR__=6"});
  arguments.insert(arguments.end(), options.compiler.begin(), options.compiler.end());
  arguments.insert(arguments.end(), {"-o", preprocessed.string(), unit.string()});
  if (!runCompiler(arguments, messages)) return failed();

  const RewrittenSource kernels = rewrite(read(preprocessed));
  write(rewritten, kernels.text + tableOf(kernels.kernels, source.expressions));
  arguments = {"-fpreprocessed", "-O2", "-w", "-fPIC", "-shared", "-fno-exceptions", "-fno-rtti",
               // With unique symbols a module could not be unloaded, and variables of weak ones have no named section.
               "-fno-gnu-unique", "-fno-weak", "-fno-semantic-interposition",
               // It would quote a file of the source's name in the current folder.
               "-fno-diagnostics-show-caret", "-Wl,-Bsymbolic", "-Wl,-z,defs", "-nodefaultlibs",
               // Every access to memory is checked by a call into the prelude.
               "-fsanitize=kernel-address,alignment,bounds,integer-divide-by-zero", "--param=asan-stack=0",
               "--param=asan-globals=0", "--param=asan-instrumentation-with-call-threshold=0",
               // One access of the source stays one access of its own width.
               "-fno-tree-vectorize", "-fno-tree-loop-distribute-patterns", "-fno-store-merging"};
  if (__builtin_cpu_supports("fma") != 0) arguments.push_back("-mfma");
  for (const std::string &option : options.compiler) {
    if (option.rfind("-std", 0) == 0 || option.rfind("-f", 0) == 0) arguments.push_back(option);
  }
  arguments.insert(arguments.end(), {"-o", object.string(), rewritten.string(), "-lm", "-lc"});
  if (!runCompiler(arguments, messages)) return failed();
  return {true, read(object), inFormOfNvrtc(read(messages), source.name)};
}

}  // namespace software_cuda
