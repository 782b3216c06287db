// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The functions that NVRTC exports.

#include <dlfcn.h>

#include <cstring>
#include <mutex>
#include <unordered_set>

#include "../common/driver_link.hpp"
#include "../common/image.hpp"
#include "host_compiler.hpp"

#define NVRTC_API extern "C" __attribute__((visibility("default")))

namespace {

using namespace software_cuda;

/** nvrtcResult, with its documented values. */
enum Result : int {
  kSuccess = 0,
  kOutOfMemory = 1,
  kProgramCreationFailure = 2,
  kInvalidInput = 3,
  kInvalidProgram = 4,
  kInvalidOption = 5,
  kCompilation = 6,
  kBuiltinOperationFailure = 7,
  kNoLoweredNamesBeforeCompilation = 9,
  kNameExpressionNotValid = 10,
  kInternalError = 11,
};

struct Program {
  Source source;
  std::string log;
  std::string image;
  bool compiled = false;
  bool real = false;
};

std::mutex &lock() {
  static std::mutex &instance = *new std::mutex;
  return instance;
}

std::unordered_set<const Program *> &live() {
  static std::unordered_set<const Program *> &instance = *new std::unordered_set<const Program *>;
  return instance;
}

bool isLive(const Program *program) {
  const std::lock_guard<std::mutex> locked(lock());
  return live().count(program) != 0;
}

int giveSize(const Program *program, const std::string &text, std::size_t *bytes, bool withZero) {
  if (!isLive(program)) return kInvalidProgram;
  if (bytes == nullptr) return kInvalidInput;
  *bytes = text.empty() && !withZero ? 0 : text.size() + (withZero ? 1 : 0);
  return kSuccess;
}

int giveText(const Program *program, const std::string &text, char *out, bool withZero) {
  if (!isLive(program)) return kInvalidProgram;
  if (out == nullptr) return kInvalidInput;
  std::memcpy(out, text.c_str(), text.size() + (withZero ? 1 : 0));
  return kSuccess;
}

/** NVRTC needs its library of built-ins when it compiles; so does this, that a program without it is found out. */
bool hasBuiltins() {
  static const bool found = dlopen("libnvrtc-builtins.so.12.6", RTLD_NOW | RTLD_LOCAL) != nullptr;
  return found;
}

}  // namespace

NVRTC_API int nvrtcVersion(int *major, int *minor) {
  if (major == nullptr || minor == nullptr) return kInvalidInput;
  *major = 12;
  *minor = 6;
  return kSuccess;
}

NVRTC_API const char *nvrtcGetErrorString(int result) {
  switch (result) {
    case kSuccess:
      return "NVRTC_SUCCESS";
    case kOutOfMemory:
      return "NVRTC_ERROR_OUT_OF_MEMORY";
    case kProgramCreationFailure:
      return "NVRTC_ERROR_PROGRAM_CREATION_FAILURE";
    case kInvalidInput:
      return "NVRTC_ERROR_INVALID_INPUT";
    case kInvalidProgram:
      return "NVRTC_ERROR_INVALID_PROGRAM";
    case kInvalidOption:
      return "NVRTC_ERROR_INVALID_OPTION";
    case kCompilation:
      return "NVRTC_ERROR_COMPILATION";
    case kBuiltinOperationFailure:
      return "NVRTC_ERROR_BUILTIN_OPERATION_FAILURE";
    case kNoLoweredNamesBeforeCompilation:
      return "NVRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION";
    case kNameExpressionNotValid:
      return "NVRTC_ERROR_NAME_EXPRESSION_NOT_VALID";
    case kInternalError:
      return "NVRTC_ERROR_INTERNAL_ERROR";
    default:
      return "NVRTC_ERROR unknown";
  }
}

NVRTC_API int nvrtcGetNumSupportedArchs(int *count) {
  if (count == nullptr) return kInvalidInput;
  *count = 3;
  return kSuccess;
}

NVRTC_API int nvrtcGetSupportedArchs(int *architectures) {
  if (architectures == nullptr) return kInvalidInput;
  architectures[0] = 70;
  architectures[1] = 75;
  architectures[2] = 80;
  return kSuccess;
}

NVRTC_API int nvrtcCreateProgram(Program **program, const char *source, const char *name, int headerCount,
                                 const char *const *headers, const char *const *includeNames) {
  if (program == nullptr || source == nullptr || headerCount < 0) return kInvalidInput;
  if (headerCount > 0 && (headers == nullptr || includeNames == nullptr)) return kInvalidInput;
  auto *created = new Program;
  created->source.name = name == nullptr || *name == 0 ? "default_program" : name;
  created->source.text = source;
  for (int index = 0; index < headerCount; index++) created->source.headers[includeNames[index]] = headers[index];
  const std::lock_guard<std::mutex> locked(lock());
  live().insert(created);
  *program = created;
  return kSuccess;
}

NVRTC_API int nvrtcDestroyProgram(Program **program) {
  if (program == nullptr) return kInvalidInput;
  const std::lock_guard<std::mutex> locked(lock());
  if (live().erase(*program) == 0) return kInvalidProgram;
  delete *program;
  *program = nullptr;
  return kSuccess;
}

NVRTC_API int nvrtcAddNameExpression(Program *program, const char *expression) {
  if (!isLive(program)) return kInvalidProgram;
  if (expression == nullptr) return kInvalidInput;
  program->source.expressions.push_back(expression[0] == '&' ? expression + 1 : expression);
  return kSuccess;
}

NVRTC_API int nvrtcGetLoweredName(Program *program, const char *expression, const char **name) {
  if (!isLive(program)) return kInvalidProgram;
  if (expression == nullptr || name == nullptr) return kInvalidInput;
  if (!program->compiled) return kNoLoweredNamesBeforeCompilation;
  const std::string wanted = expression[0] == '&' ? expression + 1 : expression;
  for (const std::string &known : program->source.expressions) {
    if (known != wanted) continue;
    *name = known.c_str();
    return kSuccess;
  }
  return kNameExpressionNotValid;
}

NVRTC_API int nvrtcCompileProgram(Program *program, int optionCount, const char *const *options) {
  if (!isLive(program)) return kInvalidProgram;
  if (optionCount < 0 || (optionCount > 0 && options == nullptr)) return kInvalidInput;
  if (!hasBuiltins()) {
    program->log = "nvrtc: error: failed to open libnvrtc-builtins.so.12.6.\n";
    return kBuiltinOperationFailure;
  }
  std::string unknown;
  const auto parsed = parseOptions(std::vector<std::string>(options, options + optionCount), unknown);
  if (!parsed) {
    program->log = "nvrtc: error: unrecognized option " + unknown + " found\n";
    return kInvalidOption;
  }
  const Compiled compiled = compile(program->source, *parsed);
  program->log = compiled.log;
  if (!compiled.ok) return kCompilation;
  program->image = imageOf(compiled.object, parsed->architecture);
  program->compiled = true;
  program->real = parsed->real;
  if (driver() != nullptr) driver()->countCompilation();
  return kSuccess;
}

NVRTC_API int nvrtcGetProgramLogSize(Program *program, std::size_t *bytes) {
  if (!isLive(program)) return kInvalidProgram;
  return giveSize(program, program->log, bytes, true);
}

NVRTC_API int nvrtcGetProgramLog(Program *program, char *log) {
  if (!isLive(program)) return kInvalidProgram;
  return giveText(program, program->log, log, true);
}

NVRTC_API int nvrtcGetPTXSize(Program *program, std::size_t *bytes) {
  if (!isLive(program)) return kInvalidProgram;
  if (!program->compiled) return kInvalidProgram;
  return giveSize(program, textOf(program->image), bytes, true);
}

NVRTC_API int nvrtcGetPTX(Program *program, char *ptx) {
  if (!isLive(program) || !program->compiled) return kInvalidProgram;
  return giveText(program, textOf(program->image), ptx, true);
}

/** 0 bytes where the architecture was a virtual one. */
NVRTC_API int nvrtcGetCUBINSize(Program *program, std::size_t *bytes) {
  if (!isLive(program) || !program->compiled) return kInvalidProgram;
  return giveSize(program, program->real ? program->image : std::string(), bytes, false);
}

NVRTC_API int nvrtcGetCUBIN(Program *program, char *cubin) {
  if (!isLive(program) || !program->compiled || !program->real) return kInvalidProgram;
  return giveText(program, program->image, cubin, false);
}
