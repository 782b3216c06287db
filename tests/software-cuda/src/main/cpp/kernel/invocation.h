// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// How the driver calls a kernel: with one pointer an argument, as cuLaunchKernel has it.

#pragma once

namespace software_cuda {

template <class T>
struct Plain {
  using Type = T;
};
template <class T>
struct Plain<const T> {
  using Type = T;
};

template <class T>
constexpr bool isFloat = false;
template <>
constexpr bool isFloat<float> = true;

template <class... P>
struct Parameters {
  static constexpr unsigned count = sizeof...(P);
  static constexpr Parameter all[count + 1] = {{sizeof(P), alignof(P), isFloat<P>}..., {0, 1, false}};
};

template <class F, F function>
struct Invoker;

template <class... P, void (*function)(P...)>
struct Invoker<void (*)(P...), function> {
  using Declared = Parameters<P...>;

  template <unsigned... index>
  struct Indices {};

  template <unsigned... index>
  SOFTWARE_CUDA_UNCHECKED static void call(void **arguments, Indices<index...>) {
    function(*static_cast<typename Plain<P>::Type *>(arguments[index])...);
  }

  SOFTWARE_CUDA_UNCHECKED static void run(void **arguments) {
    call(arguments, Indices<__integer_pack(sizeof...(P))...>());
  }
};

template <auto function>
constexpr Kernel kernel(const char *name, unsigned maxThreads) {
  using Its = Invoker<decltype(function), function>;
  return {name, Its::run, Its::Declared::all, Its::Declared::count, maxThreads};
}

}  // namespace software_cuda
