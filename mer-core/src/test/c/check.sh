#!/bin/sh
# Runs the libraries of 'build.sh TARGET all' in harness.c and compares their results with PyTorch's, and the bytes of the
# same instruction set with each other. Usage: check.sh TARGET
#
# Requires clang-19, lld-19, gcc-aarch64-linux-gnu, qemu-user, wine64, and python3 with PyTorch; an x86-64 machine with
# AVX-512. Nothing here runs the libraries for macOS and for Windows on ARM.
set -eu
tests=$(cd "$(dirname "$0")" && pwd)
main=$tests/../../main/c
mkdir -p "$1/harness"
target=$(cd "$1" && pwd)
libraries=$target/classes/META-INF/native
cd "$target/harness"

gcc -O1 -Wall -Wextra -Werror "$tests/harness.c" -o linux-x86_64 -ldl
aarch64-linux-gnu-gcc -O1 -Wall -Wextra -Werror "$tests/harness.c" -o linux-aarch64 -ldl
for file in "$tests/harness.c" "$main/freestanding/runtime.c"; do
  clang-19 --no-default-config --target=x86_64-w64-windows-gnu -O1 -Wall -Wextra -Werror -ffreestanding -nostdlibinc \
    -isystem "$main/freestanding" -fno-stack-protector -c "$file" -o "$(basename "$file").o"
done
llvm-dlltool-19 -m i386:x86-64 -d "$tests/kernel32.def" -l kernel32.a
ld.lld-19 -m i386pep -s -e start --subsystem console -o windows-x86_64.exe ./*.o kernel32.a
# Wine has other paths, so the library is in the working folder.
cp "$libraries/windows-x86_64/mer4j-lstm.dll" .
export WINEDEBUG=-all WINEPREFIX="$target/harness/wine"

linux=$libraries/linux-x86_64/libmer4j-lstm.so
for set in any avx2 avx512; do
  ./linux-x86_64 "$linux" "$set" >"linux-$set.out"
  /usr/lib/wine/wine64 windows-x86_64.exe mer4j-lstm.dll "$set" >"windows-$set.out"
  cmp "linux-$set.out" "windows-$set.out"
done
# The best set of processors without AVX2 and without AVX-512.
qemu-x86_64 -cpu Nehalem ./linux-x86_64 "$linux" best >nehalem.out
qemu-x86_64 -cpu Haswell ./linux-x86_64 "$linux" best >haswell.out
cmp linux-any.out nehalem.out
cmp linux-avx2.out haswell.out
qemu-aarch64 -L /usr/aarch64-linux-gnu ./linux-aarch64 "$libraries/linux-aarch64/libmer4j-lstm.so" best >neon.out
"${PYTHON:-python3}" "$tests/check_kernels.py" ./*.out

"${PYTHON:-python3}" "$tests/check_signature.py" "$libraries"/macos-*/*.dylib
for architecture in x86_64 aarch64; do
  library=$libraries/macos-$architecture/libmer4j-lstm.dylib
  echo "macos-$architecture, not run:"
  llvm-otool-19 -l "$library" | grep -E 'LC_ID_DYLIB|LC_LOAD_DYLIB|LC_BUILD_VERSION|LC_CODE_SIGNATURE|minos| name '
  llvm-nm-19 --defined-only --extern-only "$library" | cut -d ' ' -f 3
done
echo "windows-aarch64, not run:"
llvm-readobj-19 --file-headers --coff-exports --coff-imports "$libraries/windows-aarch64/mer4j-lstm.dll" |
  grep -E 'Machine:|Name: |DLL \('
