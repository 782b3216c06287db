// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <vector>

namespace software_cuda {

/** cudnnDataType_t; everything may be described, float32 alone is computed. */
enum class DataType : int { Float = 0, Double = 1, Half = 2, Int8 = 3, Int32 = 4, Int8x4 = 5, Uint8 = 6, Last = 14 };

std::size_t bytesOf(DataType type);

enum class Format : int { Nchw = 0, Nhwc = 1, NchwVectC = 2 };

constexpr int kMaxDimensions = 8;

struct TensorDescriptor {
  DataType type = DataType::Float;
  std::vector<int> dimensions;
  std::vector<int> strides;

  bool isSet() const { return !dimensions.empty(); }
  int rank() const { return static_cast<int>(dimensions.size()); }
  std::size_t elements() const;
  /** From the first to behind the last element. */
  std::size_t bytes() const;

  /** Of a tensor of batch, channels, height and width. */
  int n() const { return dimensions[0]; }
  int c() const { return dimensions[1]; }
  int h() const { return dimensions[2]; }
  int w() const { return dimensions[3]; }
  std::size_t at(int n, int c, int h, int w) const {
    return static_cast<std::size_t>(n) * static_cast<std::size_t>(strides[0]) +
           static_cast<std::size_t>(c) * static_cast<std::size_t>(strides[1]) +
           static_cast<std::size_t>(h) * static_cast<std::size_t>(strides[2]) +
           static_cast<std::size_t>(w) * static_cast<std::size_t>(strides[3]);
  }
};

/** Weights: output channels, input channels of a group, height, width. */
struct FilterDescriptor {
  DataType type = DataType::Float;
  Format format = Format::Nchw;
  std::vector<int> dimensions;

  bool isSet() const { return !dimensions.empty(); }
  int k() const { return dimensions[0]; }
  int c() const { return dimensions[1]; }
  int h() const { return dimensions[2]; }
  int w() const { return dimensions[3]; }
  std::size_t elements() const;
  std::size_t bytes() const { return elements() * bytesOf(type); }
  std::size_t at(int k, int c, int h, int w) const;
};

struct ConvolutionDescriptor {
  std::vector<int> padding;
  std::vector<int> stride;
  std::vector<int> dilation;
  /** 0 turns the filter around, as mathematics has it; 1 does not. */
  int mode = 1;
  DataType computeType = DataType::Float;
  int groups = 1;
  int mathType = 0;
  int reorder = 0;

  bool isSet() const { return !padding.empty(); }
  bool isCrossCorrelation() const { return mode == 1; }
  /** On devices from 8.0 on all but CUDNN_FMA_MATH allow it, the default too. */
  bool allowsTf32() const { return mathType != 3; }
};

struct PoolingDescriptor {
  enum class Mode : int { Max = 0, AverageIncludingPadding = 1, AverageExcludingPadding = 2, MaxDeterministic = 3 };

  Mode mode = Mode::Max;
  bool propagatesNan = false;
  std::vector<int> window;
  std::vector<int> padding;
  std::vector<int> stride;

  bool isSet() const { return !window.empty(); }
  bool isMax() const { return mode == Mode::Max || mode == Mode::MaxDeterministic; }
};

struct ActivationDescriptor {
  enum class Mode : int {
    Sigmoid = 0,
    Relu = 1,
    Tanh = 2,
    ClippedRelu = 3,
    Elu = 4,
    Identity = 5,
    Swish = 6,
    Unset = -1
  };

  Mode mode = Mode::Unset;
  bool propagatesNan = false;
  double coefficient = 0;
  double swishBeta = 1;

  float apply(float value) const;
};

struct LrnDescriptor {
  unsigned window = 5;
  double alpha = 1e-4;
  double beta = 0.75;
  double k = 2;
};

struct OpTensorDescriptor {
  enum class Operation : int { Add = 0, Mul = 1, Min = 2, Max = 3, Sqrt = 4, Not = 5, Unset = -1 };

  Operation operation = Operation::Unset;
  DataType computeType = DataType::Float;
  bool propagatesNan = false;
};

struct ReduceTensorDescriptor {
  enum class Operation : int {
    Add = 0,
    Mul = 1,
    Min = 2,
    Max = 3,
    AbsMax = 4,
    Average = 5,
    Norm1 = 6,
    Norm2 = 7,
    MulNoZeros = 8,
    Unset = -1
  };

  Operation operation = Operation::Unset;
  DataType computeType = DataType::Float;
  bool propagatesNan = false;
  int indices = 0;
  int indicesType = 0;
};

}  // namespace software_cuda
