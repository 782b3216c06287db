#!/bin/bash
# Copyright the Pointwise authors.
# SPDX-License-Identifier: Apache-2.0
#
# Builds the software CUDA into target/lib, as far as sources have changed. Without a C++ compiler it says so and
# builds nothing; where POINTWISE_REQUIRED_DEVICES names cuda that is a failure.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
# The temporary folder of the tests.
mkdir -p target/tmp

for tool in g++ make nm; do
  if ! command -v "$tool" >/dev/null 2>&1; then
    echo "software CUDA: not built, $tool is not installed; tests that need it are skipped."
    case ",${POINTWISE_REQUIRED_DEVICES:-}," in
      *,cuda,*)
        echo "software CUDA: POINTWISE_REQUIRED_DEVICES names cuda: install g++ and make." >&2
        exit 1
        ;;
    esac
    exit 0
  fi
done

make --silent
