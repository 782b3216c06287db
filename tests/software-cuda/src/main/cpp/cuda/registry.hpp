// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <unordered_map>
#include <utility>

#include "status.hpp"

namespace software_cuda {

/**
 * The live objects of one kind. A handle is an object's address; one that is not in here was destroyed or never made,
 * which a real driver may answer with a crash.
 */
template <class T>
class Registry {
 public:
  static Registry &instance() {
    static Registry &registry = *new Registry;
    return registry;
  }

  template <class... Arguments>
  T &create(Arguments &&...arguments) {
    auto object = std::make_unique<T>(std::forward<Arguments>(arguments)...);
    T &created = *object;
    objects_.emplace(&created, std::move(object));
    return created;
  }

  /** The object of a handle; `what` names its kind in the failure. */
  T &get(const void *handle, const char *what) {
    const auto found = objects_.find(handle);
    if (found == objects_.end()) fail(Status::InvalidHandle, std::string("no live ") + what + " has this handle");
    return *found->second;
  }

  bool contains(const void *handle) const { return objects_.count(handle) != 0; }

  void destroy(const void *handle) { objects_.erase(handle); }

  /** Destroys what belongs to a context and returns how many objects that were. */
  template <class Owner>
  std::size_t destroyAll(const Owner *owner) {
    return destroyIf([owner](const T &object) { return &object.context == owner; });
  }

  template <class Predicate>
  std::size_t destroyIf(Predicate predicate) {
    std::size_t destroyed = 0;
    for (auto next = objects_.begin(); next != objects_.end();) {
      const bool matches = predicate(*next->second);
      next = matches ? objects_.erase(next) : std::next(next);
      destroyed += matches ? 1 : 0;
    }
    return destroyed;
  }

  template <class Predicate>
  const T *findIf(Predicate predicate) const {
    for (const auto &entry : objects_) {
      if (predicate(*entry.second)) return entry.second.get();
    }
    return nullptr;
  }

 private:
  std::unordered_map<const void *, std::unique_ptr<T>> objects_;
};

}  // namespace software_cuda
