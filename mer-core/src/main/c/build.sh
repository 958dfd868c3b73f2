#!/bin/sh
# Compiles the kernels for this machine's platform, once for each instruction set, into TARGET/classes where the backend
# looks for them. Usage: build.sh TARGET
set -eu
source=$(cd "$(dirname "$0")" && pwd)
case "$(uname -m)" in
  x86_64) platform=linux-x86-64; sets="any:x86-64 avx2:x86-64-v3 avx512:x86-64-v4" ;;
  aarch64) platform=linux-aarch64; sets="any:armv8-a" ;;
  *) echo "no kernels for $(uname -m)" >&2; exit 0 ;;
esac
objects="$1/kernels"
library="$1/classes/dev/mer4j/core/internal/packed/$platform/libmer4j-lstm.so"
if [ -f "$library" ] && [ -z "$(find "$source" -newer "$library" -type f)" ]; then
  exit 0
fi
mkdir -p "$objects" "$(dirname "$library")"
for set in $sets; do
  gcc -O3 -Wall -Wextra -Werror -Wno-psabi -fPIC -march="${set#*:}" -c "$source/lstm.c" -o "$objects/${set%:*}.o"
done
gcc -O2 -Wall -Wextra -Werror -fPIC -shared "$source/dispatch.c" "$objects"/*.o -o "$library.part"
mv "$library.part" "$library"
