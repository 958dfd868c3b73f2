#!/bin/sh
# Compiles the kernels to PTX, labels it with the lowest PTX version that it conforms to, assembles it for every
# architecture, and writes the assembler's report. Requires nvcc and ptxas of CUDA 13.0; the output of other releases
# differs.
# Usage: build.sh RESOURCES REPORT
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
resources=$1
report=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$resources"

# Driver 450 (CUDA 11.0) reads PTX 7.0; driver 530 (CUDA 12.1) reads 8.1, the first with st.async. ptxas rejects
# instructions that the labeled version lacks, so the label is valid if assembly succeeds. nvcc's 'used_bytes_mask' is a
# hint of PTX 8.3 about loads; nothing depends on it.
translate() { # MODULE ARCHITECTURE VERSION
  (cd "$here" && nvcc -O3 -std=c++17 -arch="compute_$2" -ptx -o "$work/$1.ptx" "module_$1.cu")
  sed -e '/used_bytes_mask/d' -e '/^\/\/ /d' -e '/^\/\/$/d' -e "s/^\.version .*/.version $3/" "$work/$1.ptx" > "$work/mer4j-$1.ptx"
}

assemble() { # MODULE ARCHITECTURES...
  module=$1
  shift
  for architecture in "$@"; do
    ptxas -v --gpu-name "$architecture" -o "$work/out.cubin" "$work/mer4j-$module.ptx" 2> "$work/log" || {
      cat "$work/log" >&2
      exit 1
    }
    awk -v a="$architecture" '
      /Compiling entry function/ { split($0, name, "\047") }
      /spill/ { spills = $5 + $9; stack = $1 }
      /Used .* registers/ {
        registers = $5; shared = 0
        for (i = 1; i <= NF; i++) if ($i == "smem," || $i == "smem") shared = $(i - 2)
        printf "%-8s %-30s %9d %13d %6d %6d\n", a, name[2], registers, shared, stack, spills
        if (spills + stack > 0) bad = 1
      }
      END { exit bad }' "$work/log" || {
      echo "$architecture: a kernel of module $module spills" >&2
      exit 1
    }
  done
}

translate sm80 80 7.0
translate sm90 90 8.1
translate sm80_pooling 80 7.0
translate sm90_pooling 90 8.1
{
  echo "# Written by src/main/cuda/build.sh: $(ptxas --version | sed -n 's/.*release \([0-9.]*\), V\(.*\)/ptxas \2/p')"
  echo "# arch   kernel                         registers  shared bytes  stack spills"
  assemble sm80 sm_80 sm_86 sm_89 sm_90 sm_100 sm_120
  assemble sm90 sm_90 sm_100 sm_120
  assemble sm80_pooling sm_80 sm_86 sm_89 sm_90 sm_100 sm_120
  assemble sm90_pooling sm_90 sm_100 sm_120
} > "$work/report"
mv "$work"/mer4j-*.ptx "$resources"
mv "$work/report" "$report"
# A test compares this digest with the sources, also on machines without nvcc.
(cd "$here" && ls | grep -E '\.cuh?$' | sort | xargs cat | sha256sum | cut -d' ' -f1) > "$resources/sources.sha256"
