// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// All of a library that other libraries look for and whose functions nobody here calls.
const char softwareCudaPart[] = "software CUDA";
