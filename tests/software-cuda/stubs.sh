#!/bin/bash
# Copyright the Pointwise authors.
# SPDX-License-Identifier: Apache-2.0
#
# stubs.sh NATIVE PREFIX STATUS: C code with a weak function for each PREFIX… that the JCuda native needs.
set -euo pipefail
native=$1 prefix=$2 status=$3

echo '#include <stdio.h>'
nm --dynamic --undefined-only "$native" | awk '{ print $NF }' | sed 's/@.*//' | grep "^$prefix" | sort -u \
  | while read -r name; do
      cat <<END
__attribute__((weak, visibility("default"))) int $name(void) {
  fprintf(stderr, "software CUDA: $name is not implemented\n");
  return $status;
}
END
    done
