#!/bin/sh
# Compiles lstm.c with Debian's libxsmm-dev 1.17: build.sh OUTPUT
# The package's gates call the C library's tanh for one lane at a time, because its source is vectorized only by Intel's
# compiler. The two files with gates are therefore compiled again from the package's sources, with glibc's vector functions,
# which makes the forward pass about twice as fast.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
sources=/usr/include/libxsmm
[ -f "$sources/libxsmm_dnn_rnncell_forward.c" ] || { echo "libxsmm-dev 1.17 is not installed" >&2; exit 1; }
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
for file in libxsmm_dnn_rnncell_forward libxsmm_dnn_elementwise; do
  cc -O3 -ffast-math -march=native -D__BLAS=0 -I"$sources" -c "$sources/$file.c" -o "$objects/$file.o"
done
cc -O2 -fopenmp -o "$1" "$home/lstm.c" "$objects"/*.o -lxsmm -lxsmmnoblas -lpthread -lrt -ldl -lmvec -lm
