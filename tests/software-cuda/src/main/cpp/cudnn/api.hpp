// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "../common/driver_link.hpp"
#include "descriptors.hpp"
#include "status.hpp"

// What every exported function shares: one lock, statuses from failures, live objects.

#define CUDNN_API extern "C" __attribute__((visibility("default")))

namespace software_cuda {

std::recursive_mutex &dnnLock();

/** Keeps a failure's text for cudnnGetLastErrorString, and tells it where SOFTWARE_CUDA_VERBOSE asks for that. */
void remember(const char *function, const DnnFailure &failure);

template <class Body>
int dnnCall(const char *function, Body body) {
  const std::lock_guard<std::recursive_mutex> locked(dnnLock());
  try {
    body();
    return static_cast<int>(DnnStatus::Success);
  } catch (const DnnFailure &failure) {
    remember(function, failure);
    return static_cast<int>(failure.status);
  }
}

/** The live objects of one kind, by their addresses. */
template <class T>
class Live {
 public:
  static T &create() {
    auto object = std::make_unique<T>();
    T &created = *object;
    objects().emplace(&created, std::move(object));
    return created;
  }

  static T &get(const void *handle) {
    const auto found = objects().find(handle);
    demand(found != objects().end(), "a null, destroyed or foreign handle or descriptor");
    return *found->second;
  }

  static void destroy(const void *handle) {
    get(handle);
    objects().erase(handle);
  }

 private:
  static std::unordered_map<const void *, std::unique_ptr<T>> &objects() {
    static auto &instance = *new std::unordered_map<const void *, std::unique_ptr<T>>;
    return instance;
  }
};

struct DnnHandle {
  void *stream = nullptr;
};

/** Like a real one, ends the process where a part of cuDNN is missing. */
void openPart(const char *part);

template <class T>
int createDescriptor(const char *function, void **out) {
  return dnnCall(function, [&] {
    demand(out != nullptr, "no place for the descriptor");
    *out = &Live<T>::create();
    if (driver() != nullptr) driver()->countDescriptors(1);
  });
}

template <class T>
int destroyDescriptor(const char *function, void *descriptor) {
  if (descriptor == nullptr) return static_cast<int>(DnnStatus::Success);
  return dnnCall(function, [&] {
    Live<T>::destroy(descriptor);
    if (driver() != nullptr) driver()->countDescriptors(-1);
  });
}

template <class T, class V>
void put(T *out, V value) {
  if (out != nullptr) *out = static_cast<T>(value);
}

/** A tensor that was set and holds float32, which is all that is computed here. */
const TensorDescriptor &tensor(const void *descriptor);
const TensorDescriptor &tensor4d(const void *descriptor);
const FilterDescriptor &filter(const void *descriptor);

/** A factor such as alpha, always in host memory and read at once. */
float factor(const void *pointer);

/** Queues work on operands that must be on the device. */
void submit(const char *name, const void *handle, std::vector<Operand> operands, std::function<void()> work);

/** alpha · value + beta · old, where a beta of 0 does not look at what was there. */
inline void blend(float &place, float alpha, float value, float beta) {
  place = alpha * value + (beta == 0.0f ? 0.0f : beta * place);
}

/** Calls body(offset in a, offset in b, …) for each index of `dimensions`; a stride of 0 repeats. */
template <class Body>
void forEach(const std::vector<int> &dimensions, std::initializer_list<const std::vector<int> *> strides, Body body) {
  std::vector<int> index(dimensions.size(), 0);
  std::vector<std::size_t> offsets(strides.size(), 0);
  for (;;) {
    body(offsets);
    std::size_t axis = dimensions.size();
    for (;;) {
      if (axis-- == 0) return;
      std::size_t which = 0;
      const bool last = index[axis] + 1 == dimensions[axis];
      const int step = last ? -index[axis] : 1;
      for (const std::vector<int> *stride : strides) {
        offsets[which++] += static_cast<std::size_t>(static_cast<std::ptrdiff_t>(step) * (*stride)[axis]);
      }
      index[axis] += step;
      if (!last) break;
    }
  }
}

/** The strides with 0 wherever the tensor has a single element that stands for all of `full`. */
std::vector<int> broadcastStrides(const TensorDescriptor &tensor, const std::vector<int> &full);

}  // namespace software_cuda
