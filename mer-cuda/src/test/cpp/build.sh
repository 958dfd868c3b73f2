#!/bin/sh
# Compiles the kernels for the CPU, with the interface of the CUDA driver, into TARGET/test-classes.
# Usage: build.sh TARGET
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernels="$here/../../main/cuda"
library="$1/test-classes/dev/mer4j/cuda/emulated/libmer4j-cuda-emulated.so"
if [ -f "$library" ] && [ -z "$(find "$here" "$kernels" -newer "$library" -type f)" ]; then
  exit 0
fi
mkdir -p "$(dirname "$library")"
# Without implicit fused multiply-add, and without the check of longjmp, which fibers use.
g++ -std=c++17 -O2 -march=native -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-parentheses -ffp-contract=off -U_FORTIFY_SOURCE \
  -fPIC -shared -I "$here" -I "$kernels" "$here/fibers.cpp" "$here/kernels.cpp" "$here/driver.cpp" -o "$library.part"
mv "$library.part" "$library"
