// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "launch.hpp"

namespace software_cuda {

/** Runs every thread of every block; throws a Failure that says which thread did what where one faults. */
void run(const Function &function, const Launch &launch, const Arguments &arguments);

}  // namespace software_cuda
